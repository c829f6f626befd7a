//! Locations: the bins of a warehouse.

mod changing;
mod files;
mod listing;
mod making;

use backfill::catalog::{Location, LocationKind, Product};
use backfill::inventory::{self, LocationInput, Range, RangeInput};
use backfill::schema::locations;
use backfill::stock::{self, Cause, CauseKind, Happening, MoveReason, Place};
use backfill::types::{Change, Quantity};
use diesel::prelude::*;

use crate::support::app::Shop;

/// Locations of the main warehouse, from one code to another.
pub fn range(shop: &Shop, from: &str, to: &str) {
    let input = RangeInput {
        range: Range::parse(from, to).expect("a range"),
        kind: LocationKind::Shelf,
        zone: String::new(),
        capacity: None,
        serpentine: false,
        skip_existing: false,
    };
    let warehouse = shop.primary_warehouse().id;
    shop.write(|act| Ok(inventory::add_range(act, warehouse, &input)?));
}

/// A shelf of the main warehouse that is made for so many units.
fn shelf(shop: &Shop, code: &str, zone: &str, capacity: u32) -> Location {
    let input = LocationInput {
        code: code.into(),
        barcode: None,
        kind: LocationKind::Shelf,
        zone: zone.into(),
        walk: None,
        capacity: Some(Quantity::new(capacity)),
        is_active: true,
    };
    let warehouse = shop.primary_warehouse().id;
    shop.write(|act| Ok(inventory::add_location(act, warehouse, &input)?))
}

/// The main warehouse begins to use bins, and these goods lie in them.
fn lie(shop: &Shop, goods: &[(&Product, i32, &Location)]) {
    let (_, _, first) = goods.first().expect("some goods");
    shop.write(|act| {
        inventory::use_locations(act, first.warehouse_id, first.id)?;
        let found = goods
            .iter()
            .map(|(product, units, location)| Happening::Adjust {
                place: Place::new(location.warehouse_id, product.id),
                bin: Some(location.id),
                change: Change::new(*units),
                reason: MoveReason::Adjustment,
                note: "found".into(),
            });
        let found: Vec<Happening> = found.collect();
        Ok(stock::change(
            act,
            &Cause::of(CauseKind::Adjustment),
            &found,
        )?)
    });
}

/// The location of this code.
fn known(shop: &Shop, code: &str) -> Location {
    shop.read(|conn| {
        Ok(Location::query()
            .filter(locations::code.eq(code))
            .first(conn)?)
    })
}

/// All locations as the walk passes them.
fn walk(shop: &Shop) -> Vec<(String, i32)> {
    shop.read(|conn| {
        Ok(locations::table
            .order((locations::walk, locations::id))
            .select((locations::code, locations::walk))
            .load(conn)?)
    })
}
