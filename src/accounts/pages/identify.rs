//! Finds out who is asking, once per request.

use actix_session::SessionExt;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::session;
use crate::accounts::queries;
use crate::db::Db;
use crate::web::trace::is_routine;

/// Fills in the visitor that the guards ask for. A session that ended is forgotten.
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
        && let Some(bearer) = session::bearer(&session)
    {
        let found = db
            .read(move |conn| Ok(queries::visitor(conn, bearer.id, bearer.epoch)?))
            .await;
        match found {
            Ok(Some(visitor)) => {
                request.extensions_mut().insert(visitor);
            }
            Ok(None) => session.purge(),
            Err(error) => return Ok(request.error_response(error).map_into_right_body()),
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}
