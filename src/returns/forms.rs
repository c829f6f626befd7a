//! The forms of returns: rows of boxes, named after the line they stand for (`good-12`). All that is
//! wrong with a form is said at once.

use std::collections::{BTreeMap, BTreeSet};

use super::actions::{Announced, Back, NewReturn, Receiving};
use super::{Error, ReturnReason};
use crate::sales::Letter;
use crate::types::{
    EmailList, FieldErrors, Fields, LONGEST_LETTER, OrderId, OrderLineId, Quantity, Reading,
    optional, optional_text, read_form, required_text,
};

const LONGEST_NOTE: usize = 2_000;

/// What may have been scanned or typed at the desk.
pub fn code(form: &Fields) -> Result<String, FieldErrors> {
    let code = required_text(form.get("code"), 200);
    code.map_err(|why| FieldErrors::one("code", why))
}

/// A return to be written down, of this order, and what was scanned of it already, if anything was.
pub fn new_return(
    form: &Fields,
    order: OrderId,
) -> Result<(NewReturn, Option<String>), FieldErrors> {
    let mut read = form.read();
    let chosen = |text: &str| text.parse().map_err(|_| "Choose one of the list.");
    let warehouse = read.take("warehouse", |text| optional(text, chosen));
    let note = read.take("note", |text| optional_text(text, LONGEST_NOTE));
    let mut lines = Vec::new();
    for (line, name) in rows(form, "units-") {
        let units = read.take(name, units);
        let reason = reason(&mut read, line);
        if !units.is_zero() {
            lines.push(Announced {
                line,
                units,
                reason,
            });
        }
    }
    let scanned = read.take("code", |text| optional_text(text, 200));
    let scanned = Some(scanned).filter(|code| !code.is_empty());
    let is_empty = lines.is_empty() && scanned.is_none();
    let new = NewReturn {
        order,
        warehouse,
        note,
        lines,
    };
    match read.done((new, scanned))? {
        _ if is_empty => {
            let sentence = Error::NothingAnnounced.to_string();
            Err(FieldErrors::one("lines", sentence))
        }
        whole => Ok(whole),
    }
}

/// What was found in a parcel.
pub fn receiving(form: &Fields) -> Result<Receiving, FieldErrors> {
    let mut read = form.read();
    let mut lines = Vec::new();
    for (line, good) in rows(form, "good-") {
        lines.push(Back {
            line,
            good: read.take(good, units),
            damaged: read.take(&format!("damaged-{line}"), units),
            missing: read.take(&format!("missing-{line}"), units),
            reason: reason(&mut read, line),
            bin: read.take(&format!("bin-{line}"), |text| optional_text(text, 100)),
        });
    }
    let note = read.take("note", |text| optional_text(text, LONGEST_NOTE));
    read.done(Receiving { lines, note })
}

/// Units that are sent again.
pub fn replacement(form: &Fields) -> Result<BTreeMap<OrderLineId, Quantity>, FieldErrors> {
    let mut read = form.read();
    let rows = rows(form, "replace-").into_iter();
    let rows = rows.map(|(line, name)| (line, read.take(name, units)));
    let again = rows.collect();
    read.done(again)
}

/// A mail to the customer.
pub fn letter(form: &Fields) -> Result<Letter, FieldErrors> {
    read_form!(form => Letter {
        recipients: "recipients", recipients;
        subject: "subject", |text| required_text(text, 300);
        text: "text", |text| required_text(text, LONGEST_LETTER);
    })
}

fn recipients(text: &str) -> Result<EmailList, String> {
    let recipients = EmailList::parse(text)?;
    if recipients.is_empty() {
        return Err("Enter the address of the customer.".into());
    }
    Ok(recipients)
}

/// The lines that have a box of this kind, each once, with the name of that box.
fn rows<'a>(form: &'a Fields, prefix: &'a str) -> Vec<(OrderLineId, &'a str)> {
    let mut seen = BTreeSet::new();
    let rows = form.rows::<OrderLineId>(prefix);
    let rows = rows.filter(|(line, ..)| seen.insert(*line));
    rows.map(|(line, name, _)| (line, name)).collect()
}

/// None of what was left empty.
fn units(text: &str) -> Result<Quantity, String> {
    Ok(optional(text, Quantity::parse)?.unwrap_or_default())
}

fn reason(read: &mut Reading<'_>, line: OrderLineId) -> ReturnReason {
    let chosen = read.note(&format!("reason-{line}"), |text| {
        optional(text, str::parse::<ReturnReason>)
    });
    chosen.flatten().unwrap_or(ReturnReason::Other)
}
