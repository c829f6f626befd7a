//! The list of transfers, and drafting one by hand.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::{day, typed_day};
use crate::catalog::{self, Warehouse, WarehouseKind};
use crate::db::{Page, Paging};
use crate::inventory::queries::{self, TRANSFER_SORTS, TransferFilter, TransferListed};
use crate::inventory::{TransferStatus, draft_transfer, transfer_forms as forms};
use crate::stock::When;
use crate::types::{FieldErrors, Fields};
use crate::web::{Column, Csv, Desk, Head, Manager, Result, Sheet, Shell, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .service(new)
        .service(create);
}

#[derive(Template)]
#[template(path = "inventory/transfers/list.html", blocks = ["results"])]
struct ListTransfers {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: TransferFilter,
    page: Page<TransferListed>,
}
view!(ListTransfers; results => as_results);

impl ListTransfers {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            TRANSFER_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    fn statuses(&self) -> &'static [TransferStatus] {
        TransferStatus::ALL
    }

    fn is(&self, warehouse: &Warehouse, chosen: &str) -> bool {
        chosen == warehouse.id.to_string()
    }

    fn is_late(&self, row: &TransferListed) -> bool {
        row.when(self.shell.today()).is_late()
    }

    /// When what is under way arrives; else the day that was said.
    fn expected(&self, row: &TransferListed) -> String {
        match row.when(self.shell.today()) {
            When::NotOnOrder => day(row.expected_on),
            when => when.in_full(),
        }
    }
}

#[get("/transfers")]
async fn list(desk: Desk, filter: Query<TransferFilter>, paging: Query<Paging>) -> Result {
    desk.show(move |conn, shell| {
        Ok(ListTransfers {
            warehouses: catalog::all_warehouses(conn)?,
            page: queries::transfers(conn, &filter, shell.today(), &paging)?,
            shell,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<TransferListed>] = &[
    Column::head("Number")
        .falling("number")
        .in_file("number", |row| row.number.clone()),
    Column::head("From")
        .rising("from")
        .in_file("from", |row| row.source.clone()),
    Column::head("To")
        .rising("to")
        .in_file("to", |row| row.target.clone()),
    Column::head("Status").in_file("status", |row| row.status.to_string()),
    Column::head("Expected")
        .rising("expected")
        .in_file("expected", |row| typed_day(row.expected_on)),
    Column::file("lines", |row| row.lines.to_string()),
    Column::head("Units")
        .class("number")
        .in_file("units", |row| row.units.to_string()),
    Column::head("Received")
        .class("number")
        .in_file("received", |row| row.received.to_string()),
    Column::head("Under way")
        .class("number")
        .in_file("under_way", |row| row.under_way.to_string()),
    Column::head("Lost")
        .class("number wide")
        .in_file("lost", |row| row.lost.to_string()),
    Column::head("Created by")
        .class("wide")
        .in_file("created_by", |row| row.created_by.clone()),
    Column::file("created_at", |row| row.created_at.to_rfc3339()),
];

#[get("/transfers.csv")]
async fn export(desk: Desk, filter: Query<TransferFilter>) -> Result {
    let today = desk.today();
    let rows = desk.read(move |conn| Ok(queries::transfers_for_export(conn, &filter, today)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("transfers.csv")
}

#[derive(Template)]
#[template(path = "inventory/transfers/new.html", blocks = ["form"])]
struct NewPage {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    /// Where goods may leave.
    warehouses: Vec<Warehouse>,
    /// Where they may go.
    targets: Vec<Warehouse>,
}
view!(NewPage as form title);

impl NewPage {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            warehouses: catalog::warehouses(conn)?,
            targets: catalog::all_warehouses(conn)?,
        })
    }

    fn title(&self) -> &'static str {
        "New transfer"
    }

    fn is(&self, warehouse: &Warehouse, field: &str) -> bool {
        self.typed.get(field) == warehouse.id.to_string()
    }

    /// Whether goods lie at a supplier somewhere: they ship only through a transfer.
    fn has_goods_at_suppliers(&self) -> bool {
        let mut kinds = self.warehouses.iter().map(|warehouse| warehouse.kind);
        kinds.any(|kind| kind == WarehouseKind::Supplier)
    }
}

#[get("/transfers/new")]
async fn new(desk: Desk<Manager>, typed: Fields) -> Result {
    desk.ask(typed, NewPage::load).await
}

#[post("/transfers")]
async fn create(desk: Desk<Manager>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let transfer = draft_transfer(act, &forms::new_transfer(form)?)?;
        Ok(transfer.record().into())
    })
    .or_again(NewPage::load)
    .await
}
