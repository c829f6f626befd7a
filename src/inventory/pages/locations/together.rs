//! The same said of many locations.

use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::chosen;
use crate::catalog::{LocationKind, Warehouse};
use crate::inventory::change_locations;
use crate::inventory::locations::forms;
use crate::inventory::queries::{self, LocationListed};
use crate::types::{FieldErrors, Fields, counted};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, query, view};

#[derive(Template)]
#[template(path = "inventory/locations/together.html", blocks = ["form"])]
struct EditTogether {
    shell: Shell,
    warehouse: Warehouse,
    locations: Vec<LocationListed>,
    typed: Fields,
    errors: FieldErrors,
}
view!(EditTogether as form title);

impl EditTogether {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let (warehouse, locations) = chosen::locations(conn, &sheet.typed)?;
        // What the link says of the list is nothing that is said of its rows.
        let typed = match sheet.typed.has("ids") {
            true => sheet.typed,
            false => Fields::default(),
        };
        let first = locations.iter().map(|location| location.walk).min();
        Ok(Self {
            shell: sheet.shell,
            warehouse,
            typed: typed.with("walk_from", first.unwrap_or_default()),
            errors: sheet.errors,
            locations,
        })
    }

    fn title(&self) -> String {
        format!("Edit {}", counted(self.locations.len(), "location"))
    }

    fn ids(&self) -> String {
        let ids = self
            .locations
            .iter()
            .map(|location| location.id.to_string());
        ids.collect::<Vec<_>>().join(",")
    }

    fn names(&self) -> String {
        let codes = self.locations.iter().map(|location| location.code.clone());
        queries::in_words(&codes.collect::<Vec<_>>())
    }

    /// How many of them hold goods.
    fn holding(&self) -> usize {
        self.locations
            .iter()
            .filter(|location| location.units > 0)
            .count()
    }

    fn is_typed(&self, field: &str, option: &str) -> bool {
        self.typed.get(field) == option
    }

    fn list(&self) -> String {
        list(&self.warehouse.id.to_string())
    }
}

fn list(warehouse: &str) -> String {
    format!("/locations?{}", query(&[("warehouse", warehouse)]))
}

#[get("/locations/together")]
pub(super) async fn edit(desk: Desk<Admin>, typed: Fields) -> Result {
    desk.ask(typed, EditTogether::load).await
}

#[post("/locations/together")]
pub(super) async fn update(desk: Desk<Admin>, form: Fields) -> Result {
    desk.act(form, |act, form| {
        let (warehouse, together) =
            FieldErrors::both(forms::warehouse(form), forms::together(form))?;
        let changed = change_locations(act, warehouse, &forms::ids(form), &together)?;
        let said = format!("{} changed.", counted(changed, "location"));
        Ok(Go::to(list(form.get("warehouse"))).saying(said))
    })
    .or_again(EditTogether::load)
    .await
}
