//! What a package weighs, and its size.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::error::Error;
use crate::preparation::{self, forms, queries};
use crate::types::{FieldErrors, Fields, ShipmentId};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(save);
}

#[derive(Template)]
#[template(path = "preparation/packing/package.html", blocks = ["form"])]
struct PackageForm {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    parcel: String,
    number: i32,
    path: String,
}
view!(PackageForm as form title);

impl PackageForm {
    fn load(
        conn: &mut PgConnection,
        sheet: Sheet,
        (id, number): (ShipmentId, i32),
    ) -> Result<Self> {
        let packages = queries::packages_of(conn, id)?;
        let package = packages.into_iter().find(|each| each.number == number);
        let package = package.ok_or(Error::NotFound)?;
        let typed = match sheet.typed.has("key") {
            true => sheet.typed,
            false => forms::measured(&package),
        };
        Ok(Self {
            shell: sheet.shell,
            typed,
            errors: sheet.errors,
            parcel: queries::parcel(conn, id)?.shipment.number,
            number,
            path: format!("/packing/{id}/packages/{number}"),
        })
    }

    fn title(&self) -> String {
        format!("Package {} of {}", self.number, self.parcel)
    }
}

type At = Path<(ShipmentId, i32)>;

#[get("/packing/{id:\\d+}/packages/{number:\\d+}")]
async fn ask(desk: Desk<SignedIn>, at: At) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        PackageForm::load(conn, sheet, *at)
    })
    .await
}

#[post("/packing/{id:\\d+}/packages/{number:\\d+}")]
async fn save(desk: Desk<SignedIn>, at: At, form: Fields) -> Result {
    let at = *at;
    desk.once(form, move |act, form| {
        preparation::edit_package(act, at, &forms::package(form)?)?;
        Ok(Go::to("/packing").saying("The package is measured."))
    })
    .or_again(move |conn, sheet| PackageForm::load(conn, sheet, at))
    .await
}
