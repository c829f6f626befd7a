//! The form of a note or a task: a new one, or one that is changed.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::config::Config;
use crate::error::Error;
use crate::organizer::queries::{self, Choices};
use crate::organizer::{EntryKind, Paper, add, edit, forms, takes_entries, tell_at_once};
use crate::types::{EntryId, FieldErrors, Fields, RecordRef};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(create)
        .service(ask)
        .service(update);
}

#[derive(Template)]
#[template(path = "organizer/edit.html", blocks = ["form"])]
struct WriteEntry {
    shell: Shell,
    /// None: a new one.
    id: Option<EntryId>,
    /// What it is about, in words; empty: no record.
    about: String,
    choices: Choices,
    typed: Fields,
    errors: FieldErrors,
}
view!(WriteEntry as form title);

impl WriteEntry {
    fn new(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let record = forms::record(&sheet.typed).ok().flatten();
        let choices = queries::choices(conn)?;
        let about = match record {
            // What is wrong with a form is said on it.
            Some(record) if !sheet.errors.is_empty() => name(conn, record).unwrap_or_default(),
            Some(record) => name(conn, record)?,
            None => String::new(),
        };
        Ok(Self {
            shell: sheet.shell,
            id: None,
            about,
            typed: forms::of_new(sheet.typed, &choices),
            errors: sheet.errors,
            choices,
        })
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: EntryId) -> Result<Self> {
        let entry = queries::entry(conn, id)?;
        let choices = queries::choices(conn)?;
        Ok(Self {
            shell: sheet.shell,
            id: Some(id),
            about: match entry.record() {
                Some(record) => name(conn, record)?,
                None => String::new(),
            },
            typed: forms::of_entry(sheet.typed, &entry, &choices),
            errors: sheet.errors,
            choices,
        })
    }

    fn title(&self) -> String {
        match (self.id, self.about.as_str()) {
            (Some(_), _) => "Edit entry".into(),
            (None, "") => "New note or task".into(),
            (None, about) => format!("New on {about}"),
        }
    }

    /// Where the form goes.
    fn path(&self) -> String {
        let kept = self.id.map(|id| RecordRef::Entry(id).path());
        kept.unwrap_or_else(|| "/organizer".into())
    }

    fn is(&self, field: &str, value: &impl ToString) -> bool {
        self.typed.get(field) == value.to_string()
    }

    /// Name, label and state of the box of each paper it can be printed on.
    fn papers(&self) -> impl Iterator<Item = (String, String, bool)> {
        Paper::ALL.iter().map(|paper| {
            let name = forms::print_box(*paper);
            let label = format!("Print on the {}", paper.label().to_lowercase());
            let is_ticked = self.typed.has(&name);
            (name, label, is_ticked)
        })
    }
}

/// What a record that may have entries is called.
fn name(conn: &mut PgConnection, record: RecordRef) -> Result<String> {
    let name = queries::name_of_record(conn, record)?;
    name.filter(|_| takes_entries(record))
        .ok_or(Error::NotFound)
}

#[get("/organizer/new")]
async fn new(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, WriteEntry::new).await
}

#[post("/organizer")]
async fn create(desk: Desk<SignedIn>, config: Data<Config>, form: Fields) -> Result {
    let stays = form.has("stay");
    desk.once(form, move |act, form| {
        let (record, input) = FieldErrors::both(forms::record(form), forms::entry(form))?;
        let entry = add(act, record, &input)?;
        tell_at_once(act, &config)?;
        let go = Go::from(record.unwrap_or_else(|| entry.itself()));
        Ok(go.saying(format!("{} was added.", entry.label)))
    })
    .staying(stays)
    .or_again(WriteEntry::new)
    .await
}

#[get("/organizer/{id:\\d+}/edit")]
async fn ask(desk: Desk<SignedIn>, id: Path<EntryId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| WriteEntry::of(conn, sheet, *id))
        .await
}

#[post("/organizer/{id:\\d+}")]
async fn update(
    desk: Desk<SignedIn>,
    config: Data<Config>,
    id: Path<EntryId>,
    form: Fields,
) -> Result {
    let (id, visitor, stays) = (*id, desk.visitor().clone(), form.has("stay"));
    desk.once(form, move |act, form| {
        let entry = edit(act, &visitor, id, form.version(), &forms::entry(form)?)?;
        tell_at_once(act, &config)?;
        Ok(Go::from(entry.itself()).saying(format!("{} was saved.", entry.label)))
    })
    .staying(stays)
    .or_again(move |conn, sheet| WriteEntry::of(conn, sheet, id))
    .await
}
