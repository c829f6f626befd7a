//! The figures of the dashboard, each in one statement.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use super::days::Day;
use crate::stock;
use crate::types::{
    Money, OrderId, ProductId, PurchaseOrderId, Quantity, RecordRef, TransferId, Zone,
};

/// Rows shown of each list.
const SHOWN: i64 = 8;

/// The figures at the top.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Figures {
    /// Orders with everything reserved in a warehouse.
    #[diesel(sql_type = BigInt)]
    pub ready: i64,
    /// Orders with something missing.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// Of these, orders with nothing reserved at all.
    #[diesel(sql_type = BigInt)]
    pub nothing_reserved: i64,
    /// Orders an operator works on.
    #[diesel(sql_type = BigInt)]
    pub in_preparation: i64,
    /// Units that are on no order yet.
    #[diesel(sql_type = BigInt)]
    pub to_buy: i64,
    /// Products these units are of.
    #[diesel(sql_type = BigInt)]
    pub products_to_buy: i64,
    /// Purchase orders with units still to come after their date.
    #[diesel(sql_type = BigInt)]
    pub late: i64,
    /// Purchase orders with units still to come.
    #[diesel(sql_type = BigInt)]
    pub under_way: i64,
    /// Transfers with goods under way after their date.
    #[diesel(sql_type = BigInt)]
    pub late_transfers: i64,
    /// Receptions since midnight.
    #[diesel(sql_type = BigInt)]
    pub receptions: i64,
    /// Units they brought.
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    /// Lines of the orders placed since midnight.
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Of these, lines that got all their units the moment the order was placed.
    #[diesel(sql_type = BigInt)]
    pub filled_at_once: i64,
}

impl Figures {
    /// This day so far. Whether what is due today comes in time is not known before it is over.
    pub fn so_far(&self, today: NaiveDate) -> Day {
        Day {
            day: today,
            ready: self.ready,
            waiting: self.waiting,
            lines: self.lines,
            filled: self.filled_at_once,
            due: 0,
            on_time: 0,
        }
    }
}

/// Waiting orders of one age and currency.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Age {
    /// In words.
    #[diesel(sql_type = Text)]
    pub label: String,
    /// Of the orders; `None`: there is none of this age.
    #[diesel(sql_type = Nullable<Text>)]
    pub currency: Option<String>,
    /// Orders with something missing.
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    /// What the missing units sell for.
    #[diesel(sql_type = BigInt)]
    pub value: Money,
}

/// An order that waits.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Waiting {
    #[diesel(sql_type = BigInt)]
    pub id: OrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Who waits.
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// Since when.
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: DateTime<Utc>,
    /// Units missing.
    #[diesel(sql_type = BigInt)]
    pub missing: i64,
    /// Of these, units on no order.
    #[diesel(sql_type = BigInt)]
    pub uncovered: i64,
    /// When the last of them will be there.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    /// When the first of them will be there.
    #[diesel(sql_type = Nullable<Date>)]
    pub first_expected_on: Option<NaiveDate>,
}

/// A product that orders wait for.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Awaited {
    #[diesel(sql_type = BigInt)]
    pub id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Lines that wait for it.
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Units missing.
    #[diesel(sql_type = BigInt)]
    pub missing: i64,
    /// Of these, units on no order.
    #[diesel(sql_type = BigInt)]
    pub uncovered: i64,
}

/// A purchase order or a transfer with units still to come.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Due {
    #[diesel(sql_type = Nullable<BigInt>)]
    purchase_order_id: Option<PurchaseOrderId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_id: Option<TransferId>,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// The supplier, or the warehouse it comes from.
    #[diesel(sql_type = Text)]
    pub comes_from: String,
    /// When the first of its units are due.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    /// Units to come.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
}

impl Due {
    /// What brings it.
    pub fn record(&self) -> Option<RecordRef> {
        stock::brought_by(self.purchase_order_id, self.transfer_id)
    }

    pub fn path(&self) -> String {
        self.record().map_or_else(String::new, RecordRef::path)
    }
}

/// The figures at the top.
pub fn figures(conn: &mut PgConnection, today: NaiveDate, zone: Zone) -> QueryResult<Figures> {
    diesel::sql_query(include_str!("figures.sql"))
        .bind::<Date, _>(today)
        .bind::<Timestamptz, _>(zone.begin(today))
        .get_result(conn)
}

