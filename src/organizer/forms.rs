//! The form of an entry.

use super::queries::{Choices, ListItem, usual};
use super::{Entry, EntryInput, EntryKind, ItemInput, Paper, Tone};
use crate::types::{FieldErrors, Fields, RecordRef, optional_date, optional_text, required_text};

/// Longest text, in characters.
const TEXT: usize = 8000;

/// What it says.
///
/// # Errors
/// All that is wrong with it.
pub fn entry(form: &Fields) -> Result<EntryInput, FieldErrors> {
    let mut read = form.read();
    let kind: Option<EntryKind> = read.note("kind", str::parse);
    let label = read.take("label", |text| required_text(text, 200));
    let text = read.take("text", |text| optional_text(text, TEXT));
    let category = read.note("category", of_list);
    let priority = read.note("priority", of_list);
    let status = match kind {
        Some(EntryKind::Task) => read.note("status", of_list),
        _ => None,
    };
    let due_on = read.take("due_on", optional_date);
    let assignee = read.take("assignee", |text| match text {
        "" => Ok(None),
        id => of_list(id).map(Some),
    });
    let (Some(kind), Some(category), Some(priority)) = (kind, category, priority) else {
        return Err(read.wrong());
    };
    read.done(EntryInput {
        kind,
        label,
        text,
        category,
        priority,
        status,
        due_on,
        assignee,
        print_on: papers(form).collect(),
        warns: form.has("warns"),
    })
}

/// What an admin says of one of a list.
///
/// # Errors
/// All that is wrong with it.
pub fn item(form: &Fields) -> Result<ItemInput, FieldErrors> {
    let mut read = form.read();
    let name = read.take("name", |text| required_text(text, 60));
    let tone = match form.has("tone") {
        true => read.note("tone", str::parse),
        false => Some(Tone::Quiet),
    };
    let Some(tone) = tone else {
        return Err(read.wrong());
    };
    let is_done = form.has("is_done");
    read.done(ItemInput {
        name,
        tone,
        is_done,
    })
}

/// The form of one of a list.
pub fn of_item(item: &ListItem) -> Fields {
    let form = Fields::default()
        .with("name", &item.name)
        .with("tone", item.tone);
    match item.is_done {
        true => form.with("is_done", true),
        false => form,
    }
}

/// What is chosen of a list.
pub fn of_list<Id: std::str::FromStr>(text: &str) -> Result<Id, String> {
    text.parse()
        .map_err(|_| "Choose one of the list.".to_owned())
}

/// The record an entry is about; none, if the form names none.
///
/// # Errors
/// A complaint beside `record`.
pub fn record(form: &Fields) -> Result<Option<RecordRef>, FieldErrors> {
    match form.get("record") {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|why: String| FieldErrors::one("record", why)),
    }
}

/// The name of the box that has it printed.
pub fn print_box(paper: Paper) -> String {
    format!("print_{paper}")
}

fn papers(form: &Fields) -> impl Iterator<Item = Paper> {
    let all = Paper::ALL.iter().copied();
    all.filter(|paper| form.has(&print_box(*paper)))
}

/// The form of an entry nobody has filled in yet.
pub fn of_new(typed: Fields, choices: &Choices) -> Fields {
    let status = choices.status(false).map(|status| status.id.to_string());
    typed
        .with("kind", EntryKind::Note)
        .with("category", usual(&choices.categories))
        .with("priority", usual(&choices.priorities))
        .with("status", status.unwrap_or_default())
}

/// The form of an entry, where nothing else was typed.
pub fn of_entry(typed: Fields, entry: &Entry, choices: &Choices) -> Fields {
    if typed.has("label") {
        return typed;
    }
    let status = choices.status(false).map(|status| status.id);
    let status = entry.status_id.or(status).map(|id| id.to_string());
    let due_on = entry.due_on.map(|day| day.to_string());
    let assignee = entry.assignee_id.map(|id| id.to_string());
    let form = typed
        .with("version", entry.version)
        .with("kind", entry.kind)
        .with("label", &entry.label)
        .with("text", &entry.text)
        .with("category", entry.category_id)
        .with("priority", entry.priority_id)
        .with("status", status.unwrap_or_default())
        .with("due_on", due_on.unwrap_or_default())
        .with("assignee", assignee.unwrap_or_default());
    let form = match entry.warns {
        true => form.with("warns", true),
        false => form,
    };
    let printed = entry.print_on();
    printed.fold(form, |form, paper| form.with(&print_box(paper), true))
}
