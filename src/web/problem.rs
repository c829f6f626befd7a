//! How an error looks: a page, a notice for htmx, or the way to the sign-in page.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::Shell;
use crate::error::Error;

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Illegible => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SignInRequired | Self::SecondFactorRequired => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::NotYours(_) => StatusCode::FORBIDDEN,
            Self::Stalled => StatusCode::REQUEST_TIMEOUT,
            Self::Refused(_) | Self::Unread(_) => StatusCode::CONFLICT,
            Self::Invalid(_) | Self::TooLong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Pool(_)
            | Self::Blocking(_)
            | Self::Race(_)
            | Self::Lost(_)
            | Self::TooSlow(_)
            | Self::Unsure(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Db(_) | Self::Template(_) | Self::Failure(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

#[derive(Template)]
#[template(path = "problem.html", blocks = ["notice"])]
struct Problem {
    shell: Shell,
    title: &'static str,
    sentence: String,
}

/// Gives every error its looks, and logs the failures among them, once.
///
/// Middleware below this one answers with an error response rather than an `Err`, which would
/// pass by. The request cannot be kept aside meanwhile: the router needs it undivided.
pub async fn show(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (request, response) = next.call(request).await?.into_parts();
    let drawn = match response.error() {
        Some(error) => draw(&request, error, response.status()),
        None => response.map_into_boxed_body(),
    };
    Ok(ServiceResponse::new(request, drawn))
}

fn draw(request: &HttpRequest, error: &actix_web::Error, status: StatusCode) -> HttpResponse {
    let by_htmx = request.headers().contains_key("HX-Request");
    if matches!(error.as_error::<Error>(), Some(Error::SignInRequired)) {
        return instead(by_htmx, to_sign_in(request, by_htmx));
    }
    if matches!(error.as_error::<Error>(), Some(Error::SecondFactorRequired)) {
        return instead(by_htmx, HeaderValue::from_static(SECOND_FACTOR));
    }
    if status.is_server_error() {
        tracing::error!(%status, path = request.path(), %error, "a request failed");
    }
    let problem = Problem {
        shell: Shell::of(request),
        title: title(status),
        sentence: sentence(error, status),
    };
    let (body, retarget) = if by_htmx {
        (problem.as_notice().render(), true)
    } else {
        (problem.render(), false)
    };
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.insert_header((header::RETRY_AFTER, RETRY_AFTER));
    }
    if retarget {
        answer.insert_header(("HX-Retarget", "#notice"));
        answer.insert_header(("HX-Reswap", "innerHTML"));
    }
    match body {
        Ok(body) => answer.body(body),
        Err(error) => {
            tracing::error!(%error, "the problem page itself failed");
            HttpResponse::new(status)
        }
    }
}

/// Seconds after which what could not be served is worth another try.
const RETRY_AFTER: &str = "2";

/// Where a second factor is set up.
pub const SECOND_FACTOR: &str = "/profile/second-factor";

fn to_sign_in(request: &HttpRequest, by_htmx: bool) -> HeaderValue {
    let next = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let next = if request.method() == actix_web::http::Method::GET && !by_htmx {
        next
    } else {
        "/"
    };
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    HeaderValue::from_str(&format!("/sign-in?{query}"))
        .unwrap_or(HeaderValue::from_static("/sign-in"))
}

/// Another page is shown before the one that was asked for.
fn instead(by_htmx: bool, location: HeaderValue) -> HttpResponse {
    if by_htmx {
        HttpResponse::Unauthorized()
            .insert_header(("HX-Redirect", location))
            .finish()
    } else {
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, location))
            .finish()
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::FORBIDDEN => "Not allowed",
        StatusCode::CONFLICT => "Not possible now",
        StatusCode::REQUEST_TIMEOUT => "Too slow",
        StatusCode::UNPROCESSABLE_ENTITY => "Something is not right yet",
        status if status.is_server_error() => "Something went wrong",
        _ => "This request makes no sense here",
    }
}

/// What the reader is told: the cause of a failure is for the log only.
fn sentence(error: &actix_web::Error, status: StatusCode) -> String {
    match error.as_error::<Error>() {
        Some(error) if !status.is_server_error() => error.to_string(),
        Some(Error::Unsure(_)) => {
            "The connection to the database was lost in that very moment. Please look whether it was \
             done before you do it again."
                .into()
        }
        Some(Error::TooSlow(_)) => {
            "This took longer than it may, and was given up. Nothing was changed. Please try again in a \
             moment."
                .into()
        }
        Some(Error::Lost(_) | Error::Pool(_)) => {
            "The database cannot be reached. Nothing was changed. Please try again in a moment."
                .into()
        }
        _ if status.is_server_error() => {
            "Nothing was changed. Please try again; if it happens again, tell whoever runs Backfill."
                .into()
        }
        _ => "The address or the form is not complete.".into(),
    }
}
