//! What is there already when a file of locations is read.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::catalog::{Location, Warehouse};
use crate::inventory::queries;
use crate::types::LocationId;

/// A warehouse with its locations, and the barcodes that others have.
#[derive(Debug, Clone)]
pub struct Known {
    pub warehouse: Warehouse,
    pub(super) by_code: HashMap<String, Location>,
    /// Who has a barcode, in words; whose it is, if it is a location of the warehouse.
    pub(super) barcodes: HashMap<String, (String, Option<LocationId>)>,
    /// Locations in which goods lie.
    pub(super) holding: HashSet<LocationId>,
}

impl Known {
    /// Reads it; `wanted` are the barcodes that a file names.
    pub fn load(
        conn: &mut PgConnection,
        warehouse: Warehouse,
        wanted: &[String],
    ) -> QueryResult<Self> {
        let own = queries::locations_of(conn, warehouse.id)?;
        let ids: Vec<LocationId> = own.iter().map(|location| location.id).collect();
        let holding = queries::holding(conn, &ids)?;
        let others = queries::of_other_warehouses(conn, warehouse.id, wanted)?;
        let products = queries::of_products(conn, wanted)?;
        let own_barcodes = own.iter().map(|location| {
            let words = format!("location {}", location.code);
            (location.barcode.clone(), (words, Some(location.id)))
        });
        let others = others
            .into_iter()
            .map(|(barcode, place, code)| (barcode, (format!("location {code} of {place}"), None)));
        let products = products
            .into_iter()
            .map(|(barcode, sku)| (barcode, (format!("product {sku}"), None)));
        let barcodes = own_barcodes.chain(others).chain(products).collect();
        let by_code = own
            .into_iter()
            .map(|location| (location.code.clone(), location));
        Ok(Self {
            by_code: by_code.collect(),
            barcodes,
            holding: holding.into_iter().collect(),
            warehouse,
        })
    }

    /// The last place in its walk.
    pub(super) fn last_of_walk(&self) -> i32 {
        let walks = self.by_code.values().map(|location| location.walk);
        walks.max().unwrap_or_default()
    }
}
