//! What the mails say.

use askama::Template;

use super::told::{Told, Why};
use crate::types::{counted, dates};

#[derive(Template)]
#[template(path = "mail/organizer/one.txt")]
struct One<'a> {
    told: &'a Told,
    public_url: &'a str,
}

#[derive(Template)]
#[template(path = "mail/organizer/digest.txt")]
struct Digest<'a> {
    all: &'a [Told],
    public_url: &'a str,
}

impl Digest<'_> {
    fn given(&self) -> Vec<&Told> {
        self.all
            .iter()
            .filter(|told| told.why != Why::Due)
            .collect()
    }

    fn due(&self) -> Vec<&Told> {
        self.all
            .iter()
            .filter(|told| told.why == Why::Due)
            .collect()
    }
}

/// The text of a mail about one entry.
pub(super) fn one(told: &Told, public_url: &str) -> askama::Result<String> {
    One { told, public_url }.render()
}

/// The text of a mail about all there is in the morning.
pub(super) fn digest(all: &[Told], public_url: &str) -> askama::Result<String> {
    Digest { all, public_url }.render()
}

/// `3 notes and tasks for you`.
pub(super) fn of_the_day(all: &[Told]) -> String {
    let due = all.iter().filter(|told| told.why == Why::Due).count();
    match all.len() - due {
        0 => format!("{} due", counted(due, "task")),
        new if due == 0 => format!("{new} new for you"),
        new => format!("{new} new for you, {} due", counted(due, "task")),
    }
}
