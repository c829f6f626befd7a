//! Checking a password that somebody typed, no faster than guessing is allowed.

use tokio::sync::Semaphore;

use crate::accounts::attempts::{self, Answer};
use crate::accounts::model::{Credentials, User};
use crate::accounts::{password, queries};
use crate::db::{Db, Who};
use crate::error::{Error, Result};
use crate::types::{FieldErrors, clock};

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
pub async fn check<F>(
    db: &Db,
    account: String,
    address: String,
    password: &str,
    find: F,
) -> Result<Verdict>
where
    F: Fn(&mut diesel::PgConnection) -> Result<Option<Credentials>> + Send + 'static,
{
    let (on, from) = (account.clone(), address.clone());
    let (answer, found) = db
        .write(Who::BACKFILL, move |act| {
            let at = act.at();
            let answer = attempts::begin(act, &on, &from, at)?;
            Ok((answer, find(act)?))
        })
        .await?;
    if let Answer::Wait(until) = answer {
        return Ok(Verdict::Wait(attempts::sentence(until, clock::now())));
    }

    let right = {
        let _turn = AT_ONCE.acquire().await.map_err(closed)?;
        let password = password.to_owned();
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

/// Whether somebody signed in knows the password of their account; a complaint if not.
pub async fn own(
    db: &Db,
    user: User,
    address: String,
    password: &str,
) -> Result<Result<(), FieldErrors>> {
    let id = user.id;
    let found = move |conn: &mut diesel::PgConnection| Ok(Some(queries::credentials_of(conn, id)?));
    let sentence = match check(db, user.email, address, password, found).await? {
        Verdict::Right(_) => return Ok(Ok(())),
        // Whoever knows the session does not know the password.
        Verdict::Wrong => "This is not your password.".to_owned(),
        Verdict::Wait(sentence) => sentence,
    };
    Ok(Err(FieldErrors::one("current", sentence)))
}

fn closed(error: tokio::sync::AcquireError) -> Error {
    Error::Failure(format!("hashing: {error}"))
}
