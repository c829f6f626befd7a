//! What a packing desk shows of the parcel that is open there.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use crate::db::sql;
use crate::preparation::ShipmentStatus;
use crate::schema::{packages, shipments, users};
use crate::types::{ProductId, Quantity, ShipmentId, ShipmentLineId, Sku, UserId};

/// The parcel that somebody has open.
pub fn open_of(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<ShipmentId>> {
    shipments::table
        .filter(shipments::packer_id.eq(user))
        .filter(shipments::status.eq_any(ShipmentStatus::Shipped.before()))
        .select(shipments::id)
        .first(conn)
        .optional()
}

/// Whether somebody else has a parcel open.
pub fn is_open_elsewhere(
    conn: &mut PgConnection,
    parcel: ShipmentId,
    user: UserId,
) -> QueryResult<bool> {
    let theirs = shipments::table
        .find(parcel)
        .filter(shipments::packer_id.ne(user));
    diesel::select(diesel::dsl::exists(theirs)).get_result(conn)
}

/// Who has a parcel open at a packing desk.
pub fn packer_of(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<Option<String>> {
    shipments::table
        .inner_join(users::table.on(shipments::packer_id.eq(users::id.nullable())))
        .filter(shipments::id.eq(parcel))
        .select(users::name)
        .first(conn)
        .optional()
}

/// Units of a product that go into a parcel.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct ToPack {
    #[diesel(sql_type = BigInt)]
    pub line: ShipmentLineId,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Bool)]
    pub has_picture: bool,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    #[diesel(sql_type = Integer)]
    pub packed: Quantity,
    /// The kit it is a part of.
    #[diesel(sql_type = Nullable<Text>)]
    pub kit: Option<String>,
}

impl ToPack {
    pub fn left(&self) -> Quantity {
        self.units.less(self.packed)
    }
}

/// What goes into a parcel, in the order of its order.
pub fn to_pack(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<Vec<ToPack>> {
    sql!(
        "select sl.id as line, p.id as product_id, p.sku, p.name as product,
           exists (select from product_pictures i where i.product_id = p.id) as has_picture,
           sl.quantity as units, sl.packed, kit.sku as kit
         from shipment_lines sl
         join order_lines l on l.id = sl.order_line_id
         join products p on p.id = sl.product_id
         left join order_lines sold on sold.id = l.kit_line_id
         left join products kit on kit.id = sold.product_id
         where sl.shipment_id = :parcel
         order by l.line_number",
        parcel: BigInt = parcel,
    )
    .load(conn)
}

/// A package of a parcel.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = packages)]
pub struct Package {
    pub number: i32,
    /// Grams.
    pub weight: Option<i32>,
    /// Millimetres, like width and height.
    pub length: Option<i32>,
    pub width: Option<i32>,
    pub height: Option<i32>,
}

impl Package {
    /// `1.25 kg, 300 × 200 × 150 mm`, as far as somebody measured it; may be empty.
    pub fn in_words(&self) -> String {
        let weight = self.weight.map(|grams| {
            let kilograms = format!("{}.{:03}", grams / 1000, grams % 1000);
            let kilograms = kilograms.trim_end_matches('0').trim_end_matches('.');
            format!("{kilograms} kg")
        });
        let size = match (self.length, self.width, self.height) {
            (Some(length), Some(width), Some(height)) => {
                Some(format!("{length} × {width} × {height} mm"))
            }
            _ => None,
        };
        let words: Vec<String> = weight.into_iter().chain(size).collect();
        words.join(", ")
    }
}

/// The packages of a parcel.
pub fn packages_of(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<Vec<Package>> {
    Package::query()
        .filter(packages::shipment_id.eq(parcel))
        .order(packages::number)
        .load(conn)
}
