//! What the buyers and the receiving desk do.

use backfill::db::Act;
use backfill::error::Result;
use backfill::purchasing::{
    self, Delivery, NewLine, NewPurchaseOrder, RestEdit, RestLine, Reversing, Sending,
};
use backfill::purchasing::{PurchaseLine, PurchaseOrder};
use backfill::schema::{purchase_order_lines, receptions};
use backfill::types::{Money, PurchaseOrderId, Quantity, ReceptionId};
use chrono::{Days, NaiveDate, Utc};
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

const UNDER_WAY: &[&str] = &["sent", "confirmed", "partly_received"];

pub const STEPS: &[Step] = &[
    Step {
        name: "a purchase order is sent",
        act: |w, conn, dice| {
            let draft = drafts(w, conn, dice, 1)?;
            sends(conn, draft)
        },
    },
    Step {
        name: "a purchase order of all products is sent",
        act: |w, conn, dice| {
            let draft = drafts(w, conn, dice, 3)?;
            sends(conn, draft)
        },
    },
    Step {
        name: "a draft",
        act: |w, conn, dice| drafts(w, conn, dice, 2).map(|_| ()),
    },
    Step {
        name: "a draft is sent",
        act: |w, conn, dice| match dice.choose(0, &w.purchase_orders(conn, &["draft"])?) {
            Some(draft) => sends(conn, draft),
            None => Ok(()),
        },
    },
    Step {
        name: "a supplier confirms a date",
        act: |w, conn, dice| {
            under_way(w, conn, dice, |conn, order| {
                purchasing::confirm(conn, order.id, day(dice))?;
                Ok(())
            })
        },
    },
    Step {
        name: "a supplier says late that it was to come days ago, or will come later",
        act: |w, conn, dice| {
            under_way(w, conn, dice, |conn, order| {
                purchasing::confirm(conn, order.id, any_day(dice))?;
                Ok(())
            })
        },
    },
    Step {
        name: "a supplier says another day for one line",
        act: |w, conn, dice| {
            under_way(w, conn, dice, |conn, order| {
                let lines = PurchaseLine::query()
                    .filter(purchase_order_lines::purchase_order_id.eq(order.id))
                    .order(purchase_order_lines::line_number);
                let lines: Vec<PurchaseLine> = lines.load(conn.conn())?;
                let line = &lines[dice.0[1] as usize % lines.len()];
                let stated = RestLine {
                    line: line.id,
                    wanted: line.wanted(),
                    expected_on: line.expected_on,
                    confirmed_on: Some(any_day(dice)),
                };
                purchasing::edit_rest(conn, order.id, &rest(&order, stated))?;
                Ok(())
            })
        },
    },
    Step {
        name: "less will come, at another date",
        act: |w, conn, dice| {
            under_way(w, conn, dice, |conn, order| {
                let line = dice
                    .choose(1, &lines(conn, order.id)?)
                    .expect("it has lines");
                let less = RestLine {
                    line: line.0,
                    wanted: Quantity::new(line.1.get().saturating_sub(1)),
                    expected_on: Some(day(dice)),
                    confirmed_on: (dice.between(3, 0, 2) == 0).then(|| day(dice)),
                };
                purchasing::edit_rest(conn, order.id, &rest(&order, less))?;
                Ok(())
            })
        },
    },
    Step {
        name: "the rest of a purchase order is given up",
        act: |w, conn, dice| {
            under_way(w, conn, dice, |conn, order| {
                purchasing::cancel(conn, order.id, "sold out")?;
                Ok(())
            })
        },
    },
    Step {
        name: "one line arrives in part",
        act: |w, conn, dice| receives(w, conn, dice, None, |ordered| ordered.div_ceil(2)),
    },
    Step {
        name: "all arrives",
        act: |w, conn, dice| receives(w, conn, dice, None, |ordered| ordered),
    },
    Step {
        name: "more arrives than was ordered",
        act: |w, conn, dice| receives(w, conn, dice, Some("a gift"), |ordered| ordered + 1),
    },
    Step {
        name: "goods arrive after the end",
        act: |w, conn, dice| match dice
            .choose(0, &w.purchase_orders(conn, &["received", "cancelled"])?)
        {
            Some(order) => arrives_late(conn, dice, order),
            None => Ok(()),
        },
    },
    Step {
        name: "a reception is reversed",
        act: |w, conn, dice| {
            let receptions: Vec<ReceptionId> = receptions::table
                .filter(receptions::warehouse_id.eq_any(&w.warehouses))
                .order(receptions::id)
                .select(receptions::id)
                .load(conn.conn())?;
            let Some(reception) = dice.choose(0, &receptions) else {
                return Ok(());
            };
            purchasing::reverse(conn, reception, &Reversing::because("a mistake"))?;
            Ok(())
        },
    },
];

