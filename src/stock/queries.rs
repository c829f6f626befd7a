//! What other domains and pages read off the books.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};

use super::model::Place;
use super::queue::QUEUE_SQL;
use crate::schema::{demand, order_lines};
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseOrderId, Quantity, ReceptionId, WarehouseId,
};

/// The look of an order line: what colour and words it gets on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Everything left: struck through.
    Shipped,
    /// Nothing left to ship because it was cancelled: struck through.
    Cancelled,
    /// Green.
    Reserved,
    /// Orange: some of it.
    Partly {
        /// Units reserved.
        reserved: Quantity,
        /// Units to ship.
        of: Quantity,
        /// When the rest will be there; `None`: not on order.
        expected_on: Option<NaiveDate>,
    },
    /// Red: none of it.
    Missing {
        /// When it will be there; `None`: not on order.
        expected_on: Option<NaiveDate>,
    },
    /// The units lie here, and the line may not take them yet: the order waits to be complete, or
    /// is on hold.
    Waiting,
}

impl Look {
    /// As the component of pages that draws it calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Cancelled => "cancelled",
            Self::Reserved => "reserved",
            Self::Partly { .. } => "partial",
            Self::Missing { .. } => "missing",
            Self::Waiting => "waiting",
        }
    }

    /// What it says beside its colour: how much is reserved, and when the rest will be there.
    pub fn words(self) -> String {
        let when = |expected_on: Option<NaiveDate>| {
            expected_on.map_or_else(
                || "not on order".to_owned(),
                |date| date.format("%-d %b").to_string(),
            )
        };
        match self {
            Self::Shipped => "shipped".to_owned(),
            Self::Cancelled => "cancelled".to_owned(),
            Self::Reserved => "reserved".to_owned(),
            Self::Waiting => "waiting".to_owned(),
            Self::Missing { expected_on } => format!("missing, {}", when(expected_on)),
            Self::Partly {
                reserved,
                of,
                expected_on,
            } => format!("{reserved} of {of} reserved, rest {}", when(expected_on)),
        }
    }
}

/// What the look of a line is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineLook {
    /// Units the customer ordered.
    pub ordered: Quantity,
    /// Units that left.
    pub shipped: Quantity,
    /// Units given up.
    pub cancelled: Quantity,
    /// Units reserved.
    pub reserved: Quantity,
    /// Units that nothing covers.
    pub uncovered: Quantity,
    /// When the last missing unit will be there.
    pub expected_on: Option<NaiveDate>,
}

impl LineLook {
    /// Units still to ship.
    pub fn to_ship(&self) -> Quantity {
        self.ordered.less(self.shipped).less(self.cancelled)
    }

    /// Units to ship that are not reserved.
    pub fn missing(&self) -> Quantity {
        self.to_ship().less(self.reserved)
    }

    /// How the line looks.
    pub fn look(&self) -> Look {
        let (to_ship, expected_on) = (self.to_ship(), self.expected_on);
        if to_ship.is_zero() {
            if self.shipped.is_zero() {
                Look::Cancelled
            } else {
                Look::Shipped
            }
        } else if self.reserved == to_ship {
            Look::Reserved
        } else if self.uncovered.is_zero() && expected_on.is_none() {
            Look::Waiting
        } else if self.reserved.is_zero() {
            Look::Missing { expected_on }
        } else {
            Look::Partly {
                reserved: self.reserved,
                of: to_ship,
                expected_on,
            }
        }
    }
}

/// The looks of the lines of some orders, by line.
///
/// # Errors
/// Those of the database.
pub fn looks_of(
    conn: &mut PgConnection,
    orders: &[OrderId],
) -> QueryResult<Vec<(OrderLineId, LineLook)>> {
    let rows: Vec<(
        OrderLineId,
        Quantity,
        Quantity,
        Quantity,
        Option<DemandPart>,
    )> = order_lines::table
        .left_join(demand::table)
        .filter(order_lines::order_id.eq_any(orders))
        .select((
            order_lines::id,
            order_lines::ordered,
            order_lines::shipped,
            order_lines::cancelled,
            (demand::reserved, demand::uncovered, demand::expected_on).nullable(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(line, ordered, shipped, cancelled, part)| {
            let (reserved, uncovered, expected_on) = part.unwrap_or_default();
            (
                line,
                LineLook {
                    ordered,
                    shipped,
                    cancelled,
                    reserved,
                    uncovered,
                    expected_on,
                },
            )
        })
        .collect())
}

type DemandPart = (Quantity, Quantity, Option<NaiveDate>);

/// The places an order asks something of.
///
/// # Errors
/// Those of the database.
pub fn places_of(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<Place>> {
    let rows: Vec<(WarehouseId, ProductId)> = demand::table
        .filter(demand::order_id.eq(order))
        .select((demand::warehouse_id, demand::product_id))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(warehouse, product)| Place::new(warehouse, product))
        .collect())
}

