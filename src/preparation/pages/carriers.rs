//! Carriers: the list, and each as a form.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use super::files::FilesForm;
use crate::preparation::{self, Carrier, CarrierInput, forms, queries};
use crate::types::{CarrierId, FieldErrors, Fields};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(new)
        .service(create)
        .service(edit)
        .service(update);
}

const PATH: &str = "/carriers";

#[derive(Template)]
#[template(path = "preparation/carriers/list.html")]
struct ListCarriers {
    shell: Shell,
    carriers: Vec<(Carrier, Vec<String>)>,
}
view!(ListCarriers);

#[get("/carriers")]
async fn list(desk: Desk<Admin>) -> Result {
    desk.show(|conn, shell| {
        Ok(ListCarriers {
            shell,
            carriers: queries::carriers(conn)?,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "preparation/carriers/edit.html", blocks = ["form"])]
struct EditCarrier {
    shell: Shell,
    /// None: a new one.
    carrier: Option<Carrier>,
    typed: Fields,
    errors: FieldErrors,
    /// None: a new one.
    files: Option<FilesForm>,
}
view!(EditCarrier as form title);

impl EditCarrier {
    fn new(_: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            carrier: None,
            typed: sheet.typed.or_of(&CarrierInput::blank()),
            errors: sheet.errors,
            files: None,
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: CarrierId) -> Result<Self> {
        let mut all = queries::carriers(conn)?.into_iter();
        let known = all.find(|(carrier, _)| carrier.id == id);
        let (carrier, methods) = known.ok_or(diesel::NotFound)?;
        Ok(Self {
            shell: sheet.shell,
            typed: sheet
                .typed
                .or_of(&carrier.says)
                .with("methods", methods.join("\n")),
            carrier: Some(carrier),
            errors: sheet.errors,
            files: Some(FilesForm::of(conn, id)?),
        })
    }

    fn title(&self) -> String {
        let known = self.carrier.as_ref();
        known.map_or_else(|| "New carrier".into(), |known| known.says.name.clone())
    }

    fn path(&self) -> String {
        let known = self.carrier.as_ref();
        known.map_or_else(|| PATH.into(), |known| format!("{PATH}/{}", known.id))
    }

    fn is_ticked(&self, field: &str) -> bool {
        self.typed.get(field) == "true"
    }
}

#[get("/carriers/new")]
async fn new(desk: Desk<Admin>) -> Result {
    desk.ask(Fields::default(), EditCarrier::new).await
}

#[post("/carriers")]
async fn create(desk: Desk<Admin>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let (says, methods) = forms::carrier(form)?;
        preparation::add_carrier(act, &says, &methods)?;
        Ok(Go::to(PATH).saying("The carrier is offered for parcels from now on."))
    })
    .or_again(EditCarrier::new)
    .await
}

#[get("/carriers/{id:\\d+}/edit")]
async fn edit(desk: Desk<Admin>, id: Path<CarrierId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        EditCarrier::of(conn, sheet, *id)
    })
    .await
}

#[post("/carriers/{id:\\d+}")]
async fn update(desk: Desk<Admin>, id: Path<CarrierId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let (says, methods) = forms::carrier(form)?;
        preparation::edit_carrier(act, id, &says, &methods)?;
        Ok(Go::to(PATH).saying("The carrier was saved."))
    })
    .or_again(move |conn, sheet| EditCarrier::of(conn, sheet, id))
    .await
}
