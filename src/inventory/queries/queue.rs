//! The queues of a product: who waits for it, and what is on its way.

use diesel::prelude::*;

use crate::schema::{levels, warehouses};
use crate::stock::{self, Claimant, Incoming, Place};
use crate::types::{ProductId, Quantity, WarehouseId};

/// Lines of a queue that are shown.
const SHOWN: i64 = 50;

/// The queue of a product in one warehouse.
#[derive(Debug, Clone)]
pub struct PlaceQueue {
    pub warehouse: String,
    pub on_hand: Quantity,
    pub claimants: Vec<Claimant>,
    pub incoming: Vec<Incoming>,
    pub has_more: bool,
}

/// The queues of a product: the warehouses where somebody waits for it or some is on its way.
pub fn queues_of(conn: &mut PgConnection, product: ProductId) -> QueryResult<Vec<PlaceQueue>> {
    let places: Vec<(WarehouseId, String, Quantity)> = levels::table
        .inner_join(warehouses::table)
        .filter(levels::product_id.eq(product))
        .filter(
            levels::to_ship
                .gt(Quantity::ZERO)
                .or(levels::incoming.gt(Quantity::ZERO)),
        )
        .order((warehouses::is_primary.desc(), warehouses::code))
        .select((levels::warehouse_id, warehouses::name, levels::on_hand))
        .load(conn)?;
    // A few warehouses: the order of a queue is stock's to know, one place at a time.
    let queues = places.into_iter().map(|(id, warehouse, on_hand)| {
        let place = Place::new(id, product);
        let mut claimants = stock::claimants(conn, place, SHOWN + 1)?;
        let shown = usize::try_from(SHOWN).unwrap_or(usize::MAX);
        let has_more = claimants.len() > shown;
        claimants.truncate(shown);
        Ok(PlaceQueue {
            warehouse,
            on_hand,
            claimants,
            incoming: stock::incoming(conn, place)?,
            has_more,
        })
    });
    queues.collect()
}
