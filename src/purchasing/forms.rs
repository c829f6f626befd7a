//! The forms of purchasing: rows of boxes, named after what they stand for (`qty-12`). All that is
//! wrong with a form is said at once.

use super::letter::Letter;
use super::rate::parse_rate;
use super::{
    Chosen, Delivery, DraftEdit, DraftLine, NewPurchaseOrder, RestEdit, RestLine, RowKey, Seen,
};
use crate::types::{
    EmailList, FieldErrors, Fields, LONGEST_LETTER, Money, PurchaseLineId, Quantity, Sku,
    optional_date, optional_text, required_text,
};

/// A purchase order to be written by hand.
pub fn new_order(form: &Fields) -> Result<NewPurchaseOrder, FieldErrors> {
    let mut errors = FieldErrors::default();
    let chosen = |_| "Choose one of the list.";
    let supplier = errors.field("supplier", form.get("supplier").parse().map_err(chosen));
    let warehouse = errors.field("warehouse", form.get("warehouse").parse().map_err(chosen));
    match (supplier, warehouse) {
        (Some(supplier), Some(warehouse)) => {
            Ok(NewPurchaseOrder::of(supplier, warehouse, Vec::new()))
        }
        _ => Err(errors),
    }
}

/// A draft, as its page says it shall be; a quantity that was offered (`take-12`) goes before the typed
/// one.
pub fn draft_edit(form: &Fields) -> Result<DraftEdit, FieldErrors> {
    let mut read = form.read();
    let lines = form.rows("qty-").map(|(line, name, _)| DraftLine {
        line,
        quantity: match format!("take-{line}") {
            taken if form.has(&taken) => read.take(&taken, Quantity::parse_positive),
            _ => read.take(name, Quantity::parse_positive),
        },
        unit_price: read.take(&format!("price-{line}"), Money::parse),
        expected_on: read.take(&format!("date-{line}"), optional_date),
    });
    let edit = DraftEdit {
        version: form.version(),
        lines: lines.collect(),
        expected_on: read.take("expected_on", optional_date),
        shipping_cost: read.take("shipping_cost", carriage),
        supplier_comment: read.take("supplier_comment", long_text),
        internal_note: read.take("internal_note", long_text),
        rate: read.take("rate", |typed| match typed.trim() {
            "" => Ok(None),
            typed => parse_rate(typed).map(Some),
        }),
    };
    read.done(edit)
}

/// What has not arrived, as the page of the purchase order says it shall be.
pub fn rest_edit(form: &Fields) -> Result<RestEdit, FieldErrors> {
    let mut read = form.read();
    let lines = form.rows("qty-").map(|(line, name, _)| RestLine {
        line,
        wanted: read.take(name, Quantity::parse),
        expected_on: read.take(&format!("date-{line}"), optional_date),
        confirmed_on: read.take(&format!("stated-{line}"), optional_date),
    });
    let edit = RestEdit {
        version: form.version(),
        lines: lines.collect(),
        expected_on: read.take("expected_on", optional_date),
        confirmed_on: read.take("confirmed_on", optional_date),
        shipping_cost: read.take("shipping_cost", carriage),
        internal_note: read.take("internal_note", long_text),
    };
    read.done(edit)
}

/// A product that joins a draft, with what was typed about the draft beside it.
pub fn addition(form: &Fields) -> Result<(Sku, Quantity, Option<DraftEdit>), FieldErrors> {
    let mut errors = FieldErrors::default();
    let sku = errors.field("sku", Sku::parse(form.get("sku")));
    let quantity = errors.field("quantity", Quantity::parse_positive(form.get("quantity")));
    match (sku, quantity, edit_beside(form)) {
        (Some(sku), Some(quantity), Ok(edit)) => Ok((sku, quantity, edit)),
        (_, _, Err(others)) => Err(errors.and(others)),
        _ => Err(errors),
    }
}

/// What the form of the draft says, when it came along.
pub fn edit_beside(form: &Fields) -> Result<Option<DraftEdit>, FieldErrors> {
    form.has("version").then(|| draft_edit(form)).transpose()
}

