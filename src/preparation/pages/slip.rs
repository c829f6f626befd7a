//! The packing slip that lies in a parcel.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use diesel::prelude::*;

use crate::catalog::{self, Company};
use crate::db;
use crate::error::Error;
use crate::paper::{self, Language, Letterhead, PackingSlipLine, PackingSlipPaper, Party};
use crate::preparation::ShipmentStatus;
use crate::preparation::queries::{self, Parcel, ParcelLine};
use crate::types::{Fields, Paper, RecordRef, ShipmentId};
use crate::web::{Desk, Result, SignedIn, html};

/// Slips of one file.
const MOST: usize = 200;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(packing_slips).service(packing_slip);
}

#[get("/shipments/{id}/packing-slip.pdf")]
async fn packing_slip(desk: Desk<SignedIn>, id: Path<ShipmentId>) -> Result {
    let slips = desk.read(move |conn| slips(conn, &[*id])).await?;
    let slip = slips.first().ok_or(Error::NotFound)?;
    html::pdf(
        &format!("{}.pdf", slip.shipment_number),
        printed_as(&slips)?,
    )
}

/// Those of the parcels chosen in a tab.
#[get("/shipments/packing-slips.pdf")]
async fn packing_slips(desk: Desk<SignedIn>, chosen: Fields) -> Result {
    let ids = chosen.all("shipment").filter_map(|id| id.parse().ok());
    let ids: Vec<ShipmentId> = ids.take(MOST + 1).collect();
    if ids.is_empty() || ids.len() > MOST {
        let why = format!("Choose the parcels first, at most {MOST} of them.");
        return Err(Error::Refused(why));
    }
    let slips = desk.read(move |conn| slips(conn, &ids)).await?;
    html::pdf("packing-slips.pdf", printed_as(&slips)?)
}

fn printed_as(slips: &[PackingSlipPaper]) -> Result<Vec<u8>> {
    let (first, others) = slips.split_first().ok_or(Error::NotFound)?;
    let pdf = paper::packing_slips(first, others);
    pdf.map_err(|error| Error::Failure(error.to_string()))
}

/// The slips of these parcels; a constant number of statements.
fn slips(conn: &mut PgConnection, ids: &[ShipmentId]) -> Result<Vec<PackingSlipPaper>> {
    let parcels = queries::parcels(conn, ids)?;
    let lines = queries::lines_of_parcels(conn, ids)?;
    let records: Vec<RecordRef> = parcels.iter().flat_map(noted).collect();
    let notes = db::printed(conn, Paper::PackingSlip, &records)?;
    let company = catalog::company(conn)?;
    let slips = parcels.iter().map(|parcel| {
        let lines = lines
            .get(&parcel.shipment.id)
            .map_or(&[][..], Vec::as_slice);
        slip(&company, parcel, lines, notes.of(&noted(parcel)))
    });
    Ok(slips.collect())
}

/// Of which records notes stand there: of the order, of the parcel and of the customer.
fn noted(parcel: &Parcel) -> [RecordRef; 3] {
    [
        RecordRef::Order(parcel.shipment.order_id),
        parcel.shipment.record(),
        RecordRef::Customer(parcel.customer_id),
    ]
}

/// What is in the parcel first, then what follows later.
fn slip(
    company: &Company,
    parcel: &Parcel,
    lines: &[ParcelLine],
    note: String,
) -> PackingSlipPaper {
    let shipment = &parcel.shipment;
    let mut sold: Vec<Vec<PackingSlipLine>> = lines
        .iter()
        .filter(|line| line.kit_line_id.is_none())
        .map(|line| printed(line, lines, shipment.status))
        .collect();
    sold.retain(|lines| {
        lines
            .iter()
            .any(|line| line.in_this_parcel + line.still_to_come > 0)
    });
    sold.sort_by_key(|lines| lines.iter().all(|line| line.in_this_parcel == 0));

    let mut ship_to = lines_of(&parcel.ship_to);
    ship_to.push(parcel.country.clone());
    PackingSlipPaper {
        language: Language::En,
        company: letterhead(company),
        ship_to: Party {
            name: parcel.customer.clone(),
            address: ship_to,
        },
        order_number: parcel.order_number.clone(),
        shipment_number: shipment.number.clone(),
        date: company
            .time_zone
            .day(shipment.shipped_at.unwrap_or(shipment.created_at)),
        lines: sold.concat(),
        note,
    }
}

pub(super) fn letterhead(company: &Company) -> Letterhead {
    Letterhead {
        name: company.name.clone(),
        address: lines_of(&company.address),
        details: vec![company.phone.clone(), company.email.clone()],
    }
}

/// A line as it was sold, a kit with its parts below it.
fn printed(
    line: &ParcelLine,
    lines: &[ParcelLine],
    status: ShipmentStatus,
) -> Vec<PackingSlipLine> {
    let print = |line: &ParcelLine| PackingSlipLine {
        sku: line.sku.clone(),
        description: line.product.clone(),
        is_part: line.kit_line_id.is_some(),
        ordered: line.ordered.get(),
        in_this_parcel: line.in_parcel.get(),
        still_to_come: line.still_to_come(status).get(),
    };
    let mut parts: Vec<&ParcelLine> = lines
        .iter()
        .filter(|part| part.kit_line_id == Some(line.order_line_id))
        .collect();
    parts.sort_by_key(|part| part.line_number);
    let mut first = print(line);
    if line.is_kit {
        let sets = |read: &dyn Fn(&ParcelLine) -> u32| {
            let parts = parts.iter();
            parts
                .map(|part| (read(part), part.per_kit.get()))
                .collect::<Vec<_>>()
        };
        let packed = sets(&|part| part.in_parcel.get()).into_iter();
        let to_come = sets(&|part| part.still_to_come(status).get()).into_iter();
        first.in_this_parcel = packed.map(|(units, each)| units / each).min().unwrap_or(0);
        first.still_to_come = to_come
            .map(|(units, each)| units.div_ceil(each))
            .max()
            .unwrap_or(0);
    }
    std::iter::once(first)
        .chain(parts.into_iter().map(print))
        .collect()
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
