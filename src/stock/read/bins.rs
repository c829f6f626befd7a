//! What lies in the bins of the places that have some, and what parcels hold there.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text, Timestamptz};

use super::places::of_places;
use crate::catalog::LocationKind;
use crate::schema::{bin_holds, locations};
use crate::stock::books::{Bin, Bins, Books, Content, Spot};
use crate::stock::model::Place;
use crate::types::{LocationId, OrderLineId, ProductId, Quantity, WarehouseId};

/// Bins that are named, for the goods of a place; `None`: for those of a line, wherever it waits.
type Named = BTreeSet<(LocationId, Option<Place>)>;

/// Reads the bins where the products lie, those that are named, and the docks; nothing at all where
/// no warehouse has bins. Where goods may be put into them, `keeps` has the named ones and the docks
/// stay as they are until the transaction ends: nobody archives one meanwhile.
pub(super) fn read(
    conn: &mut PgConnection,
    books: &mut Books,
    named: &Named,
    keeps: bool,
) -> QueryResult<()> {
    let mut places: Vec<Place> = Vec::new();
    for (place, shelf) in &mut books.shelves {
        if let Some(pick_by) = books.rules.bins.get(&place.warehouse) {
            shelf.bins = Some(Bins::new(*pick_by));
            places.push(*place);
        }
    }
    if places.is_empty() {
        return Ok(());
    }
    for row in contents(conn, &places)? {
        let place = Place::new(row.warehouse_id, row.product_id);
        open(books, place, row.location_id, row.spot(), row.content());
    }
    for (id, warehouse, spot) in spots(conn, books, named, keeps)? {
        let of_bin = named.range((id, None)..);
        let mut of_bin = of_bin.take_while(|(bin, _)| *bin == id).peekable();
        let is_for_all = spot.kind == LocationKind::Dock || of_bin.peek() == Some(&&(id, None));
        let concerned: Vec<Place> = match is_for_all {
            true => places.clone(),
            false => of_bin.filter_map(|(_, place)| *place).collect(),
        };
        let of_warehouse = concerned
            .into_iter()
            .filter(|place| place.warehouse == warehouse);
        for place in of_warehouse {
            open(books, place, id, spot, Content::default());
        }
    }
    hold(conn, books)
}

/// A bin as it was read; one that is open already stays as it is.
fn open(books: &mut Books, place: Place, id: LocationId, spot: Spot, content: Content) {
    let bins = books
        .shelves
        .get_mut(&place)
        .and_then(|shelf| shelf.bins.as_mut());
    if let Some(bins) = bins {
        let bin = Bin {
            spot,
            was: content,
            now: content,
        };
        bins.bins.entry(id).or_insert(bin);
    }
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct ContentRow {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = BigInt)]
    location_id: LocationId,
    #[diesel(sql_type = Integer)]
    quantity: Quantity,
    #[diesel(sql_type = Integer)]
    held: Quantity,
    #[diesel(sql_type = Integer)]
    doubted: Quantity,
    #[diesel(sql_type = Timestamptz)]
    since: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    kind: LocationKind,
    #[diesel(sql_type = Integer)]
    walk: i32,
    #[diesel(sql_type = Bool)]
    is_active: bool,
}

impl ContentRow {
    fn spot(&self) -> Spot {
        Spot {
            kind: self.kind,
            walk: self.walk,
            is_active: self.is_active,
        }
    }

    fn content(&self) -> Content {
        Content {
            quantity: self.quantity,
            held: self.held,
            doubted: self.doubted,
            since: Some(self.since),
        }
    }
}

fn contents(conn: &mut PgConnection, places: &[Place]) -> QueryResult<Vec<ContentRow>> {
    of_places!(
        "select c.warehouse_id, c.product_id, c.location_id, c.quantity, c.held, c.doubted, c.since,
           l.kind, l.walk, l.is_active
         from :rows
         join bin_contents c on c.warehouse_id = u.w and c.product_id = u.p
         join locations l on l.id = c.location_id",
        places
    )
    .load(conn)
}

/// The docks of the warehouses that have bins, and the bins that are named.
fn spots(
    conn: &mut PgConnection,
    books: &Books,
    named: &Named,
    keeps: bool,
) -> QueryResult<Vec<(LocationId, WarehouseId, Spot)>> {
    let dock = locations::kind
        .eq(LocationKind::Dock)
        .and(locations::is_active);
    let ids = named.iter().map(|(id, _)| *id);
    let asked = locations::table
        .filter(locations::warehouse_id.eq_any(books.rules.bins.keys()))
        .filter(dock.or(locations::id.eq_any(ids)))
        .order(locations::id)
        .select((
            locations::id,
            locations::warehouse_id,
            locations::kind,
            locations::walk,
            locations::is_active,
        ));
    let rows: Vec<(LocationId, WarehouseId, LocationKind, i32, bool)> = match keeps {
        true => asked.for_share().load(conn)?,
        false => asked.load(conn)?,
    };
    let spot = |(id, warehouse, kind, walk, is_active)| {
        let spot = Spot {
            kind,
            walk,
            is_active,
        };
        (id, warehouse, spot)
    };
    Ok(rows.into_iter().map(spot).collect())
}

/// What parcels of the lines that were read hold.
fn hold(conn: &mut PgConnection, books: &mut Books) -> QueryResult<()> {
    let taken = books.demand().filter(|(place, _, demand)| {
        books.rules.bins.contains_key(&place.warehouse) && !demand.now.taken.is_zero()
    });
    let lines: Vec<(OrderLineId, Place)> = taken.map(|(place, line, _)| (line, place)).collect();
    if lines.is_empty() {
        return Ok(());
    }
    let rows: Vec<(OrderLineId, LocationId, Quantity)> = bin_holds::table
        .filter(bin_holds::order_line_id.eq_any(lines.iter().map(|(line, _)| *line)))
        .select((
            bin_holds::order_line_id,
            bin_holds::location_id,
            bin_holds::quantity,
        ))
        .load(conn)?;
    let places: std::collections::HashMap<OrderLineId, Place> = lines.into_iter().collect();
    for (line, bin, units) in rows {
        let place = places.get(&line);
        let shelf = place.and_then(|place| books.shelves.get_mut(place));
        if let Some(bins) = shelf.and_then(|shelf| shelf.bins.as_mut()) {
            bins.holds.insert((line, bin), (units, units));
        }
    }
    Ok(())
}
