//! What a filter of orders means: for pages and for export.

use chrono::{Duration, NaiveDate};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Text};

use super::list::{OrderFilter, OrderListed};
use super::moves;
use super::past::{self, Seen};
use crate::db::{Listing, beginning, containing, lower};
use crate::sales::OrderState;
use crate::schema::{channels, customers, orders};
use crate::types::{CustomerId, OrderId, Sku, WarehouseId, clock};

/// The one place that knows what a filter means: for pages and for export, seen from a day.
///
/// Conditions on a state are written out, so that the planner sees that partial indexes serve them.
/// `offset 0` has it look at the lines of open orders one by one, instead of joining all there are.
pub(super) fn filtered<'a>(
    filter: &'a OrderFilter,
    search: Option<Search>,
    seen: Seen,
) -> Listing<'a, OrderListed> {
    let mut query = OrderListed::query().into_boxed();
    if let Some(search) = search {
        query = query.filter(search.found());
    }
    if let Some(state) = filter.state() {
        query = query.filter(sql::<Bool>(condition(state)));
    }
    if let Some(warehouse) = filter.warehouse() {
        query = query.filter(
            sql::<Bool>(
                "exists (select from consignments k where k.order_id = orders.id
                 and k.warehouse_id = ",
            )
            .bind::<BigInt, _>(warehouse)
            .sql(")"),
        );
    }
    if filter.is_missing() {
        query = query.filter(missing(filter.warehouse()));
    }
    if filter.has_slipped() {
        query = query.filter(slipped(filter.warehouse()));
    }
    if filter.has_moved() {
        query = query.filter(moved(filter.warehouse(), seen.today));
    }
    if filter.was_queued() {
        query = query.filter(past::was_queued());
    }
    if let Some((stood, on)) = filter.stood() {
        query = query.filter(past::stood(stood, seen.end_of(on)));
    }
    let (from, until) = filter.placed();
    if let Some(from) = from {
        query = query.filter(orders::placed_at.ge(seen.begin_of(from)));
    }
    if let Some(until) = until {
        query = query.filter(orders::placed_at.lt(seen.end_of(until)));
    }
    if let Some(days) = filter.age() {
        query = query.filter(orders::placed_at.le(clock::now() - Duration::days(days.into())));
    }
    if let Some(channel) = filter.channel() {
        query = query.filter(orders::channel_id.eq(channel));
    }
    if let Some(customer) = filter.customer() {
        query = query.filter(orders::customer_id.eq(customer));
    }
    query
}

const fn condition(state: OrderState) -> &'static str {
    match state {
        OrderState::Open => "orders.status = 'open'",
        OrderState::OnHold => "orders.held_at is not null",
        OrderState::InPreparation => {
            "orders.status = 'open' and exists (select from consignments k
             where k.order_id = orders.id and k.state = 'in_preparation')"
        }
        OrderState::PartlyShipped => {
            "orders.status = 'open' and exists (select from order_lines l
             where l.order_id = orders.id and l.shipped > 0 offset 0)"
        }
        OrderState::Shipped => "orders.status = 'shipped'",
        OrderState::Cancelled => "orders.status = 'cancelled'",
    }
}

pub(super) type Condition<'a> =
    Box<dyn BoxableExpression<OrdersAndCustomers, diesel::pg::Pg, SqlType = Bool> + 'a>;
type OrdersAndCustomers = diesel::dsl::InnerJoinQuerySource<
    diesel::dsl::InnerJoinQuerySource<orders::table, customers::table>,
    channels::table,
>;

fn missing<'a>(warehouse: Option<WarehouseId>) -> Condition<'a> {
    let short = "orders.status = 'open' and exists (select from demand d
        where d.order_id = orders.id and d.reserved < d.to_ship";
    match warehouse {
        Some(id) => Box::new(
            sql::<Bool>(short)
                .sql(" and d.warehouse_id = ")
                .bind::<BigInt, _>(id)
                .sql(" offset 0)"),
        ),
        None => Box::new(sql::<Bool>(short).sql(" offset 0)")),
    }
}

/// Something of it waits longer than some day it was once expected on.
fn slipped<'a>(warehouse: Option<WarehouseId>) -> Condition<'a> {
    let waits_longer = "orders.id in (select d.order_id
        from promise_entries e join demand d on d.order_line_id = e.order_line_id
        where e.old_on is not null and (e.new_on is null or e.new_on > e.old_on)
          and d.reserved < d.to_ship and (d.expected_on is null or d.expected_on > e.old_on)";
    match warehouse {
        Some(id) => Box::new(
            sql::<Bool>(waits_longer)
                .sql(" and d.warehouse_id = ")
                .bind::<BigInt, _>(id)
                .sql(")"),
        ),
        None => Box::new(sql::<Bool>(waits_longer).sql(")")),
    }
}

