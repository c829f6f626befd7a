//! The packing slip that lies in a parcel.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};

use crate::catalog::{self, Company};
use crate::error::Error;
use crate::paper::{self, Language, Letterhead, PackingSlipLine, PackingSlipPaper, Party};
use crate::preparation::queries::{self, Parcel, ParcelLine};
use crate::types::ShipmentId;
use crate::web::{Desk, Result, SignedIn, html};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(packing_slip);
}

#[get("/shipments/{id}/packing-slip.pdf")]
async fn packing_slip(desk: Desk<SignedIn>, id: Path<ShipmentId>) -> Result {
    let read = desk.read(move |conn| {
        let parcel = queries::parcel(conn, *id)?;
        let lines = queries::parcel_lines(conn, &parcel.shipment)?;
        let slip = slip(&catalog::company(conn)?, &parcel, &lines);
        let pdf = paper::packing_slip(&slip).map_err(|error| Error::Failure(error.to_string()))?;
        Ok((format!("{}.pdf", slip.shipment_number), pdf))
    });
    let (name, pdf) = read.await?;
    html::pdf(&name, pdf)
}

/// What is in the parcel first, then what follows later.
fn slip(company: &Company, parcel: &Parcel, lines: &[ParcelLine]) -> PackingSlipPaper {
    let shipment = &parcel.shipment;
    let mut lines: Vec<PackingSlipLine> = lines
        .iter()
        .map(|line| PackingSlipLine {
            sku: line.sku.clone(),
            description: line.product.clone(),
            ordered: line.ordered.get(),
            in_this_parcel: line.in_parcel.get(),
            still_to_come: line.still_to_come(shipment.status).get(),
        })
        .filter(|line| line.in_this_parcel > 0 || line.still_to_come > 0)
        .collect();
    lines.sort_by_key(|line| line.in_this_parcel == 0);

    let mut ship_to = lines_of(&parcel.ship_to);
    ship_to.push(parcel.country.clone());
    PackingSlipPaper {
        language: Language::En,
        company: Letterhead {
            name: company.name.clone(),
            address: lines_of(&company.address),
            details: vec![company.phone.clone(), company.email.clone()],
        },
        ship_to: Party {
            name: parcel.customer.clone(),
            address: ship_to,
        },
        order_number: parcel.order_number.clone(),
        shipment_number: shipment.number.clone(),
        date: company
            .time_zone
            .day(shipment.shipped_at.unwrap_or(shipment.created_at)),
        lines,
        note: String::new(),
    }
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
