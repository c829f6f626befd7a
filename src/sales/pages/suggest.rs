//! What a form of an order asks while somebody types.

use actix_web::get;
use actix_web::web::ServiceConfig;
use askama::Template;

use crate::catalog::{self, Warehouse};
use crate::sales::forms::LineForm;
use crate::sales::queries;
use crate::types::{FieldErrors, Fields, RequestKey, Sku};
use crate::web::{Desk, Result, SignedIn, view};

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
view!(Options);

#[get("/orders/suggest/customers")]
async fn customers(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.show(move |conn, _| {
        let found = queries::customers_like(conn, typed.get("customer"))?;
        let options = found.into_iter().map(|each| {
            let town = each.town();
            let apart = if town.is_empty() { "" } else { ", " };
            let label = format!("{}{apart}{town}", each.name);
            (each.code, label)
        });
        Ok(Options {
            options: options.collect(),
        })
    })
    .await
}

#[get("/orders/suggest/products")]
async fn products(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.show(move |conn, _| {
        Ok(Options {
            options: queries::products_like(conn, typed.get("sku"))?,
        })
    })
    .await
}

/// One more line of the form.
#[derive(Template)]
#[template(path = "sales/orders/_line.html")]
struct NewLine {
    row: LineForm,
    key: String,
    warehouses: Vec<Warehouse>,
    /// Whether the rules may choose the warehouse.
    has_rules: bool,
    errors: FieldErrors,
}
view!(NewLine);

impl NewLine {
    fn id(&self, field: &str, key: &str) -> String {
        format!("{field}-{key}")
    }

    fn error(&self, field: &str, key: &str) -> &str {
        self.errors.get(&format!("{field}-{key}"))
    }

    /// It is not placed yet.
    const fn may_cancel(&self) -> bool {
        true
    }

    /// It is one line only.
    const fn shares_options(&self) -> bool {
        false
    }

    fn offered(&self, _: &LineForm) -> &[Warehouse] {
        &self.warehouses
    }

    const fn rules_choose(&self, _: &LineForm) -> bool {
        self.has_rules
    }

    const fn is_chosen(&self, warehouse: &Warehouse, _: &LineForm) -> bool {
        !self.has_rules && warehouse.is_primary
    }
}

#[get("/orders/lines/new")]
async fn line(desk: Desk<SignedIn>) -> Result {
    desk.show(|conn, _| {
        let mut warehouses = catalog::warehouses(conn)?;
        warehouses.retain(|warehouse| warehouse.ships_orders);
        Ok(NewLine {
            row: LineForm::default(),
            key: RequestKey::fresh().to_string(),
            warehouses,
            has_rules: queries::has_rules(conn)?,
            errors: FieldErrors::default(),
        })
    })
    .await
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
view!(Price);

#[get("/orders/lines/price")]
async fn price(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.show(move |conn, _| {
        let sku = typed.get("sku");
        let product = match Sku::parse(sku) {
            Ok(sku) => catalog::product_by_sku(conn, &sku)?,
            Err(_) => None,
        };
        let (price, name) = match product {
            Some(product) => (product.price.input(), product.name),
            None if sku.trim().is_empty() => Default::default(),
            None => (String::new(), "No product has this SKU.".into()),
        };
        Ok(Price {
            key: typed.get("key").into(),
            sku: sku.into(),
            price,
            name,
        })
    })
    .await
}

/// What takes the place of a line that is taken out of the form.
#[get("/orders/lines/none")]
async fn none(_: SignedIn) -> Result {
    Ok(actix_web::HttpResponse::Ok().finish())
}
