//! Labels of the packages of a parcel: where each goes.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use chrono::NaiveDate;
use diesel::PgConnection;

use crate::catalog;
use crate::error::Error;
use crate::paper::{AddressLabel, Party, address_labels};
use crate::preparation::queries;
use crate::types::ShipmentId;
use crate::web::{Desk, Result, SignedIn, html};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(print);
}

#[get("/shipments/{id}/labels.pdf")]
async fn print(desk: Desk<SignedIn>, id: Path<ShipmentId>) -> Result {
    let today: NaiveDate = desk.today();
    let read = desk.read(move |conn| labels_of(conn, *id));
    let (parcel, labels) = read.await?;
    let pdf = address_labels(&labels, today);
    let pdf = pdf.map_err(|error| Error::Failure(error.to_string()))?;
    html::pdf(&format!("{parcel}-labels.pdf"), pdf)
}

fn labels_of(conn: &mut PgConnection, id: ShipmentId) -> Result<(String, Vec<AddressLabel>)> {
    let parcel = queries::parcel(conn, id)?;
    let packages = queries::packages_of(conn, id)?.len().max(1);
    let company = catalog::company(conn)?;
    let carrier = match parcel.shipment.carrier.as_str() {
        "" => queries::carrier_of(conn, &parcel.shipping_method)?,
        carrier => carrier.to_owned(),
    };
    let mut address: Vec<String> = parcel.ship_to.lines().map(str::to_owned).collect();
    address.push(parcel.country.clone());
    let labels = (1..=packages).map(|package| AddressLabel {
        from: company.name.clone(),
        to: Party {
            name: parcel.customer.clone(),
            address: address.clone(),
        },
        carrier: carrier.clone(),
        parcel: parcel.shipment.number.clone(),
        package: format!("{package} of {packages}"),
    });
    Ok((parcel.shipment.number.clone(), labels.collect()))
}
