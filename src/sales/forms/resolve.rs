//! Finds the products and the customer that a form names.

use std::collections::HashMap;

use diesel::prelude::*;

use super::SaidLine;
use crate::catalog::Product;
use crate::db::lower;
use crate::error::Result;
use crate::sales::Customer;
use crate::schema::{customers, products};
use crate::types::{FieldErrors, Sku};

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

/// The customer somebody means: by code, else by the whole name if only one is called so.
pub fn customer_meant(conn: &mut PgConnection, typed: &str) -> QueryResult<Option<Customer>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let codes = [typed.to_owned(), typed.to_uppercase()];
    let by_code = Customer::query()
        .filter(customers::code.eq_any(codes))
        .order(customers::id)
        .first(conn)
        .optional()?;
    if by_code.is_some() {
        return Ok(by_code);
    }
    let called: Vec<Customer> = Customer::query()
        .filter(lower(customers::name).eq(typed.to_lowercase()))
        .limit(2)
        .load(conn)?;
    match <[Customer; 1]>::try_from(called) {
        Ok([only]) => Ok(Some(only)),
        Err(_) => Ok(None),
    }
}
