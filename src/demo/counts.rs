//! A count of one aisle, half done; what is found is now and then not what the books say.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::sales::Shop;
use crate::db::{Act, Who};
use crate::error::Result;
use crate::inventory::{self, CountScope, Found, NewCount};
use crate::schema::{bin_contents, count_lines, locations};
use crate::types::{LocationId, ProductId, Quantity};

/// The bins that are counted.
const BINS: (&str, &str) = ("A-01-01", "A-01-10");

pub fn begin(conn: &mut PgConnection, shop: &Shop) -> Result<()> {
    let begun = shop.now - TimeDelta::minutes(80);
    let new = NewCount {
        scope: CountScope {
            bins: Some((BINS.0.to_owned(), BINS.1.to_owned())),
            ..CountScope::all_of(shop.warehouses.main)
        },
        asked: format!("Bins {} to {}", BINS.0, BINS.1),
        blind: false,
    };
    let buyer = Who::from(shop.people.buyer);
    let count = inventory::begin_count(&mut Act::new(conn, buyer.at(begun)), &new)?;
    let lines: Vec<(ProductId, Option<LocationId>, Quantity)> = count_lines::table
        .inner_join(locations::table.on(count_lines::location_id.eq(locations::id.nullable())))
        .inner_join(
            bin_contents::table.on(bin_contents::product_id
                .eq(count_lines::product_id)
                .and(count_lines::location_id.eq(bin_contents::location_id.nullable()))),
        )
        .filter(count_lines::count_id.eq(count.id))
        .order((locations::walk, count_lines::id))
        .select((
            count_lines::product_id,
            count_lines::location_id,
            bin_contents::quantity,
        ))
        .load(conn)?;
    let packer = Who::from(shop.people.packer);
    for (nth, (product, bin, there)) in (0_u32..).zip(lines.iter().take(lines.len() / 2)) {
        let at = begun + TimeDelta::seconds(20 * i64::from(nth + 1));
        let found = Found {
            product: *product,
            bin: *bin,
            units: found(*there, nth),
            adds: false,
        };
        inventory::scan(&mut Act::new(conn, packer.at(at)), count.id, &found)?;
    }
    Ok(())
}

/// What lies there, as somebody finds it.
fn found(there: Quantity, nth: u32) -> Quantity {
    match nth % 7 {
        2 => there.less(Quantity::new(1)),
        5 => there + Quantity::new(2),
        6 if nth == 6 => there.less(Quantity::new(25)),
        _ => there,
    }
}
