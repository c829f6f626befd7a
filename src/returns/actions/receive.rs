//! Receiving: what becomes of the units of a return, in one transaction.

use diesel::prelude::*;

use super::{Back, lock_announced, topics, write};
use crate::db::{Act, announce};
use crate::returns::queries::{self, LineBack};
use crate::returns::{Error, Return, ReturnStatus};
use crate::sales::{self, CameBack, TakingBack};
use crate::schema::returns;
use crate::types::{Event, Quantity, ReturnId, UnitsFound};

/// What was found in the parcel.
#[derive(Debug, Clone)]
pub struct Receiving {
    /// Each line of the order at most once; of one that is not named it is what was scanned.
    pub lines: Vec<Back>,
    /// About the return; may be empty.
    pub note: String,
}

/// Receives a return: its good units are on a shelf or go to orders, the damaged ones apart.
///
/// # Errors
/// [`Error::CannotBe`] unless it is still to come, [`Error::NothingReceived`], [`Error::NoSuchBin`],
/// [`Error::NotIntoBin`], and those of [`sales::take_back`].
pub fn receive(act: &mut Act<'_>, id: ReturnId, receiving: &Receiving) -> Result<(), Error> {
    let order = queries::one(act, id)?.order_id;
    sales::lock(act, order)?;
    let of = lock_announced(act, id, "received")?;
    write(act, &of, &receiving.lines)?;
    let lines = queries::lines_back(act, Some(&of), of.order_id)?;
    let said: Vec<&LineBack> = lines.iter().filter(|line| line.is_said()).collect();
    if said.is_empty() {
        return Err(Error::NothingReceived);
    }
    close(act, id, &receiving.note)?;
    sales::take_back(act, order, &taking_back(&of, &said))?;
    tell(act, &of, &said)
}

fn close(act: &mut Act<'_>, id: ReturnId, note: &str) -> QueryResult<usize> {
    let received = (
        returns::status.eq(ReturnStatus::Received),
        returns::note.eq(note),
        returns::received_by.eq(act.by()),
        returns::received_at.eq(act.at()),
    );
    diesel::update(returns::table.find(id))
        .set(received)
        .execute(act.conn())
}

fn taking_back(of: &Return, lines: &[&LineBack]) -> TakingBack {
    let lines = lines.iter().map(|line| CameBack {
        line: line.line,
        good: line.good,
        damaged: line.damaged,
        bin: line.bin_id,
        reason: line.reason.label().to_lowercase(),
    });
    TakingBack {
        of: of.id,
        number: of.number.clone(),
        warehouse: of.warehouse_id,
        lines: lines.collect(),
    }
}

fn tell(act: &mut Act<'_>, of: &Return, lines: &[&LineBack]) -> Result<(), Error> {
    let sum = |units: fn(&LineBack) -> Quantity| lines.iter().map(|line| units(line)).sum();
    let found = UnitsFound {
        good: sum(|line| line.good),
        damaged: sum(|line| line.damaged),
        missing: sum(|line| line.missing),
    };
    let received = Event::ReturnReceived { found };
    act.note(of.record(), &received)?;
    Ok(announce(act, &topics(of))?)
}
