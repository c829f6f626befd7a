//! What people do to returns. Each action locks first, and leaves a line in a history.

mod announce;
mod cancel;
mod receive;
mod replace;
mod scan;
mod writing;

pub use announce::{Announced, NewReturn, announce};
pub use cancel::cancel;
pub use receive::{Receiving, receive};
pub use replace::replace;
pub use scan::{Scanned, scan};
pub(super) use writing::write;
pub use writing::{Back, save};

use diesel::prelude::*;

use super::{Error, Return};
use crate::db::{Act, announce as tell_pages};
use crate::schema::returns;
use crate::types::{Event, ReturnId};

/// The return, kept from others until the transaction ends. Taken behind its order.
fn lock(conn: &mut PgConnection, id: ReturnId) -> QueryResult<Return> {
    Return::query()
        .filter(returns::id.eq(id))
        .for_update()
        .first(conn)
}

/// The same, refused unless it is still to come; `wanted` is a participle.
fn lock_announced(
    conn: &mut PgConnection,
    id: ReturnId,
    wanted: &'static str,
) -> Result<Return, Error> {
    let locked = lock(conn, id)?;
    match locked.is_announced() {
        true => Ok(locked),
        false => Err(Error::CannotBe {
            number: locked.number,
            status: locked.status,
            wanted,
        }),
    }
}

/// Writes down what was done, and tells the pages that show it.
fn tell(act: &mut Act<'_>, of: &Return, event: &Event) -> QueryResult<()> {
    act.note(of.record(), event)?;
    tell_pages(act, &topics(of))
}

/// What open pages must hear of.
fn topics(of: &Return) -> Vec<String> {
    vec![
        of.record().to_string(),
        "returns".into(),
        format!("order:{}", of.order_id),
    ]
}
