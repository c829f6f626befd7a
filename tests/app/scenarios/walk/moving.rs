//! What goes from one warehouse to another.

use backfill::db::Act;
use backfill::error::Result;
use backfill::inventory::{
    self, Ended, Ending, NewTransfer, NewTransferLine, Sending, Transfer, TransferLine,
};
use backfill::schema::{transfer_lines, transfers};
use backfill::types::{Quantity, TransferId};
use chrono::{Days, Utc};
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "free goods are sent to the other warehouse",
        act: |w, act, dice| sends(w, act, dice, None),
    },
    Step {
        name: "goods of orders are sent to the other warehouse",
        act: |w, act, dice| sends(w, act, dice, Some("a fair")),
    },
    Step {
        name: "a transfer is drafted",
        act: |w, act, dice| drafts(w, act, dice).map(|_| ()),
    },
    Step {
        name: "a draft of a transfer is sent or given up",
        act: |w, act, dice| {
            let Some(draft) = chosen(act, dice, &["draft"])? else {
                return Ok(());
            };
            if dice.between(1, 0, 4) == 0 {
                inventory::cancel_transfer(act, draft, "not needed")?;
                return Ok(());
            }
            leaves(w, act, draft, dice, None)
        },
    },
    Step {
        name: "some of a transfer arrives",
        act: |_, act, dice| ends(act, dice, Ending::Received, |units| units.div_ceil(2)),
    },
    Step {
        name: "all of a transfer arrives",
        act: |_, act, dice| ends(act, dice, Ending::Received, |units| units),
    },
    Step {
        name: "goods are lost under way",
        act: |_, act, dice| ends(act, dice, Ending::Lost, |units| units.div_ceil(3)),
    },
    Step {
        name: "a transfer is called back",
        act: |_, act, dice| ends(act, dice, Ending::CalledBack, |units| units),
    },
    Step {
        name: "a transfer comes on another day",
        act: |_, act, dice| {
            let Some(transfer) = chosen(act, dice, UNDER_WAY)? else {
                return Ok(());
            };
            let days = Days::new(dice.between(1, 0, 20).into());
            let day = Utc::now().date_naive() + days;
            inventory::expect_transfer(act, transfer, day, "snow")?;
            Ok(())
        },
    },
];

const UNDER_WAY: &[&str] = &["sent", "partly_received"];

/// One of the transfers that are so far.
fn chosen(act: &mut Act<'_>, dice: Dice, statuses: &[&str]) -> Result<Option<TransferId>> {
    let all: Vec<TransferId> = transfers::table
        .filter(transfers::status.eq_any(statuses))
        .order(transfers::id)
        .select(transfers::id)
        .load(act.conn())?;
    Ok(dice.choose(0, &all))
}

fn drafts(w: &Walker, act: &mut Act<'_>, dice: Dice) -> Result<Transfer> {
    let (from, to) = match dice.between(0, 0, 1) {
        0 => (w.warehouses[0], w.warehouses[1]),
        _ => (w.warehouses[1], w.warehouses[0]),
    };
    let many = dice.between(1, 1, 3) as usize;
    let lines = w.products.iter().take(many).map(|product| NewTransferLine {
        product: *product,
        quantity: dice.units(2),
    });
    let new = NewTransfer::of(from, to, lines.collect());
    Ok(inventory::draft_transfer(act, &new)?)
}

fn sends(w: &Walker, act: &mut Act<'_>, dice: Dice, reserved_too: Option<&str>) -> Result<()> {
    let draft = drafts(w, act, dice)?;
    leaves(w, act, draft.id, dice, reserved_too)
}

fn leaves(
    _: &Walker,
    act: &mut Act<'_>,
    draft: TransferId,
    dice: Dice,
    reserved_too: Option<&str>,
) -> Result<()> {
    let how = Sending {
        expected_on: None,
        reserved_too: reserved_too.map(str::to_owned),
        consent: dice.agreement(),
    };
    inventory::send_transfer(act, draft, &how)?;
    Ok(())
}

/// A part of what is under way of each line.
fn ends(act: &mut Act<'_>, dice: Dice, ending: Ending, part: fn(u32) -> u32) -> Result<()> {
    let Some(transfer) = chosen(act, dice, UNDER_WAY)? else {
        return Ok(());
    };
    let lines: Vec<TransferLine> = TransferLine::query()
        .filter(transfer_lines::transfer_id.eq(transfer))
        .order(transfer_lines::line_number)
        .load(act.conn())?;
    let lines = lines
        .iter()
        .map(|line| (line.id, Quantity::new(part(line.under_way().get()))));
    let ended = Ended {
        ending,
        lines: lines.collect(),
        note: "walking".into(),
    };
    inventory::end_transfer(act, transfer, &ended)?;
    Ok(())
}
