//! Lines of a draft, added and removed on its page.
//!
//! The buttons stand in the form of the draft: what was typed there is saved with them, so that
//! nothing typed is lost when the page comes back.

use actix_web::post;
use actix_web::web::{Data, Form, Path, ServiceConfig};
use diesel::prelude::*;

use super::order::complain;
use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::{self, DraftEdit};
use crate::types::{FieldErrors, PurchaseLineId, PurchaseOrderId, Quantity, Sku, UserId};
use crate::web::{Htmx, Manager, Result, Shell};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(add).service(remove);
}

#[post("/purchase-orders/{id:\\d+}/lines")]
async fn add(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let input = addition(&typed);
    let added = db
        .write(&buyer, move |act| {
            let (sku, quantity, edit) = input.clone()?;
            let by = Some(buyer.id);
            save(act, id, edit.as_ref(), by)?;
            Ok(purchasing::add_line(act, id, &sku, quantity, by)?)
        })
        .await;
    match added {
        Ok(order) => htmx.go(order.path()),
        Err(Error::Invalid(errors)) => complain(&db, &htmx, shell, id, typed, errors).await,
        Err(error) => Err(error),
    }
}

#[post("/purchase-orders/{id:\\d+}/lines/{line}/removal")]
async fn remove(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    path: Path<(PurchaseOrderId, PurchaseLineId)>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, line) = *path;
    let typed = Typed::of(form.into_inner());
    let edit = edit_beside(&typed.without_line(line));
    let removed = db
        .write(&buyer, move |act| {
            let by = Some(buyer.id);
            save(act, id, edit.clone()?.as_ref(), by)?;
            Ok(purchasing::remove_line(act, id, line, by)?)
        })
        .await;
    match removed {
        Ok(order) => htmx.go(order.path()),
        Err(Error::Invalid(errors)) => complain(&db, &htmx, shell, id, typed, errors).await,
        Err(error) => Err(error),
    }
}

type Addition = (Sku, Quantity, Option<DraftEdit>);

fn addition(typed: &Typed) -> Result<Addition, FieldErrors> {
    let mut errors = FieldErrors::default();
    let sku = errors.field("sku", Sku::parse(typed.get("sku")));
    let quantity = errors.field("quantity", Quantity::parse_positive(typed.get("quantity")));
    match (sku, quantity, edit_beside(typed)) {
        (Some(sku), Some(quantity), Ok(edit)) => Ok((sku, quantity, edit)),
        (_, _, Err(others)) => Err(errors.and(others)),
        _ => Err(errors),
    }
}

/// What the form of the draft says, when it came along.
fn edit_beside(typed: &Typed) -> Result<Option<DraftEdit>, FieldErrors> {
    typed.has("version").then(|| typed.draft_edit()).transpose()
}

fn save(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    edit: Option<&DraftEdit>,
    by: Option<UserId>,
) -> Result<(), purchasing::Error> {
    if let Some(edit) = edit {
        purchasing::edit_draft(conn, id, edit, by)?;
    }
    Ok(())
}
