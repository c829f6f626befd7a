//! What people do to counts. Each action locks the count first: those that count, together; whoever
//! ends it, alone.

mod again;
mod apply;
mod begin;
mod scan;

pub use again::{recount, rest_is_none};
pub use apply::{Applying, apply_count, cancel_count, preview_count};
pub use begin::{NewCount, begin_count};
pub use scan::{Found, scan};

use diesel::prelude::*;

use crate::db::{Act, announce};
use crate::inventory::{Count, CountStatus, Error};
use crate::schema::counts;
use crate::stock;
use crate::types::{CountId, Event};

/// An open count, kept open meanwhile; others may count as well.
fn join(act: &mut Act<'_>, id: CountId) -> Result<Count, Error> {
    let count = Count::query()
        .filter(counts::id.eq(id))
        .for_share()
        .first(act.conn())?;
    must_be_open(act, count)
}

/// An open count that nobody counts meanwhile.
fn lock(act: &mut Act<'_>, id: CountId) -> Result<Count, Error> {
    let count = Count::query()
        .filter(counts::id.eq(id))
        .for_update()
        .first(act.conn())?;
    must_be_open(act, count)
}

fn must_be_open(act: &mut Act<'_>, count: Count) -> Result<Count, Error> {
    stock::must_reach(act, [count.warehouse_id])?;
    match count.status {
        CountStatus::Open => Ok(count),
        status => Err(Error::CountClosed {
            number: count.number,
            status,
        }),
    }
}

/// Writes down what was done, and tells the pages that show it.
fn tell(act: &mut Act<'_>, count: &Count, event: &Event) -> QueryResult<()> {
    act.note(count.record(), event)?;
    announce(act, &[count.record().to_string(), "counts".into()])
}
