//! A busy shop: a backlog of which a part arrived, with something in every tab.

use diesel::prelude::*;

use super::backlog::{self, Purchase};
use crate::accounts::{self, NewUser, password};
use crate::db::{Act, Db, Who};
use crate::error::{Error, Result};
use crate::preparation::{self, Departure};
use crate::purchasing;
use crate::sales::{self, NewLine, NewOrder};
use crate::schema::{consignments, demand, orders, products, users};
use crate::types::{
    Email, Money, OrderId, OrderLineId, ProductId, Quantity, UserId, WarehouseId, clock,
};
use crate::web::Role;

/// Purchase orders of a hundred products.
const PURCHASE: Purchase = Purchase {
    tenths: 3,
    products: 100,
};
/// Lines of the one large order.
const MOST_LINES: i64 = 500;
/// Claimants of the product whose queue is asked for, or as many as come nearest.
const CLAIMANTS: i64 = 10_000;

/// Who asks for pages.
pub const LOGIN: (&str, &str) = ("bench@bench.example", "a-bench-of-oak");

/// Orders that are put on hold, prepared, and shipped: as many of each.
const TOUCHED: i64 = 200;

/// What pages are asked about.
pub struct Shop {
    pub warehouse: WarehouseId,
    /// The number of an order in the middle.
    pub number: String,
    /// The name of a customer.
    pub customer: String,
    pub large_order: OrderId,
    pub lines_of_large_order: i64,
    pub wanted_product: ProductId,
    pub claimants: i64,
    /// The last line of its queue, with its order.
    pub last: (OrderId, OrderLineId),
}

/// Fills an empty, migrated database: 30% of what waits has arrived, some orders are on hold, in
/// preparation, and shipped.
pub fn open(db: &Db, wanted: usize, tell: &mut dyn FnMut(&str)) -> Result<Shop> {
    let conn: &mut PgConnection = &mut *db.connection()?;
    let backlog = {
        let waiting = backlog::Waiting {
            orders: wanted,
            kits: 0,
        };
        backlog::fill(conn, waiting, &PURCHASE, tell)?
    };
    let by = hire(conn)?;
    large_order(conn, &backlog)?;
    tell("goods arrive");
    let at = clock::now();
    for (purchase, delivery) in &backlog.arriving {
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL.at(at));
            purchasing::receive(act, *purchase, delivery)?;
            Ok(())
        })?;
    }
    diesel::sql_query("vacuum analyze").execute(conn)?;
    tell("people are at work");
    for order in in_state(conn, backlog.warehouse, "missing")? {
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::from(by).at(at));
            Ok(sales::hold(act, order, "unpaid")?)
        })?;
    }
    for (turn, order) in in_state(conn, backlog.warehouse, "reserved")?
        .into_iter()
        .enumerate()
    {
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::from(by).at(at));
            let parcel = preparation::prepare(act, order, backlog.warehouse)?;
            if turn % 2 == 0 {
                preparation::ship(act, parcel, &Departure::default())?;
            }
            Ok(())
        })?;
    }
    diesel::sql_query("vacuum analyze").execute(conn)?;
    describe(conn, &backlog)
}

/// Whoever asks for pages.
pub fn hire(conn: &mut PgConnection) -> Result<UserId> {
    let (email, password) = LOGIN;
    let new = NewUser {
        email: Email::parse(email).map_err(Error::Failure)?,
        name: "Bench".into(),
        role: Role::Admin,
        password_hash: password::NewPassword::everybody_knows(password).hash()?,
    };
    Ok(accounts::create(&mut Act::new(conn, Who::BACKFILL), &new)?.id)
}

/// Somebody who works beside them.
pub fn colleague(conn: &mut PgConnection, nth: usize) -> Result<UserId> {
    let email = format!("bench-{nth}@bench.example");
    let known = users::table.filter(users::email.eq(&email));
    if let Some(id) = known.select(users::id).first(conn).optional()? {
        return Ok(id);
    }
    let new = NewUser {
        email: Email::parse(&email).map_err(Error::Failure)?,
        name: format!("Bench {nth}"),
        role: Role::User,
        password_hash: password::NewPassword::everybody_knows(LOGIN.1).hash()?,
    };
    Ok(accounts::create(&mut Act::new(conn, Who::BACKFILL), &new)?.id)
}

/// One customer wants one of everything.
fn large_order(conn: &mut PgConnection, backlog: &backlog::Backlog) -> Result<()> {
    let products: Vec<ProductId> = products::table
        .order(products::id)
        .limit(MOST_LINES)
        .select(products::id)
        .load(conn)?;
    let lines = products.into_iter().map(|product| NewLine {
        product,
        warehouse: Some(backlog.warehouse),
        ordered: Quantity::new(1),
        unit_price: Money::ZERO,
    });
    let order = NewOrder {
        lines: lines.collect(),
        ..backlog.like.clone()
    };
    conn.transaction::<_, Error, _>(|conn| {
        sales::place(&mut Act::new(conn, Who::BACKFILL), &[order])?;
        Ok(())
    })
}

fn in_state(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    state: &str,
) -> QueryResult<Vec<OrderId>> {
    consignments::table
        .filter(consignments::warehouse_id.eq(warehouse))
        .filter(consignments::state.eq(state))
        .order(consignments::order_id)
        .limit(TOUCHED)
        .select(consignments::order_id)
        .load(conn)
}

fn describe(conn: &mut PgConnection, backlog: &backlog::Backlog) -> Result<Shop> {
    let many = diesel::dsl::count_star();
    let queues: Vec<(ProductId, i64)> = demand::table
        .group_by(demand::product_id)
        .select((demand::product_id, many))
        .load(conn)?;
    let nearest = queues
        .into_iter()
        .min_by_key(|(_, claimants)| (claimants - CLAIMANTS).abs());
    let (wanted_product, claimants) =
        nearest.ok_or_else(|| Error::Failure("nothing waits".into()))?;
    let (large_order, lines_of_large_order) = demand::table
        .group_by(demand::order_id)
        .order(diesel::dsl::count_star().desc())
        .select((demand::order_id, many))
        .first(conn)?;
    let last = demand::table
        .filter(demand::product_id.eq(wanted_product))
        .order((demand::placed_at.desc(), demand::order_line_id.desc()))
        .select((demand::order_id, demand::order_line_id))
        .first(conn)?;
    let count: i64 = orders::table.count().get_result(conn)?;
    let number = orders::table
        .order(orders::id)
        .offset(count / 2)
        .select(orders::number)
        .first(conn)?;
    Ok(Shop {
        warehouse: backlog.warehouse,
        number,
        customer: backlog.customer.clone(),
        large_order,
        lines_of_large_order,
        wanted_product,
        claimants,
        last,
    })
}
