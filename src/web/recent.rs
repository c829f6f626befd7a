//! Whoever changed something sees it on the next list, also where lists are read from a standby: how far the
//! log was written then goes along in a cookie.

use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::config::Config;
use crate::db::{Db, Seen};

const COOKIE: &str = "backfill-seen";
/// No standby that is used lags behind for so long.
const REMEMBERED: Duration = Duration::minutes(5);

/// After what may have changed something, tells the browser how far the log is written.
///
/// # Errors
/// Those of the services below.
pub async fn remember(
    (db, config): (Data<Db>, Data<Config>),
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let changes = !request.method().is_safe() && db.has_standby();
    let mut response = next.call(request).await?;
    if changes && let Ok(seen) = db.position().await {
        let cookie = Cookie::build(COOKIE, seen)
            .path("/")
            .secure(config.secure_cookies())
            .http_only(true)
            .same_site(SameSite::Lax)
            .max_age(REMEMBERED)
            .finish();
        response.response_mut().add_cookie(&cookie)?;
    }
    Ok(response)
}

/// What the reader has seen or done; none: a page that keeps itself up to date shows what was just announced,
/// which no standby need know yet.
pub(super) fn seen(request: &HttpRequest) -> Option<Seen> {
    if request.headers().contains_key("X-By-Itself") {
        return None;
    }
    let cookie = request.cookie(COOKIE);
    cookie.map_or_else(
        || Some(Seen::default()),
        |cookie| cookie.value().parse().ok(),
    )
}
