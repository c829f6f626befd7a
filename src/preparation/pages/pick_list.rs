//! The pick list of a parcel: what to take out of which bin.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use diesel::prelude::*;

use super::slip::letterhead;
use crate::catalog::{self, Company};
use crate::db::{self, Printed};
use crate::error::Error;
use crate::paper::{self, Language, PickListLine, PickListPaper};
use crate::preparation::Walk;
use crate::preparation::queries::{self, Leg, Parcel, Pick};
use crate::types::{BatchId, Paper, RecordRef, ShipmentId};
use crate::web::{Desk, Result, SignedIn, html};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(pick_list).service(of_batch);
}

#[get("/shipments/{id}/pick-list.pdf")]
async fn pick_list(desk: Desk<SignedIn>, id: Path<ShipmentId>) -> Result {
    let read = desk.read(move |conn| {
        let list = list(conn, *id)?;
        let pdf = paper::pick_list(&list).map_err(|error| Error::Failure(error.to_string()))?;
        Ok((format!("{}-picks.pdf", list.shipment_number), pdf))
    });
    let (name, pdf) = read.await?;
    html::pdf(&name, pdf)
}

#[get("/batches/{id:\\d+}/pick-list.pdf")]
async fn of_batch(desk: Desk<SignedIn>, id: Path<BatchId>) -> Result {
    let read = desk.read(move |conn| {
        let list = list_of_batch(conn, *id)?;
        let pdf = paper::pick_list(&list).map_err(|error| Error::Failure(error.to_string()))?;
        Ok((format!("{}-picks.pdf", list.shipment_number), pdf))
    });
    let (name, pdf) = read.await?;
    html::pdf(&name, pdf)
}

/// What is left to pick of a batch, and where on the cart it goes.
fn list_of_batch(conn: &mut PgConnection, id: BatchId) -> Result<PickListPaper> {
    let shown = queries::batch(conn, id)?;
    let legs = queries::legs(&queries::stops(conn, Walk::Batch(id), None)?);
    let number = shown.batch.number;
    if legs.is_empty() {
        let why = format!("Nothing of {number} is left to pick.");
        return Err(Error::Refused(why));
    }
    let products = legs.iter().map(|leg| RecordRef::Product(leg.product_id));
    let noted: Vec<RecordRef> = products.collect();
    let notes = db::printed(conn, Paper::PickList, &noted)?;
    let company = catalog::company(conn)?;
    let lines = legs.iter().map(|leg| PickListLine {
        bin: leg.bin.clone(),
        sku: leg.sku.to_string(),
        description: leg.product.clone(),
        kits: leg.kits.join(", "),
        units: leg.left.get(),
        into: into(leg),
        note: notes.of(&[RecordRef::Product(leg.product_id)]),
    });
    Ok(PickListPaper {
        language: Language::En,
        company: letterhead(&company),
        order_number: String::new(),
        shipment_number: number,
        from: shown.warehouse,
        shipping_method: String::new(),
        picked_by: shown.operator.unwrap_or_default(),
        date: company.time_zone.day(shown.batch.created_at),
        lines: lines.collect(),
        note: String::new(),
    })
}

/// `A 1, C 2`
fn into(leg: &Leg) -> String {
    let each = leg.into.iter();
    let each: Vec<String> = each
        .map(|(slot, units)| format!("{slot} {units}"))
        .collect();
    each.join(", ")
}

/// Refused once the parcel has left or was given back: nothing is to be taken for it.
fn list(conn: &mut PgConnection, id: ShipmentId) -> Result<PickListPaper> {
    let parcel = queries::parcel(conn, id)?;
    let shipment = &parcel.shipment;
    if !shipment.status.is_under_way() {
        let number = &shipment.number;
        let why = format!("{number} is not under way: nothing is to be picked for it.");
        return Err(Error::Refused(why));
    }
    let picks = queries::walk(conn, id)?;
    let products = picks.iter().map(|pick| RecordRef::Product(pick.product_id));
    let whole = [
        RecordRef::Order(shipment.order_id),
        shipment.record(),
        RecordRef::Customer(parcel.customer_id),
    ];
    let noted: Vec<RecordRef> = whole.into_iter().chain(products).collect();
    let notes = db::printed(conn, Paper::PickList, &noted)?;
    let company = catalog::company(conn)?;
    Ok(laid_out(&company, &parcel, &picks, (&notes, &whole)))
}

fn laid_out(
    company: &Company,
    parcel: &Parcel,
    picks: &[Pick],
    (notes, whole): (&Printed, &[RecordRef]),
) -> PickListPaper {
    let shipment = &parcel.shipment;
    let line = |pick: &Pick| PickListLine {
        bin: pick.bin.clone(),
        sku: pick.sku.clone(),
        description: pick.product.clone(),
        kits: pick.kits.clone(),
        units: pick.units.get(),
        into: String::new(),
        note: notes.of(&[RecordRef::Product(pick.product_id)]),
    };
    PickListPaper {
        language: Language::En,
        company: letterhead(company),
        order_number: parcel.order_number.clone(),
        shipment_number: shipment.number.clone(),
        from: parcel.warehouse_name.clone(),
        shipping_method: parcel.shipping_method.clone(),
        picked_by: parcel.operator.clone().unwrap_or_default(),
        date: company.time_zone.day(shipment.created_at),
        lines: picks.iter().map(line).collect(),
        note: notes.of(whole),
    }
}
