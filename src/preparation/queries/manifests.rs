//! Manifests: the list, and what stands on one.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyed, Keyset, Page, Paging, listed, words};
use crate::preparation::Manifest;
use crate::preparation::manifest::{carrier_words, path, weight_words};
use crate::schema::{manifests, users, warehouses};
use crate::types::{ManifestId, OrderId, RecordRef, ShipmentId, WarehouseId, optional_date};

/// What a list of manifests is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ManifestFilter {
    /// Parts of its number, of its carrier, or of what stands on it: a parcel, an order, a tracking number.
    pub q: String,
    pub warehouse: String,
    /// `open`, `closed`, or any.
    pub state: String,
    pub day: String,
}

impl ManifestFilter {
    fn is_open(&self) -> Option<bool> {
        match self.state.as_str() {
            "open" => Some(true),
            "closed" => Some(false),
            _ => None,
        }
    }
}

/// A manifest in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ManifestListed {
    #[diesel(sql_type = BigInt)]
    pub id: ManifestId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    #[diesel(sql_type = Text)]
    pub carrier: String,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = BigInt)]
    pub parcels: i64,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub closed_at: Option<DateTime<Utc>>,
    /// May be empty.
    #[diesel(sql_type = Text)]
    pub closed_by: String,
}

impl ManifestListed {
    pub fn path(&self) -> String {
        path(self.id)
    }

    /// Who carries it, in words.
    pub fn carrier_words(&self) -> &str {
        carrier_words(&self.carrier)
    }

    pub const fn state(&self) -> &'static str {
        match self.closed_at {
            None => "open",
            Some(_) => "closed",
        }
    }
}

/// One page of manifests, latest first.
pub fn manifests(
    conn: &mut PgConnection,
    filter: &ManifestFilter,
    paging: &Paging,
) -> QueryResult<Page<ManifestListed>> {
    let keyset = latest_first(paging);
    Ok(keyset.page(load(conn, filter, &keyset)?))
}

/// All the manifests a filter leaves.
pub fn manifests_for_export(
    conn: &mut PgConnection,
    filter: &ManifestFilter,
) -> QueryResult<Vec<ManifestListed>> {
    let all = latest_first(&Paging::default()).most(None);
    let rows = load(conn, filter, &all)?;
    Ok(all.page(rows).rows)
}

fn latest_first(paging: &Paging) -> Keyset {
    Keyset::new(&[Key::big("m.id")], true, paging)
}

fn load(
    conn: &mut PgConnection,
    filter: &ManifestFilter,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<ManifestListed>>> {
    use diesel::sql_types::Bool;
    listed!(
        keyset,
        "select m.id, m.number, m.day, m.carrier, w.code as warehouse, p.parcels, p.units, m.closed_at,
           coalesce(u.name, '') as closed_by, :page_key
         from manifests m
         join warehouses w on w.id = m.warehouse_id
         left join users u on u.id = m.closed_by
         cross join lateral (
           select count(distinct s.id) as parcels, coalesce(sum(l.quantity), 0) as units
           from shipments s join shipment_lines l on l.shipment_id = s.id where s.manifest_id = m.id
         ) p
         where (:warehouse is null or m.warehouse_id = :warehouse)
           and (:open is null or (m.closed_at is null) = :open)
           and (:day is null or m.day = :day)
           and :beyond
           and not exists (
             select from unnest(:words) as word
             where not (m.number ilike word or m.carrier ilike word or exists (
               select from shipments s join orders o on o.id = s.order_id
               where s.manifest_id = m.id
                 and (s.number ilike word or o.number ilike word or s.tracking_number ilike word))))
         order by :order limit :limit",
        warehouse: Nullable<BigInt> = filter.warehouse.parse::<WarehouseId>().ok(),
        open: Nullable<Bool> = filter.is_open(),
        day: Nullable<Date> = optional_date(&filter.day).ok().flatten(),
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}

/// A manifest with what its page and its paper say about it.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = manifests)]
#[diesel(base_query = manifests::table.inner_join(warehouses::table).left_join(users::table))]
pub struct ManifestShown {
    #[diesel(embed)]
    pub manifest: Manifest,
    #[diesel(select_expression = warehouses::name)]
    pub warehouse: String,
    /// Who closed it.
    #[diesel(select_expression = users::name.nullable())]
    pub closed_by: Option<String>,
}

pub fn manifest(conn: &mut PgConnection, id: ManifestId) -> QueryResult<ManifestShown> {
    ManifestShown::query()
        .filter(manifests::id.eq(id))
        .first(conn)
}

/// A parcel of a manifest.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ManifestParcel {
    #[diesel(sql_type = BigInt)]
    pub id: ShipmentId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Text)]
    pub country: String,
    /// May be empty.
    #[diesel(sql_type = Text)]
    pub tracking_number: String,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    /// Of its products, as far as they say; 0: none does.
    #[diesel(sql_type = BigInt)]
    pub grams: i64,
}

impl ManifestParcel {
    pub fn path(&self) -> String {
        RecordRef::Shipment(self.id).path()
    }

    pub fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }

    pub fn weight(&self) -> String {
        weight_words(self.grams)
    }
}

/// The parcels of a manifest, by number.
pub fn manifest_parcels(
    conn: &mut PgConnection,
    id: ManifestId,
) -> QueryResult<Vec<ManifestParcel>> {
    diesel::sql_query(
        "select s.id, s.number, s.order_id, o.number as order_number, c.name as customer, o.country,
           s.tracking_number, l.units, l.grams
         from shipments s
         join orders o on o.id = s.order_id
         join customers c on c.id = o.customer_id
         cross join lateral (
           select coalesce(sum(l.quantity), 0) as units,
             coalesce(sum(l.quantity::bigint * p.weight_grams), 0)::bigint as grams
           from shipment_lines l join products p on p.id = l.product_id where l.shipment_id = s.id
         ) l
         where s.manifest_id = $1
         order by s.id",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
}
