//! Headers that every answer carries.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::config::Config;

/// Nothing inline, nothing foreign, framed by nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Pages ask for nothing of the device they are shown on.
const DEVICE: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), \
    bluetooth=(), hid=(), midi=(), display-capture=(), accelerometer=(), gyroscope=(), magnetometer=()";

/// Told by a server that is found encrypted: never come otherwise, for two years.
const ENCRYPTED: &str = "max-age=63072000; includeSubDomains";

const ALWAYS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", DEVICE),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Adds the security headers, and `no-store` to whatever does not say how long it may be kept.
///
/// # Errors
/// Those of the services below.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let config = request.app_data::<Data<Config>>();
    let is_encrypted = config.is_some_and(|config| config.secure_cookies());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        // An answer that brings a policy of its own, such as a mail shown in a frame, knows why.
        if !headers.contains_key(*name) {
            let name = HeaderName::from_static(name);
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if is_encrypted {
        let policy = HeaderValue::from_static(ENCRYPTED);
        headers.insert(header::STRICT_TRANSPORT_SECURITY, policy);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.append(
            header::VARY,
            HeaderValue::from_static("HX-Request, HX-Target"),
        );
    }
    Ok(response)
}
