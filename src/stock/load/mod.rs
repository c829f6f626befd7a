//! Opens books: makes missing levels, locks, reads. Constant in the number of lines.

mod rows;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use self::rows::{LevelRow, lock_levels, read_demand, read_levels, read_supply};
use super::books::{Books, OpenClaim, OpenLayer, OpenShelf};
use super::error::Error;
use super::model::Place;
use crate::catalog::AllocationPolicy;
use crate::types::{ProductId, WarehouseId};

/// What decides how stock is given out.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    /// Whether an order on hold may hold stock.
    pub(super) held_orders_keep_stock: bool,
    /// Policy of each warehouse, and the days after which an order may collect.
    pub(super) policies: BTreeMap<WarehouseId, (AllocationPolicy, u32)>,
}

/// Opens the books to change them: makes what is missing, and locks.
pub(super) fn open(conn: &mut PgConnection, mut places: BTreeSet<Place>) -> Result<Books, Error> {
    let rules = rules(conn, &places)?;
    widen(conn, &rules, &mut places)?;
    let (warehouses, products) = columns(&places);
    make_levels(conn, &warehouses, &products)?;
    let levels = lock_levels(conn, &warehouses, &products)?;
    read(conn, rules, levels, &places)
}

/// Opens the books to look what a change would do: nothing is made or locked.
pub(super) fn peek(conn: &mut PgConnection, mut places: BTreeSet<Place>) -> Result<Books, Error> {
    let rules = rules(conn, &places)?;
    widen(conn, &rules, &mut places)?;
    let (warehouses, products) = columns(&places);
    let levels = read_levels(conn, &warehouses, &products)?;
    read(conn, rules, levels, &places)
}

fn read(
    conn: &mut PgConnection,
    rules: Rules,
    levels: Vec<LevelRow>,
    places: &BTreeSet<Place>,
) -> Result<Books, Error> {
    let (warehouses, products) = columns(places);
    let mut shelves: BTreeMap<Place, OpenShelf> = levels
        .into_iter()
        .map(|row| {
            let was = row.balances();
            let shelf = OpenShelf {
                was,
                on_hand: was.on_hand.get(),
                claims: BTreeMap::new(),
                layers: BTreeMap::new(),
            };
            (Place::new(row.warehouse_id, row.product_id), shelf)
        })
        .collect();

    let mut lines = HashMap::new();
    for row in read_demand(conn, &warehouses, &products)? {
        let place = Place::new(row.warehouse_id, row.product_id);
        lines.insert(row.order_line_id, place);
        if let Some(shelf) = shelves.get_mut(&place) {
            let now = row.claimed();
            shelf.claims.insert(
                row.order_line_id,
                OpenClaim {
                    was: Some(now.clone()),
                    now,
                },
            );
        }
    }
    for row in read_supply(conn, &warehouses, &products)? {
        if let Some(shelf) = shelves.get_mut(&Place::new(row.warehouse_id, row.product_id)) {
            let now = (row.quantity.get(), row.due_on);
            let layer = OpenLayer {
                order: row.purchase_order_id,
                was: Some(now),
                now,
            };
            shelf.layers.insert(row.purchase_order_line_id, layer);
        }
    }
    Ok(Books {
        shelves,
        lines,
        rules,
        movements: Vec::new(),
    })
}

fn columns(places: &BTreeSet<Place>) -> (Vec<WarehouseId>, Vec<ProductId>) {
    places
        .iter()
        .map(|place| (place.warehouse, place.product))
        .unzip()
}

fn rules(conn: &mut PgConnection, places: &BTreeSet<Place>) -> Result<Rules, Error> {
    use crate::schema::{company, warehouses};
    let touched: BTreeSet<WarehouseId> = places.iter().map(|place| place.warehouse).collect();
    let rows: Vec<(WarehouseId, AllocationPolicy, i32)> = warehouses::table
        .filter(warehouses::id.eq_any(touched))
        .select((
            warehouses::id,
            warehouses::allocation_policy,
            warehouses::collect_after_days,
        ))
        .load(conn)?;
    let held_orders_keep_stock = company::table
        .select(company::held_orders_keep_stock)
        .first(conn)?;
    let policies = rows
        .into_iter()
        .map(|(id, policy, days)| (id, (policy, days.unsigned_abs())))
        .collect();
    Ok(Rules {
        held_orders_keep_stock,
        policies,
    })
}

/// Where complete orders go first, one product's stock decides about another's: all of the
/// warehouse is planned at once, by one transaction at a time.
fn widen(
    conn: &mut PgConnection,
    rules: &Rules,
    places: &mut BTreeSet<Place>,
) -> Result<(), Error> {
    use crate::schema::demand;
    let complete_first: Vec<WarehouseId> = rules
        .policies
        .iter()
        .filter(|(_, (policy, _))| *policy == AllocationPolicy::CompleteFirst)
        .map(|(id, _)| *id)
        .collect();
    if complete_first.is_empty() {
        return Ok(());
    }
    diesel::sql_query("select pg_advisory_xact_lock(id) from unnest($1) as id")
        .bind::<Array<BigInt>, _>(&complete_first)
        .execute(conn)?;
    let waiting: Vec<(WarehouseId, ProductId)> = demand::table
        .filter(demand::warehouse_id.eq_any(complete_first))
        .select((demand::warehouse_id, demand::product_id))
        .distinct()
        .load(conn)?;
    places.extend(
        waiting
            .into_iter()
            .map(|(warehouse, product)| Place::new(warehouse, product)),
    );
    Ok(())
}

fn make_levels(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<usize> {
    diesel::sql_query(
        "insert into levels (warehouse_id, product_id)
         select w, p from unnest($1, $2) as place (w, p) order by w, p
         on conflict do nothing",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .execute(conn)
}