/// What the form of the receiving desk says; an empty box is nothing.
pub fn delivery(form: &Fields) -> Result<Delivery, FieldErrors> {
    let mut read = form.read();
    let mut lines: Vec<(PurchaseLineId, Quantity)> = form
        .rows("qty-")
        .filter(|(_, _, typed)| !typed.trim().is_empty())
        .map(|(line, name, _)| (line, read.take(name, Quantity::parse)))
        .collect();
    lines.sort_unstable();
    let bins = form
        .rows("bin-")
        .map(|(line, name, _)| (line, read.take(name, |typed| optional_text(typed, 100))))
        .filter(|(_, bin): &(_, String)| !bin.is_empty())
        .collect();
    let why = |typed: &str| required_text(typed, 500).map(Some);
    let late: String = read.take("late", |typed| optional_text(typed, 500));
    let late = Some(late).filter(|reason| !reason.is_empty());
    let delivery = Delivery {
        lines,
        bins,
        note: read.take("note", |typed| optional_text(typed, 2000)),
        accept_over: match form.has("over") {
            // One reason may be enough for both.
            true if form.get("reason").trim().is_empty() && late.is_some() => late.clone(),
            true => read.take("reason", why),
            false => None,
        },
        late,
        rest_comes: form.has("rest"),
    };
    read.done(delivery)
}

/// The mail as somebody looked through it.
pub fn letter(form: &Fields) -> Result<Letter, FieldErrors> {
    let mut read = form.read();
    let letter = Letter {
        recipients: read.take("recipients", EmailList::parse),
        subject: read.take("subject", |typed| required_text(typed, 300)),
        text: read.take("text", |typed| required_text(typed, LONGEST_LETTER)),
    };
    read.done(letter)
}

/// What was typed into the boxes of the replenishment page, and what the page said beside them; an
/// empty box takes a choice back.
pub fn chosen(form: &Fields) -> Result<Vec<Chosen>, FieldErrors> {
    let mut read = form.read();
    let units = |typed: &str| match typed.trim() {
        "" => Ok(Quantity::ZERO),
        typed => Quantity::parse(typed),
    };
    let rows = form.rows::<RowKey>("choice-").map(|(row, name, _)| Chosen {
        row,
        quantity: read.take(name, units),
        cover: form.get(&format!("cover-{row}")).parse().ok(),
    });
    let chosen = rows.collect();
    read.done(chosen)
}

/// The choices that a form takes back by name.
pub fn left_out(form: &Fields) -> Vec<Chosen> {
    let rows = form.all("row").filter_map(|row| row.parse().ok());
    rows.map(|row| Chosen {
        row,
        quantity: Quantity::ZERO,
        cover: None,
    })
    .collect()
}

/// What covers the needs, as the form shows it.
pub fn seen(form: &Fields) -> Vec<Seen> {
    let rows = form.rows::<RowKey>("cover-");
    rows.filter_map(|(row, _, shown)| {
        let cover = shown.parse().ok()?;
        Some(Seen { row, cover })
    })
    .collect()
}

fn carriage(typed: &str) -> Result<Money, String> {
    match typed.trim() {
        "" => Ok(Money::ZERO),
        typed => Money::parse(typed).map_err(|why| why.to_string()),
    }
}

fn long_text(typed: &str) -> Result<String, String> {
    optional_text(typed, 4000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Fields {
        let owned = fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        owned.collect::<Vec<_>>().into()
    }

    #[test]
    fn every_complaint_stands_beside_its_box() {
        let form = typed(&[
            ("qty-3", "0"),
            ("price-3", "x"),
            ("date-3", ""),
            ("expected_on", "?"),
        ]);

        let errors = draft_edit(&form).expect_err("three complaints");

        for name in ["qty-3", "price-3", "expected_on"] {
            assert!(!errors.get(name).is_empty(), "{name}: {errors}");
        }
    }

    #[test]
    fn an_empty_box_of_the_receiving_desk_is_nothing_and_accepting_more_needs_a_reason() {
        let form = typed(&[("qty-1", ""), ("qty-2", " 7 ")]);
        let line = "2".parse().expect("an id");
        let said = delivery(&form).expect("a delivery");
        assert_eq!(said.lines, [(line, Quantity::new(7))]);

        let form = typed(&[("qty-2", "7"), ("over", "true"), ("reason", " ")]);
        let errors = delivery(&form).expect_err("no reason");
        assert!(!errors.get("reason").is_empty());
    }
}
