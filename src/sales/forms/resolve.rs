//! Finds the products and the customer that a form names.

use std::collections::HashMap;

use diesel::prelude::*;

use super::SaidLine;
use crate::catalog::Product;
use crate::db::lower;
use crate::error::Result;
use crate::sales::Customer;
use crate::schema::{customers, products};
use crate::types::{FieldErrors, Fields, Sku};

/// The product of each line, in one statement.
///
/// # Errors
/// A complaint beside every line whose product does not exist, or is archived and new to the order.
pub fn products_of(conn: &mut PgConnection, lines: &[SaidLine]) -> Result<Vec<Product>> {
    let skus = lines.iter().map(|line| &line.sku);
    let found: Vec<Product> = Product::query()
        .filter(products::sku.eq_any(skus))
        .load(conn)?;
    let by_sku: HashMap<Sku, Product> = found
        .into_iter()
        .map(|product| (product.sku.clone(), product))
        .collect();

    let mut errors = FieldErrors::default();
    let mut all = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        match by_sku.get(&line.sku) {
            None => errors.add(format!("sku-{at}"), "No product has this SKU."),
            Some(product) if product.is_archived() && line.line.is_none() => errors.add(
                format!("sku-{at}"),
                "This product is archived: it cannot be ordered.",
            ),
            Some(product) => all.push(product.clone()),
        }
    }
    if errors.is_empty() {
        Ok(all)
    } else {
        Err(errors.into())
    }
}

/// Customers shown to choose from.
const MOST: i64 = 30;

/// Who somebody means by what they typed: everybody of that code, else everybody of that name or
/// e-mail address.
#[derive(Debug, Clone, Default)]
pub struct Meant {
    pub called: Vec<Customer>,
    /// Which of them was chosen, or `new`.
    chosen: String,
}

impl Meant {
    /// Finds them in one statement.
    pub fn by(conn: &mut PgConnection, form: &Fields) -> QueryResult<Self> {
        let (typed, chosen) = (form.get("customer").trim(), form.get("customer_id"));
        if typed.is_empty() {
            return Ok(Self::default());
        }
        let codes = [typed.to_owned(), typed.to_uppercase()];
        let mut called: Vec<Customer> = Customer::query()
            .filter(
                customers::code
                    .eq_any(&codes)
                    .or(lower(customers::name).eq(typed.to_lowercase()))
                    .or(customers::email.eq(typed.to_lowercase())),
            )
            .order(customers::id)
            .limit(MOST)
            .load(conn)?;
        if called.iter().any(|each| codes.contains(&each.code)) {
            called.retain(|each| codes.contains(&each.code));
        }
        Ok(Self {
            called,
            chosen: chosen.to_owned(),
        })
    }

    /// The only one, or the one that was chosen.
    pub fn customer(&self) -> Option<&Customer> {
        match self.called.as_slice() {
            [only] if !self.is_new() => Some(only),
            called => called.iter().find(|each| self.is_chosen(each)),
        }
    }

    pub fn is_chosen(&self, customer: &Customer) -> bool {
        self.chosen == customer.id.to_string()
    }

    /// Whether somebody else of that name is meant, who is nobody's customer yet.
    pub fn is_new(&self) -> bool {
        self.chosen == "new" || self.called.is_empty()
    }

    /// Whether several are called so.
    pub fn is_several(&self) -> bool {
        self.called.len() > 1
    }

    /// `Two have this name.`
    pub fn sentence(&self) -> String {
        let many = match self.called.len() {
            2 => "Two".to_owned(),
            many => many.to_string(),
        };
        let codes = self.called.windows(2).all(|two| two[0].code == two[1].code);
        let what = if codes { "number" } else { "name" };
        format!("{many} have this {what}.")
    }
}