/// Where units of a delivery went.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Assigned {
    /// The product.
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    /// The order.
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    /// Its number.
    #[diesel(sql_type = Text)]
    pub order_number: String,
    /// Its customer.
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// Units it got.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    /// Whether everything it wants from this warehouse is reserved now, or left already.
    #[diesel(sql_type = Bool)]
    pub is_ready: bool,
}

/// Where the units of a reception went, in queue order; what is left over is on the shelf.
///
/// # Errors
/// Those of the database.
pub fn assigned_by(conn: &mut PgConnection, reception: ReceptionId) -> QueryResult<Vec<Assigned>> {
    diesel::sql_query(
        "select e.product_id, o.id as order_id, o.number as order_number, c.name as customer,
           sum(e.change)::int4 as quantity,
           coalesce(bool_and(k.state in ('reserved', 'in_preparation', 'done')), false) as is_ready
         from reservation_entries e
         join order_lines l on l.id = e.order_line_id
         join orders o on o.id = l.order_id
         join customers c on c.id = o.customer_id
         left join consignments k on k.order_id = o.id and k.warehouse_id = e.warehouse_id
         where e.reception_id = $1 and e.change > 0
         group by e.product_id, o.id, c.name
         order by e.product_id, min(e.id)",
    )
    .bind::<BigInt, _>(reception)
    .load(conn)
}

/// A line in the queue of a place.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Claimant {
    /// The line.
    #[diesel(sql_type = BigInt)]
    pub order_line_id: OrderLineId,
    /// Its order.
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    /// The number of the order.
    #[diesel(sql_type = Text)]
    pub order_number: String,
    /// The customer.
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// Units to ship.
    #[diesel(sql_type = Integer)]
    pub to_ship: Quantity,
    /// Units reserved.
    #[diesel(sql_type = Integer)]
    pub reserved: Quantity,
    /// Units that nothing covers.
    #[diesel(sql_type = Integer)]
    pub uncovered: Quantity,
    /// When the last missing unit will be there.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    /// Whether the order is on hold.
    #[diesel(sql_type = Bool)]
    pub held: bool,
}

impl Claimant {
    /// Units to ship that are not reserved.
    pub fn missing(&self) -> Quantity {
        self.to_ship.less(self.reserved)
    }
}

/// The first `most` lines in the queue of a place, first served first.
///
/// # Errors
/// Those of the database.
pub fn claimants(conn: &mut PgConnection, place: Place, most: i64) -> QueryResult<Vec<Claimant>> {
    diesel::sql_query(format!(
        "select d.order_line_id, d.order_id, o.number as order_number, c.name as customer,
           d.to_ship, d.reserved, d.uncovered, d.expected_on, d.held
         from demand d join orders o on o.id = d.order_id join customers c on c.id = o.customer_id
         where d.warehouse_id = $1 and d.product_id = $2
         order by {QUEUE_SQL} limit $3"
    ))
    .bind::<BigInt, _>(place.warehouse)
    .bind::<BigInt, _>(place.product)
    .bind::<BigInt, _>(most)
    .load(conn)
}

/// Units on their way to a place.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Incoming {
    /// The purchase order.
    #[diesel(sql_type = BigInt)]
    pub purchase_order_id: PurchaseOrderId,
    /// Its number.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Units to come.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    /// When.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
}

/// What is on its way to a place, by date.
///
/// # Errors
/// Those of the database.
pub fn incoming(conn: &mut PgConnection, place: Place) -> QueryResult<Vec<Incoming>> {
    diesel::sql_query(
        "select s.purchase_order_id, p.number, s.quantity, s.due_on
         from supply s join purchase_orders p on p.id = s.purchase_order_id
         where s.warehouse_id = $1 and s.product_id = $2
         order by s.due_on, s.purchase_order_line_id",
    )
    .bind::<BigInt, _>(place.warehouse)
    .bind::<BigInt, _>(place.product)
    .load(conn)
}
