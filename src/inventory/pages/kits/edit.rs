//! What a product is packed of, typed or scanned row by row.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, KitPart, Product, parts_in_words};
use crate::db::Act;
use crate::inventory::kit_forms::{self as forms, PartRow};
use crate::inventory::{mark_of_parts, set_parts};
use crate::types::{FieldErrors, Fields, ProductId, TooLong};
use crate::web::{Desk, Everywhere, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(update);
}

#[derive(Template)]
#[template(path = "inventory/kits/edit.html", blocks = ["form"])]
struct EditParts {
    shell: Shell,
    product: Product,
    /// Stands for the parts as the reader saw them first.
    seen: String,
    rows: Vec<PartRow>,
    errors: FieldErrors,
}
view!(EditParts as form title);

impl EditParts {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: ProductId) -> Result<Self> {
        let parts = parts_of(conn, id)?;
        let mut rows = match sheet.typed.has("sku") {
            true => forms::rows(&sheet.typed),
            false => parts.iter().map(PartRow::from).collect(),
        };
        // One to go on with.
        rows.push(PartRow::default());
        Ok(Self {
            shell: sheet.shell,
            product: catalog::product(conn, id)?,
            seen: sheet.typed.or("seen", mark_of_parts(&parts)),
            rows,
            errors: sheet.errors,
        })
    }

    fn title(&self) -> String {
        match self.product.is_kit() {
            true => format!("Parts of {}", self.product.sku),
            false => format!("Make {} a kit", self.product.sku),
        }
    }

    fn id(&self, name: &str, row: &str) -> String {
        format!("{name}-{row}")
    }

    fn error(&self, name: &str, row: &str) -> &str {
        self.errors.get(&format!("{name}-{row}"))
    }

    fn path(&self) -> String {
        format!("{}/parts", self.product.path())
    }
}

fn parts_of(conn: &mut PgConnection, id: ProductId) -> Result<Vec<KitPart>> {
    let mut parts = catalog::parts_of_kits(conn, &[id])?;
    Ok(parts.remove(&id).unwrap_or_default())
}

#[get("/products/{id:\\d+}/parts/edit")]
async fn ask(desk: Desk<Everywhere>, id: Path<ProductId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EditParts::load(conn, sheet, *id))
        .await
}

#[post("/products/{id:\\d+}/parts")]
async fn update(desk: Desk<Everywhere>, id: Path<ProductId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        TooLong::check_typed(form, "sku")?;
        let edit = forms::edit(act, id, form)?;
        set_parts(act, &[edit])?;
        said(act, id)
    })
    .or_again(move |conn, sheet| EditParts::load(conn, sheet, id))
    .await
}

fn said(act: &mut Act<'_>, id: ProductId) -> Result<Go> {
    let (product, parts) = (catalog::product(act, id)?, parts_of(act, id)?);
    let sku = &product.sku;
    let said = match product.is_kit() {
        true => format!("{sku} is a kit of {}.", parts_in_words(&parts)),
        false => format!("{sku} is no kit any more."),
    };
    Ok(Go::to(product.path()).saying(said))
}