/// Waiting orders by age, youngest first, and by currency: orders bear no rate that could add them up.
pub fn ages(conn: &mut PgConnection, today: NaiveDate, zone: Zone) -> QueryResult<Vec<Age>> {
    let began = |days_ago: u64| zone.begin(today - Days::new(days_ago));
    diesel::sql_query(
        "select a.label, w.currency, count(w.order_id) as orders,
           coalesce(as_money(sum(w.value)), 0) as value
         from (values ('Today', $1, 'infinity'), ('1 to 3 days', $2, $1),
             ('4 to 7 days', $3, $2), ('8 to 14 days', $4, $3),
             ('15 days and more', '-infinity', $4)) as a (label, since, until)
         left join (
           select m.order_id, o.currency, min(m.placed_at) as placed_at,
             sum(m.missing * sold.unit_price) as value
           from (
             select d.order_id, coalesce(l.kit_line_id, l.id) as sold, min(d.placed_at) as placed_at,
               max(ceil((d.to_ship - d.reserved)::numeric / coalesce(l.per_kit, 1))) as missing
             from demand d join order_lines l on l.id = d.order_line_id
             where d.reserved < d.to_ship
             group by d.order_id, coalesce(l.kit_line_id, l.id)
           ) m
           join order_lines sold on sold.id = m.sold
           join orders o on o.id = m.order_id
           group by m.order_id, o.currency
         ) w on w.placed_at >= a.since and w.placed_at < a.until
         group by a.label, a.since, w.currency order by a.since desc, orders desc, w.currency",
    )
    .bind::<Timestamptz, _>(began(0))
    .bind::<Timestamptz, _>(began(3))
    .bind::<Timestamptz, _>(began(7))
    .bind::<Timestamptz, _>(began(14))
    .load(conn)
}

/// The orders that waited longest.
pub fn waiting_longest(conn: &mut PgConnection) -> QueryResult<Vec<Waiting>> {
    diesel::sql_query(
        "select o.id, o.number, c.name as customer, o.placed_at, w.missing, w.uncovered,
           case when w.uncovered = 0 then w.expected_on end as expected_on, w.first_expected_on
         from (
           select order_id, sum(to_ship - reserved) as missing, sum(uncovered) as uncovered,
             max(expected_on) as expected_on, min(expected_on) as first_expected_on,
             min(placed_at) as placed_at
           from demand where reserved < to_ship
           group by order_id order by min(placed_at), order_id limit $1
         ) w
         join orders o on o.id = w.order_id join customers c on c.id = o.customer_id
         order by w.placed_at, o.id",
    )
    .bind::<BigInt, _>(SHOWN)
    .load(conn)
}

/// The products most lines wait for.
pub fn most_awaited(conn: &mut PgConnection) -> QueryResult<Vec<Awaited>> {
    diesel::sql_query(
        "select p.id, p.sku, p.name, w.lines, w.missing, w.uncovered
         from (
           select product_id, count(*) as lines, sum(to_ship - reserved) as missing,
             sum(uncovered) as uncovered
           from demand where reserved < to_ship
           group by product_id order by 2 desc, 3 desc, 1 limit $1
         ) w
         join products p on p.id = w.product_id
         order by w.lines desc, w.missing desc, p.id",
    )
    .bind::<BigInt, _>(SHOWN)
    .load(conn)
}

/// Purchase orders and transfers with units still to come, the earliest first.
pub fn due(conn: &mut PgConnection) -> QueryResult<Vec<Due>> {
    diesel::sql_query(
        "select w.purchase_order_id, w.transfer_id, coalesce(p.number, t.number) as number,
           coalesce(s.name, f.name) as comes_from, w.due_on, w.quantity
         from (
           select purchase_order_id, transfer_id, min(due_on) as due_on,
             sum(quantity)::int4 as quantity
           from supply group by purchase_order_id, transfer_id order by 3, 1, 2 limit $1
         ) w
         left join purchase_orders p on p.id = w.purchase_order_id
         left join suppliers s on s.id = p.supplier_id
         left join transfers t on t.id = w.transfer_id
         left join public.warehouses f on f.id = t.from_warehouse_id
         order by w.due_on, w.purchase_order_id, w.transfer_id",
    )
    .bind::<BigInt, _>(SHOWN)
    .load(conn)
}
