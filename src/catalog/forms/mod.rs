//! What browsers say about the catalog: each form read, and filled with what is kept.

mod barcodes;

use std::convert::Infallible;
use std::fmt::Display;

pub use barcodes::{BarcodeRow, barcode_rows};

use super::{Language, LinkInput, Product, ProductInput, Supplier, SupplierInput, SupplierProduct};
use crate::types::{
    EmailList, FieldErrors, Fields, Grams, Money, Quantity, Sku, SupplierId, currency, days,
    optional, optional_text, read_form, required_text,
};

/// What a form says about a product.
///
/// # Errors
/// All that is wrong with it.
pub fn product(form: &Fields) -> Result<ProductInput, FieldErrors> {
    let said = read_form!(form => ProductInput {
        sku: "sku", Sku::parse;
        name: "name", |text| required_text(text, 300);
        price: "price", Money::parse;
        weight_grams: "weight", |text| optional(text, weight).map(Option::unwrap_or_default);
        note: "note", |text| optional_text(text, 4000);
        barcodes: "barcodes", |_| Ok::<_, Infallible>(Vec::new());
    });
    let (said, barcodes) = FieldErrors::both(said, barcodes::barcodes(form))?;
    Ok(ProductInput { barcodes, ..said })
}

fn weight(text: &str) -> Result<i32, String> {
    let grams = text.trim().parse::<i32>().ok().filter(|grams| *grams >= 0);
    match grams {
        None => Err("Enter a whole number, 0 or more.".to_owned()),
        Some(grams) if grams > Grams::MOST => {
            Err("At most 10000000 g: that is ten tons.".to_owned())
        }
        Some(grams) => Ok(grams),
    }
}

/// The form of a product, where nothing else was typed.
pub fn of_product(typed: Fields, kept: &Product) -> Fields {
    typed
        .with("sku", &kept.sku)
        .with("name", &kept.name)
        .with("price", kept.price.input())
        .with(
            "weight",
            shown((kept.weight_grams > 0).then_some(kept.weight_grams)),
        )
        .with("note", &kept.note)
}

/// What a form says about the terms of a supplier.
///
/// # Errors
/// All that is wrong with them.
pub fn terms(form: &Fields) -> Result<LinkInput, FieldErrors> {
    read_form!(form => LinkInput {
        supplier_sku: "supplier_sku", |text| optional_text(text, 64);
        price: "price", Money::parse;
        minimum_quantity: "minimum_quantity", Quantity::parse_positive;
        pack_size: "pack_size", Quantity::parse_positive;
        lead_time_days: "lead_time_days", |text| optional(text, |text| days(text, 730));
    })
}

/// Whose terms they are, and what they say.
///
/// # Errors
/// All that is wrong with them.
pub fn new_terms(form: &Fields) -> Result<(SupplierId, LinkInput), FieldErrors> {
    let supplier = form.get("supplier").parse();
    let supplier = supplier.map_err(|_| FieldErrors::one("supplier", "Choose a supplier."));
    FieldErrors::both(supplier, terms(form))
}

/// The form of terms that nobody has named yet.
pub fn of_new_terms(typed: Fields) -> Fields {
    typed.with("minimum_quantity", 1).with("pack_size", 1)
}

/// The form of terms, where nothing else was typed.
pub fn of_terms(typed: Fields, kept: &SupplierProduct) -> Fields {
    typed
        .with("supplier_sku", &kept.supplier_sku)
        .with("price", kept.price.input())
        .with("minimum_quantity", kept.minimum_quantity)
        .with("pack_size", kept.pack_size)
        .with("lead_time_days", shown(kept.lead_time_days))
}

/// What a form says about a supplier.
///
/// # Errors
/// All that is wrong with it.
pub fn supplier(form: &Fields) -> Result<SupplierInput, FieldErrors> {
    read_form!(form => SupplierInput {
        code: "code", |text| required_text(text, 40);
        name: "name", |text| required_text(text, 200);
        contact_name: "contact_name", |text| optional_text(text, 200);
        emails: "emails", EmailList::parse;
        phone: "phone", |text| optional_text(text, 60);
        address: "address", |text| optional_text(text, 1000);
        language: "language", str::parse;
        currency: "currency", currency;
        lead_time_days: "lead_time_days", |text| days(text, 730);
        minimum_order: "minimum_order", |text| {
            optional(text, Money::parse).map(Option::unwrap_or_default)
        };
        carriage_free_from: "carriage_free_from", |text| optional(text, Money::parse);
        note: "note", |text| optional_text(text, 4000);
    })
}

/// The form of a supplier nobody has described yet.
pub fn of_new_supplier(typed: Fields, company_currency: &str) -> Fields {
    typed
        .with("language", Language::English)
        .with("currency", company_currency)
        .with("lead_time_days", 7)
}

/// The form of a supplier, where nothing else was typed.
pub fn of_supplier(typed: Fields, kept: &Supplier) -> Fields {
    let minimum = Some(kept.minimum_order).filter(|least| *least > Money::ZERO);
    typed
        .with("code", &kept.code)
        .with("name", &kept.name)
        .with("contact_name", &kept.contact_name)
        .with("emails", kept.emails.lines())
        .with("phone", &kept.phone)
        .with("address", &kept.address)
        .with("language", kept.language)
        .with("currency", &kept.currency)
        .with("lead_time_days", kept.lead_time_days)
        .with("minimum_order", shown(minimum.map(Money::input)))
        .with(
            "carriage_free_from",
            shown(kept.carriage_free_from.map(Money::input)),
        )
        .with("note", &kept.note)
}

/// What a box shows of what may be missing.
fn shown<T: Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
