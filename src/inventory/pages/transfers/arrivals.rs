//! Where the units of a transfer went that reached a shelf: its page tells the first few of each arrival,
//! a file all of them.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};

use crate::inventory::queries::{self, Arrival, ArrivedLine, TransferView};
use crate::stock::AssignedByTransfer;
use crate::types::{Quantity, RecordRef, TransferId};
use crate::web::{Column, Csv, Desk, Result};

/// Arrivals that the page tells of.
pub(super) const MOST_ARRIVALS: usize = 20;
/// Of each, places that units went to.
const MOST_PLACES: usize = 20;

pub fn routes(config: &mut ServiceConfig) {
    config.service(export);
}

/// Units of a line that arrived, and where they went.
pub(super) struct Went<'a> {
    pub line: &'a ArrivedLine,
    pub units: Quantity,
    /// None: to the shelf, nobody waits for them.
    pub order: Option<&'a AssignedByTransfer>,
}

impl Went<'_> {
    pub fn order_path(&self) -> String {
        let order = self.order.map(|order| order.assigned.order_id);
        order.map_or_else(String::new, |order| RecordRef::Order(order).path())
    }
}

/// What the template asks of an arrival.
impl Arrival {
    pub(super) fn words(&self) -> &'static str {
        if self.came_back {
            "Called back"
        } else {
            "Received"
        }
    }

    /// Where its units went, line by line.
    fn places(&self) -> impl Iterator<Item = Went<'_>> {
        self.lines.iter().flat_map(|line| {
            let to_orders = line.orders.iter().map(move |order| Went {
                line,
                units: order.assigned.quantity,
                order: Some(order),
            });
            let to_shelf = Some(line.to_shelf()).filter(|units| !units.is_zero());
            to_orders.chain(to_shelf.map(|units| Went {
                line,
                units,
                order: None,
            }))
        })
    }

    pub(super) fn first_places(&self) -> impl Iterator<Item = Went<'_>> {
        self.places().take(MOST_PLACES)
    }

    pub(super) fn more_places(&self) -> usize {
        self.places().skip(MOST_PLACES).count()
    }
}

/// A line of the file.
struct Row {
    at: String,
    what: &'static str,
    by: String,
    sku: String,
    units: Quantity,
    /// Number and customer; empty: to the shelf.
    order: String,
    customer: String,
}

const COLUMNS: &[Column<Row>] = &[
    Column::file("at", |row| row.at.clone()),
    Column::file("what", |row| row.what.to_lowercase()),
    Column::file("by", |row| row.by.clone()),
    Column::file("sku", |row| row.sku.clone()),
    Column::file("units", |row| row.units.to_string()),
    Column::file("order", |row| row.order.clone()),
    Column::file("customer", |row| row.customer.clone()),
];

fn row(arrival: &Arrival, went: &Went<'_>) -> Row {
    let order = went.order.map(|order| &order.assigned);
    Row {
        at: arrival.at.to_rfc3339(),
        what: arrival.words(),
        by: arrival.who.clone().unwrap_or_default(),
        sku: went.line.sku.to_string(),
        units: went.units,
        order: order.map_or_else(String::new, |order| order.order_number.clone()),
        customer: order.map_or_else(String::new, |order| order.customer.clone()),
    }
}

#[get("/transfers/{id:\\d+}/arrivals.csv")]
async fn export(desk: Desk, id: Path<TransferId>) -> Result {
    let view = desk.patient();
    let view: TransferView = view
        .read(move |conn| Ok(queries::transfer_view(conn, *id)?))
        .await?;
    let of = |arrival| Arrival::places(arrival).map(move |went| row(arrival, &went));
    let rows: Vec<Row> = view.arrivals.iter().flat_map(of).collect();
    let name = format!("{}-arrivals.csv", view.papers.transfer.number);
    Csv::table(COLUMNS, &rows)?.finish(&name)
}
