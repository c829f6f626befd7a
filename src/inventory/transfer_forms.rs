//! The forms of transfers: rows of boxes, named after what they stand for (`qty-12`). All that is
//! wrong with a form is said at once.

use super::queries::ProposalKey;
use super::{Ended, Ending, NewTransfer, Sending, TransferEdit};
use crate::stock::Consent;
use crate::types::{
    Change, FieldErrors, Fields, Quantity, Sku, TransferLineId, optional_date, optional_text,
    required_text,
};

/// A transfer to be written by hand, and what it is to bring, if that is said already: what the product
/// is called, and how many.
pub fn new_transfer(
    form: &Fields,
) -> Result<(NewTransfer, Option<(String, Quantity)>), FieldErrors> {
    let mut read = form.read();
    let chosen = |text: &str| text.parse().map_err(|_| "Choose one of the list.");
    let (from, to) = (read.note("from", chosen), read.note("to", chosen));
    let expected_on = read.take("expected_on", optional_date);
    let note = read.take("note", long_text);
    let names_product = sends_at_once(form) || !form.get("product").trim().is_empty();
    let line = names_product.then(|| {
        let product = read.take("product", called);
        (product, read.take("quantity", Quantity::parse_positive))
    });
    match (from, to) {
        (Some(from), Some(to)) => {
            let new = NewTransfer {
                expected_on,
                note,
                ..NewTransfer::of(from, to, Vec::new())
            };
            read.done((new, line))
        }
        _ => Err(read.wrong()),
    }
}

/// Whether no draft is wanted.
pub fn sends_at_once(form: &Fields) -> bool {
    form.get("then") == "send"
}

/// A SKU or a barcode, as typed or scanned.
fn called(text: &str) -> Result<String, String> {
    let sku = Sku::parse(text).map_err(|why| why.to_string());
    sku.map(|_| text.trim().to_owned())
}

/// A draft, as its page says it shall be.
pub fn transfer_edit(form: &Fields) -> Result<TransferEdit, FieldErrors> {
    let mut read = form.read();
    let lines = form.rows("qty-");
    let lines = lines.map(|(line, name, _)| (line, read.take(name, Quantity::parse_positive)));
    let edit = TransferEdit {
        version: form.version(),
        lines: lines.collect(),
        expected_on: read.take("expected_on", optional_date),
        note: read.take("note", long_text),
    };
    read.done(edit)
}

/// A product that joins a draft, and what was typed about the draft beside it.
pub fn addition(form: &Fields) -> Result<(String, Quantity, TransferEdit), FieldErrors> {
    let mut read = form.read();
    let product = read.note("product", called);
    let quantity = read.note("quantity", Quantity::parse_positive);
    let edit = transfer_edit(form);
    match (product, quantity, edit) {
        (Some(product), Some(quantity), Ok(edit)) => Ok((product, quantity, edit)),
        (_, _, Err(others)) => Err(read.wrong().and(others)),
        _ => Err(read.wrong()),
    }
}

/// How a transfer is sent: a reason is given where units of orders leave.
pub fn sending(form: &Fields) -> Result<Sending, FieldErrors> {
    let mut read = form.read();
    let reason: String = read.take("reason", |typed| optional_text(typed, 500));
    let sending = Sending {
        expected_on: read.take("expected_on", optional_date),
        reserved_too: Some(reason).filter(|reason| !reason.is_empty()),
        consent: Consent::typed(form),
    };
    read.done(sending)
}

/// What was scanned, and how often; a negative number takes it back.
pub fn scan(form: &Fields) -> Result<(String, Change), FieldErrors> {
    let mut read = form.read();
    let product = read.note("product", called);
    let times = read.note("times", Change::parse);
    match product.zip(times) {
        Some(scan) => read.done(scan),
        None => Err(read.wrong()),
    }
}

/// What became of goods under way; an empty box is nothing.
pub fn ended(form: &Fields) -> Result<Ended, FieldErrors> {
    let mut read = form.read();
    let ending = read.note("ending", str::parse::<Ending>);
    let mut lines: Vec<(TransferLineId, Quantity)> = form
        .rows("qty-")
        .filter(|(_, _, typed)| !typed.trim().is_empty())
        .map(|(line, name, _)| (line, read.take(name, Quantity::parse)))
        .collect();
    lines.sort_unstable();
    let note = match ending {
        Some(Ending::Lost | Ending::CalledBack) => {
            read.take("note", |typed| required_text(typed, 500))
        }
        _ => read.take("note", |typed| optional_text(typed, 500)),
    };
    match ending {
        Some(ending) => read.done(Ended {
            ending,
            lines,
            note,
        }),
        None => Err(read.wrong()),
    }
}

/// The proposals that were chosen, with the units typed beside them.
pub fn chosen(form: &Fields) -> Result<Vec<(ProposalKey, Quantity)>, FieldErrors> {
    let mut read = form.read();
    let rows = form.all("row").filter_map(|row| row.parse().ok());
    let chosen: Vec<(ProposalKey, Quantity)> = rows
        .map(|row: ProposalKey| {
            let units = read.take(&format!("units-{row}"), Quantity::parse_positive);
            (row, units)
        })
        .collect();
    if chosen.is_empty() {
        return Err(FieldErrors::one("rows", "Choose at least one proposal."));
    }
    read.done(chosen)
}

fn long_text(typed: &str) -> Result<String, String> {
    optional_text(typed, 2000)
}
