//! One span and one line per request: what was asked, what came of it, how long it took and for
//! whom. Never a name, a query, a body or a password.

use std::time::Instant;

use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use tracing::Instrument;
use tracing::field::Empty;

use super::Visitor;
use super::health::is_probe;
use super::proxy::Proxy;

/// Puts everything a request does into one span, and writes its end to the log.
///
/// # Errors
/// Those of the services below.
pub async fn follow(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let span = tracing::info_span!(
        "request",
        method = %request.method(),
        path = request.path(),
        status = Empty,
        ms = Empty,
        user.id = Empty,
    );
    let routine = is_routine(request.path());
    Proxy::watch(&request);
    let answer = next.call(request).instrument(span.clone()).await;

    let _entered = span.enter();
    span.record("ms", started.elapsed().as_millis());
    if let Ok(response) = &answer {
        span.record("status", response.status().as_u16());
        if let Some(visitor) = response.request().extensions().get::<Visitor>() {
            span.record("user.id", visitor.id.to_string());
        }
    }
    if routine {
        tracing::debug!("answered");
    } else {
        tracing::info!("answered");
    }
    answer
}

/// Whether nobody asked for this by hand: style sheets, the probe of a load balancer.
pub fn is_routine(path: &str) -> bool {
    path.starts_with("/static/") || is_probe(path)
}
