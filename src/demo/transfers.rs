//! A transfer under way, from the main warehouse to the shop: what orders miss there first, then what
//! the shop window shows. A few more products are to lie in the shop, so that transfers are proposed.

use chrono::{Days, TimeDelta};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::sales::Shop;
use crate::db::{Act, Who};
use crate::error::{Error, Result};
use crate::inventory::{self, NewTransfer, NewTransferLine, Sending};
use crate::stock::{self, Limits, Place};
use crate::types::{ProductId, Quantity};

/// Products on the transfer.
const LINES: i64 = 6;
/// Products that a transfer is proposed of.
const PROPOSED: i64 = 4;

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Idle {
    #[diesel(sql_type = BigInt)]
    product: ProductId,
    #[diesel(sql_type = Integer)]
    units: Quantity,
}

pub fn send(conn: &mut PgConnection, shop: &Shop) -> Result<()> {
    let lines = idle(conn, shop)?;
    let lines = lines.into_iter().map(|idle| NewTransferLine {
        product: idle.product,
        quantity: idle.units,
    });
    let new = NewTransfer {
        expected_on: Some(shop.now.date_naive() + Days::new(1)),
        note: "For the shop window".to_owned(),
        ..NewTransfer::of(shop.warehouses.main, shop.warehouses.shop, lines.collect())
    };
    let buyer = Who::from(shop.people.buyer).at(shop.now - TimeDelta::minutes(95));
    let act = &mut Act::new(conn, buyer);
    let draft = inventory::draft_transfer(act, &new)?;
    inventory::send_transfer(act, draft.id, &Sending::FREE)?;
    for each in plenty(conn, shop)? {
        let limits = Limits {
            warning_level: Some(Quantity::new(4)),
            ideal_level: Some(Quantity::new(10)),
        };
        let place = Place::new(shop.warehouses.shop, each.product);
        stock::set_limits(&mut Act::new(conn, buyer), place, limits).map_err(Error::from)?;
    }
    Ok(())
}

/// A few products of which plenty is free in the main warehouse and little in the shop.
fn plenty(conn: &mut PgConnection, shop: &Shop) -> QueryResult<Vec<Idle>> {
    diesel::sql_query(
        "select m.product_id as product, m.on_hand - m.reserved as units
         from levels m join levels s on s.product_id = m.product_id and s.warehouse_id = $2
         where m.warehouse_id = $1 and m.on_hand - m.to_ship - m.warning >= 12
           and s.on_hand - s.to_ship < 4 and s.incoming = 0 and s.warning_level is null
         order by m.product_id limit $3",
    )
    .bind::<BigInt, _>(shop.warehouses.main)
    .bind::<BigInt, _>(shop.warehouses.shop)
    .bind::<BigInt, _>(PROPOSED)
    .load(conn)
}

/// Some of what is free in the main warehouse.
fn idle(conn: &mut PgConnection, shop: &Shop) -> QueryResult<Vec<Idle>> {
    diesel::sql_query(
        "select m.product_id as product,
           least(m.on_hand - m.reserved, greatest(s.minimum, 4)) as units
         from levels m join levels s on s.product_id = m.product_id and s.warehouse_id = $2
         where m.warehouse_id = $1 and m.on_hand - m.reserved >= 4
         order by s.minimum desc, m.product_id limit $3",
    )
    .bind::<BigInt, _>(shop.warehouses.main)
    .bind::<BigInt, _>(shop.warehouses.shop)
    .bind::<BigInt, _>(LINES)
    .load(conn)
}
