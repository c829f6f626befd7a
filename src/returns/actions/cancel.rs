//! A return does not come.

use diesel::prelude::*;

use super::{lock_announced, tell};
use crate::db::Act;
use crate::returns::{Error, ReturnStatus};
use crate::schema::returns;
use crate::types::{Event, ReturnId};

/// Gives up a return that was announced.
///
/// # Errors
/// [`Error::CannotBe`].
pub fn cancel(act: &mut Act<'_>, id: ReturnId, reason: &str) -> Result<(), Error> {
    let given_up = lock_announced(act, id, "cancelled")?;
    diesel::update(returns::table.find(id))
        .set(returns::status.eq(ReturnStatus::Cancelled))
        .execute(act.conn())?;
    let reason = reason.to_owned();
    Ok(tell(act, &given_up, &Event::Cancelled { reason })?)
}
