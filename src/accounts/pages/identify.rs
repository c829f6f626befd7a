//! Finds out who is asking, once per request.

use actix_session::SessionExt;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::cookies;
use crate::accounts::queries;
use crate::db::{Db, Trace, Who};
use crate::error::Error;
use crate::types::Event;
use crate::web::access;
use crate::web::problem::SECOND_FACTOR;
use crate::web::trace::is_routine;

/// Fills in the visitor that the guards ask for.
///
/// # Errors
/// None of its own: a database that cannot be asked is an error response.
pub async fn identify(
    db: Data<Db>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let session = request.get_session();
    if !is_routine(request.path())
        && let Some(token) = cookies::opened(&session)
    {
        let by_hand = is_by_hand(&request);
        let hash = token.hash();
        let found = db.write(Who::BACKFILL, move |act| {
            Ok(queries::visitor(act, &hash, by_hand)?)
        });
        match found.await {
            Ok(Some(visitor)) if visitor.lacks_second_factor && !sets_it_up(request.path()) => {
                let first = request.error_response(Error::SecondFactorRequired);
                return Ok(first.map_into_right_body());
            }
            Ok(Some(visitor)) => {
                request.extensions_mut().insert(visitor);
            }
            // What ended opens nothing, and what waits for a code does not yet.
            Ok(None) => {}
            Err(error) => return Ok(request.error_response(error).map_into_right_body()),
        }
    }
    let response = next.call(request).await?;
    keep_export(&db, &response).await;
    Ok(response.map_into_left_body())
}

/// Keeps who took a list along as a file. What cannot be kept is in the log, at least.
async fn keep_export(db: &Db, response: &ServiceResponse<impl MessageBody>) {
    let request = response.request();
    let is_file = request.path().ends_with(".csv") && response.status().is_success();
    let Some(visitor) = access::visitor(request).filter(|_| is_file) else {
        return;
    };
    let what = request.uri().to_string();
    let kept = db.write(&visitor, move |act| {
        let event = &Event::Exported { what: what.clone() };
        Ok(act.trace(&Trace {
            event,
            record: None,
            address: "",
        })?)
    });
    if let Err(error) = kept.await {
        tracing::error!(%error, user.id = %visitor.id, "an export could not be kept in the trail");
    }
}

fn sets_it_up(path: &str) -> bool {
    path == SECOND_FACTOR || path == "/sign-out"
}

/// Whether a person asks, not a page that keeps itself up to date: only that keeps a session from
/// being idle.
fn is_by_hand(request: &ServiceRequest) -> bool {
    request.path() != "/events" && !request.headers().contains_key("X-By-Itself")
}
