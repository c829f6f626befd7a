//! What moved.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use super::bin_moves::moved_through;
use super::movement_filter::MovementFilter;
use crate::db::{Document, Keyed, Keyset, Page, Paging, listed};
use crate::inventory::actions::REASONS;
use crate::schema::users;
use crate::stock::MoveReason;
use crate::types::{
    Change, CountId, MovementId, ProductId, Quantity, ReceptionId, RecordRef, ReturnId, ShipmentId,
    Sku, TransferId, UserId, WarehouseId, Zone,
};

/// A movement in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct MovementListed {
    #[diesel(sql_type = BigInt)]
    pub id: MovementId,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub reason: MoveReason,
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    /// The warehouse it left; none: it came from outside.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub from_id: Option<WarehouseId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub from_code: Option<String>,
    /// The warehouse it came to; none: it left.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub to_id: Option<WarehouseId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub to_code: Option<String>,
    /// The delivery that brought it.
    #[diesel(sql_type = Nullable<BigInt>)]
    reception_id: Option<ReceptionId>,
    /// The parcel that took it.
    #[diesel(sql_type = Nullable<BigInt>)]
    shipment_id: Option<ShipmentId>,
    /// The transfer it belongs to.
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_id: Option<TransferId>,
    /// The count that found it.
    #[diesel(sql_type = Nullable<BigInt>)]
    count_id: Option<CountId>,
    /// The return that brought it.
    #[diesel(sql_type = Nullable<BigInt>)]
    return_id: Option<ReturnId>,
    /// The number of any of them.
    #[diesel(sql_type = Nullable<Text>)]
    document: Option<String>,
    #[diesel(sql_type = Text)]
    pub note: String,
    /// Units on hand where it left, right after it.
    #[diesel(sql_type = Nullable<Integer>)]
    from_level: Option<Quantity>,
    /// Units on hand where it came to, right after it.
    #[diesel(sql_type = Nullable<Integer>)]
    to_level: Option<Quantity>,
    /// The mistake it is the opposite of.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub corrects: Option<MovementId>,
    /// Its own opposite, if it was a mistake.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub corrected_by: Option<MovementId>,
    /// Who; none: Backfill itself.
    #[diesel(sql_type = Nullable<Text>)]
    pub who: Option<String>,
}

impl MovementListed {
    /// What it changed: of the chosen warehouse, or of the only one it touched. None for units that
    /// went from one warehouse to another, seen from neither.
    pub fn change(&self, chosen: Option<WarehouseId>) -> Option<Change> {
        let units = self.quantity.as_i32();
        match (self.from_id, self.to_id) {
            (from, to) if from == to => None,
            (None, _) => Some(Change::new(units)),
            (_, None) => Some(Change::new(-units)),
            (_, to) if to == chosen => Some(Change::new(units)),
            (from, _) if from == chosen => Some(Change::new(-units)),
            _ => None,
        }
    }

    /// The same with its sign; without one when the total stays.
    pub fn signed(&self, chosen: Option<WarehouseId>) -> String {
        match self.change(chosen) {
            Some(change) => change.to_string(),
            None => self.quantity.to_string(),
        }
    }

    /// What lay there right after it: in the chosen warehouse, or where it touched.
    pub fn level(&self, chosen: Option<WarehouseId>) -> String {
        match (self.from_level, self.to_level) {
            // From one bin to another.
            (Some(level), Some(_)) if self.from_id == self.to_id => level.to_string(),
            (Some(left), Some(_)) if chosen.is_some() && self.from_id == chosen => left.to_string(),
            (Some(_), Some(came)) if chosen.is_some() && self.to_id == chosen => came.to_string(),
            (Some(left), Some(came)) => format!("{left} \u{2192} {came}"),
            (Some(level), None) | (None, Some(level)) => level.to_string(),
            (None, None) => String::new(),
        }
    }

    /// Whether its opposite may be written.
    pub fn may_be_corrected(&self) -> bool {
        let is_settled = self.corrects.is_some() || self.corrected_by.is_some();
        REASONS.contains(&self.reason) && !is_settled
    }

    /// The document it belongs to: its page, and its number.
    pub fn document(&self) -> Option<(String, &str)> {
        let number = self.document.as_deref()?;
        let reception = self.reception_id.map(RecordRef::Reception);
        let shipment = self.shipment_id.map(RecordRef::Shipment);
        let transfer = self.transfer_id.map(RecordRef::Transfer);
        let count = self.count_id.map(RecordRef::Count);
        let returned = self.return_id.map(RecordRef::Return);
        let record = reception.or(shipment).or(transfer).or(count).or(returned)?;
        Some((record.path(), number))
    }

