//! Checking a password that somebody typed, no faster than guessing is allowed.

use tokio::sync::Semaphore;

use crate::accounts::attempts::{self, Answer, Attempt};
use crate::accounts::model::{Credentials, User};
use crate::accounts::{password, queries};
use crate::db::{Db, Who};
use crate::error::{Error, Result};
use crate::types::{FieldErrors, clock};

/// One is hashed after the other: whoever waits for it keeps no thread from pages.
static TURN: Semaphore = Semaphore::const_new(1);

/// What came of it.
pub enum Verdict {
    /// It is the password of these.
    Right(Credentials),
    /// It is not, or there is no such account.
    Wrong,
    /// It was not looked at.
    Wait(Wait),
}

/// How long the next attempt waits.
pub struct Wait {
    pub seconds: i64,
    pub sentence: String,
}

/// Checks `password` against what `find` finds for the account.
pub async fn check<F>(db: &Db, attempt: Attempt, password: &str, find: F) -> Result<Verdict>
where
    F: Fn(&mut diesel::PgConnection) -> Result<Option<Credentials>> + Send + 'static,
{
    let begun = attempt.clone();
    let (answer, found) = db
        .write(Who::BACKFILL, move |act| {
            let at = act.at();
            let answer = attempts::begin(act, &begun, at)?;
            Ok((answer, find(act)?))
        })
        .await?;
    let id = match answer {
        Answer::Try(id) => id,
        Answer::Wait(until) => {
            let now = clock::now();
            return Ok(Verdict::Wait(Wait {
                seconds: (until - now).num_seconds().max(0) + 1,
                sentence: attempts::sentence(until, now),
            }));
        }
    };

    let right = {
        let _turn = TURN.acquire().await.map_err(closed)?;
        let password = password.to_owned();
        let hash = found.as_ref().map(|found| found.password_hash.clone());
        actix_web::web::block(move || password::verify(&password, hash.as_deref())).await?
    };
    let found = found.filter(|_| right);
    let is_right = found.is_some();
    db.write(Who::BACKFILL, move |act| {
        match is_right {
            true => attempts::forget(act, &attempt)?,
            false => attempts::fail(act, id, &attempt)?,
        }
        Ok(())
    })
    .await?;
    Ok(found.map_or(Verdict::Wrong, Verdict::Right))
}

/// Whether somebody signed in knows the password of their account; a complaint if not.
pub async fn own(
    db: &Db,
    user: &User,
    attempt: Attempt,
    password: &str,
) -> Result<Result<(), FieldErrors>> {
    let id = user.id;
    let found = move |conn: &mut diesel::PgConnection| Ok(Some(queries::credentials_of(conn, id)?));
    let sentence = match check(db, attempt, password, found).await? {
        Verdict::Right(_) => return Ok(Ok(())),
        // Whoever knows the session does not know the password.
        Verdict::Wrong => "This is not your password.".to_owned(),
        Verdict::Wait(wait) => wait.sentence,
    };
    Ok(Err(FieldErrors::one("current", sentence)))
}

fn closed(error: tokio::sync::AcquireError) -> Error {
    Error::Failure(format!("hashing: {error}"))
}
