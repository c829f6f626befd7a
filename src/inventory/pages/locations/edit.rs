//! The form of one location.

use actix_web::web::Path;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::chosen;
use crate::catalog::{self, Location, LocationKind, Warehouse};
use crate::inventory::locations::forms;
use crate::inventory::{add_location, edit_location, queries};
use crate::types::{FieldErrors, Fields, LocationId};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

#[derive(Template)]
#[template(path = "inventory/locations/edit.html", blocks = ["form"])]
struct EditLocation {
    shell: Shell,
    /// None: a new one.
    location: Option<Location>,
    warehouses: Vec<Warehouse>,
    warehouse: Warehouse,
    typed: Fields,
    errors: FieldErrors,
    /// What somebody else saved meanwhile: label and text.
    theirs: Vec<(&'static str, String)>,
}
view!(EditLocation as form title);

impl EditLocation {
    fn new(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let asked = sheet.typed.get("warehouse").parse().ok();
        let (warehouses, warehouse) = chosen::warehouses(conn, asked)?;
        let typed = match sheet.typed.has("code") {
            true => sheet.typed,
            false => sheet.typed.with("is_active", true),
        };
        Ok(Self {
            shell: sheet.shell,
            location: None,
            warehouses,
            warehouse,
            typed: typed.with("kind", LocationKind::Shelf),
            errors: sheet.errors,
            theirs: Vec::new(),
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: LocationId) -> Result<Self> {
        let location = queries::location(conn, id)?;
        let (mut typed, mut theirs) = (sheet.typed, Vec::new());
        if !sheet.errors.get("version").is_empty() {
            theirs = forms::of_others(&typed, &location);
            typed = typed.without(|name| name == "version");
        }
        Ok(Self {
            shell: sheet.shell,
            warehouses: Vec::new(),
            warehouse: catalog::warehouse(conn, location.warehouse_id)?,
            typed: forms::of_location(typed, &location),
            location: Some(location),
            errors: sheet.errors,
            theirs,
        })
    }

    fn title(&self) -> String {
        match &self.location {
            Some(location) => format!("Edit {}", location.code),
            None => "New location".into(),
        }
    }

    /// Where the form goes, and where the location is once it exists.
    fn path(&self) -> String {
        let kept = self.location.as_ref().map(Location::path);
        kept.unwrap_or_else(|| "/locations".into())
    }

    fn is_kind(&self, kind: &LocationKind) -> bool {
        self.typed.get("kind") == kind.as_str()
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse.id == warehouse.id
    }
}

#[get("/locations/new")]
pub(super) async fn new(desk: Desk<Admin>, typed: Fields) -> Result {
    desk.ask(typed, EditLocation::new).await
}

#[post("/locations")]
pub(super) async fn create(desk: Desk<Admin>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let (warehouse, input) = FieldErrors::both(forms::warehouse(form), forms::location(form))?;
        let location = add_location(act, warehouse, &input)?;
        Ok(Go::to(location.path()).saying(format!("{} was added.", location.code)))
    })
    .or_again(EditLocation::new)
    .await
}

#[get("/locations/{id:\\d+}/edit")]
pub(super) async fn edit(desk: Desk<Admin>, id: Path<LocationId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        EditLocation::of(conn, sheet, *id)
    })
    .await
}

#[post("/locations/{id:\\d+}")]
pub(super) async fn update(desk: Desk<Admin>, id: Path<LocationId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let location = edit_location(act, id, form.version(), &forms::location(form)?)?;
        Ok(Go::to(location.path()).saying(format!("{} was saved.", location.code)))
    })
    .or_again(move |conn, sheet| EditLocation::of(conn, sheet, id))
    .await
}
