//! The lists that entries choose from: an admin adds, renames, moves and removes.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::error::Error;
use crate::organizer::queries::{ListItem, list_items};
use crate::organizer::{
    ListKind, Tone, add_category, add_priority, add_status, forms, move_item, remove_item, rename,
};
use crate::types::{FieldErrors, Fields};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(create)
        .service(update)
        .service(carry)
        .service(ask_removal)
        .service(remove);
}

const HERE: &str = "/organizer/settings";

#[derive(Template)]
#[template(path = "organizer/settings.html")]
struct Settings {
    shell: Shell,
    lists: Vec<(ListKind, Vec<ListItem>)>,
    typed: Fields,
    errors: FieldErrors,
}
view!(Settings);

impl Settings {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let lists = ListKind::ALL.iter().map(|list| {
            let items = list_items(conn, *list)?;
            Ok((*list, items))
        });
        Ok(Self {
            lists: lists.collect::<Result<_>>()?,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    /// What was typed into the form of a list.
    fn kept(&self, list: &ListKind, field: &str) -> &str {
        match self.typed.get("list") == list.as_str() {
            true => self.typed.get(field),
            false => "",
        }
    }

    /// What is wrong with it.
    fn error(&self, list: &ListKind) -> &str {
        match self.typed.get("list") == list.as_str() {
            true => self.errors.get("name"),
            false => "",
        }
    }
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

type Item = Path<(String, i64)>;

fn list_of(name: &str) -> Result<ListKind> {
    name.parse().map_err(|_| Error::NotFound)
}

#[get("/organizer/settings")]
async fn show(desk: Desk<Admin>) -> Result {
    desk.ask(Fields::default(), Settings::load).await
}

#[post("/organizer/settings/{list}")]
async fn create(desk: Desk<Admin>, list: Path<String>, form: Fields) -> Result {
    let list = list_of(&list)?;
    desk.once(form.with("list", list), move |act, form| {
        let new = forms::item(form)?;
        match list {
            ListKind::Categories => add_category(act, &new.name).map(drop)?,
            ListKind::Priorities => add_priority(act, &new.name, new.tone).map(drop)?,
            ListKind::Statuses => add_status(act, &new.name, new.tone, new.is_done).map(drop)?,
        }
        Ok(Go::to(HERE).saying(format!("{} was added.", new.name)))
    })
    .or_again(Settings::load)
    .await
}

#[post("/organizer/settings/{list}/{id:\\d+}")]
async fn update(desk: Desk<Admin>, item: Item, form: Fields) -> Result {
    let (list, id) = (list_of(&item.0)?, item.1);
    desk.act(form, move |act, form| {
        let input = forms::item(form)?;
        rename(act, list, id, &input)?;
        Ok(Go::to(HERE).saying(format!("{} was saved.", input.name)))
    })
    .await
}

#[post("/organizer/settings/{list}/{id:\\d+}/place")]
async fn carry(desk: Desk<Admin>, item: Item, form: Fields) -> Result {
    let (list, id) = (list_of(&item.0)?, item.1);
    desk.once(form, move |act, form| {
        move_item(act, list, id, form.get("to") == "up")?;
        Ok(Go::to(HERE))
    })
    .await
}

#[get("/organizer/settings/{list}/{id:\\d+}/removal")]
async fn ask_removal(desk: Desk<Admin>, item: Item) -> Result {
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
