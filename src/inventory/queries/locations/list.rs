//! The list of locations: what a filter leaves of a warehouse, page by page.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};
use serde::{Deserialize, Serialize};

use crate::catalog::LocationKind;
use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, containing, listed};
use crate::types::{LocationId, Quantity, RecordRef, WarehouseId, text_enum};

text_enum! {
    /// Which locations a list shows.
    LocationState {
        /// Nothing lies there.
        Empty = "empty", "Empty";
        /// More lies there than it is made for.
        OverFull = "over_full", "Over-full";
        /// Nothing is put there any more.
        Archived = "archived", "Archived";
        /// Those in use, and the archived ones.
        All = "all", "In use and archived";
    }
}

/// What the list of locations is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LocationFilter {
    /// The id of a warehouse; the primary one if empty.
    pub warehouse: String,
    /// Part of a code or of a barcode.
    pub q: String,
    /// A [`LocationKind`].
    pub kind: String,
    pub zone: String,
    /// A [`LocationState`]; those in use if empty.
    pub state: String,
    /// `walk`, `code`, `zone` or `units`, falling with a minus before it; `walk` if empty.
    pub sort: String,
}

impl LocationFilter {
    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    pub fn kind(&self) -> Option<LocationKind> {
        self.kind.parse().ok()
    }

    pub fn state(&self) -> Option<LocationState> {
        self.state.parse().ok()
    }
}

/// A location in a list, with what lies there.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct LocationListed {
    #[diesel(sql_type = BigInt)]
    pub id: LocationId,
    /// The code of its warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub barcode: String,
    #[diesel(sql_type = Text)]
    pub kind: LocationKind,
    #[diesel(sql_type = Text)]
    pub zone: String,
    #[diesel(sql_type = Integer)]
    pub walk: i32,
    /// Units it is made for; none: not said.
    #[diesel(sql_type = Nullable<Integer>)]
    pub capacity: Option<Quantity>,
    #[diesel(sql_type = Bool)]
    pub is_active: bool,
    /// How many products lie there.
    #[diesel(sql_type = BigInt)]
    pub products: i64,
    /// Units of all of them.
    #[diesel(sql_type = BigInt)]
    pub units: i64,
}

impl LocationListed {
    pub fn path(&self) -> String {
        RecordRef::Location(self.id).path()
    }

    /// Whether more lies there than it is made for.
    pub fn is_over_full(&self) -> bool {
        let made_for = self.capacity.map(|units| i64::from(units.get()));
        made_for.is_some_and(|capacity| self.units > capacity)
    }

    /// How it stands: a word, and its tone.
    pub fn state(&self) -> (&'static str, &'static str) {
        if !self.is_active {
            ("Archived", "quiet")
        } else if self.is_over_full() {
            ("Over-full", "warn")
        } else if self.units == 0 {
            ("Empty", "quiet")
        } else {
            ("In use", "ok")
        }
    }
}

/// By what locations can be sorted.
pub const LOCATION_SORTS: Sorts = Sorts {
    usual: "walk",
    by: &[
        ("walk", Key::int("l.walk")),
        ("code", Key::text("l.code")),
        ("zone", Key::text("l.zone")),
        ("units", Key::big("b.units")),
    ],
    then: &[Key::big("l.id")],
};

/// One page of the locations of a warehouse that a filter leaves.
pub fn locations_page(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &LocationFilter,
    paging: &Paging,
) -> QueryResult<Page<LocationListed>> {
    let keyset = LOCATION_SORTS.keyset(&filter.sort, paging);
    let rows = load(conn, warehouse, filter, None, &keyset)?;
    Ok(keyset.page(rows))
}

/// All that a filter leaves of a warehouse, in the order of the list.
pub fn all_locations(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &LocationFilter,
) -> QueryResult<Vec<LocationListed>> {
    let keyset = LOCATION_SORTS
        .keyset(&filter.sort, &Paging::default())
        .most(None);
    Ok(keyset
        .page(load(conn, warehouse, filter, None, &keyset)?)
        .rows)
}

/// Some locations of a warehouse, in the order of the walk; whatever is no location there is none.
pub fn chosen_locations(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    ids: &[LocationId],
) -> QueryResult<Vec<LocationListed>> {
    let whatever = LocationFilter {
        state: LocationState::All.to_string(),
        ..LocationFilter::default()
    };
    let keyset = LOCATION_SORTS.keyset("walk", &Paging::default()).most(None);
    let rows = load(conn, warehouse, &whatever, Some(ids), &keyset)?;
    Ok(keyset.page(rows).rows)
}

fn load(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &LocationFilter,
    ids: Option<&[LocationId]>,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<LocationListed>>> {
    let q = Some(filter.q.trim()).filter(|q| !q.is_empty());
    let zone = Some(&filter.zone).filter(|zone| !zone.is_empty());
    listed!(
        keyset,
        "select l.id, w.code as warehouse, l.code, l.barcode, l.kind, l.zone, l.walk, l.capacity,
           l.is_active, b.products, b.units, :page_key
         from locations l
         join warehouses w on w.id = l.warehouse_id
         cross join lateral (
           select count(*) as products, coalesce(sum(c.quantity), 0) as units
           from bin_contents c where c.location_id = l.id) b
         where l.warehouse_id = :warehouse
           and (:ids is null or l.id = any(:ids))
           and (:kind is null or l.kind = :kind)
           and (:zone is null or l.zone = :zone)
           and (:q is null or l.code like :q or upper(l.barcode) like :q)
           and case coalesce(:state, '')
             when 'empty' then l.is_active and b.units = 0
             when 'over_full' then l.is_active and b.units > l.capacity
             when 'archived' then not l.is_active
             when 'all' then true
             else l.is_active end
           and :beyond
         order by :order limit :limit",
        warehouse: BigInt = warehouse,
        ids: Nullable<Array<BigInt>> = ids,
        kind: Nullable<Text> = filter.kind(),
        zone: Nullable<Text> = zone,
        q: Nullable<Text> = q.map(|q| containing(&q.to_uppercase())),
        state: Nullable<Text> = filter.state(),
    )
    .load(conn)
}
