use std::path::Path;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{fs, thread};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::complaints::complaint;
use super::devtools::Devtools;
use super::keys;

/// How long a person would wait for a page before calling it broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers one question about a page; see there.
const EYES: &str = include_str!("eyes.js");

/// What Chromium says when the page goes while it is looked at. The next one is looked at in its place.
const GONE: [&str; 4] = [
    "Execution context was destroyed",
    "Inspected target navigated or closed",
    "Cannot find context",
    "Promise was collected",
];

/// Eyes and hands of one page.
pub struct Tab {
    browser: Arc<Devtools>,
    context: String,
    session: String,
    events: Mutex<Receiver<Value>>,
    patience: Duration,
}

impl Tab {
    pub fn open(browser: Arc<Devtools>) -> Tab {
        Tab::with_patience(browser, PATIENCE)
    }

    pub fn with_patience(browser: Arc<Devtools>, patience: Duration) -> Tab {
        let ask = |method: &str, params: Value| {
            browser
                .call(None, method, params)
                .unwrap_or_else(|why| panic!("{why}"))
        };
        let context = text(&ask("Target.createBrowserContext", json!({}))["browserContextId"]);
        let target = json!({ "url": "about:blank", "browserContextId": context });
        let target = ask("Target.createTarget", target)["targetId"].take();
        let attach = json!({ "targetId": target, "flatten": true });
        let session = text(&ask("Target.attachToTarget", attach)["sessionId"]);
        let events = browser.events(&session).into();

        let tab = Tab {
            browser,
            context,
            session,
            events,
            patience,
        };
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            tab.must(domain, json!({}));
        }
        let calm = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        tab.must("Emulation.setEmulatedMedia", json!({ "features": [calm] }));
        tab.size(1440, 900);
        tab
    }

    pub fn size(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.must("Emulation.setDeviceMetricsOverride", size);
    }

    pub fn press(&self, key: &str) {
        let mut event = keys::pressed(key);
        self.must("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.must("Input.dispatchKeyEvent", event);
    }

    pub fn point_at(&self, point: &Value) {
        let event =
            json!({ "type": "mouseMoved", "x": point["x"], "y": point["y"], "button": "none" });
        self.must("Input.dispatchMouseEvent", event);
    }

    pub fn click(&self, point: &Value) {
        for (kind, button) in [
            ("mouseMoved", "none"),
            ("mousePressed", "left"),
            ("mouseReleased", "left"),
        ] {
            let (x, y) = (&point["x"], &point["y"]);
            let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 });
            self.must("Input.dispatchMouseEvent", event);
        }
    }

    /// Asks the eyes until they answer, across pages if one goes while being looked at.
    #[track_caller]
    pub fn ask(&self, what: &str, mut question: Value) -> Value {
        let deadline = Instant::now() + self.patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            question["limit"] = json!(left.as_secs_f64() * 1000.0);
            let expression = format!("({EYES})({question})");
            let asked =
                json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });

            let looked = self.call("Runtime.evaluate", asked);

            let why = match looked {
                Err(why) if GONE.iter().any(|gone| why.contains(gone)) && !left.is_zero() => {
                    continue;
                }
                Err(why) => why,
                Ok(mut answer) => {
                    let mut value = answer["result"]["value"].take();
                    if !value["answer"].is_null() {
                        return value["answer"].take();
                    }
                    match value["why"].as_str() {
                        Some(why) => why.to_owned(),
                        None => answer["exceptionDetails"].to_string(),
                    }
                }
            };
            self.fail(&format!("expected that {what}, but {why}"));
        }
    }

    pub fn must(&self, method: &str, params: Value) -> Value {
        self.call(method, params)
            .unwrap_or_else(|why| panic!("{why}"))
    }

    fn call(&self, method: &str, params: Value) -> Result<Value, String> {
        self.browser.call(Some(&self.session), method, params)
    }

    pub fn console_errors(&self) -> Vec<String> {
        // Its answer comes after everything that was told before.
        self.must("Runtime.evaluate", json!({ "expression": "0" }));
        let events = self
            .events
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        events
            .try_iter()
            .filter_map(|event| complaint(&event))
            .collect()
    }

    pub fn screenshot(&self, file: &Path) {
        let picture = self.must("Page.captureScreenshot", json!({ "format": "png" }));
        let picture = BASE64_STANDARD
            .decode(text(&picture["data"]))
            .expect("Chromium encodes it so");
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).expect("the folder of pictures is writable");
        }
        fs::write(file, picture).expect("the folder of pictures is writable");
    }

    /// Fails the test with all that helps to see why.
    #[track_caller]
    pub fn fail(&self, why: &str) -> ! {
        let look = json!({ "expression": "location.href + '\\n' + document.body.innerText" });
        let seen = match self.call("Runtime.evaluate", look) {
            Ok(seen) => text(&seen["result"]["value"]),
            Err(gone) => panic!("{why}\n\nand the page cannot be looked at: {gone}"),
        };
        let seen: String = seen.chars().take(1500).collect();
        let test = thread::current()
            .name()
            .unwrap_or("test")
            .replace("::", "-");
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.png"));
        self.screenshot(&picture);

        panic!(
            "{why}\n\na picture: {}\nthe console: {:?}\nthe page: {seen}",
            picture.display(),
            self.console_errors()
        );
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let errors = if thread::panicking() {
            vec![]
        } else {
            self.console_errors()
        };
        let context = json!({ "browserContextId": self.context });
        _ = self
            .browser
            .call(None, "Target.disposeBrowserContext", context);
        assert!(
            errors.is_empty(),
            "the page ended with errors on its console: {errors:#?}"
        );
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