fn day(dice: Dice) -> NaiveDate {
    Utc::now().date_naive() + Days::new(dice.between(2, 1, 20).into())
}

/// A day of the last week, or of those to come.
fn any_day(dice: Dice) -> NaiveDate {
    day(dice) - Days::new(7)
}

fn rest(order: &PurchaseOrder, line: RestLine) -> RestEdit {
    RestEdit {
        version: order.version,
        expected_on: order.expected_on,
        confirmed_on: order.confirmed_on,
        shipping_cost: Money::ZERO,
        internal_note: String::new(),
        lines: vec![line],
    }
}

fn drafts(walker: &Walker, conn: &mut Act<'_>, dice: Dice, many: usize) -> Result<PurchaseOrderId> {
    let first = dice.between(0, 0, 2) as usize;
    let new = NewPurchaseOrder {
        supplier: walker.supplier,
        warehouse: walker.warehouses[usize::from(dice.between(1, 0, 3) == 0)],
        expected_on: Some(day(dice)),
        supplier_comment: String::new(),
        lines: (0..many)
            .map(|at| NewLine {
                product: walker.products[(first + at) % 3],
                quantity: Quantity::new(dice.between(3, 1, 12)),
            })
            .collect(),
    };
    Ok(purchasing::draft(conn, &new)?.id)
}

fn sends(conn: &mut Act<'_>, draft: PurchaseOrderId) -> Result<()> {
    purchasing::send(conn, draft, &Sending::WithoutMail)?;
    Ok(())
}

fn under_way(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    act: impl FnOnce(&mut Act<'_>, PurchaseOrder) -> Result<()>,
) -> Result<()> {
    match dice.choose(0, &walker.purchase_orders(conn, UNDER_WAY)?) {
        Some(id) => {
            let order = PurchaseOrder::query().find(id).first(conn.conn())?;
            act(conn, order)
        }
        None => Ok(()),
    }
}

fn lines(
    conn: &mut Act<'_>,
    order: PurchaseOrderId,
) -> Result<Vec<(backfill::types::PurchaseLineId, Quantity)>> {
    Ok(PurchaseLine::query()
        .filter(purchase_order_lines::purchase_order_id.eq(order))
        .order(purchase_order_lines::line_number)
        .load(conn.conn())?
        .into_iter()
        .map(|line: PurchaseLine| (line.id, line.ordered))
        .collect())
}

fn arrives_late(conn: &mut Act<'_>, dice: Dice, order: PurchaseOrderId) -> Result<()> {
    let arrived = Quantity::new(dice.between(1, 1, 6));
    let lines = lines(conn, order)?.into_iter();
    let delivery = Delivery {
        lines: lines.take(1).map(|(line, _)| (line, arrived)).collect(),
        accept_over: Some("a gift".into()),
        late: Some("they found them".into()),
        rest_comes: dice.between(2, 0, 1) == 0,
        ..Delivery::default()
    };
    purchasing::receive(conn, order, &delivery)?;
    Ok(())
}

fn receives(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    over: Option<&str>,
    units: fn(u32) -> u32,
) -> Result<()> {
    under_way(walker, conn, dice, |conn, order| {
        let lines = lines(conn, order.id)?.into_iter();
        let delivery = Delivery {
            lines: lines
                .map(|(line, ordered)| (line, Quantity::new(units(ordered.get()))))
                .collect(),
            accept_over: over.map(str::to_owned),
            ..Delivery::default()
        };
        purchasing::receive(conn, order.id, &delivery)?;
        Ok(())
    })
}
