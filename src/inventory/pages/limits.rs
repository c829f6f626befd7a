//! The levels of a product, set warehouse by warehouse in the rows of its page.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};

use crate::catalog::{self, pages::ShowProduct};
use crate::inventory::forms;
use crate::stock::{self, Place};
use crate::types::{FieldErrors, Fields, ProductId, RecordRef, WarehouseId};
use crate::web::{Desk, Go, Manager, Result};

pub fn routes(config: &mut ServiceConfig) {
    config.service(update);
}

#[post("/products/{id:\\d+}/levels/{warehouse:\\d+}")]
async fn update(
    desk: Desk<Manager>,
    place: Path<(ProductId, WarehouseId)>,
    form: Fields,
) -> Result {
    let (product, warehouse) = *place;
    desk.act(form, move |act, form| {
        let limits = forms::limits(form)?;
        if let Some(why) = catalog::kit_refusal(act, &[product], "replenish")? {
            return Err(FieldErrors::one("warning", why).into());
        }
        stock::set_limits(act, Place::new(warehouse, product), limits)?;
        Ok(Go::from(RecordRef::Product(product)).saying("The levels were saved."))
    })
    .in_place()
    .or_again(move |conn, sheet| ShowProduct::load(conn, sheet, product, Some(warehouse)))
    .await
}
