//! Checking a password that somebody typed, no faster than guessing is allowed.

use chrono::Utc;
use tokio::sync::Semaphore;

use crate::accounts::attempts::{self, Answer};
use crate::accounts::model::Credentials;
use crate::accounts::password;
use crate::db::{Db, Who};
use crate::error::{Error, Result};

/// As many are hashed at once: each takes 19 MiB and a core.
static AT_ONCE: Semaphore = Semaphore::const_new(8);

/// What came of it.
pub enum Verdict {
    /// It is the password of these.
    Right(Credentials),
    /// It is not, or there is no such account.
    Wrong,
    /// It was not looked at; the sentence says when it will be.
    Wait(String),
}

/// Checks `password` against what `find` finds for `account`.
///
/// # Errors
/// Those of the database.
pub async fn check<F>(
    db: &Db,
    account: String,
    address: String,
    password: String,
    find: F,
) -> Result<Verdict>
where
    F: Fn(&mut diesel::PgConnection) -> Result<Option<Credentials>> + Send + 'static,
{
    let (on, from) = (account.clone(), address.clone());
    let (answer, found) = db
        .write(Who::BACKFILL, move |act| {
            let answer = attempts::begin(act, &on, &from, Utc::now())?;
            Ok((answer, find(act)?))
        })
        .await?;
    if let Answer::Wait(until) = answer {
        return Ok(Verdict::Wait(attempts::sentence(until, Utc::now())));
    }

    let right = {
        let _turn = AT_ONCE.acquire().await.map_err(closed)?;
        let hash = found.as_ref().map(|found| found.password_hash.clone());
        actix_web::web::block(move || password::verify(&password, hash.as_deref())).await?
    };
    match found.filter(|_| right) {
        Some(credentials) => {
            db.write(Who::BACKFILL, move |act| {
                Ok(attempts::forget(act, &account, &address)?)
            })
            .await?;
            Ok(Verdict::Right(credentials))
        }
        None => Ok(Verdict::Wrong),
    }
}

fn closed(error: tokio::sync::AcquireError) -> Error {
    Error::Failure(format!("hashing: {error}"))
}
