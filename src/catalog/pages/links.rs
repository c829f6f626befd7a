//! Where a product is bought: the form of one supplier's terms, and what is done to them.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::catalog::forms::LinkForm;
use crate::catalog::{self, Product, Supplier, queries};
use crate::db::Db;
use crate::error::Error;
use crate::types::{FieldErrors, ProductId, SupplierProductId};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(create)
        .service(edit)
        .service(update)
        .service(prefer)
        .service(remove);
}

type LinkPath = Path<(ProductId, SupplierProductId)>;

#[derive(Template)]
#[template(path = "catalog/products/link.html", blocks = ["form"])]
struct EditLink {
    shell: Shell,
    product: Product,
    /// None: a new one.
    link: Option<SupplierProductId>,
    suppliers: Vec<Supplier>,
    form: LinkForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "catalog/products/link_dialog.html")]
struct LinkDialog<'a> {
    page: &'a EditLink,
}

impl EditLink {
    /// A page for the terms of one of the suppliers; a new one if `link` is none.
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        product: ProductId,
        link: Option<SupplierProductId>,
    ) -> Result<Self> {
        let links = queries::product_links(conn, product)?;
        let known = match link {
            Some(id) => Some(
                links
                    .iter()
                    .find(|known| known.terms.id == id)
                    .ok_or(Error::NotFound)?,
            ),
            None => None,
        };
        Ok(Self {
            shell,
            product: queries::product(conn, product)?,
            link,
            suppliers: queries::suppliers(conn)?,
            form: known.map_or_else(LinkForm::blank, |known| LinkForm::from(&known.terms)),
            errors: FieldErrors::default(),
        })
    }

    /// Where the form goes.
    fn action(&self) -> String {
        let suppliers = format!("{}/suppliers", self.product.path());
        match self.link {
            Some(link) => format!("{suppliers}/{link}"),
            None => suppliers,
        }
    }

    fn title(&self) -> String {
        let supplier = self.suppliers.iter().find(|each| self.is_chosen(each));
        match (self.link, supplier) {
            (Some(_), Some(supplier)) => format!("{} at {}", self.product.sku, supplier.name),
            (Some(_), None) => format!("Terms for {}", self.product.sku),
            (None, _) => format!("Supplier of {}", self.product.sku),
        }
    }

    fn is_chosen(&self, supplier: &Supplier) -> bool {
        self.form.supplier == supplier.id.to_string()
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.targets("dialog-content") {
            html::page(LinkDialog { page: &self })
        } else {
            html::page(self)
        }
    }

    fn complain(mut self, htmx: &Htmx, form: LinkForm, errors: FieldErrors) -> Result {
        self.form = form;
        self.errors = errors;
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

#[get("/products/{id:\\d+}/suppliers/new")]
async fn new(db: Data<Db>, htmx: Htmx, shell: Shell, _: Manager, id: Path<ProductId>) -> Result {
    db.read(move |conn| EditLink::load(conn, shell, *id, None))
        .await?
        .answer(&htmx)
}

#[post("/products/{id:\\d+}/suppliers")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    id: Path<ProductId>,
    form: Form<LinkForm>,
) -> Result {
    let (product, form, by) = (*id, form.into_inner(), manager.0.id);
    let input = form.parse_new();
    let outcome = db
        .write(&manager, move |act| {
            let (supplier, terms) = input.clone()?;
            Ok(catalog::link_supplier(
                act,
                product,
                supplier,
                &terms,
                Some(by),
            )?)
        })
        .await;
    match outcome {
        Ok(_) => htmx.go_saying(format!("/products/{product}"), "The supplier was added."),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| EditLink::load(conn, shell, product, None))
            .await?
            .complain(&htmx, form, errors),
        Err(error) => Err(error),
    }
}

#[get("/products/{id:\\d+}/suppliers/{link:\\d+}/edit")]
async fn edit(db: Data<Db>, htmx: Htmx, shell: Shell, _: Manager, path: LinkPath) -> Result {
    let (product, link) = *path;
    db.read(move |conn| EditLink::load(conn, shell, product, Some(link)))
        .await?
        .answer(&htmx)
}

#[post("/products/{id:\\d+}/suppliers/{link:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    path: LinkPath,
    form: Form<LinkForm>,
) -> Result {
    let ((product, link), form, by) = (*path, form.into_inner(), manager.0.id);
    let terms = form.parse();
    let outcome = db
        .write(&manager, move |act| {
            Ok(catalog::edit_link(
                act,
                product,
                link,
                &terms.clone()?,
                Some(by),
            )?)
        })
        .await;
    match outcome {
        Ok(_) => htmx.go_saying(format!("/products/{product}"), "The terms were saved."),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| EditLink::load(conn, shell, product, Some(link)))
            .await?
            .complain(&htmx, form, errors),
        Err(error) => Err(error),
    }
}

#[post("/products/{id:\\d+}/suppliers/{link:\\d+}/primary")]
async fn prefer(db: Data<Db>, htmx: Htmx, manager: Manager, path: LinkPath) -> Result {
    let ((product, link), by) = (*path, manager.0.id);
    db.write(&manager, move |act| {
        Ok(catalog::make_primary(act, product, link, Some(by))?)
    })
    .await?;
    htmx.go_saying(
        format!("/products/{product}"),
        "This is the primary supplier now.",
    )
}

#[post("/products/{id:\\d+}/suppliers/{link:\\d+}/removal")]
async fn remove(db: Data<Db>, htmx: Htmx, manager: Manager, path: LinkPath) -> Result {
    let ((product, link), by) = (*path, manager.0.id);
    db.write(&manager, move |act| {
        Ok(catalog::unlink_supplier(act, product, link, Some(by))?)
    })
    .await?;
    htmx.go_saying(format!("/products/{product}"), "The supplier was removed.")
}
