//! The page of a product, its form, and what is done to it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::catalog::forms::{self, BarcodeRow};
use crate::catalog::queries::{self, MovementListed, ProductLevel, ProductLink};
use crate::catalog::{self, Barcode, Product};
use crate::db::history;
use crate::types::{
    FieldErrors, Fields, Grams, ProductId, Quantity, RecordRef, TooLong, WarehouseId,
};
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

/// The page of a product. Its level rows are a block of their own, which inventory answers with.
#[derive(Template)]
#[template(path = "catalog/products/show.html", blocks = ["levels"])]
pub struct ShowProduct {
    shell: Shell,
    product: Product,
    barcodes: Vec<Barcode>,
    /// Of one unit; none: not known.
    weight: Option<Grams>,
    /// Stands for its picture; none: it has none.
    picture: Option<String>,
    currency: String,
    links: Vec<ProductLink>,
    levels: Vec<ProductLevel>,
    movements: Vec<MovementListed>,
    history: Vec<history::Entry>,
    /// The warehouse in whose row something was typed, and is wrong.
    typed_in: Option<WarehouseId>,
    typed: Fields,
    errors: FieldErrors,
}
view!(ShowProduct; levels => as_levels);

impl ShowProduct {
    /// With what was typed into the row of a warehouse.
    pub fn load(
        conn: &mut PgConnection,
        sheet: Sheet,
        id: ProductId,
        typed_in: Option<WarehouseId>,
    ) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            product: queries::product(conn, id)?,
            barcodes: queries::barcodes(conn, id)?,
            weight: queries::weight(conn, id)?,
            picture: queries::picture_mark(conn, id)?,
            currency: catalog::company(conn)?.currency,
            links: queries::product_links(conn, id)?,
            levels: queries::product_levels(conn, id)?,
            movements: queries::latest_movements(conn, id)?,
            history: history::of(conn, RecordRef::Product(id))?,
            typed_in,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    /// What a box of a warehouse holds: the level of its own, or what was typed over it.
    fn boxed(&self, row: &ProductLevel, name: &str, kept: &Option<Quantity>) -> String {
        let kept = kept.map(|level| level.to_string()).unwrap_or_default();
        match self.typed_in {
            Some(place) if place == row.place.id => self.typed.or(name, kept),
            _ => kept,
        }
    }

    fn complaint(&self, row: &ProductLevel, name: &str) -> &str {
        match self.typed_in {
            Some(place) if place == row.place.id => self.errors.get(name),
            _ => "",
        }
    }
}

#[get("/products/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<ProductId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        ShowProduct::load(conn, sheet, *id, None)
    })
    .await
}

#[derive(Template)]
#[template(path = "catalog/products/edit.html", blocks = ["form"])]
struct EditProduct {
    shell: Shell,
    /// None: a new one.
    product: Option<Product>,
    barcodes: Vec<BarcodeRow>,
    typed: Fields,
    errors: FieldErrors,
}
view!(EditProduct as form title);

impl EditProduct {
    fn new(_: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            product: None,
            barcodes: and_a_spare(forms::barcode_rows(&sheet.typed)),
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: ProductId) -> Result<Self> {
        let product = queries::product(conn, id)?;
        let barcodes = match sheet.typed.has("barcode") {
            true => forms::barcode_rows(&sheet.typed),
            false => queries::barcodes(conn, id)?
                .iter()
                .map(BarcodeRow::from)
                .collect(),
        };
        Ok(Self {
            shell: sheet.shell,
            barcodes: and_a_spare(barcodes),
            typed: forms::of_product(sheet.typed, &product),
            product: Some(product),
            errors: sheet.errors,
        })
    }

    /// What a kit weighs is what its parts do.
    fn is_kit(&self) -> bool {
        self.product.as_ref().is_some_and(Product::is_kit)
    }

    fn id(&self, name: &str, row: &str) -> String {
        format!("{name}-{row}")
    }

    fn error(&self, name: &str, row: &str) -> &str {
        self.errors.get(&format!("{name}-{row}"))
    }

    fn title(&self) -> String {
        match self.product {
            Some(_) => format!("Edit {}", self.typed.get("sku")),
            None => "New product".into(),
        }
    }

    /// Where the form goes, and where the product is once it exists.
    fn path(&self) -> String {
        let kept = self.product.as_ref().map(Product::path);
        kept.unwrap_or_else(|| "/products".into())
    }
}

/// The rows, and one to go on with.
fn and_a_spare(mut rows: Vec<BarcodeRow>) -> Vec<BarcodeRow> {
    rows.push(BarcodeRow::default());
    rows
}

#[get("/products/new")]
async fn new(desk: Desk<Manager>, typed: Fields) -> Result {
    desk.ask(typed, EditProduct::new).await
}

#[post("/products")]
async fn create(desk: Desk<Manager>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        TooLong::check_typed(form, "barcode")?;
        let product = catalog::add_product(act, &forms::product(form)?)?;
        let said = format!("{} was added.{}", product.sku, alike(act, &product)?);
        Ok(Go::to(product.path()).saying(said))
    })
    .or_again(EditProduct::new)
    .await
}

/// What is to be looked at once, where another SKU looks the same.
fn alike(conn: &mut PgConnection, product: &Product) -> Result<String> {
    let other = queries::drawn_alike(conn, &product.sku)?;
    Ok(other.map_or_else(String::new, |other| {
        format!(
            " It looks like {other}, with letters of another alphabet: see that both are meant."
        )
    }))
}

#[get("/products/{id:\\d+}/edit")]
async fn edit(desk: Desk<Manager>, id: Path<ProductId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EditProduct::of(conn, sheet, *id))
        .await
}

#[post("/products/{id:\\d+}")]
async fn update(desk: Desk<Manager>, id: Path<ProductId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        TooLong::check_typed(form, "barcode")?;
        let product = catalog::edit_product(act, id, &forms::product(form)?)?;
        Ok(Go::to(product.path()).saying(format!("{} was saved.", product.sku)))
    })
    .or_again(move |conn, sheet| EditProduct::of(conn, sheet, id))
    .await
}

#[post("/products/{id:\\d+}/archive")]
async fn archive(desk: Desk<Everywhere>, id: Path<ProductId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        let product = catalog::archive_product(act, *id)?;
        Ok(Go::to(product.path()).saying(format!("{} is archived.", product.sku)))
    })
    .await
}

#[post("/products/{id:\\d+}/restoration")]
async fn restore(desk: Desk<Everywhere>, id: Path<ProductId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        let product = catalog::restore_product(act, *id)?;
        Ok(Go::to(product.path()).saying(format!("{} is offered again.", product.sku)))
    })
    .await
}
