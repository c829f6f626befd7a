//! Words that many sentences about what happened are made of.

use crate::types::{
    DateNamed, FieldChanged, ListChange, OrderChange, Quantity, UnitsFound, UnitsOf, counted,
    dates, first_few,
};

/// `1 line, 15 units`.
pub fn lines_and_units(lines: usize, units: Quantity) -> String {
    let s = |one: bool| if one { "" } else { "s" };
    format!(
        "{lines} line{}, {units} unit{}",
        s(lines == 1),
        s(units.get() == 1)
    )
}

/// `3 of MUG, 2 of CUP and 1 more`.
pub(super) fn units_of(all: &[UnitsOf]) -> String {
    let first = all.iter().take(3);
    let first: Vec<String> = first
        .map(|each| format!("{} of {}", each.units, each.sku))
        .collect();
    first_few(&first, i64::try_from(all.len()).unwrap_or(i64::MAX))
}

/// `2 good, 1 damaged, 0 missing`.
pub(super) fn found_in_words(found: &UnitsFound) -> String {
    let UnitsFound {
        good,
        damaged,
        missing,
    } = found;
    format!("{good} good, {damaged} damaged, {missing} missing")
}

/// What happened, and why if that was said.
pub(super) fn with(what: &str, reason: &str) -> String {
    match reason {
        "" => what.to_owned(),
        reason => format!("{what}: {reason}"),
    }
}

pub(super) fn mail(subject: &str, to: &str) -> String {
    format!("\u{201c}{subject}\u{201d} to {to}")
}

/// `The wrong lorry; 6 units taken back out, 5 stay`.
pub(super) fn reversed(reason: &str, units: Option<Quantity>, stay: Quantity) -> String {
    let Some(units) = units else {
        return reason.to_owned();
    };
    let units = counted(units.get(), "unit");
    match stay.get() {
        0 => format!("{reason}; {units} taken back out"),
        1 => format!("{reason}; {units} taken back out, 1 stays"),
        stay => format!("{reason}; {units} taken back out, {stay} stay"),
    }
}

pub(super) fn level(level: Option<Quantity>) -> String {
    level.map_or_else(|| "default".into(), |level| level.to_string())
}

pub(super) fn order_change(change: &OrderChange) -> String {
    match change {
        OrderChange::Units { sku, was, now } => format!("{sku}: {now} instead of {was}"),
        OrderChange::Price { sku, was, now } => format!("{sku}: price {now} instead of {was}"),
        OrderChange::Warehouse { sku } => format!("{sku}: from another warehouse"),
        OrderChange::Line { sku, units } => format!("{units} of {sku} added"),
        OrderChange::Priority { was, now } => format!("priority {now} instead of {was}"),
        OrderChange::RequiredBy { day: Some(day) } => format!("required by {day}"),
        OrderChange::RequiredBy { day: None } => "no longer required by a date".into(),
        OrderChange::ShippingPolicy { now } => now.to_lowercase(),
        OrderChange::ShippingMethod { now } if now.is_empty() => "no shipping method".into(),
        OrderChange::ShippingMethod { now } => format!("sent by {now}"),
    }
}

/// `status: Open → Done`
pub(super) fn field_change(change: &FieldChanged) -> String {
    let said = |text: &str| match text {
        "" => "none".to_owned(),
        text => text.to_owned(),
    };
    let (was, now) = (said(&change.was), said(&change.now));
    format!("{}: {was} \u{2192} {now}", change.what)
}

/// `Moved Call up`
pub(super) fn list_change(item: &str, change: &ListChange) -> String {
    match change {
        ListChange::Added => format!("Added {item}"),
        ListChange::Changed { .. } => format!("Edited {item}"),
        ListChange::Moved { up: true } => format!("Moved {item} up"),
        ListChange::Moved { up: false } => format!("Moved {item} down"),
        ListChange::Removed { .. } => format!("Removed {item}"),
    }
}

/// More about it; may be empty.
pub(super) fn list_detail(change: &ListChange) -> String {
    match change {
        ListChange::Changed { changes } => joined(changes.iter().map(field_change), "; "),
        ListChange::Removed {
            successor: Some(next),
        } => format!("{next} took its place"),
        ListChange::Added | ListChange::Moved { .. } | ListChange::Removed { .. } => String::new(),
    }
}

/// `line 2: the supplier says 15 Dec 2026`.
pub(super) fn named(date: &DateNamed) -> String {
    let of = date
        .line
        .map_or_else(String::new, |line| format!("line {line}: "));
    let words = match (date.stated, date.day) {
        (true, Some(day)) => format!("the supplier says {}", dates::day(&day)),
        (true, None) => "no date of the supplier any more".into(),
        (false, Some(day)) => format!("expected on {}", dates::day(&day)),
        (false, None) => "no expected date any more".into(),
    };
    of + &words
}

pub(super) fn joined(words: impl Iterator<Item = String>, by: &str) -> String {
    words.collect::<Vec<_>>().join(by)
}
