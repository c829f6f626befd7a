//! The list of orders, and the same as CSV.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::{Db, Page, Paging};
use crate::sales::OrderState;
use crate::sales::queries::{
    self, Chip, Chips, Choices, ORDER_SORTS, OrderFilter, OrderListed, Seen, Shortage, chips_of,
    orders_chunk, orders_page, shortages_of,
};
use crate::stock::When;
use crate::types::{OrderId, WarehouseId, dates};
use crate::web::{
    Column, Csv, Desk, Head, Result, Right, Shell, SignedIn, heads, pairs, state, view,
};

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
    /// None where the results alone are shown.
    choices: Choices,
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
    /// Whether customers can be written to from here.
    fn writes(&self) -> bool {
        self.filter.has_moved() && self.shell.may(Right::MailCustomers)
    }

    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        filter: OrderFilter,
        paging: Paging,
    ) -> Result<Self> {
        let page = orders_page(conn, &filter, &paging, Seen::from(shell.zone()))?;
        let shown: Vec<OrderId> = page.rows.iter().map(|row| row.id).collect();
        Ok(Self {
            chips: chips_of(conn, &shown)?,
            choices: Choices::default(),
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
            .map(|chip| Shown::of(chip, self.filter.warehouse(), self.shell.today()))
            .collect()
    }

    fn more(&self, order: &OrderId) -> i64 {
        self.chips.get(order).map_or(0, Chips::more)
    }

    fn is_in(&self, state: &OrderState) -> bool {
        self.filter.state() == Some(*state)
    }

    fn is_aged(&self, days: &str) -> bool {
        self.filter.age == days
    }

    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            ORDER_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    /// `Dates moved (12)`.
    fn moved_label(&self) -> String {
        match self.choices.moved {
            0 => "Dates moved".into(),
            many => format!("Dates moved ({many})"),
        }
    }

    /// What of the past the list looks at, in words.
    fn looks_back_on(&self) -> Option<String> {
        if let Some((stood, on)) = self.filter.stood() {
            return Some(format!(
                "that {} when {} ended",
                stood.label(),
                dates::day(&on)
            ));
        }
        match self.filter.placed() {
            (Some(from), Some(until)) => Some(format!("placed {}", dates::period(&from, &until))),
            (Some(from), None) => Some(format!("placed since {}", dates::day(&from))),
            (None, Some(until)) => Some(format!("placed until {}", dates::day(&until))),
            (None, None) => None,
        }
    }

    /// The same list of all days.
    fn all_days(&self) -> String {
        format!("/orders?{}", state(&self.filter.of_all_days()))
            .trim_end_matches('?')
            .to_owned()
    }

    /// What the form that writes to the customers carries.
    fn narrowed(&self) -> Vec<(String, String)> {
        let narrowed = pairs(&self.filter).into_iter();
        narrowed.filter(|(name, _)| name != "sort").collect()
    }

    /// This very page, for when something changes.
    fn here(&self) -> String {
        let said = [state(&self.filter), state(&self.paging)];
        let said = said.into_iter().filter(|pairs| !pairs.is_empty());
        said.collect::<Vec<_>>().join("&")
    }
}

impl Shown {
    /// How a line looks, seen from a warehouse.
    fn of(chip: &Chip, seen_from: Option<WarehouseId>, today: NaiveDate) -> Self {
        let elsewhere = seen_from.is_some_and(|warehouse| warehouse != chip.warehouse_id);
        let (look, line) = (chip.line.look(today), &chip.line);
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
    desk.list(move |conn, shell| {
        let mut page = ListOrders::load(conn, shell, filter.into_inner(), paging.into_inner())?;
        if whole {
            page.choices = queries::choices(conn, page.shell.today())?;
        }
        Ok(page)
    })
    .await
}

struct Exported {
    order: OrderListed,
    short: Shortage,
    when: When,
}

const COLUMNS: &[Column<Exported>] = &[
    Column::head("Order")
        .falling("number")
        .in_file("number", |row| row.order.number.clone()),
    Column::head("Date")
        .falling("date")
        .in_file("placed_at", |row| row.order.placed_at.to_rfc3339()),
    Column::file("customer_code", |row| row.order.customer_code.clone()),
    Column::head("Customer")
        .rising("customer")
        .in_file("customer", |row| row.order.customer.clone()),
    Column::head("Channel")
        .class("wide")
        .in_file("channel", |row| row.order.channel.clone()),
    Column::file("external_reference", |row| {
        row.order.external_reference.clone()
    }),
    Column::head("Status").in_file("status", |row| row.order.state.to_string()),
    Column::head("Products"),
    Column::file("priority", |row| row.order.priority.to_string()),
    Column::file("required_by", |row| day(row.order.required_by)),
    Column::file("units_to_ship", |row| row.short.to_ship.to_string()),
    Column::file("units_missing", |row| row.short.missing.to_string()),
    Column::file("expected_on", |row| day(row.when.day())),
    Column::file("late", |row| row.when.late_words()),
    Column::head("Total")
        .class("number")
        .falling("total")
        .in_file("total", |row| row.order.total.input()),
    Column::file("currency", |row| row.order.currency.clone()),
];

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

#[get("/orders.csv")]
async fn export(db: Db, by: SignedIn, filter: Query<OrderFilter>) -> Result {
    // The day it is seen from is that of its beginning, however long it takes.
    let (filter, seen) = (filter.into_inner(), Seen::from(by.0.zone));
    Csv::of_parts(("orders.csv", COLUMNS), db, move |conn, after| {
        exported(conn, (&filter, seen), after)
    })
}

fn exported(
    conn: &mut PgConnection,
    (filter, seen): (&OrderFilter, Seen),
    after: Option<String>,
) -> Result<(Vec<Exported>, Option<String>)> {
    let page = orders_chunk(conn, filter, after, seen)?;
    let ids: Vec<OrderId> = page.rows.iter().map(|row| row.id).collect();
    let mut shortages = shortages_of(conn, &ids)?;
    let rows = page.rows.into_iter().map(|order| {
        let short = shortages.remove(&order.id).unwrap_or_default();
        Exported {
            when: short.when(seen.today),
            short,
            order,
        }
    });
    Ok((rows.collect(), page.older))
}
