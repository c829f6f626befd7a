//! The purchase orders of a product, for its page.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;

use crate::catalog;
use crate::purchasing::queries::{self, ProductLine};
use crate::stock::When;
use crate::types::ProductId;
use crate::web::{Desk, Result, SignedIn, view};

/// Lines that are shown; the list of purchase orders has the others.
const SHOWN: i64 = 12;

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "purchasing/orders/of_product.html")]
struct OfProduct {
    sku: String,
    today: NaiveDate,
    lines: Vec<ProductLine>,
}
view!(OfProduct);

impl OfProduct {
    /// When the rest of a line comes.
    fn when(&self, line: &ProductLine) -> When {
        When::seen(line.due_on, self.today)
    }
}

#[get("/products/{id:\\d+}/purchase-orders")]
async fn show(desk: Desk<SignedIn>, id: Path<ProductId>) -> Result {
    desk.show(move |conn, shell| {
        Ok(OfProduct {
            sku: catalog::product(conn, *id)?.sku.to_string(),
            today: shell.today(),
            lines: queries::lines_of_product(conn, *id, SHOWN)?,
        })
    })
    .await
}
