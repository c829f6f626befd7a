//! What arrived, and where each unit went.

use actix_web::get;
use actix_web::web::{Path, Query, ServiceConfig};
use askama::Template;

use super::counted;
use crate::db::{Db, Page, Paging};
use crate::purchasing::queries::{
    Options, ReceivedLine, ReceptionFilter, ReceptionListed, ReceptionView, options,
    reception_view, receptions, receptions_for_export,
};
use crate::stock::Assigned;
use crate::types::{ReceptionId, RecordRef};
use crate::web::{
    Column, Csv, Desk, Head, Leaf, Leaves, Result, Right, Shell, SignedIn, heads, view, yes,
};

/// Orders that a line names: it may have served thousands.
const MOST_ORDERS: usize = 20;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .service(show)
        .service(all_orders);
}

#[derive(Template)]
#[template(path = "purchasing/receptions/list.html", blocks = ["results"])]
struct ListReceptions {
    shell: Shell,
    filter: ReceptionFilter,
    options: Options,
    page: Page<ReceptionListed>,
}

view!(ListReceptions; results => as_results);

impl ListReceptions {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &self.filter)
    }
}

#[get("/receptions")]
async fn list(desk: Desk, filter: Query<ReceptionFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListReceptions {
            shell,
            page: receptions(conn, &filter, &paging)?,
            options: options(conn)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<ReceptionListed>] = &[
    Column::head("Number").in_file("number", |row| row.number.clone()),
    Column::head("Purchase order").in_file("purchase_order", |row| row.purchase_order.clone()),
    Column::head("Supplier").in_file("supplier", |row| row.supplier.clone()),
    Column::head("Warehouse").in_file("warehouse", |row| row.warehouse.clone()),
    Column::file("received_at", |row| row.received_at.to_rfc3339()),
    Column::head("By").in_file("received_by", |row| row.received_by.clone()),
    Column::file("lines", |row| row.lines.to_string()),
    Column::head("Units")
        .class("number")
        .in_file("units", |row| row.units.to_string()),
    Column::file("reversed", |row| row.reversed.to_string()),
    Column::head("Note")
        .class("wide")
        .in_file("note", |row| row.note.clone()),
];

#[get("/receptions.csv")]
async fn export(db: Db, _: SignedIn, filter: Query<ReceptionFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(receptions_for_export(conn, &filter)?))
        .await?;
    Csv::table(COLUMNS, &rows)?.finish("receptions.csv")
}

#[derive(Template)]
#[template(path = "purchasing/receptions/show.html")]
struct ShowReception {
    shell: Shell,
    view: ReceptionView,
    leaves: Leaves,
}

view!(ShowReception);

impl ShowReception {
    /// Order preparation, where what is complete now waits to be prepared.
    fn preparation_path(&self) -> String {
        let reception = &self.view.reception;
        let (warehouse, id) = (reception.warehouse_id, reception.id);
        format!("/preparation?warehouse={warehouse}&tab=in-stock&reception={id}")
    }

    /// `12 of 20 units go to orders, 3 orders are complete.`
    fn in_words(&self) -> String {
        let (given, orders) = (self.view.given(), self.view.ready_orders());
        if given.is_zero() {
            return "Nobody waits for these goods: everything goes to the shelf.".into();
        }
        format!(
            "{given} of {} go to orders; {} {} complete now.",
            counted(self.view.listed.units, "unit"),
            counted(orders, "order"),
            if orders == 1 { "is" } else { "are" },
        )
    }

    /// The lines of this page.
    fn lines(&self) -> &[ReceivedLine] {
        self.leaves.of(&self.view.lines)
    }

    /// The first orders that got units of a line.
    fn first_orders(&self, line: &ReceivedLine) -> &[Assigned] {
        let orders = self.view.orders_of(line);
        &orders[..orders.len().min(MOST_ORDERS)]
    }

    /// How many more did.
    fn more_orders(&self, line: &ReceivedLine) -> usize {
        self.view.orders_of(line).len().saturating_sub(MOST_ORDERS)
    }

    fn may_reverse(&self) -> bool {
        self.shell.may(Right::CorrectStock) && !self.view.listed.is_reversed()
    }

    fn order_path(&self, assigned: &Assigned) -> String {
        RecordRef::Order(assigned.order_id).path()
    }
}

#[get("/receptions/{id:\\d+}")]
async fn show(desk: Desk, id: Path<ReceptionId>, leaf: Query<Leaf>) -> Result {
    desk.show(move |conn, shell| {
        let view = reception_view(conn, *id)?;
        let leaves = leaf.of(view.lines.len());
        Ok(ShowReception {
            shell,
            view,
            leaves,
        })
    })
    .await
}

/// An order that got units of a line of a reception.
struct Served {
    sku: String,
    order: Assigned,
}

const SERVED: &[Column<Served>] = &[
    Column::file("sku", |row| row.sku.clone()),
    Column::file("order", |row| row.order.order_number.clone()),
    Column::file("customer", |row| row.order.customer.clone()),
    Column::file("units", |row| row.order.quantity.to_string()),
    Column::file("ready", |row| yes(row.order.is_ready)),
];

/// Every order that got units of a reception: its page names the first few of each line.
#[get("/receptions/{id:\\d+}/orders.csv")]
async fn all_orders(desk: Desk, id: Path<ReceptionId>) -> Result {
    let view = desk.patient();
    let view = view
        .read(move |conn| Ok(reception_view(conn, *id)?))
        .await?;
    let served = |line: &ReceivedLine| {
        let (sku, orders) = (line.sku.clone(), view.orders_of(line).to_vec());
        orders.into_iter().map(move |order| Served {
            sku: sku.clone(),
            order,
        })
    };
    let rows: Vec<Served> = view.lines.iter().flat_map(served).collect();
    Csv::table(SERVED, &rows)?.finish(&format!("{}-orders.csv", view.reception.number))
}
