//! The bins in which a product lies, for its page.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use crate::inventory::queries::{self, ProductBin};
use crate::types::ProductId;
use crate::web::{Desk, Result, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "inventory/product_bins.html")]
struct ProductBins {
    bins: Vec<ProductBin>,
}
view!(ProductBins);

#[get("/products/{id:\\d+}/bins")]
async fn show(desk: Desk<SignedIn>, id: Path<ProductId>) -> Result {
    desk.show(move |conn, _| {
        Ok(ProductBins {
            bins: queries::bins_of_product(conn, *id)?,
        })
    })
    .await
}
