//! A file of locations: chosen, looked at, applied.

use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::chosen;
use crate::catalog::Warehouse;
use crate::inventory::locations::entry::Entry;
use crate::inventory::locations::file::{Bad, COLUMNS, Changed, Plan};
use crate::inventory::locations::forms;
use crate::inventory::{apply_locations, read_locations};
use crate::sheet::{self, Table};
use crate::types::{FieldErrors, Fields, counted};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, query, upload, view};

/// Rows of each table of a preview.
const SHOWN: usize = 200;
/// Bytes that a file of locations may have: it goes through the form that confirms it.
const MOST_BYTES: usize = 512 * 1024;

#[derive(Template)]
#[template(path = "inventory/locations/file.html")]
struct LocationFile {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    warehouse: Warehouse,
    errors: FieldErrors,
}
view!(LocationFile);

impl LocationFile {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let asked = sheet.typed.get("warehouse").parse().ok();
        let (warehouses, warehouse) = chosen::warehouses(conn, asked)?;
        Ok(Self {
            shell: sheet.shell,
            warehouses,
            warehouse,
            errors: sheet.errors,
        })
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse.id == warehouse.id
    }

    fn columns(&self) -> String {
        COLUMNS.join(", ")
    }
}

#[derive(Template)]
#[template(path = "inventory/locations/preview.html")]
struct PreviewFile {
    shell: Shell,
    warehouse: Warehouse,
    content: String,
    plan: Plan,
    /// Why it was not applied; empty when nobody tried.
    not_agreed: String,
}
view!(PreviewFile);

impl PreviewFile {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let asked = sheet.typed.get("warehouse").parse().ok();
        let (_, warehouse) = chosen::warehouses(conn, asked)?;
        let content = sheet.typed.get("content").to_owned();
        Ok(Self {
            shell: sheet.shell,
            plan: read_locations(conn, warehouse.clone(), &content)?,
            warehouse,
            content,
            not_agreed: sheet.errors.to_string(),
        })
    }

    fn added(&self) -> &[(usize, Entry)] {
        &self.plan.new[..self.plan.new.len().min(SHOWN)]
    }

    fn changed(&self) -> &[Changed] {
        &self.plan.changed[..self.plan.changed.len().min(SHOWN)]
    }

    fn bad(&self) -> &[Bad] {
        &self.plan.bad[..self.plan.bad.len().min(SHOWN)]
    }

    /// `and 12 more`, of what is not shown; empty: all is shown.
    fn more(&self, all: usize) -> String {
        match all.saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!("and {more} more"),
        }
    }

    /// What the button does.
    fn offer(&self) -> String {
        let words = [
            (self.plan.new.len(), "new one"),
            (self.plan.changed.len(), "change"),
        ];
        let words = words.iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = words.map(|(count, one)| counted(count, one)).collect();
        let left_out = match self.plan.bad.len() {
            0 => String::new(),
            bad => format!(" without {}", counted(bad, "bad line")),
        };
        format!("Apply {}{left_out}", words.join(" and "))
    }
}

#[get("/locations/import")]
pub(super) async fn ask(desk: Desk<Admin>, typed: Fields) -> Result {
    desk.ask(typed, LocationFile::load).await
}

#[post("/locations/import")]
pub(super) async fn preview(desk: Desk<Admin>, parts: upload::Arriving) -> Result {
    let (form, file) = upload::read(parts, &["warehouse"]).await?;
    let content = file.bytes().map_err(|why| why.to_string());
    match content.and_then(|bytes| text(&bytes)) {
        Ok(text) => {
            desk.patient()
                .ask(form.with("content", text), PreviewFile::load)
                .await
        }
        Err(why) => {
            desk.patient()
                .act(form, move |_, _| {
                    Err(FieldErrors::one("file", why.clone()).into())
                })
                .or_again(LocationFile::load)
                .await
        }
    }
}

/// What a file says, if it can be one of locations.
fn text(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > MOST_BYTES {
        return Err("A file of locations has at most 512 kB: split it.".into());
    }
    let read = sheet::decode(bytes).map_err(|why| why.to_string())?;
    let table = Table::open(&read.text, &COLUMNS);
    if !table.has("code") {
        return Err(format!(
            "The first line must name the columns, and one of them is code. Found: {}.",
            table.names()
        ));
    }
    if table.rows().next().is_none() {
        return Err("The file names its columns and has no line below them.".into());
    }
    Ok(read.text)
}

#[post("/locations/import/confirmation")]
pub(super) async fn confirm(desk: Desk<Admin>, form: Fields) -> Result {
    desk.patient()
        .once(form, |act, form| {
            let warehouse = forms::warehouse(form)?;
            let plan = apply_locations(act, warehouse, form.get("content"), form.get("agreed"))?;
            let said = format!(
                "{} added, {} changed.",
                counted(plan.new.len(), "location"),
                plan.changed.len()
            );
            let list = query(&[("warehouse", form.get("warehouse"))]);
            Ok(Go::to(format!("/locations?{list}")).saying(said))
        })
        .or_again(PreviewFile::load)
        .await
}
