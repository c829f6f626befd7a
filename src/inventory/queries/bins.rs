//! What lies in bins, and where more of it may be put.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use crate::catalog::LocationKind;
use crate::db::{Key, Keyed, Page, Paging, Sorts, listed};
use crate::schema::{bin_contents, locations};
use crate::stock::Place;
use crate::types::{LocationId, ProductId, Quantity, Sku, WarehouseId};

/// Empty shelves that are looked at for a page of goods on the dock.
const EMPTY: i64 = 500;
/// Bins to choose from in one list.
const CHOSEN_FROM: i64 = 200;

/// By what goods on the dock can be sorted.
pub const DOCK_SORTS: Sorts = Sorts {
    usual: "since",
    by: &[("since", Key::moment("since")), ("sku", Key::text("sku"))],
    then: &[Key::big("location_id"), Key::big("product_id")],
};

/// Goods on a dock that no parcel takes, and where they may be put.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct OnDock {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    /// The code of the dock.
    #[diesel(sql_type = Text)]
    pub dock: String,
    /// Units that may be put away.
    #[diesel(sql_type = Integer)]
    pub free: Quantity,
    /// Units that parcels take from the dock.
    #[diesel(sql_type = Integer)]
    pub held: Quantity,
    /// Since when some of it lies there.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    /// Its usual bin, else one that holds it.
    #[diesel(sql_type = Nullable<Text>)]
    pub bin: Option<String>,
    /// Where it was put last.
    #[diesel(sql_type = Nullable<Text>)]
    zone: Option<String>,
}

/// What a put-away proposes for `c`, contents of a bin: the usual bin, else the first shelf of the walk
/// that holds the product and is not full; and the zone it was put into last.
const PROPOSED: &str = "
    left join lateral (
      select l.code from levels v join locations l on l.id = v.usual_location_id
      where v.warehouse_id = c.warehouse_id and v.product_id = c.product_id and l.is_active
    ) usual on true
    left join lateral (
      select l.code from bin_contents o join locations l on l.id = o.location_id
      where o.warehouse_id = c.warehouse_id and o.product_id = c.product_id and l.kind = 'shelf' and l.is_active
        and (l.capacity is null
          or l.capacity > (select sum(x.quantity) from bin_contents x where x.location_id = l.id))
      order by l.walk, l.code limit 1
    ) other on true
    left join lateral (
      select l.zone from movements m join locations l on l.id = m.to_location_id
      where m.product_id = c.product_id and l.warehouse_id = c.warehouse_id and l.kind = 'shelf'
      order by m.id desc limit 1
    ) last on true";

/// A page of what lies on the docks of a warehouse, with a bin for each: no empty one is proposed twice.
pub fn on_docks(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    sort: &str,
    paging: &Paging,
) -> QueryResult<Page<OnDock>> {
    let keyset = &DOCK_SORTS.keyset(sort, paging);
    let rows: Vec<Keyed<OnDock>> = listed!(
        keyset,
        format!(
            "with listed as (
               select c.product_id, p.sku, p.name as product, d.code as dock, c.location_id,
                 c.quantity - c.held as free, c.held, c.since, coalesce(usual.code, other.code) as bin, last.zone
               from bin_contents c
               join locations d on d.id = c.location_id and d.kind = 'dock'
               join products p on p.id = c.product_id
               {PROPOSED}
               where c.warehouse_id = :warehouse and c.quantity > c.held
             )
             select listed.*, :page_key from listed where :beyond order by :order limit :limit"
        ),
        warehouse: BigInt = warehouse,
    )
    .load(conn)?;
    let mut page: Page<OnDock> = keyset.page(rows);
    if page.rows.iter().any(|row| row.bin.is_none()) {
        let mut empty = empty_shelves(conn, warehouse)?;
        for row in page.rows.iter_mut().filter(|row| row.bin.is_none()) {
            row.bin = take_one(&mut empty, row.zone.as_deref());
        }
    }
    Ok(page)
}

/// Shelves where nothing lies, in the order of the walk: code and zone.
fn empty_shelves(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
) -> QueryResult<Vec<(String, String)>> {
    let filled = bin_contents::table.filter(bin_contents::location_id.eq(locations::id));
    locations::table
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(locations::kind.eq(LocationKind::Shelf))
        .filter(locations::is_active)
        .filter(diesel::dsl::not(exists(filled)))
        .order((locations::walk, locations::code))
        .select((locations::code, locations::zone))
        .limit(EMPTY)
        .load(conn)
}

/// The first of the zone, else the first of all.
fn take_one(empty: &mut Vec<(String, String)>, zone: Option<&str>) -> Option<String> {
    let of_zone = empty
        .iter()
        .position(|(_, each)| Some(each.as_str()) == zone);
    let at = of_zone.unwrap_or(0);
    (at < empty.len()).then(|| empty.remove(at).0)
}

/// A bin in which a product lies.
#[derive(Debug, Clone, Queryable)]
pub struct InBin {
    pub id: LocationId,
    pub code: String,
    pub kind: LocationKind,
    pub quantity: Quantity,
    /// Of these, units that parcels take.
    pub held: Quantity,
}

impl InBin {
    pub fn free(&self) -> Quantity {
        self.quantity.less(self.held)
    }
}

/// The bins in which a product lies in a warehouse, docks first, then in the order of the walk.
pub fn bins_of(conn: &mut PgConnection, place: Place) -> QueryResult<Vec<InBin>> {
    bin_contents::table
        .inner_join(locations::table.on(locations::id.eq(bin_contents::location_id)))
        .filter(bin_contents::warehouse_id.eq(place.warehouse))
        .filter(bin_contents::product_id.eq(place.product))
        .order((
            locations::kind.ne(LocationKind::Dock),
            locations::walk,
            locations::code,
        ))
        .select((
            locations::id,
            locations::code,
            locations::kind,
            bin_contents::quantity,
            bin_contents::held,
        ))
        .load(conn)
}

/// Where a put-away of a product would go: its usual bin, one that holds it, or an empty one.
pub fn proposed_bin(conn: &mut PgConnection, place: Place) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        bin: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        zone: Option<String>,
    }
    let row: Row = crate::db::sql!(
        format!(
            "select coalesce(usual.code, other.code) as bin, last.zone
             from (select :warehouse::int8 as warehouse_id, :product::int8 as product_id) c {PROPOSED}"
        ),
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
    )
    .get_result(conn)?;
    match row.bin {
        Some(bin) => Ok(Some(bin)),
        None => {
            let mut empty = empty_shelves(conn, place.warehouse)?;
            Ok(take_one(&mut empty, row.zone.as_deref()))
        }
    }
}

/// A bin that goods may be put into.
#[derive(Debug, Clone, Queryable)]
pub struct InUse {
    pub id: LocationId,
    pub code: String,
    pub kind: LocationKind,
}

/// Docks and other bins whose goods are usable, docks first: as many as are chosen from.
pub fn usable_bins(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<Vec<InUse>> {
    locations::table
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(locations::is_active)
        .filter(locations::kind.ne(LocationKind::Quarantine))
        .order((
            locations::kind.ne(LocationKind::Dock),
            locations::walk,
            locations::code,
        ))
        .select((locations::id, locations::code, locations::kind))
        .limit(CHOSEN_FROM)
        .load(conn)
}
