//! What browsers send to inventory, and what it means.

use super::WarehouseInput;
use super::actions::{Counted, REASONS};
use super::error::counted_box;
use crate::catalog::Company;
use crate::stock::{HandMove, Limits, MoveReason};
use crate::types::{
    Change, Email, FieldErrors, Fields, Money, OrderLineId, Quantity, Sku, WarehouseId, currency,
    days, optional, optional_text, read_form, required_text, ticked,
};

/// A correction of stock, but for the product: whether there is one only the database knows.
#[derive(Debug, Clone)]
pub struct Adjusting {
    /// A SKU or a barcode, as typed or scanned.
    pub product: String,
    pub warehouse: WarehouseId,
    /// The code or barcode of a bin; may be empty.
    pub location: String,
    pub change: Change,
    pub reason: MoveReason,
    pub note: String,
}

pub fn adjusting(form: &Fields) -> Result<Adjusting, FieldErrors> {
    read_form!(form => Adjusting {
        product: "product", |text| Sku::parse(text).map(|_| text.trim().to_owned());
        warehouse: "warehouse", |text| text.parse().map_err(|_| "Choose a warehouse.");
        location: "location", |text| optional_text(text, 100);
        change: "quantity", Change::parse;
        reason: "reason", |text| {
            let reason = text.parse::<MoveReason>().ok();
            reason.filter(|reason| REASONS.contains(reason)).ok_or("Choose a reason.")
        };
        note: "note", |text| required_text(text, 500);
    })
}

/// A put-away, but for what its codes mean: that only the database knows.
#[derive(Debug, Clone)]
pub struct PuttingAway {
    pub warehouse: WarehouseId,
    /// A SKU or a barcode.
    pub product: String,
    /// The code or barcode of a bin.
    pub from: String,
    pub quantity: Quantity,
    /// The same; empty: the bin that is proposed.
    pub location: String,
    /// The product is put there first from now on.
    pub is_usual: bool,
}

pub fn putting_away(form: &Fields) -> Result<PuttingAway, FieldErrors> {
    read_form!(form => PuttingAway {
        warehouse: "warehouse", |text| text.parse().map_err(|_| "Choose a warehouse.");
        product: "product", |text| required_text(text, 100);
        from: "from", |text| required_text(text, 100);
        quantity: "quantity", Quantity::parse_positive;
        location: "location", |text| optional_text(text, 100);
        is_usual: "is_usual", ticked;
    })
}

/// Units of a line that are to change hands.
pub fn hand_move(form: &Fields, from: OrderLineId) -> Result<HandMove, FieldErrors> {
    let mut read = form.read();
    let moved = HandMove {
        from,
        to: read.take("to", |to| {
            optional(to, str::parse).map_err(|_| "Choose one of these orders.")
        }),
        quantity: read.take("quantity", Quantity::parse),
    };
    read.done(moved)
}

pub fn warehouse(form: &Fields) -> Result<WarehouseInput, FieldErrors> {
    let input = read_form!(form => WarehouseInput {
        code: "code", |text| required_text(&text.to_uppercase(), 20);
        name: "name", |text| required_text(text, 120);
        kind: "kind", str::parse;
        is_active: "is_active", ticked;
        is_primary: "is_primary", ticked;
        ships_orders: "ships_orders", ticked;
        counts_for_selling: "counts_for_selling", ticked;
        in_supply_needs: "in_supply_needs", ticked;
        default_warning_level: "default_warning_level", Quantity::parse;
        default_ideal_level: "default_ideal_level", Quantity::parse;
        allocation_policy: "allocation_policy", str::parse;
        collect_after_days: "collect_after_days", |text| days(text, 365);
        pick_by: "pick_by", str::parse;
        address: "address", |text| optional_text(text, 1000);
    })?;
    let mut errors = contradictions(&input);
    if input.default_ideal_level < input.default_warning_level {
        let sentence = "The ideal level cannot be below the warning level.";
        errors.add("default_ideal_level", sentence);
    }
    if errors.is_empty() {
        Ok(input)
    } else {
        Err(errors)
    }
}

/// Uses that the kind of a warehouse does not allow.
fn contradictions(input: &WarehouseInput) -> FieldErrors {
    let kind = input.kind;
    let of_kind = format!("Not for this kind: {}", kind.meaning());
    let uses = [
        ("is_primary", input.is_primary, kind.may_ship()),
        ("ships_orders", input.ships_orders, kind.may_ship()),
        (
            "counts_for_selling",
            input.counts_for_selling,
            kind.may_sell(),
        ),
        ("in_supply_needs", input.in_supply_needs, kind.may_need()),
    ];
    let mut errors = FieldErrors::default();
    for (field, _, _) in uses
        .into_iter()
        .filter(|(_, is_used, may)| *is_used && !may)
    {
        errors.add(field, of_kind.clone());
    }
    errors
}

pub fn company(form: &Fields) -> Result<Company, FieldErrors> {
    read_form!(form => Company {
        name: "name", |text| required_text(text, 120);
        address: "address", |text| optional_text(text, 1000);
        email: "email", |text| {
            optional(text, Email::parse).map(|email| email.map_or_else(String::new, Email::into_string))
        };
        phone: "phone", |text| optional_text(text, 60);
        currency: "currency", currency;
        held_orders_keep_stock: "held_orders_keep_stock", ticked;
        purchase_order_intro: "purchase_order_intro", |text| optional_text(text, 2000);
        time_zone: "time_zone", str::parse;
        purchase_order_intro_fr: "purchase_order_intro_fr", |text| optional_text(text, 2000);
        recount_units: "recount_units", |text| optional(text, Quantity::parse_positive);
        recount_value: "recount_value", |text| optional(text, positive);
        ships_unscanned: "ships_unscanned", ticked;
    })
}

/// An amount of more than nothing.
fn positive(text: &str) -> Result<Money, String> {
    match Money::parse(text)? {
        Money::ZERO => Err("Enter more than 0, or leave it empty.".into()),
        amount => Ok(amount),
    }
}

/// What two boxes say about the levels of a product; empty: the default of the warehouse.
///
/// # Errors
/// All that is wrong with them.
pub fn limits(form: &Fields) -> Result<Limits, FieldErrors> {
    read_form!(form => Limits {
        warning_level: "warning", |text| optional(text, Quantity::parse);
        ideal_level: "ideal", |text| optional(text, Quantity::parse);
    })
}

/// What was counted in a row, and what the books said when it was shown; an empty box is no count.
///
/// # Errors
/// All that is wrong with it.
pub fn counted(form: &Fields) -> Result<Vec<Counted>, FieldErrors> {
    let mut read = form.read();
    let bins = form.rows("counted-").map(|(bin, ..)| Some(bin));
    let mut all = Vec::new();
    for bin in bins.chain([None]) {
        let name = counted_box(bin);
        let seen = Quantity::parse(form.get(&format!("seen-{name}"))).unwrap_or_default();
        let typed = read.take(&name, |text| optional(text, Quantity::parse));
        all.extend(typed.map(|units| Counted { bin, seen, units }));
    }
    read.done(all)
}
