//! How the files of a carrier are written and read, and the one that it takes.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use crate::error::Error;
use crate::preparation::queries::{self, Described};
use crate::preparation::{
    self, CarrierFiles, Content, ExportField, ReferenceKind, Separator, forms,
};
use crate::types::{CarrierId, FieldErrors, Fields, WarehouseId};
use crate::web::{Admin, Csv, Desk, Go, Result, Sheet, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(save).service(export);
}

/// The second form of a carrier's page.
#[derive(Template)]
#[template(path = "preparation/carriers/files.html")]
pub(super) struct FilesForm {
    id: CarrierId,
    typed: Fields,
    errors: FieldErrors,
}
view!(FilesForm);

impl FilesForm {
    pub(super) fn of(conn: &mut PgConnection, id: CarrierId) -> QueryResult<Self> {
        let (_, files) = queries::carrier_with_files(conn, id)?;
        let mut typed = Fields::default()
            .with("export_separator", files.export_separator)
            .with("export_columns", &files.export_columns)
            .with("import_separator", files.import_separator)
            .with("import_reference", &files.import_reference)
            .with("import_reference_is", files.import_reference_is)
            .with("import_tracking", &files.import_tracking);
        if files.export_header {
            typed = typed.with("export_header", true);
        }
        Ok(Self {
            id,
            typed,
            errors: FieldErrors::default(),
        })
    }

    fn again(_: &mut PgConnection, sheet: Sheet, id: CarrierId) -> Result<Self> {
        Ok(Self {
            id,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    fn is_chosen(&self, field: &str, choice: &str) -> bool {
        self.typed.get(field) == choice
    }

    /// `parcel (Number of the parcel), order (..)`.
    fn fields(&self) -> String {
        let fields = ExportField::ALL.iter();
        let fields = fields.map(|field| format!("{field} ({})", field.label()));
        fields.collect::<Vec<_>>().join(", ")
    }
}

#[post("/carriers/{id:\\d+}/files")]
async fn save(desk: Desk<Admin>, id: Path<CarrierId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        preparation::set_files(act, id, &forms::files(form)?)?;
        Ok(Go::to(format!("/carriers/{id}/edit")).saying("The files of the carrier were saved."))
    })
    .or_again(move |conn, sheet| FilesForm::again(conn, sheet, id))
    .await
}

/// Which packed parcels the file has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Where {
    /// Empty: of all warehouses.
    warehouse: String,
}

#[get("/carriers/{id:\\d+}/export.csv")]
async fn export(desk: Desk<SignedIn>, id: Path<CarrierId>, asked: Query<Where>) -> Result {
    let today = desk.today();
    let read = desk.patient().read(move |conn| {
        let (carrier, files) = queries::carrier_with_files(conn, *id)?;
        if !files.exports() {
            let name = carrier.says.name;
            let why = format!("Nobody has said yet which columns the file for {name} has.");
            return Err(Error::Refused(why));
        }
        let warehouse = asked.warehouse.parse::<WarehouseId>().ok();
        Ok((carrier, files, queries::described(conn, *id, warehouse)?))
    });
    let (carrier, files, parcels) = read.await?;
    let file = written(&files, &parcels, today)?;
    let letters = carrier
        .says
        .name
        .chars()
        .filter(char::is_ascii_alphanumeric);
    file.finish(&format!(
        "{}-{today}.csv",
        letters.collect::<String>().to_lowercase()
    ))
}

fn written(files: &CarrierFiles, parcels: &[Described], today: NaiveDate) -> Result<Csv> {
    let mut file = Csv::parted_by(files.export_separator.byte());
    let columns = &files.export_columns;
    if files.export_header {
        file.row(columns.titles())?;
    }
    for parcel in parcels {
        file.row(columns.0.iter().map(|column| match &column.content {
            Content::Text(text) => text.clone(),
            Content::Field(field) => cell(*field, parcel, today),
        }))?;
    }
    Ok(file)
}

fn cell(field: ExportField, parcel: &Described, today: NaiveDate) -> String {
    let address: Vec<&str> = parcel.ship_to.lines().map(str::trim).collect();
    let line = |nth: usize| address.get(nth).copied().unwrap_or_default().to_owned();
    match field {
        ExportField::Parcel => parcel.number.clone(),
        ExportField::Order => parcel.order_number.clone(),
        ExportField::External => parcel.external_reference.clone(),
        ExportField::Customer => parcel.customer.clone(),
        ExportField::Name => parcel.name.clone(),
        ExportField::Address => address.join(", "),
        ExportField::FirstLine => line(0),
        ExportField::SecondLine => line(1),
        ExportField::ThirdLine => line(2),
        ExportField::FourthLine => line(3),
        ExportField::Country => parcel.country.clone(),
        ExportField::Email => parcel.email.clone(),
        ExportField::Phone => parcel.phone.clone(),
        ExportField::Method => parcel.method.clone(),
        ExportField::Grams => parcel.grams.to_string(),
        ExportField::Kilograms => format!("{}.{:03}", parcel.grams / 1_000, parcel.grams % 1_000),
        ExportField::Units => parcel.units.to_string(),
        ExportField::Day => today.to_string(),
        ExportField::Tracking => parcel.tracking_number.clone(),
    }
}
