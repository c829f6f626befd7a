//! Requests that were handled: what is sent twice acts once.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::Act;
use crate::error::{Error, Result};
use crate::schema::handled_requests;
use crate::types::{FieldErrors, Fields, RequestKey, UserId};

/// How long a key is remembered: nobody sends a form again later than this.
const REMEMBERED: TimeDelta = TimeDelta::days(7);
/// Requests forgotten in one transaction, so that none takes long.
const AT_ONCE: i64 = 10_000;

/// A request that acts once: its key, and the print of all that the key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    key: RequestKey,
    print: Vec<u8>,
}

impl Once {
    /// A form, sent by a user to a route; what it says is all of it but the key.
    ///
    /// # Errors
    /// A complaint beside `key`, if it carries none.
    pub fn of(user: UserId, route: &str, form: &Fields) -> std::result::Result<Self, FieldErrors> {
        let key = form.key()?;
        let mut print = Sha256::new();
        print.update(i64::from(user).to_be_bytes());
        let said = form.iter().filter(|(name, _)| *name != RequestKey::FIELD);
        let texts = said.flat_map(|(name, value)| [name, value]);
        for text in std::iter::once(route).chain(texts) {
            print.update(text.len().to_be_bytes());
            print.update(text);
        }
        Ok(Self {
            key,
            print: print.finalize().to_vec(),
        })
    }
}

impl Act<'_> {
    /// Acts unless the same request was handled before; returns what the first one made.
    ///
    /// A repetition that arrives while the first is still at work waits for it: both insert the same
    /// key. The key is kept only if `act` succeeds, as it is part of the same transaction.
    ///
    /// # Errors
    /// Those of `act`; a complaint beside `key`, if it came before with something else.
    pub fn once<T: Serialize + DeserializeOwned>(
        &mut self,
        request: &Once,
        act: impl FnOnce(&mut Act<'_>) -> Result<T>,
    ) -> Result<T> {
        let first = diesel::insert_into(handled_requests::table)
            .values((
                handled_requests::key.eq(request.key.as_str()),
                handled_requests::print.eq(&request.print),
                handled_requests::handled_at.eq(self.at()),
            ))
            .on_conflict_do_nothing()
            .execute(self.conn())?;
        let row = handled_requests::table.find(request.key.as_str());
        if first == 0 {
            let columns = (handled_requests::print, handled_requests::made);
            let (print, made): (Vec<u8>, _) = row.select(columns).first(self.conn())?;
            return match serde_json::from_value(made) {
                Ok(made) if print == request.print => Ok(made),
                _ => Err(said_something_else().into()),
            };
        }
        let made = act(self)?;
        let value =
            serde_json::to_value(&made).map_err(|error| Error::Failure(error.to_string()))?;
        diesel::update(row)
            .set(handled_requests::made.eq(value))
            .execute(self.conn())?;
        Ok(made)
    }
}

fn said_something_else() -> FieldErrors {
    let sentence = "This form was sent before, and what it said then was done. It says something \
        else now: look it through, and send it again if you mean this as well.";
    FieldErrors::one(RequestKey::FIELD, sentence)
}

/// Forgets the oldest of the requests that nobody will send again; the rest another time.
///
/// # Errors
/// Those of the database.
pub fn forget_requests(act: &mut Act<'_>) -> QueryResult<usize> {
    let old = handled_requests::table
        .filter(handled_requests::handled_at.lt(act.at() - REMEMBERED))
        .select(handled_requests::key)
        .order(handled_requests::handled_at)
        .limit(AT_ONCE)
        .load::<String>(act.conn())?;
    let gone = handled_requests::table.filter(handled_requests::key.eq_any(&old));
    diesel::delete(gone).execute(act.conn())
}
