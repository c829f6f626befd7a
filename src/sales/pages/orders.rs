//! The list of orders, and the same as CSV.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Bytes, Data, Query, ServiceConfig};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;
use futures_util::stream;

use crate::catalog::{self, Warehouse};
use crate::db::{Db, Page, Paging};
use crate::sales::OrderState;
use crate::sales::queries::{
    Chip, Chips, OrderFilter, OrderListed, chips_of, orders_chunk, orders_page, shortages_of,
};
use crate::types::{OrderId, WarehouseId};
use crate::web::{Csv, Htmx, Result, Shell, SignedIn, html, query};

/// Where they are.
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
    warehouses: Vec<Warehouse>,
}

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
        whole: bool,
    ) -> Result<Self> {
        let page = orders_page(conn, &filter, &paging, Utc::now())?;
        let shown: Vec<OrderId> = page.rows.iter().map(|row| row.id).collect();
        Ok(Self {
            chips: chips_of(conn, &shown)?,
            // The results alone do not show the filters.
            warehouses: if whole {
                catalog::warehouses(conn)?
            } else {
                Vec::new()
            },
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

    fn narrowing_pairs(&self) -> [(&str, &str); 6] {
        [
            ("q", &self.filter.q),
            ("missing", &self.filter.missing),
            ("status", &self.filter.status),
            ("warehouse", &self.filter.warehouse),
            ("age", &self.filter.age),
            ("customer", &self.filter.customer),
        ]
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        query(&self.narrowing_pairs())
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        let mut pairs = self.narrowing_pairs().to_vec();
        pairs.push(("sort", &self.filter.sort));
        query(&pairs)
    }

    /// This very page, for when something changes.
    fn here(&self) -> String {
        let mut pairs = self.narrowing_pairs().to_vec();
        pairs.push(("sort", &self.filter.sort));
        pairs.push(("after", self.paging.after.as_deref().unwrap_or_default()));
        pairs.push(("before", self.paging.before.as_deref().unwrap_or_default()));
        query(&pairs)
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
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<OrderFilter>,
    paging: Query<Paging>,
) -> Result {
    let (filter, paging) = (filter.into_inner(), paging.into_inner());
    let whole = !htmx.targets("results");
    let page = db
        .read(move |conn| ListOrders::load(conn, shell, filter, paging, whole))
        .await?;
    if whole {
        html::page(page)
    } else {
        html::page(page.as_results())
    }
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
    let (file, after) = match rest {
        Rest::Begin => (head()?, None),
        Rest::After(key) => (Csv::more(), Some(key)),
        Rest::End => return Ok(None),
    };
    let narrowed = filter.clone();
    let (part, next) = db
        .read(move |conn| add_orders(conn, file, &narrowed, after))
        .await?;
    let rest = next.map_or(Rest::End, Rest::After);
    Ok(Some((part, (db, filter, rest))))
}

fn head() -> Result<Csv> {
    Csv::new(&[
        "number",
        "placed_at",
        "customer_code",
        "customer",
        "channel",
        "external_reference",
        "status",
        "priority",
        "required_by",
        "units_to_ship",
        "units_missing",
        "expected_on",
        "total",
        "currency",
    ])
}

fn add_orders(
    conn: &mut PgConnection,
    mut file: Csv,
    filter: &OrderFilter,
    after: Option<String>,
) -> Result<(Bytes, Option<String>)> {
    let (rows, next) = orders_chunk(conn, filter, after, Utc::now())?;
    let ids: Vec<OrderId> = rows.iter().map(|row| row.id).collect();
    let shortages = shortages_of(conn, &ids)?;
    for row in rows {
        let shortage = shortages.get(&row.id);
        let day =
            |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let units = |units: Option<i64>| units.unwrap_or_default().to_string();
        file.row([
            row.number,
            row.placed_at.to_rfc3339(),
            row.customer_code,
            row.customer,
            row.channel,
            row.external_reference,
            row.state.to_string(),
            row.priority.to_string(),
            day(row.required_by),
            units(shortage.map(|shortage| shortage.to_ship)),
            units(shortage.map(|shortage| shortage.missing)),
            day(shortage.and_then(|shortage| shortage.expected_on)),
            row.total.input(),
            row.currency,
        ])?;
    }
    Ok((file.part()?, next))
}
