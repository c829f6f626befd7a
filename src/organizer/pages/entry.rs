//! The page of a note or a task, and what is done to it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::db::history;
use crate::organizer::queries::{self, Choices, Shown};
use crate::organizer::{To, archive, forms, restore, set_status};
use crate::types::{EntryId, EntryStatusId, FieldErrors, Fields, RecordRef};
use crate::web::{Desk, Go, Result, Shell, SignedIn, Visitor, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(say_status)
        .service(put_away)
        .service(bring_back);
}

#[derive(Template)]
#[template(path = "organizer/show.html", blocks = ["now"])]
struct ShowEntry {
    shell: Shell,
    visitor: Visitor,
    entry: Shown,
    choices: Choices,
    history: Vec<history::Entry>,
}
view!(ShowEntry; "entry" => as_now);

impl ShowEntry {
    /// Whether it is so far.
    fn is_so(&self, status: &EntryStatusId) -> bool {
        self.entry.status_id == Some(*status)
    }
}

#[get("/organizer/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<EntryId>) -> Result {
    let visitor = desk.visitor().clone();
    desk.show(move |conn, shell| {
        Ok(ShowEntry {
            shell,
            visitor,
            entry: queries::shown(conn, *id)?,
            choices: queries::choices(conn)?,
            history: history::of(conn, RecordRef::Entry(*id))?,
        })
    })
    .await
}

/// How far a task is, as a button or a list says it.
pub(super) fn to(form: &Fields) -> Result<To, FieldErrors> {
    match form.get("status") {
        "done" => Ok(To::Done),
        "open" => Ok(To::Open),
        id => forms::of_list(id)
            .map(To::Status)
            .map_err(|why| FieldErrors::one("status", why)),
    }
}

#[post("/organizer/{id:\\d+}/status")]
async fn say_status(desk: Desk<SignedIn>, id: Path<EntryId>, form: Fields) -> Result {
    let (id, visitor, stays) = (*id, desk.visitor().clone(), form.has("stay"));
    desk.act(form, move |act, form| {
        let moved = set_status(act, &visitor, &[id], to(form)?)?;
        let label = moved.first().map(|entry| entry.label.as_str());
        let said = label.map_or_else(
            || "Nothing changed.".into(),
            |label| format!("{label}: saved."),
        );
        Ok(Go::from(RecordRef::Entry(id)).saying(said))
    })
    .staying(stays)
    .await
}

#[post("/organizer/{id:\\d+}/archive")]
async fn put_away(desk: Desk<SignedIn>, id: Path<EntryId>, form: Fields) -> Result {
    let (id, visitor, stays) = (*id, desk.visitor().clone(), form.has("stay"));
    desk.act(form, move |act, _| {
        let entry = archive(act, &visitor, id)?;
        Ok(Go::from(entry.itself()).saying(format!("{} is archived.", entry.label)))
    })
    .staying(stays)
    .await
}

#[post("/organizer/{id:\\d+}/restoration")]
async fn bring_back(desk: Desk<SignedIn>, id: Path<EntryId>) -> Result {
    let (id, visitor) = (*id, desk.visitor().clone());
    desk.act(Fields::default(), move |act, _| {
        let entry = restore(act, &visitor, id)?;
        Ok(Go::from(entry.itself()).saying(format!("{} is back.", entry.label)))
    })
    .await
}
