//! The page of a product, its form, and what is done to it.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use super::levels::LevelRow;
use crate::catalog::forms::{LimitsForm, ProductForm};
use crate::catalog::queries::{self, MovementListed, ProductLink};
use crate::catalog::{self, Product};
use crate::db::{Db, history};
use crate::error::Error;
use crate::types::{FieldErrors, ProductId, RecordRef, WarehouseId};
use crate::web::{Htmx, Manager, Result, Shell, SignedIn, html};

/// Where they are.
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

/// The page of a product. Its level rows are a block of their own: see [`super::levels`].
#[derive(Template)]
#[template(path = "catalog/products/show.html", blocks = ["levels"])]
pub(super) struct ShowProduct {
    shell: Shell,
    product: Product,
    currency: String,
    links: Vec<ProductLink>,
    levels: Vec<LevelRow>,
    movements: Vec<MovementListed>,
    history: Vec<history::Entry>,
}

impl ShowProduct {
    pub(super) fn load(conn: &mut PgConnection, shell: Shell, id: ProductId) -> Result<Self> {
        Ok(Self {
            shell,
            product: queries::product(conn, id)?,
            currency: catalog::company(conn)?.currency,
            links: queries::product_links(conn, id)?,
            levels: super::levels::rows(conn, id)?,
            movements: queries::latest_movements(conn, id)?,
            history: history::of(conn, RecordRef::Product(id))?,
        })
    }

    /// Shows what somebody typed about one warehouse, and what is wrong with it.
    pub(super) fn complain(&mut self, place: WarehouseId, form: LimitsForm, errors: FieldErrors) {
        if let Some(row) = self
            .levels
            .iter_mut()
            .find(|row| row.level.place.id == place)
        {
            row.form = form;
            row.errors = errors;
        }
    }
}

#[get("/products/{id:\\d+}")]
async fn show(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<ProductId>) -> Result {
    let page = db
        .read(move |conn| ShowProduct::load(conn, shell, *id))
        .await?;
    html::page(page)
}

#[derive(Template)]
#[template(path = "catalog/products/edit.html", blocks = ["form"])]
struct EditProduct {
    shell: Shell,
    /// None: a new one.
    id: Option<ProductId>,
    form: ProductForm,
    errors: FieldErrors,
}

impl EditProduct {
    /// Where the form goes, and where the product is once it exists.
    fn path(&self) -> String {
        match self.id {
            Some(id) => format!("/products/{id}"),
            None => "/products".into(),
        }
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

#[get("/products/new")]
async fn new(shell: Shell, _: Manager) -> Result {
    html::page(EditProduct {
        shell,
        id: None,
        form: ProductForm::default(),
        errors: FieldErrors::default(),
    })
}

#[post("/products")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    form: Form<ProductForm>,
) -> Result {
    let (form, by) = (form.into_inner(), manager.0.id);
    let input = form.parse();
    match db
        .write(&manager, move |act| {
            Ok(catalog::add_product(act, &input.clone()?, Some(by))?)
        })
        .await
    {
        Ok(product) => htmx.go_saying(product.path(), format!("{} was added.", product.sku)),
        Err(Error::Invalid(errors)) => {
            let id = None;
            EditProduct {
                shell,
                id,
                form,
                errors,
            }
            .answer(&htmx)
        }
        Err(error) => Err(error),
    }
}

#[get("/products/{id:\\d+}/edit")]
async fn edit(db: Data<Db>, shell: Shell, _: Manager, id: Path<ProductId>) -> Result {
    let id = *id;
    let product = db.read(move |conn| Ok(queries::product(conn, id)?)).await?;
    html::page(EditProduct {
        shell,
        id: Some(id),
        form: ProductForm::from(&product),
        errors: FieldErrors::default(),
    })
}

#[post("/products/{id:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    id: Path<ProductId>,
    form: Form<ProductForm>,
) -> Result {
    let (id, form, by) = (*id, form.into_inner(), manager.0.id);
    let input = form.parse();
    match db
        .write(&manager, move |act| {
            Ok(catalog::edit_product(act, id, &input.clone()?, Some(by))?)
        })
        .await
    {
        Ok(product) => htmx.go_saying(product.path(), format!("{} was saved.", product.sku)),
        Err(Error::Invalid(errors)) => {
            let id = Some(id);
            EditProduct {
                shell,
                id,
                form,
                errors,
            }
            .answer(&htmx)
        }
        Err(error) => Err(error),
    }
}

#[post("/products/{id:\\d+}/archive")]
async fn archive(db: Data<Db>, htmx: Htmx, manager: Manager, id: Path<ProductId>) -> Result {
    let by = manager.0.id;
    let product = db
        .write(&manager, move |act| {
            Ok(catalog::archive_product(act, *id, Some(by))?)
        })
        .await?;
    htmx.go_saying(product.path(), format!("{} is archived.", product.sku))
}

#[post("/products/{id:\\d+}/restoration")]
async fn restore(db: Data<Db>, htmx: Htmx, manager: Manager, id: Path<ProductId>) -> Result {
    let by = manager.0.id;
    let product = db
        .write(&manager, move |act| {
            Ok(catalog::restore_product(act, *id, Some(by))?)
        })
        .await?;
    htmx.go_saying(product.path(), format!("{} is offered again.", product.sku))
}
