//! What the session cookie holds of who signed in.

use actix_session::Session;
use serde::{Deserialize, Serialize};

use crate::accounts::queries;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::types::{UserId, clock};

const KEY: &str = "bearer";

/// A cookie cannot be called back, so it also says when it was given: it counts for two weeks.
const LONGEST: i64 = 14 * 24 * 60 * 60;

/// Who carries the cookie.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Bearer {
    /// Whose session it is.
    pub id: UserId,
    /// The epoch of the account when it began.
    pub epoch: i32,
    /// In seconds since 1970.
    began: i64,
}

/// Begins a session, under a new cookie.
///
/// # Errors
/// When the session cannot hold it.
pub fn begin(session: &Session, id: UserId, epoch: i32) -> Result<()> {
    let began = clock::now().timestamp();
    session.renew();
    session
        .insert(KEY, Bearer { id, epoch, began })
        .map_err(|error| Error::Failure(format!("session: {error}")))
}

/// Goes on under the epoch that a new password began.
///
/// # Errors
/// When the session cannot hold it, and those of the database.
pub async fn go_on(session: &Session, db: &Db, id: UserId) -> Result<()> {
    let owner = db
        .read(move |conn| Ok(queries::credentials_of(conn, id)?))
        .await?;
    begin(session, id, owner.session_epoch)
}

/// Who carries the cookie, unless it is too old.
pub fn bearer(session: &Session) -> Option<Bearer> {
    let bearer = session.get::<Bearer>(KEY).ok()??;
    (clock::now().timestamp() - bearer.began < LONGEST).then_some(bearer)
}
