//! Answers made of templates and files.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Bytes;
use askama::Template;
use futures_util::Stream;

use super::Result;

const HTML: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/html; charset=utf-8");

/// A page, or the fragment of one. 200.
///
/// # Errors
/// When the template fails.
pub fn page(template: impl Template) -> Result {
    with_status(StatusCode::OK, template)
}

/// The form as it was typed, with its complaints. 422.
///
/// # Errors
/// When the template fails.
pub fn invalid(template: impl Template) -> Result {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// A page under any status.
///
/// # Errors
/// When the template fails.
pub fn with_status(status: StatusCode, template: impl Template) -> Result {
    with_text(status, template.render()?)
}

/// What was rendered already, under any status.
pub fn with_text(status: StatusCode, text: String) -> Result {
    Ok(HttpResponse::build(status).insert_header(HTML).body(text))
}

/// The answer, and a short message beside it that says what was done.
#[must_use]
pub fn saying(mut answer: HttpResponse, sentence: &str) -> HttpResponse {
    // A header is ASCII; JSON can say the rest in escapes.
    let text: String = serde_json::Value::from(sentence)
        .to_string()
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let toast = format!(r#"{{"toast": {{"text": {text}, "tone": "ok"}}}}"#);
    if let Ok(toast) = header::HeaderValue::from_str(&toast) {
        let name = header::HeaderName::from_static("hx-trigger");
        answer.headers_mut().insert(name, toast);
    }
    answer
}

/// A PDF that opens in the browser.
pub fn pdf(name: &str, content: Vec<u8>) -> Result {
    file("application/pdf", DispositionType::Inline, name, content)
}

/// A CSV that is downloaded.
pub fn csv(name: &str, content: Vec<u8>) -> Result {
    file(
        "text/csv; charset=utf-8",
        DispositionType::Attachment,
        name,
        content,
    )
}

/// A CSV that is downloaded while it is made.
pub fn csv_stream(name: &str, parts: impl Stream<Item = Result<Bytes>> + 'static) -> Result {
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename(name.to_owned())],
        })
        .streaming(parts))
}

/// Any file that is downloaded.
pub fn attachment(name: &str, content_type: &str, content: Vec<u8>) -> Result {
    file(content_type, DispositionType::Attachment, name, content)
}

fn file(content_type: &str, how: DispositionType, name: &str, content: Vec<u8>) -> Result {
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header(ContentDisposition {
            disposition: how,
            parameters: vec![DispositionParam::Filename(name.to_owned())],
        })
        .body(content))
}
