//! What lies in a location, and what moved there.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::db::sql;
use crate::schema::{bin_contents, products};
use crate::stock::MoveReason;
use crate::types::{LocationId, MovementId, ProductId, Quantity, RecordRef, Sku};

/// Movements that the page of a location shows.
const LATEST: i64 = 30;
/// Products it shows.
const MOST: i64 = 200;

/// A product in a location.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = bin_contents)]
#[diesel(base_query = bin_contents::table
    .inner_join(products::table.on(products::id.eq(bin_contents::product_id))))]
pub struct Lying {
    pub product_id: ProductId,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = products::name)]
    pub product: String,
    /// Units of it.
    pub quantity: Quantity,
    /// Of these, units that parcels take from here.
    pub held: Quantity,
    /// When the first of it came.
    pub since: DateTime<Utc>,
}

impl Lying {
    pub fn path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }
}

/// The first products that lie in a location, by SKU.
pub fn contents(conn: &mut PgConnection, id: LocationId) -> QueryResult<Vec<Lying>> {
    Lying::query()
        .filter(bin_contents::location_id.eq(id))
        .order(products::sku)
        .limit(MOST)
        .load(conn)
}

/// What was put into a location, or taken from it.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct BinMovement {
    #[diesel(sql_type = BigInt)]
    id: MovementId,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub reason: MoveReason,
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    /// It was put there; otherwise it was taken away.
    #[diesel(sql_type = Bool)]
    came: bool,
    /// The other location; none: outside, or a warehouse without bins.
    #[diesel(sql_type = Nullable<BigInt>)]
    other_id: Option<LocationId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub other: Option<String>,
    /// Who; none: Backfill itself.
    #[diesel(sql_type = Nullable<Text>)]
    who: Option<String>,
}

impl BinMovement {
    pub fn path(&self) -> String {
        format!("/movements/{}", self.id)
    }

    pub fn product_path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }

    /// The page of the other location.
    pub fn other_path(&self) -> Option<String> {
        Some(RecordRef::Location(self.other_id?).path())
    }

    /// Units with their sign: what the location has more or less of.
    pub fn signed(&self) -> String {
        let sign = if self.came { "+" } else { "\u{2212}" };
        format!("{sign}{}", self.quantity)
    }

    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("Backfill")
    }
}

/// The latest movements of a location, newest first.
pub fn latest_moves(conn: &mut PgConnection, id: LocationId) -> QueryResult<Vec<BinMovement>> {
    // Each end has an index of its own.
    sql!(
        "with moved as (
           (select id from movements where from_location_id = :id order by id desc limit :most)
           union
           (select id from movements where to_location_id = :id order by id desc limit :most))
         select m.id, m.at, m.reason, m.quantity, m.product_id, p.sku,
           coalesce(m.to_location_id = :id, false) as came, o.id as other_id, o.code as other,
           u.name as who
         from moved
         join movements m on m.id = moved.id
         join products p on p.id = m.product_id
         left join locations o on o.id =
           case when m.to_location_id = :id then m.from_location_id else m.to_location_id end
         left join users u on u.id = m.user_id
         order by m.id desc limit :most",
        id: BigInt = id,
        most: BigInt = LATEST,
    )
    .load(conn)
}
