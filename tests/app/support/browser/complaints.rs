use serde_json::Value;

use super::tab::text;

/// Answers that belong to a form filled in wrongly, a refused transition or a sign-in, which Chromium reports as errors.
const EXPECTED_STATUSES: [&str; 4] = [
    "status of 401",
    "status of 403",
    "status of 409",
    "status of 422",
];

/// What an event complains about, if it does.
pub fn complaint(event: &Value) -> Option<String> {
    let params = &event["params"];
    let said = match event["method"].as_str()? {
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            format!(
                "{} {}",
                text(&details["text"]),
                text(&details["exception"]["description"])
            )
        }
        "Runtime.consoleAPICalled" if params["type"] == "error" => {
            let arguments = params["args"].as_array().into_iter().flatten();
            let said = |argument: &Value| match &argument["value"] {
                Value::Null => text(&argument["description"]),
                Value::String(words) => words.clone(),
                value => value.to_string(),
            };
            arguments.map(said).collect::<Vec<_>>().join(" ")
        }
        "Log.entryAdded" if params["entry"]["level"] == "error" => {
            format!(
                "{} {}",
                text(&params["entry"]["text"]),
                text(&params["entry"]["url"])
            )
        }
        _ => return None,
    };
    let expected = EXPECTED_STATUSES.iter().any(|status| said.contains(status));
    (!expected).then_some(said)
}
