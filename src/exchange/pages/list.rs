//! `/imports`: the files there were, and the form for the next.

use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::exchange::imports::orders::column_names;
use crate::exchange::{self, Import, Upload, forms};
use crate::sales::{self, Channel};
use crate::types::{FieldErrors, Fields};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, upload, view};

#[derive(Template)]
#[template(path = "exchange/imports/list.html")]
struct ImportList {
    shell: Shell,
    imports: Vec<(Import, Option<String>)>,
    warehouses: Vec<Warehouse>,
    channels: Vec<Channel>,
    /// Whether the shipping rules may choose the warehouse.
    has_rules: bool,
    typed: Fields,
    errors: FieldErrors,
}
view!(ImportList);

impl ImportList {
    fn read(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let warehouses = shipping_warehouses(conn)?;
        let has_rules = sales::has_rules(conn)?;
        let first = warehouses.first().filter(|_| !has_rules);
        let first = first.map(|first| first.id.to_string());
        Ok(Self {
            shell: sheet.shell,
            imports: exchange::latest(conn)?,
            warehouses,
            has_rules,
            channels: sales::channels(conn)?,
            typed: sheet.typed.with("warehouse", first.unwrap_or_default()),
            errors: sheet.errors,
        })
    }

    /// `order_number, sku, quantity; and, if there are, unit_price, note`
    fn columns(&self) -> String {
        let names: Vec<&str> = column_names().collect();
        let (required, others) = names.split_at(3);
        let (required, others) = (required.join(", "), others.join(", "));
        format!("{required}; and, if there are, {others}")
    }

    fn is_chosen(&self, warehouse: &Warehouse) -> bool {
        self.typed.get("warehouse") == warehouse.id.to_string()
    }
}

/// Those that ship orders, the primary one first.
pub(super) fn shipping_warehouses(conn: &mut PgConnection) -> Result<Vec<Warehouse>> {
    let mut warehouses = catalog::warehouses(conn)?;
    warehouses.retain(|warehouse| warehouse.ships_orders);
    Ok(warehouses)
}

#[get("/imports")]
pub(super) async fn list(desk: Desk<Manager>) -> Result {
    let blank = Fields::default().with("create_products", true);
    desk.ask(blank, ImportList::read).await
}

/// What the form asks beside the file.
const FIELDS: [&str; 5] = [
    "warehouse",
    "channel",
    "create_products",
    "without_refused",
    "with_closed",
];

#[post("/imports")]
pub(super) async fn create(desk: Desk<Manager>, parts: upload::Arriving) -> Result {
    let (form, file) = upload::read(parts, &FIELDS).await?;
    desk.patient()
        .once(form.with("sent", file.print()), move |act, form| {
            let (to, choices) = forms::parse(form)?;
            let content = file.content.clone().map_err(exchange::Error::from)?;
            let upload = Upload {
                file_name: file.name.clone(),
                content,
                to,
                choices,
            };
            Ok(Go::to(exchange::receive(act, &upload)?.path()))
        })
        .or_again(ImportList::read)
        .await
}
