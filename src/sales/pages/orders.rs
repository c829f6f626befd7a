//! The list of orders, and the same as CSV.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Bytes, Data, Query, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;
use futures_util::stream;

use crate::catalog::{self, Warehouse};
use crate::db::{Db, Page, Paging};
use crate::sales::OrderState;
use crate::sales::queries::{
    Chip, Chips, OrderFilter, OrderListed, Shortage, chips_of, orders_chunk, orders_page,
    shortages_of,
};
use crate::types::{OrderId, WarehouseId};
use crate::web::{Column, Csv, Desk, Result, Shell, SignedIn, state, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "sales/orders/list.html", blocks = ["results"])]
struct ListOrders {
    shell: Shell,
    filter: OrderFilter,
    paging: Paging,
    page: Page<OrderListed>,
    chips: HashMap<OrderId, Chips>,
    /// To choose one; none where the results alone are shown.
    warehouses: Vec<Warehouse>,
}
view!(ListOrders; results => as_results);

/// A product with its quantity, as a row shows it.
struct Shown {
    look: &'static str,
    product: String,
    quantity: String,
    words: String,
}

impl ListOrders {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        filter: OrderFilter,
        paging: Paging,
    ) -> Result<Self> {
        let page = orders_page(conn, &filter, &paging)?;
        let shown: Vec<OrderId> = page.rows.iter().map(|row| row.id).collect();
        Ok(Self {
            chips: chips_of(conn, &shown)?,
            warehouses: Vec::new(),
            shell,
            filter,
            paging,
            page,
        })
    }

    fn products(&self, order: &OrderId) -> Vec<Shown> {
        let chips = self.chips.get(order).into_iter();
        let chips = chips.flat_map(|chips| &chips.shown);
        chips
            .map(|chip| Shown::of(chip, self.filter.warehouse()))
            .collect()
    }

    fn more(&self, order: &OrderId) -> i64 {
        self.chips.get(order).map_or(0, Chips::more)
    }

    fn is_of(&self, warehouse: &WarehouseId) -> bool {
        self.filter.warehouse() == Some(*warehouse)
    }

    fn is_in(&self, state: &OrderState) -> bool {
        self.filter.state() == Some(*state)
    }

    fn is_aged(&self, days: &str) -> bool {
        self.filter.age == days
    }

    /// The column the list is sorted by, as the URL names it.
    fn sort(&self) -> &str {
        match self.filter.sort.as_str() {
            "" => "-date",
            sort => sort,
        }
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        state(&self.filter.unsorted())
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        state(&self.filter)
    }

    /// This very page, for when something changes.
    fn here(&self) -> String {
        let said = [self.state(), state(&self.paging)];
        let said = said.into_iter().filter(|pairs| !pairs.is_empty());
        said.collect::<Vec<_>>().join("&")
    }
}

impl Shown {
    /// How a line looks, seen from a warehouse.
    fn of(chip: &Chip, seen_from: Option<WarehouseId>) -> Self {
        let elsewhere = seen_from.is_some_and(|warehouse| warehouse != chip.warehouse_id);
        let (look, line) = (chip.line.look(), &chip.line);
        let wanted = line.ordered.less(line.cancelled);
        let quantity = if wanted.is_zero() {
            line.ordered
        } else {
            wanted
        };
        let (name, words) = if elsewhere && !line.to_ship().is_zero() {
            ("elsewhere", format!("from {}", chip.warehouse))
        } else {
            (look.name(), look.words())
        };
        Self {
            look: name,
            product: format!("{} {}", chip.sku, chip.name),
            quantity: quantity.to_string(),
            words,
        }
    }
}

#[get("/orders")]
async fn list(desk: Desk<SignedIn>, filter: Query<OrderFilter>, paging: Query<Paging>) -> Result {
    let whole = !desk.targets("results");
    desk.show(move |conn, shell| {
        let mut page = ListOrders::load(conn, shell, filter.into_inner(), paging.into_inner())?;
        if whole {
            page.warehouses = catalog::warehouses(conn)?;
        }
        Ok(page)
    })
    .await
}

struct Exported {
    order: OrderListed,
    short: Shortage,
}

const COLUMNS: &[Column<Exported>] = &[
    ("number", |row| row.order.number.clone()),
    ("placed_at", |row| row.order.placed_at.to_rfc3339()),
    ("customer_code", |row| row.order.customer_code.clone()),
    ("customer", |row| row.order.customer.clone()),
    ("channel", |row| row.order.channel.clone()),
    ("external_reference", |row| {
        row.order.external_reference.clone()
    }),
    ("status", |row| row.order.state.to_string()),
    ("priority", |row| row.order.priority.to_string()),
    ("required_by", |row| day(row.order.required_by)),
    ("units_to_ship", |row| row.short.to_ship.to_string()),
    ("units_missing", |row| row.short.missing.to_string()),
    ("expected_on", |row| day(row.short.expected_on)),
    ("total", |row| row.order.total.input()),
    ("currency", |row| row.order.currency.clone()),
];

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// What is still to be exported.
enum Rest {
    Begin,
    After(String),
    End,
}

#[get("/orders.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<OrderFilter>) -> Result {
    let parts = stream::try_unfold((db, filter.into_inner(), Rest::Begin), next_part);
    Csv::stream("orders.csv", parts)
}

async fn next_part(
    (db, filter, rest): (Data<Db>, OrderFilter, Rest),
) -> Result<Option<(Bytes, (Data<Db>, OrderFilter, Rest))>> {
    let (mut file, after) = match rest {
        Rest::Begin => (Csv::table(COLUMNS, &[])?, None),
        Rest::After(key) => (Csv::more(), Some(key)),
        Rest::End => return Ok(None),
    };
    let narrowed = filter.clone();
    let (rows, next) = db
        .read(move |conn| exported(conn, &narrowed, after))
        .await?;
    file.rows(COLUMNS, &rows)?;
    let rest = next.map_or(Rest::End, Rest::After);
    Ok(Some((file.part()?, (db, filter, rest))))
}

fn exported(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    after: Option<String>,
) -> Result<(Vec<Exported>, Option<String>)> {
    let (rows, next) = orders_chunk(conn, filter, after)?;
    let ids: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    let mut shortages = shortages_of(conn, &ids)?;
    let rows = rows.into_iter().map(|order| Exported {
        short: shortages.remove(&order.id).unwrap_or_default(),
        order,
    });
    Ok((rows.collect(), next))
}
