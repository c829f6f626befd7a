//! One of a list goes, and another one takes its place.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::settings::{HERE, Item, list_of};
use crate::error::Error;
use crate::organizer::queries::{ListItem, list_items};
use crate::organizer::{ListKind, remove_item};
use crate::types::{FieldErrors, Fields};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(remove);
}

#[derive(Template)]
#[template(path = "organizer/removal.html", blocks = ["form"])]
struct Removal {
    shell: Shell,
    list: ListKind,
    item: ListItem,
    others: Vec<ListItem>,
    errors: FieldErrors,
}
view!(Removal as form title);

impl Removal {
    fn load(conn: &mut PgConnection, sheet: Sheet, (list, id): (ListKind, i64)) -> Result<Self> {
        let (mut own, others): (Vec<_>, Vec<_>) = list_items(conn, list)?
            .into_iter()
            .partition(|item| item.id == id);
        Ok(Self {
            shell: sheet.shell,
            list,
            item: own.pop().ok_or(Error::NotFound)?,
            others,
            errors: sheet.errors,
        })
    }

    fn title(&self) -> String {
        format!("Remove {}", self.item.name)
    }
}

#[get("/organizer/settings/{list}/{id:\\d+}/removal")]
async fn ask(desk: Desk<Admin>, item: Item) -> Result {
    let of = (list_of(&item.0)?, item.1);
    desk.ask(Fields::default(), move |conn, sheet| {
        Removal::load(conn, sheet, of)
    })
    .await
}

#[post("/organizer/settings/{list}/{id:\\d+}/removal")]
async fn remove(desk: Desk<Admin>, item: Item, form: Fields) -> Result {
    let of = (list_of(&item.0)?, item.1);
    desk.once(form, move |act, form| {
        remove_item(act, of.0, of.1, form.get("successor").parse().ok())?;
        Ok(Go::to(HERE).saying("It was removed."))
    })
    .or_again(move |conn, sheet| Removal::load(conn, sheet, of))
    .await
}
