//! What browsers send about locations, and what it means.

use super::codes;
use super::entry;
use super::ranges::Range;
use crate::catalog::{Location, LocationKind};
use crate::inventory::queries::LocationFilter;
use crate::inventory::{LocationInput, RangeInput, Together};
use crate::types::{
    FieldErrors, Fields, LocationId, WarehouseId, optional, optional_text, read_form, ticked,
};

const LONGEST_ZONE: usize = 40;

/// What a form says about one location.
///
/// # Errors
/// All that is wrong with it.
pub fn location(form: &Fields) -> Result<LocationInput, FieldErrors> {
    read_form!(form => LocationInput {
        code: "code", codes::code;
        barcode: "barcode", |text| optional(text, codes::barcode);
        kind: "kind", str::parse;
        zone: "zone", |text| optional_text(text, LONGEST_ZONE);
        walk: "walk", |text| optional(text, entry::walk);
        capacity: "capacity", entry::capacity;
        is_active: "is_active", ticked;
    })
}

/// The form of a location, where nothing else was typed.
pub fn of_location(typed: Fields, kept: &Location) -> Fields {
    let fresh = typed.iter().all(|(name, _)| name == "version");
    let typed = typed
        .with("version", kept.version)
        .with("code", &kept.code)
        .with("barcode", &kept.barcode)
        .with("kind", kept.kind)
        .with("zone", &kept.zone)
        .with("walk", kept.walk)
        .with(
            "capacity",
            kept.capacity
                .map(|units| units.to_string())
                .unwrap_or_default(),
        );
    match fresh && kept.is_active {
        true => typed.with("is_active", true),
        false => typed,
    }
}

const LABELS: [(&str, &str); 6] = [
    ("code", "Code"),
    ("barcode", "Barcode"),
    ("kind", "Kind"),
    ("zone", "Zone"),
    ("walk", "Walk"),
    ("capacity", "Capacity"),
];

/// What was saved by somebody else, where it is not what was typed: label and text.
pub fn of_others(typed: &Fields, kept: &Location) -> Vec<(&'static str, String)> {
    let theirs = of_location(Fields::default(), kept);
    let text = |name: &str| match (name, theirs.get(name)) {
        ("kind", _) => kept.kind.label().to_owned(),
        (_, "") => "nothing".to_owned(),
        (_, text) => text.to_owned(),
    };
    let mut others: Vec<_> = LABELS
        .iter()
        .filter(|(name, _)| typed.get(name).trim() != theirs.get(name))
        .map(|(name, label)| (*label, text(name)))
        .collect();
    if typed.has("is_active") != kept.is_active {
        let state = if kept.is_active { "in use" } else { "archived" };
        others.push(("State", state.into()));
    }
    others
}

/// The first and the last code of a range.
///
/// # Errors
/// A complaint beside either.
pub fn range(form: &Fields) -> Result<Range, FieldErrors> {
    let mut read = form.read();
    let from = read.take("from", codes::code);
    let to = read.take("to", codes::code);
    let (from, to) = read.done((from, to))?;
    Range::parse(&from, &to).map_err(|why| FieldErrors::one("to", why))
}

/// What a form says about a range.
///
/// # Errors
/// All that is wrong with it.
pub fn new_range(form: &Fields) -> Result<RangeInput, FieldErrors> {
    let mut read = form.read();
    let zone = read.take("zone", |text| optional_text(text, LONGEST_ZONE));
    let capacity = read.take("capacity", entry::capacity);
    let kind = read.note("kind", str::parse::<LocationKind>);
    let kind = kind.unwrap_or(LocationKind::Shelf);
    let (range, (zone, capacity)) = FieldErrors::both(range(form), read.done((zone, capacity)))?;
    Ok(RangeInput {
        range,
        kind,
        zone,
        capacity,
        serpentine: form.has("serpentine"),
        skip_existing: form.get("existing") == "skip",
    })
}

/// What a form says about many locations.
///
/// # Errors
/// All that is wrong with it.
pub fn together(form: &Fields) -> Result<Together, FieldErrors> {
    let said = |name: &str| form.has(name);
    read_form!(form => Together {
        kind: "kind", |text| optional(text, str::parse);
        zone: "zone", |text| optional_text(text, LONGEST_ZONE).map(|zone| said("change_zone").then_some(zone));
        capacity: "capacity", |text| match said("change_capacity") {
            true => entry::capacity(text).map(Some),
            false => Ok(None),
        };
        is_active: "state", |text| match text {
            "" => Ok(None),
            "in_use" => Ok(Some(true)),
            "archived" => Ok(Some(false)),
            _ => Err("Choose one of the list."),
        };
        walk_from: "walk_from", |text| match said("renumber") {
            true => entry::walk(text).map(Some),
            false => Ok(None),
        };
    })
}

/// The warehouse that a form is about.
///
/// # Errors
/// A complaint beside `warehouse`.
pub fn warehouse(form: &Fields) -> Result<WarehouseId, FieldErrors> {
    let warehouse = form.get("warehouse").parse();
    warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."))
}

/// The locations that a form was made for.
pub fn ids(form: &Fields) -> Vec<LocationId> {
    let ids = form.get("ids").split(',');
    ids.filter_map(|id| id.parse().ok()).collect()
}

/// The filter of a list, as a link from it says it.
pub fn filter(form: &Fields) -> LocationFilter {
    let said = |name: &str| form.get(name).to_owned();
    LocationFilter {
        warehouse: said("warehouse"),
        q: said("q"),
        kind: said("kind"),
        zone: said("zone"),
        state: said("state"),
        sort: said("sort"),
    }
}