    pub fn path(&self) -> String {
        format!("/movements/{}", self.id)
    }

    pub fn product_path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }

    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("Backfill")
    }
}

pub fn movement(conn: &mut PgConnection, id: MovementId) -> QueryResult<MovementListed> {
    diesel::sql_query(format!("select {COLUMNS} from movements m where m.id = $1"))
        .bind::<BigInt, _>(id)
        .get_result(conn)
}

/// One page of the movements a filter leaves, newest first; its days are those of a zone.
pub fn movements_page(
    conn: &mut PgConnection,
    filter: &MovementFilter,
    zone: Zone,
    paging: &Paging,
) -> QueryResult<Page<MovementListed>> {
    let keyset = filter.newest_first(zone, paging);
    Ok(keyset.page(load(conn, filter, zone, &keyset)?))
}

/// The latest hundred thousand movements a filter leaves, newest first.
pub fn movements_for_export(
    conn: &mut PgConnection,
    filter: &MovementFilter,
    zone: Zone,
) -> QueryResult<Vec<MovementListed>> {
    let keyset = filter.newest_first(zone, &Paging::default());
    let keyset = keyset.most(MOST_EXPORTED);
    Ok(keyset.page(load(conn, filter, zone, &keyset)?).rows)
}

const MOST_EXPORTED: usize = 100_000;

// Looked up for each row shown: so many joins take longer to plan than a page takes to read.
const COLUMNS: &str = "m.id, m.at, m.reason, m.quantity, m.product_id,
    (select sku from products where id = m.product_id) as sku,
    (select name from products where id = m.product_id) as product,
    m.from_warehouse_id as from_id, m.to_warehouse_id as to_id,
    nullif(concat_ws(' ', (select code from warehouses where id = m.from_warehouse_id),
      (select code from locations where id = m.from_location_id)), '') as from_code,
    nullif(concat_ws(' ', (select code from warehouses where id = m.to_warehouse_id),
      (select code from locations where id = m.to_location_id)), '') as to_code,
    m.reception_id, m.shipment_id, m.transfer_id, m.count_id, m.return_id,
    coalesce((select number from receptions where id = m.reception_id),
      (select number from shipments where id = m.shipment_id),
      (select number from transfers where id = m.transfer_id),
      (select number from counts where id = m.count_id),
      (select number from returns where id = m.return_id)) as document,
    m.note, m.from_level, m.to_level, m.corrects_id as corrects,
    (select c.id from movements c where c.corrects_id = m.id) as corrected_by,
    (select name from users where id = m.user_id) as who";

fn load(
    conn: &mut PgConnection,
    filter: &MovementFilter,
    zone: Zone,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<MovementListed>>> {
    let source = moved_through(conn, filter)?;
    let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let product = typed(&filter.product);
    let sku = product.as_deref().map(Sku::normal);
    let document = typed(&filter.document).map(|number| Document::whole_number(&number));
    let reason: Option<MoveReason> = filter.reason.parse().ok();
    listed!(
        keyset,
        format!(
            "select {COLUMNS}, :page_key from {source} m
             where (:sku is null or m.product_id = (
                 select coalesce((select id from products where sku = :sku),
                   (select product_id from barcodes where code = :scanned))))
               and (:warehouse is null
                 or m.from_warehouse_id = :warehouse or m.to_warehouse_id = :warehouse)
               and (:document is null or m.id = any(array(
                 select id from movements where reception_id = (select id from receptions where number = :document)
                 union all
                 select id from movements where shipment_id = (select id from shipments where number = :document)
                 union all
                 select id from movements where transfer_id = (select id from transfers where number = :document)
                 union all
                 select id from movements where count_id = (select id from counts where number = :document)
                 union all
                 select id from movements where return_id = (select id from returns where number = :document))))
               and (:user is null or m.user_id = :user)
               and (:reason is null or m.reason = :reason)
               and (:since is null or m.at >= :since) and (:until is null or m.at < :until)
               and :beyond
             order by :order limit :limit"
        ),
        sku: Nullable<Text> = sku,
        scanned: Nullable<Text> = product,
        document: Nullable<Text> = document,
        user: Nullable<BigInt> = filter.user(),
        warehouse: Nullable<BigInt> = filter.warehouse(),
        reason: Nullable<Text> = reason,
        since: Nullable<Timestamptz> = filter.since(zone),
        until: Nullable<Timestamptz> = filter.until(zone),
    )
    .load(conn)
}

/// Who moves units: everybody who may sign in, by name.
pub fn people(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, String)>> {
    users::table
        .order((users::name, users::id))
        .select((users::id, users::name))
        .load(conn)
}
