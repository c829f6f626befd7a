//! What a load balancer asks: whether this process lives, and whether it can be given work. Neither answer
//! waits for the database.

use actix_web::http::StatusCode;
use actix_web::http::header::CacheControl;
use actix_web::http::header::CacheDirective::NoStore;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get, routes};

use crate::db::{Readiness, Verdict};

/// Whether nobody asked for this by hand.
pub(super) fn is_probe(path: &str) -> bool {
    ["/live", "/ready", "/healthz"].contains(&path)
}

/// 200 as long as the process serves: with the database away, pages say so themselves.
#[get("/live")]
async fn live() -> HttpResponse {
    said(StatusCode::OK, "ok")
}

/// 200 when pages can be served and what is done on them can be kept: the database answers, takes changes
/// and is as old as the program; else 503, and why.
#[routes]
#[get("/ready")]
#[get("/healthz")]
async fn ready(readiness: Data<Readiness>) -> HttpResponse {
    let verdict = readiness.now().await;
    let status = match verdict {
        Verdict::Ready => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    said(status, verdict.sentence())
}

fn said(status: StatusCode, sentence: &'static str) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header(CacheControl(vec![NoStore]))
        .body(sentence)
}

/// Where they are asked.
pub fn routes(config: &mut ServiceConfig) {
    config.service(live);
    config.service(ready);
}
