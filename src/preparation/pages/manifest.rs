//! A manifest: its parcels, its paper and its file, and how it is closed.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use super::slip::letterhead;
use crate::catalog::{self, Company};
use crate::error::Error;
use crate::paper::{self, Language, ManifestPaper, ManifestPaperLine};
use crate::preparation::manifest::weight_words;
use crate::preparation::queries::{self, ManifestParcel, ManifestShown};
use crate::preparation::{self, Manifest};
use crate::stock::pages::Decision;
use crate::types::{Fields, ManifestId, counted, dates};
use crate::web::{Column, Csv, Desk, Go, Leaf, Leaves, Result, Sheet, Shell, SignedIn, html, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(pdf)
        .service(export)
        .service(ask_closed)
        .service(closed);
}

#[derive(Template)]
#[template(path = "preparation/manifests/show.html")]
struct ShowManifest {
    shell: Shell,
    shown: ManifestShown,
    parcels: Vec<ManifestParcel>,
    leaves: Leaves,
}
view!(ShowManifest);

impl ShowManifest {
    fn manifest(&self) -> &Manifest {
        &self.shown.manifest
    }

    fn day(&self) -> String {
        dates::day(&self.manifest().day)
    }

    /// The parcels of this page.
    fn listed(&self) -> &[ManifestParcel] {
        self.leaves.of(&self.parcels)
    }

    fn units(&self) -> i64 {
        self.parcels.iter().map(|parcel| parcel.units).sum()
    }

    fn weight(&self) -> String {
        weight_of(&self.parcels)
    }
}

fn weight_of(parcels: &[ManifestParcel]) -> String {
    weight_words(parcels.iter().map(|parcel| parcel.grams).sum())
}

#[get("/manifests/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<ManifestId>, leaf: Query<Leaf>) -> Result {
    desk.show(move |conn, shell| {
        let shown = queries::manifest(conn, *id)?;
        let parcels = queries::manifest_parcels(conn, *id)?;
        Ok(ShowManifest {
            shell,
            shown,
            leaves: leaf.of(parcels.len()),
            parcels,
        })
    })
    .await
}

#[get("/manifests/{id:\\d+}/manifest.pdf")]
async fn pdf(desk: Desk<SignedIn>, id: Path<ManifestId>) -> Result {
    let read = desk.patient().read(move |conn| {
        let shown = queries::manifest(conn, *id)?;
        let parcels = queries::manifest_parcels(conn, *id)?;
        let paper = laid_out(&catalog::company(conn)?, &shown, &parcels);
        let pdf = paper::manifest(&paper).map_err(|error| Error::Failure(error.to_string()))?;
        Ok((format!("{}.pdf", paper.number), pdf))
    });
    let (name, pdf) = read.await?;
    html::pdf(&name, pdf)
}

fn laid_out(company: &Company, shown: &ManifestShown, parcels: &[ManifestParcel]) -> ManifestPaper {
    let line = |parcel: &ManifestParcel| ManifestPaperLine {
        number: parcel.number.clone(),
        order_number: parcel.order_number.clone(),
        customer: parcel.customer.clone(),
        country: parcel.country.clone(),
        tracking: parcel.tracking_number.clone(),
        units: parcel.units,
        weight: parcel.weight(),
    };
    ManifestPaper {
        language: Language::En,
        company: letterhead(company),
        number: shown.manifest.number.clone(),
        carrier: shown.manifest.carrier.clone(),
        from: shown.warehouse.clone(),
        date: shown.manifest.day,
        parcels: parcels.iter().map(line).collect(),
        weight: weight_of(parcels),
    }
}

const COLUMNS: &[Column<ManifestParcel>] = &[
    Column::file("parcel", |row| row.number.clone()),
    Column::file("order", |row| row.order_number.clone()),
    Column::file("customer", |row| row.customer.clone()),
    Column::file("country", |row| row.country.clone()),
    Column::file("tracking", |row| row.tracking_number.clone()),
    Column::file("units", |row| row.units.to_string()),
    Column::file("weight_g", |row| match row.grams {
        0 => String::new(),
        grams => grams.to_string(),
    }),
];

#[get("/manifests/{id:\\d+}/parcels.csv")]
async fn export(desk: Desk<SignedIn>, id: Path<ManifestId>) -> Result {
    let read = desk.patient().read(move |conn| {
        let number = queries::manifest(conn, *id)?.manifest.number;
        Ok((number, queries::manifest_parcels(conn, *id)?))
    });
    let (number, parcels) = read.await?;
    Csv::table(COLUMNS, &parcels)?.finish(&format!("{number}.csv"))
}

fn closing(conn: &mut PgConnection, sheet: Sheet, id: ManifestId) -> Result<Decision> {
    let manifest = queries::manifest(conn, id)?.manifest;
    let parcels = queries::manifest_parcels(conn, id)?.len();
    let (number, path) = (manifest.number.clone(), manifest.path());
    Ok(Decision::new(sheet, format!("Close {number}"), format!("{path}/closing"))
        .about(number, path)
        .meaning(format!(
            "The driver of {} has {}. No parcel joins it any more, and none of it can be taken back.",
            manifest.carrier_words(),
            counted(parcels, "parcel")
        ))
        .unweighed()
        .without_reason()
        .button("Close")
        .or_leave("Keep it open"))
}

#[get("/manifests/{id:\\d+}/closing")]
async fn ask_closed(desk: Desk<SignedIn>, id: Path<ManifestId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| closing(conn, sheet, *id))
        .await
}

#[post("/manifests/{id:\\d+}/closing")]
async fn closed(desk: Desk<SignedIn>, id: Path<ManifestId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, _| {
        let closed = preparation::close_manifest(act, id)?;
        Ok(Go::to(closed.path()).saying(format!("{} is closed.", closed.number)))
    })
    .or_again(move |conn, sheet| closing(conn, sheet, id))
    .await
}
