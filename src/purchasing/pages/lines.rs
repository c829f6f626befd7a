//! Lines of a draft, added and removed on its page.
//!
//! The buttons stand in the form of the draft: what was typed there is saved with them, so that
//! nothing typed is lost when the page comes back.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};

use super::order::page;
use crate::db::Act;
use crate::purchasing::{self, DraftEdit, forms};
use crate::types::{Fields, PurchaseLineId, PurchaseOrderId};
use crate::web::{Desk, Go, Leaf, Manager, Result};

pub fn routes(config: &mut ServiceConfig) {
    config.service(add).service(remove);
}

#[post("/purchase-orders/{id:\\d+}/lines")]
async fn add(desk: Desk<Manager>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let (sku, quantity, edit) = forms::addition(form)?;
        save(act, id, edit)?;
        let order = purchasing::add_line(act, id, &sku, quantity)?;
        Ok(Go::to(Leaf::typed(form).or_last().at(&order.path())))
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}

#[post("/purchase-orders/{id:\\d+}/lines/{line}/removal")]
async fn remove(
    desk: Desk<Manager>,
    path: Path<(PurchaseOrderId, PurchaseLineId)>,
    form: Fields,
) -> Result {
    let (id, line) = *path;
    desk.act(form, move |act, form| {
        let of_line = format!("-{line}");
        let others = form.without(|name| name.ends_with(&of_line));
        save(act, id, forms::edit_beside(&others)?)?;
        let order = purchasing::remove_line(act, id, line)?;
        Ok(Go::to(Leaf::typed(form).at(&order.path())))
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}

fn save(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    edit: Option<DraftEdit>,
) -> Result<(), purchasing::Error> {
    if let Some(edit) = edit {
        purchasing::edit_draft(act, id, &edit)?;
    }
    Ok(())
}
