//! What a warehouse holds and has to ship, in figures and by name.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text};

use crate::catalog::COST;
use crate::db::sql;
use crate::types::{Money, OrderId, ProductId, Quantity, Sku, WarehouseId};

/// Rows that the page of a warehouse names.
const NAMED: i64 = 10;

/// A warehouse in figures.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct WarehouseFigures {
    /// Products of which units lie there.
    #[diesel(sql_type = BigInt)]
    pub products: i64,
    /// Units of all of them.
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    #[diesel(sql_type = BigInt)]
    pub to_ship: i64,
    #[diesel(sql_type = BigInt)]
    pub incoming: i64,
    /// Products that orders ask for more of than lies there.
    #[diesel(sql_type = BigInt)]
    pub short: i64,
    /// Products below their warning level.
    #[diesel(sql_type = BigInt)]
    pub low: i64,
    /// Orders with something to ship from there.
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
}

/// The figures of a warehouse, in one statement.
pub fn figures_of(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<WarehouseFigures> {
    sql!(
        "select count(*) filter (where l.on_hand > 0) as products,
           coalesce(sum(l.on_hand), 0)::int8 as units, coalesce(sum(l.to_ship), 0)::int8 as to_ship,
           coalesce(sum(l.incoming), 0)::int8 as incoming,
           count(*) filter (where l.backorder_need > 0) as short,
           count(*) filter (where w.in_supply_needs
             and greatest(0, l.on_hand - l.to_ship) < l.warning) as low,
           (select coalesce(sum(c.consignments), 0)::int8 from consignment_counts c
            where c.warehouse_id = :id and c.state <> 'done') as orders
         from levels l join warehouses w on w.id = l.warehouse_id
         where l.warehouse_id = :id",
        id: BigInt = id,
    )
    .get_result(conn)
}

/// What a warehouse is worth.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Worth {
    /// What the units cost whose cost somebody knows, in the currency of the company.
    #[diesel(sql_type = BigInt)]
    pub value: Money,
    /// Products with units there whose cost nobody knows.
    #[diesel(sql_type = BigInt)]
    pub unknown: i64,
}

/// What the units in a warehouse cost.
pub fn worth_of(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Worth> {
    let text = format!(
        "select as_money(coalesce(sum(c.cost::numeric * (levels.on_hand + levels.doubted)), 0)) as value,
           count(*) filter (where c.cost is null) as unknown
         from levels join products on products.id = levels.product_id
         cross join lateral (select {COST} as cost) c
         where levels.warehouse_id = :id and levels.on_hand + levels.doubted > 0"
    );
    sql!(text, id: BigInt = id).get_result(conn)
}

/// A product of a warehouse, with its units.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Held {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Integer)]
    pub on_hand: Quantity,
    #[diesel(sql_type = Integer)]
    pub to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    pub incoming: Quantity,
}

/// The products of which most units lie there.
pub fn most_held(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Vec<Held>> {
    sql!(
        "select l.product_id, p.sku, p.name as product, l.on_hand, l.to_ship, l.incoming
         from (
           select * from levels where warehouse_id = :id and on_hand > 0
           order by on_hand desc, product_id limit :named
         ) l
         join products p on p.id = l.product_id
         order by l.on_hand desc, l.product_id",
        id: BigInt = id,
        named: BigInt = NAMED,
    )
    .load(conn)
}

/// An order that has something to ship from a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct ToShip {
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Text)]
    state: String,
    /// When the last of what it misses there comes.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
}

impl ToShip {
    /// In the words of order preparation, with their tone.
    pub fn state(&self) -> (&'static str, &'static str) {
        match self.state.as_str() {
            "reserved" => ("In stock", "ok"),
            "partial" => ("Partial", "warn"),
            "held" => ("On hold", "quiet"),
            "in_preparation" => ("In progress", "info"),
            _ => ("Backorder", "bad"),
        }
    }
}

/// The orders that are served first there, whatever they lack.
pub fn first_to_ship(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Vec<ToShip>> {
    sql!(
        "select k.order_id, o.number, c.name as customer, k.state, k.expected_on
         from unnest(array['in_preparation', 'reserved', 'partial', 'missing', 'held']) tab (state)
         cross join lateral (
           select * from consignments s
           where s.warehouse_id = :id and s.state = tab.state
           order by s.priority_rank, s.required_by, s.placed_at, s.order_id limit :named
         ) k
         join orders o on o.id = k.order_id
         join customers c on c.id = o.customer_id
         order by k.priority_rank, k.required_by, k.placed_at, k.order_id limit :named",
        id: BigInt = id,
        named: BigInt = NAMED,
    )
    .load(conn)
}
