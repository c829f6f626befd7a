//! What people wrote down: notes and tasks on orders, suppliers and purchase orders, and on no record.

use chrono::{Days, TimeDelta};
use diesel::prelude::*;

use super::sales::Shop;
use crate::db::{Act, Who};
use crate::error::Result;
use crate::organizer::{self, EntryInput, EntryKind, Paper, choices, usual};
use crate::schema::{orders, purchase_orders, suppliers};
use crate::types::{OrderId, PurchaseOrderId, RecordRef, SupplierId, UserId};

/// What stands in a list of the organizer, of an entry that says nothing else.
struct Plain {
    note: EntryInput,
    task: EntryInput,
}

pub fn write(conn: &mut PgConnection, shop: &Shop) -> Result<()> {
    let plain = plain(conn)?;
    let people = shop.people;
    let today = shop.now.date_naive();
    let due = |days: u64| today.checked_add_days(Days::new(days));
    let newest = orders::table
        .filter(orders::status.eq("open"))
        .select(orders::id);
    let newest: Vec<OrderId> = newest.order(orders::id.desc()).limit(3).load(conn)?;
    let bought = purchase_orders::table.select((purchase_orders::id, purchase_orders::number));
    let bought: Vec<(PurchaseOrderId, String)> =
        bought.order(purchase_orders::id).limit(1).load(conn)?;
    let makers = suppliers::table.select(suppliers::id).order(suppliers::id);
    let makers: Vec<SupplierId> = makers.limit(1).load(conn)?;

    let task = |label: &str, text: &str, assignee: UserId, days| EntryInput {
        label: label.into(),
        text: text.into(),
        assignee: Some(assignee),
        due_on: due(days),
        ..plain.task.clone()
    };
    let note = |label: &str, text: &str| EntryInput {
        label: label.into(),
        text: text.into(),
        ..plain.note.clone()
    };
    let mut written: Vec<(Option<RecordRef>, EntryInput, UserId)> = Vec::new();
    for (nth, order) in newest.into_iter().enumerate() {
        let entry = match nth {
            0 => EntryInput {
                warns: true,
                ..task(
                    "Call before shipping",
                    "They moved: ask @Uma for the new address.",
                    people.packer,
                    0,
                )
            },
            1 => EntryInput {
                print_on: vec![Paper::PackingSlip],
                ..note("A present", "No price on the paper, please.")
            },
            _ => note("Came by phone", "The customer does not read mail."),
        };
        written.push((Some(RecordRef::Order(order)), entry, people.buyer));
    }
    for (id, number) in bought {
        let text = format!("{number} came without one last time.");
        let entry = task("Ask for the delivery note", &text, people.buyer, 2);
        written.push((Some(RecordRef::PurchaseOrder(id)), entry, people.owner));
    }
    for id in makers {
        let entry = note("Closed in August", "Order before the end of July.");
        written.push((Some(RecordRef::Supplier(id)), entry, people.buyer));
    }
    let tape = task("Order packing tape", "", people.owner, 0);
    written.push((None, tape, people.packer));

    for (nth, (record, entry, by)) in (1..).zip(&written) {
        let at = shop.now - TimeDelta::minutes(7 * nth);
        let who = Who::from(*by).at(at);
        organizer::add(&mut Act::new(conn, who), *record, entry)?;
    }
    Ok(())
}

fn plain(conn: &mut PgConnection) -> Result<Plain> {
    let choices = choices(conn)?;
    let status = choices.status(false).map(|status| status.id);
    let known = usual(&choices.categories).parse().ok();
    let known = known.zip(usual(&choices.priorities).parse().ok());
    let (category, priority) = known.ok_or(crate::Error::NotFound)?;
    let note = EntryInput {
        kind: EntryKind::Note,
        label: String::new(),
        text: String::new(),
        category,
        priority,
        status: None,
        due_on: None,
        assignee: None,
        print_on: Vec::new(),
        warns: false,
    };
    let task = EntryInput {
        kind: EntryKind::Task,
        status,
        ..note.clone()
    };
    Ok(Plain { note, task })
}
