//! Opens books: makes missing levels, locks, reads. Constant in the number of lines.

mod rows;
mod rules;
mod turns;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use self::rows::{DemandRow, LevelRow, lock_levels, read_levels, read_supply};
pub(super) use self::rules::{Rules, suspend};
use super::books::{Books, Concerned, OpenClaim, OpenLayer, OpenShelf, Reach, Read};
use super::error::Error;
use super::model::Place;
use crate::types::{OrderId, ProductId, WarehouseId};

/// Opens the books to change them: makes what is missing, and locks.
pub(super) fn open(conn: &mut PgConnection, reach: Reach) -> Result<Books, Error> {
    rules::keep(conn)?;
    let (rules, places) = widen(conn, reach.places)?;
    make_levels(conn, &places)?;
    let levels = lock_levels(conn, &places)?;
    read(conn, rules, levels, reach.orders)
}

/// Opens the books to look what a change would do: nothing is made or locked.
pub(super) fn peek(conn: &mut PgConnection, reach: Reach) -> Result<Books, Error> {
    let (rules, places) = widen(conn, reach.places)?;
    let levels = read_levels(conn, &places)?;
    read(conn, rules, levels, reach.orders)
}

fn read(
    conn: &mut PgConnection,
    rules: Rules,
    levels: Vec<LevelRow>,
    orders: Option<BTreeSet<OrderId>>,
) -> Result<Books, Error> {
    let mut shelves: BTreeMap<Place, OpenShelf> = BTreeMap::new();
    for row in levels {
        let everyone = orders.is_none() || rules.complete_first(row.warehouse_id);
        let was = row.balances();
        let shelf = OpenShelf {
            was,
            read: if everyone {
                Read::Everyone
            } else {
                Read::Touched
            },
            on_hand: was.on_hand.get(),
            claims: BTreeMap::new(),
            layers: BTreeMap::new(),
            turns: Vec::new(),
        };
        shelves.insert(Place::new(row.warehouse_id, row.product_id), shelf);
    }
    for row in turns::read_turns(conn, shelves.keys())? {
        if let Some(shelf) = shelves.get_mut(&Place::new(row.warehouse_id, row.product_id)) {
            shelf.read = Read::Everyone;
            shelf.turns.push(row.turn());
        }
    }
    let mut books = Books {
        shelves,
        lines: HashMap::new(),
        rules,
        movements: Vec::new(),
    };
    let (everyone, touched) = books.split_by_reading();
    books.admit(rows::read_everyone(conn, &everyone)?);
    if let Some(orders) = orders {
        books.admit(rows::read_orders(conn, &touched, &orders)?);
    }
    for row in read_supply(conn, books.shelves.keys())? {
        if let Some(shelf) = books
            .shelves
            .get_mut(&Place::new(row.warehouse_id, row.product_id))
        {
            let now = (row.quantity.get(), row.due_on);
            let layer = OpenLayer {
                order: row.purchase_order_id,
                was: Some(now),
                now,
            };
            shelf.layers.insert(row.purchase_order_line_id, layer);
        }
    }
    Ok(books)
}

/// Reads the lines that what happened concerns: the plan must know them.
pub(super) fn concerned(conn: &mut PgConnection, books: &mut Books) -> Result<(), Error> {
    let rules = &books.rules;
    let windows: Vec<(Place, Concerned)> = books
        .shelves
        .iter_mut()
        .filter(|(_, shelf)| shelf.read == Read::Touched)
        .filter_map(|(place, shelf)| {
            let concerned = shelf.concerned(rules)?;
            shelf.read = Read::Concerned;
            Some((*place, concerned))
        })
        .collect();
    let rows = rows::read_concerned(conn, &windows, !rules.held_orders_keep_stock)?;
    books.admit(rows);
    Ok(())
}

impl Books {
    fn split_by_reading(&self) -> (BTreeSet<Place>, BTreeSet<Place>) {
        let places = self.shelves.keys().copied();
        places.partition(|place| self.shelves[place].read == Read::Everyone)
    }

    /// Lines as they are; those that stand in the books already stay as they became.
    fn admit(&mut self, rows: Vec<DemandRow>) {
        for row in rows {
            let place = Place::new(row.warehouse_id, row.product_id);
            if let Some(shelf) = self.shelves.get_mut(&place)
                && let Entry::Vacant(line) = self.lines.entry(row.order_line_id)
            {
                line.insert(place);
                let now = row.claimed();
                let was = Some(now.clone());
                let claim = OpenClaim { was, now };
                shelf.claims.insert(row.order_line_id, claim);
            }
        }
    }
}

fn columns<'a>(places: impl IntoIterator<Item = &'a Place>) -> (Vec<WarehouseId>, Vec<ProductId>) {
    places
        .into_iter()
        .map(|place| (place.warehouse, place.product))
        .unzip()
}

/// Where complete orders go first, one product's stock decides about another's: all of the
/// warehouse is planned at once, by one transaction at a time.
fn widen(
    conn: &mut PgConnection,
    mut places: BTreeSet<Place>,
) -> Result<(Rules, BTreeSet<Place>), Error> {
    use crate::schema::demand;
    let rules = Rules::read(conn, &places)?;
    let warehouses = rules.policies.keys().copied();
    let complete_first: Vec<WarehouseId> = warehouses
        .filter(|warehouse| rules.complete_first(*warehouse))
        .collect();
    if complete_first.is_empty() {
        return Ok((rules, places));
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
    Ok((rules, places))
}

fn make_levels(conn: &mut PgConnection, places: &BTreeSet<Place>) -> QueryResult<usize> {
    let (warehouses, products) = columns(places);
    diesel::sql_query(
        "insert into levels (warehouse_id, product_id)
         select w, p from unnest($1, $2) as place (w, p)
         where not exists (select from levels l where l.warehouse_id = w and l.product_id = p)
         order by w, p
         on conflict do nothing",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .execute(conn)
}
