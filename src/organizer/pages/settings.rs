//! The lists that entries choose from: an admin adds, renames and moves.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::db::history;
use crate::error::Error;
use crate::organizer::queries::{ListItem, list_items};
use crate::organizer::{
    ListKind, add_category, add_priority, add_status, forms, move_item, rename,
};
use crate::types::{Fields, RecordRef};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(create)
        .service(update)
        .service(carry);
}

/// The page of all lists.
pub(super) const HERE: &str = "/organizer/settings";
/// The field that says which row of which list was typed into.
const ROW: &str = "row";

#[derive(Template)]
#[template(path = "organizer/settings.html", blocks = ["lists"])]
struct Settings {
    shell: Shell,
    lists: Vec<List>,
}
view!(Settings; lists => as_lists);

/// A list on the page.
struct List {
    kind: ListKind,
    items: Vec<(ListItem, Boxes)>,
    new: Boxes,
    history: Vec<history::Entry>,
}

/// What stands in the boxes of an item, or of a new one.
struct Boxes {
    /// Of which row: `statuses/3`, or `statuses` of a new one.
    row: String,
    /// What its labels call it.
    called: String,
    form: Fields,
    /// What is wrong with what was typed; empty: nothing.
    error: String,
}

impl Settings {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let lists = ListKind::ALL.iter().map(|kind| {
            let items = list_items(conn, *kind)?.into_iter();
            Ok(List {
                kind: *kind,
                items: items
                    .map(|item| (item.clone(), Boxes::of(*kind, Some(&item), &sheet)))
                    .collect(),
                new: Boxes::of(*kind, None, &sheet),
                history: history::of(conn, RecordRef::EntryList(*kind))?,
            })
        });
        Ok(Self {
            lists: lists.collect::<Result<_>>()?,
            shell: sheet.shell,
        })
    }
}

impl Boxes {
    /// What was typed into them, or what is kept.
    fn of(list: ListKind, item: Option<&ListItem>, sheet: &Sheet) -> Self {
        let row = row(list, item.map(|item| item.id));
        let (form, error) = match sheet.typed.get(ROW) == row {
            true => (sheet.typed.clone(), sheet.errors.to_string()),
            false => (item.map(forms::of_item).unwrap_or_default(), String::new()),
        };
        Self {
            row,
            called: match item {
                Some(item) => item.name.clone(),
                None => format!("a new {}", list.of_an_entry()),
            },
            form,
            error,
        }
    }

    /// What tells their elements from others.
    fn id(&self) -> String {
        self.row.replace('/', "-")
    }
}

fn row(list: ListKind, id: Option<i64>) -> String {
    id.map_or_else(|| list.to_string(), |id| format!("{list}/{id}"))
}

/// A list, and the id of one of it.
pub(super) type Item = Path<(String, i64)>;

pub(super) fn list_of(name: &str) -> Result<ListKind> {
    name.parse().map_err(|_| Error::NotFound)
}

#[get("/organizer/settings")]
async fn show(desk: Desk<Admin>) -> Result {
    desk.ask(Fields::default(), Settings::load).await
}

#[post("/organizer/settings/{list}")]
async fn create(desk: Desk<Admin>, list: Path<String>, form: Fields) -> Result {
    let list = list_of(&list)?;
    desk.once(form.with(ROW, row(list, None)), move |act, form| {
        let new = forms::item(form)?;
        match list {
            ListKind::Categories => add_category(act, &new.name).map(drop)?,
            ListKind::Priorities => add_priority(act, &new.name, new.tone).map(drop)?,
            ListKind::Statuses => add_status(act, &new.name, new.tone, new.is_done).map(drop)?,
        }
        Ok(Go::to(HERE).saying(format!("{} was added.", new.name)))
    })
    .in_place()
    .or_again(Settings::load)
    .await
}

#[post("/organizer/settings/{list}/{id:\\d+}")]
async fn update(desk: Desk<Admin>, item: Item, form: Fields) -> Result {
    let (list, id) = (list_of(&item.0)?, item.1);
    desk.act(form.with(ROW, row(list, Some(id))), move |act, form| {
        let input = forms::item(form)?;
        rename(act, list, id, &input)?;
        Ok(Go::to(HERE).saying(format!("{} was saved.", input.name)))
    })
    .in_place()
    .or_again(Settings::load)
    .await
}

#[post("/organizer/settings/{list}/{id:\\d+}/place")]
async fn carry(desk: Desk<Admin>, item: Item, form: Fields) -> Result {
    let (list, id) = (list_of(&item.0)?, item.1);
    desk.once(form, move |act, form| {
        move_item(act, list, id, form.get("to") == "up")?;
        Ok(Go::to(HERE))
    })
    .in_place()
    .or_again(Settings::load)
    .await
}