/// Something of it waits for another day than its customer thinks of.
fn moved<'a>(warehouse: Option<WarehouseId>, today: NaiveDate) -> Condition<'a> {
    let untold = sql::<Bool>("orders.id in (with today as (select ")
        .bind::<Date, _>(today)
        .sql(&format!("::date as day) {}", moves::untold()));
    match warehouse {
        Some(id) => Box::new(
            untold
                .sql(" and d.warehouse_id = ")
                .bind::<BigInt, _>(id)
                .sql(")"),
        ),
        None => Box::new(untold.sql(")")),
    }
}

/// Customers that a search may name one by one; more are looked at order by order.
const FEW_CUSTOMERS: usize = 500;
/// The same for orders of a product.
const FEW_ORDERS: usize = 5_000;

/// What somebody looks for, and who and what is called so.
pub(super) struct Search {
    q: String,
    customers: Vec<CustomerId>,
    orders: Vec<OrderId>,
}

impl Search {
    /// Finds the customers, and the orders of the product, that are called so; nothing if nothing
    /// is looked for. The planner then knows how many there are, and takes their indexes when they
    /// are few, or follows the order of the list when they are many.
    pub(super) fn of(conn: &mut PgConnection, filter: &OrderFilter) -> QueryResult<Option<Self>> {
        #[derive(QueryableByName)]
        #[diesel(check_for_backend(diesel::pg::Pg))]
        struct Called {
            #[diesel(sql_type = Array<BigInt>)]
            customers: Vec<CustomerId>,
            #[diesel(sql_type = Array<BigInt>)]
            orders: Vec<OrderId>,
        }
        let q = filter.q.trim();
        if q.is_empty() {
            return Ok(None);
        }
        let called: Called = diesel::sql_query(format!(
            "select
               array(select id from customers
                 where code like $1 or code like $2 or lower(name) like $3
                   or (email like $5 and email <> '')
                 limit {FEW_CUSTOMERS} + 1) as customers,
               array(select l.order_id from order_lines l join products p on p.id = l.product_id
                 where p.sku = $4 limit {FEW_ORDERS} + 1) as orders"
        ))
        .bind::<Text, _>(beginning(&q.to_uppercase()))
        .bind::<Text, _>(beginning(q))
        .bind::<Text, _>(name_pattern(q))
        .bind::<Text, _>(Sku::normal(q))
        .bind::<Text, _>(beginning(&q.to_lowercase()))
        .get_result(conn)?;
        Ok(Some(Self {
            q: q.to_owned(),
            customers: called.customers,
            orders: called.orders,
        }))
    }

    /// Orders whose number begins so, whose reference is this, whose customer or product is called
    /// so.
    fn found<'a>(self) -> Condition<'a> {
        let upper = self.q.to_uppercase();
        let number = sql::<Bool>("(orders.number like ")
            .bind::<Text, _>(beginning(&upper))
            .sql(" or orders.number like ")
            .bind::<Text, _>(beginning(&self.q));
        let reference = number
            .sql(" or (orders.external_reference <> '' and orders.external_reference = ")
            .bind::<Text, _>(self.q.clone())
            .sql(")");
        let product: Condition<'a> = if self.orders.len() > FEW_ORDERS {
            Box::new(
                sql::<Bool>(
                    "exists (select from order_lines l join products p on p.id = l.product_id
                     where l.order_id = orders.id and p.sku = ",
                )
                .bind::<Text, _>(Sku::normal(&self.q))
                .sql(" offset 0)"),
            )
        } else {
            Box::new(orders::id.eq_any(self.orders))
        };
        let customer: Condition<'a> = if self.customers.len() > FEW_CUSTOMERS {
            Box::new(
                customers::code
                    .like(beginning(&upper))
                    .or(customers::code.like(beginning(&self.q)))
                    .or(customers::email.like(beginning(&self.q.to_lowercase())))
                    .or(lower(customers::name).like(name_pattern(&self.q))),
            )
        } else {
            Box::new(orders::customer_id.eq_any(self.customers))
        };
        Box::new(reference.sql(")").or(product).or(customer))
    }
}

/// A few letters are the beginning of a name, more may stand anywhere in it.
pub(super) fn name_pattern(q: &str) -> String {
    let q = q.to_lowercase();
    if q.chars().count() < 3 {
        beginning(&q)
    } else {
        containing(&q)
    }
}
