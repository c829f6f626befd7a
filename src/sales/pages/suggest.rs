//! What a form of an order asks while somebody types.

use actix_web::get;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;
use serde::Deserialize;

use crate::catalog::{self, Warehouse};
use crate::db::Db;
use crate::sales::forms::LineForm;
use crate::sales::queries;
use crate::types::{FieldErrors, RequestKey, Sku};
use crate::web::{Result, SignedIn, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(customers)
        .service(products)
        .service(line)
        .service(price)
        .service(none);
}

/// What a box offers below what was typed: the value it takes, and what that is called.
#[derive(Template)]
#[template(path = "sales/orders/options.html")]
struct Options {
    options: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct CustomerTyped {
    #[serde(default)]
    customer: String,
}

#[get("/orders/suggest/customers")]
async fn customers(db: Data<Db>, _: SignedIn, typed: Query<CustomerTyped>) -> Result {
    let found = db
        .read(move |conn| Ok(queries::customers_like(conn, &typed.customer)?))
        .await?;
    let options = found.into_iter().map(|each| (each.code, each.name));
    html::page(Options {
        options: options.collect(),
    })
}

#[derive(Deserialize)]
struct ProductTyped {
    #[serde(default)]
    sku: String,
    #[serde(default)]
    key: String,
}

#[get("/orders/suggest/products")]
async fn products(db: Data<Db>, _: SignedIn, typed: Query<ProductTyped>) -> Result {
    let options = db
        .read(move |conn| Ok(queries::products_like(conn, &typed.sku)?))
        .await?;
    html::page(Options { options })
}

/// One more line of the form.
#[derive(Template)]
#[template(path = "sales/orders/_line.html")]
struct NewLine {
    row: LineForm,
    key: String,
    warehouses: Vec<Warehouse>,
    errors: FieldErrors,
}

impl NewLine {
    fn id(&self, field: &str, key: &str) -> String {
        format!("{field}-{key}")
    }

    fn error(&self, field: &str, key: &str) -> &str {
        self.errors.get(&format!("{field}-{key}"))
    }

    fn is_chosen(&self, warehouse: &Warehouse, _: &LineForm) -> bool {
        warehouse.is_primary
    }
}

#[get("/orders/lines/new")]
async fn line(db: Data<Db>, _: SignedIn) -> Result {
    let warehouses = db.read(|conn| Ok(catalog::warehouses(conn)?)).await?;
    let ships = warehouses.into_iter().filter(|each| each.ships_orders);
    html::page(NewLine {
        row: LineForm::default(),
        key: RequestKey::fresh().to_string(),
        warehouses: ships.collect(),
        errors: FieldErrors::default(),
    })
}

/// The price of a product in its box, and its name below its SKU.
#[derive(Template)]
#[template(path = "sales/orders/price.html")]
struct Price {
    key: String,
    sku: String,
    price: String,
    name: String,
}

#[get("/orders/lines/price")]
async fn price(db: Data<Db>, _: SignedIn, typed: Query<ProductTyped>) -> Result {
    let ProductTyped { sku, key } = typed.into_inner();
    let product = match Sku::parse(&sku) {
        Ok(sku) => {
            db.read(move |conn| Ok(catalog::product_by_sku(conn, &sku)?))
                .await?
        }
        Err(_) => None,
    };
    html::page(Price {
        price: product
            .as_ref()
            .map(|product| product.price.input())
            .unwrap_or_default(),
        name: match product {
            Some(product) => product.name,
            None if sku.trim().is_empty() => String::new(),
            None => "No product has this SKU.".into(),
        },
        key,
        sku,
    })
}

/// What takes the place of a line that is taken out of the form.
#[get("/orders/lines/none")]
async fn none(_: SignedIn) -> Result {
    Ok(actix_web::HttpResponse::Ok().finish())
}
