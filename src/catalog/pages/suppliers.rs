//! The page of a supplier, its form, and what is done to it.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::catalog::queries::{self, SuppliedProduct};
use crate::catalog::{self, Language, Supplier, forms};
use crate::db::{Page, Paging, history};
use crate::types::{FieldErrors, Fields, SupplierId};
use crate::web::{Desk, Everywhere, Go, Manager, Result, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(create)
        .service(show)
        .service(edit)
        .service(update)
        .service(archive)
        .service(restore);
}

#[derive(Template)]
#[template(path = "catalog/suppliers/show.html")]
struct ShowSupplier {
    shell: Shell,
    supplier: Supplier,
    products: Page<SuppliedProduct>,
    history: Vec<history::Entry>,
}
view!(ShowSupplier);

#[get("/suppliers/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<SupplierId>, paging: Query<Paging>) -> Result {
    desk.show(move |conn, shell| {
        let supplier = queries::supplier(conn, *id)?;
        Ok(ShowSupplier {
            shell,
            products: queries::supplied_products(conn, *id, &paging)?,
            history: history::of(conn, supplier.record())?,
            supplier,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "catalog/suppliers/edit.html", blocks = ["form"])]
struct EditSupplier {
    shell: Shell,
    /// None: a new one.
    supplier: Option<Supplier>,
    typed: Fields,
    errors: FieldErrors,
}
view!(EditSupplier as form title);

impl EditSupplier {
    fn new(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let currency = catalog::company(conn)?.currency;
        Ok(Self {
            shell: sheet.shell,
            supplier: None,
            typed: forms::of_new_supplier(sheet.typed, &currency),
            errors: sheet.errors,
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: SupplierId) -> Result<Self> {
        let supplier = queries::supplier(conn, id)?;
        Ok(Self {
            shell: sheet.shell,
            typed: forms::of_supplier(sheet.typed, &supplier),
            supplier: Some(supplier),
            errors: sheet.errors,
        })
    }

    fn title(&self) -> String {
        match self.supplier {
            Some(_) => format!("Edit {}", self.typed.get("name")),
            None => "New supplier".into(),
        }
    }

    /// Where the form goes, and where the supplier is once it exists.
    fn path(&self) -> String {
        let kept = self.supplier.as_ref().map(Supplier::path);
        kept.unwrap_or_else(|| "/suppliers".into())
    }
}

#[get("/suppliers/new")]
async fn new(desk: Desk<Manager>, typed: Fields) -> Result {
    desk.ask(typed, EditSupplier::new).await
}

#[post("/suppliers")]
async fn create(desk: Desk<Manager>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let supplier = catalog::add_supplier(act, &forms::supplier(form)?)?;
        Ok(Go::to(supplier.path()).saying(format!("{} was added.", supplier.name)))
    })
    .or_again(EditSupplier::new)
    .await
}

#[get("/suppliers/{id:\\d+}/edit")]
async fn edit(desk: Desk<Manager>, id: Path<SupplierId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EditSupplier::of(conn, sheet, *id))
        .await
}

#[post("/suppliers/{id:\\d+}")]
async fn update(desk: Desk<Manager>, id: Path<SupplierId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let supplier = catalog::edit_supplier(act, id, &forms::supplier(form)?)?;
        Ok(Go::to(supplier.path()).saying(format!("{} was saved.", supplier.name)))
    })
    .or_again(move |conn, sheet| EditSupplier::of(conn, sheet, id))
    .await
}

#[post("/suppliers/{id:\\d+}/archive")]
async fn archive(desk: Desk<Everywhere>, id: Path<SupplierId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        let supplier = catalog::archive_supplier(act, *id)?;
        Ok(Go::to(supplier.path()).saying(format!("{} is archived.", supplier.name)))
    })
    .await
}

#[post("/suppliers/{id:\\d+}/restoration")]
async fn restore(desk: Desk<Everywhere>, id: Path<SupplierId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        let supplier = catalog::restore_supplier(act, *id)?;
        Ok(Go::to(supplier.path()).saying(format!("{} is back.", supplier.name)))
    })
    .await
}
