//! What the organizer refuses.

use crate::types::{FieldErrors, counted};

/// Why something cannot be done to notes and tasks.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// No such record, or none that whoever asks may know of.
    #[error("There is no such record.")]
    NoSuchRecord,
    /// What the field of this name chooses is not offered.
    #[error("Choose one of the list.")]
    NotOffered(&'static str),
    /// What only tasks have, on a note.
    #[error("A note has no due date and nobody to do it: make it a task, or clear both.")]
    NoteIsToBeDone,
    /// It was changed since its form was opened.
    #[error(
        "Somebody changed this while you were editing it. Open it again to see what is new; nothing \
         of yours was saved."
    )]
    Stale,
    #[error("This is archived: restore it first.")]
    Archived,
    /// So many of those chosen are notes.
    #[error("{} among these: only tasks have a status and somebody to do them.", notes(*.0))]
    NotTasks(usize),
    /// Another one of the list is called so.
    #[error("This name is already used.")]
    NameTaken,
    /// No other one of the list is done, or none is not, or there is no other at all.
    #[error("It is the last of its kind: add another one first.")]
    LastOfItsKind,
    /// No other status is done, if it is not any more, or none is not.
    #[error("It is the only status that {}: add another one first.", means(*.0))]
    OnlyStatus(bool),
    #[error("Choose at least one task.")]
    NothingChosen,
    #[error("Only who wrote it and managers change what it says.")]
    NotYours,
    #[error("Only who wrote it, who is to do it and managers say how far a task is.")]
    NotYoursToDo,
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

const fn means(done: bool) -> &'static str {
    match done {
        true => "means done",
        false => "does not mean done",
    }
}

fn notes(many: usize) -> String {
    let are = if many == 1 { "is" } else { "are" };
    format!("There {are} {}", counted(many, "note"))
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole record.
    const fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoSuchRecord => Some("record"),
            Self::NotOffered(field) => Some(field),
            Self::NoteIsToBeDone => Some("kind"),
            Self::NameTaken => Some("name"),
            Self::OnlyStatus(_) => Some("is_done"),
            _ => None,
        }
    }
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match (error.field(), error) {
            (_, Error::Db(error)) => error.into(),
            (Some(field), refusal) => Self::Invalid(FieldErrors::one(field, refusal.to_string())),
            (None, refusal @ (Error::NotYours | Error::NotYoursToDo)) => {
                Self::NotYours(refusal.to_string())
            }
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}
