//! Where a product is bought: the form of one supplier's terms, and what is done to them.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::catalog::queries::{self, ProductLink};
use crate::catalog::{self, Product, Supplier, forms};
use crate::error::Error;
use crate::types::{FieldErrors, Fields, ProductId, RecordRef, SupplierProductId};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, view};

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
    link: Option<ProductLink>,
    suppliers: Vec<Supplier>,
    typed: Fields,
    errors: FieldErrors,
}
view!(EditLink as form title);

impl EditLink {
    fn new(conn: &mut PgConnection, sheet: Sheet, product: ProductId) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            product: queries::product(conn, product)?,
            link: None,
            suppliers: queries::suppliers(conn)?,
            typed: forms::of_new_terms(sheet.typed),
            errors: sheet.errors,
        })
    }

    fn of(
        conn: &mut PgConnection,
        sheet: Sheet,
        product: ProductId,
        link: SupplierProductId,
    ) -> Result<Self> {
        let mut links = queries::product_links(conn, product)?.into_iter();
        let link = links
            .find(|known| known.terms.id == link)
            .ok_or(Error::NotFound)?;
        Ok(Self {
            shell: sheet.shell,
            product: queries::product(conn, product)?,
            suppliers: Vec::new(),
            typed: forms::of_terms(sheet.typed, &link.terms),
            link: Some(link),
            errors: sheet.errors,
        })
    }

    /// Where the form goes.
    fn action(&self) -> String {
        match &self.link {
            Some(link) => link.path(),
            None => format!("{}/suppliers", self.product.path()),
        }
    }

    fn title(&self) -> String {
        let sku = &self.product.sku;
        match &self.link {
            Some(link) if link.is_archived => format!("Terms for {sku}"),
            Some(link) => format!("{sku} at {}", link.supplier),
            None => format!("Supplier of {sku}"),
        }
    }

    fn is_chosen(&self, supplier: &Supplier) -> bool {
        self.typed.get("supplier") == supplier.id.to_string()
    }
}

fn back(product: ProductId, said: &str) -> Go {
    Go::from(RecordRef::Product(product)).saying(said)
}

#[get("/products/{id:\\d+}/suppliers/new")]
async fn new(desk: Desk<Manager>, id: Path<ProductId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EditLink::new(conn, sheet, *id))
        .await
}

#[post("/products/{id:\\d+}/suppliers")]
async fn create(desk: Desk<Manager>, id: Path<ProductId>, form: Fields) -> Result {
    let product = *id;
    desk.once(form, move |act, form| {
        let (supplier, terms) = forms::new_terms(form)?;
        catalog::link_supplier(act, product, supplier, &terms)?;
        Ok(back(product, "The supplier was added."))
    })
    .or_again(move |conn, sheet| EditLink::new(conn, sheet, product))
    .await
}

#[get("/products/{id:\\d+}/suppliers/{link:\\d+}/edit")]
async fn edit(desk: Desk<Manager>, path: LinkPath, typed: Fields) -> Result {
    let (product, link) = *path;
    desk.ask(typed, move |conn, sheet| {
        EditLink::of(conn, sheet, product, link)
    })
    .await
}

#[post("/products/{id:\\d+}/suppliers/{link:\\d+}")]
async fn update(desk: Desk<Manager>, path: LinkPath, form: Fields) -> Result {
    let (product, link) = *path;
    desk.act(form, move |act, form| {
        catalog::edit_link(act, product, link, &forms::terms(form)?)?;
        Ok(back(product, "The terms were saved."))
    })
    .or_again(move |conn, sheet| EditLink::of(conn, sheet, product, link))
    .await
}

#[post("/products/{id:\\d+}/suppliers/{link:\\d+}/primary")]
async fn prefer(desk: Desk<Manager>, path: LinkPath) -> Result {
    let (product, link) = *path;
    desk.act(Fields::default(), move |act, _| {
        catalog::make_primary(act, product, link)?;
        Ok(back(product, "This is the primary supplier now."))
    })
    .await
}

#[post("/products/{id:\\d+}/suppliers/{link:\\d+}/removal")]
async fn remove(desk: Desk<Manager>, path: LinkPath) -> Result {
    let (product, link) = *path;
    desk.act(Fields::default(), move |act, _| {
        catalog::unlink_supplier(act, product, link)?;
        Ok(back(product, "The supplier was removed."))
    })
    .await
}
