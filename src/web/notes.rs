//! Notes that warn: what is done to their record waits until who does it has read them.
//!
//! Who keeps the notes is not known here; [`Notes`] is how they are asked for.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::answer::in_dialog;
use super::theirs::without_patterns;
use super::{Htmx, Result, Shell, html};
use crate::db::Act;
use crate::error::Error;
use crate::types::{EntryId, Fields, RecordRef, Warning};

/// Where a path names the record that something is done to, and what kind it is of.
const ACTED: [(&str, &str); 11] = [
    ("/counts/{id}", "count"),
    ("/customers/{id}", "customer"),
    ("/locations/{id}", "location"),
    ("/orders/{id}", "order"),
    ("/products/{id}", "product"),
    ("/purchase-orders/{id}", "purchase_order"),
    ("/receptions/{id}", "reception"),
    ("/shipments/{id}", "shipment"),
    ("/suppliers/{id}", "supplier"),
    ("/transfers/{id}", "transfer"),
    ("/warehouses/{id}", "warehouse"),
];
/// Where the form names orders: in these fields, the first of them that is there.
const CHOSEN: [(&str, &[&str]); 2] = [
    ("/shipments", &["only", "order"]),
    ("/orders/letters", &["order"]),
];
/// A file comes with what is sent there, and no page can send that again: it is chosen once more.
const WITH_A_FILE: &str = "/products/{id}/picture";
/// Goods are asked for there: what is noted of the supplier counts as well.
const SENT: &str = "/purchase-orders/{id}/sending";

/// The field that says which notes were read, each as `entry:version`.
pub(super) const READ: &str = "note-read";

/// An entry, as it was in a version.
pub type Seen = (EntryId, i32);

/// How notes are asked for.
#[derive(Clone, Copy)]
pub struct Notes {
    /// Those that warn of records and of what belongs to these, and that who acts has not read.
    pub unread: fn(&mut Act<'_>, &Acted) -> Result<Vec<Warning>>,
    /// Keeps that who acts has read them, each as it was in a version.
    pub read: fn(&mut Act<'_>, &[Seen]) -> Result<()>,
}

/// What something is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acted {
    pub records: Vec<RecordRef>,
    /// It is a purchase order, and goes to its supplier.
    pub is_sent: bool,
}

/// What stands between a request and what it asks for.
#[derive(Clone)]
pub(super) struct Gate {
    notes: Notes,
    /// With its query.
    path: String,
    pattern: String,
    /// The record in the path.
    record: Option<RecordRef>,
}

impl Gate {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Error> {
        let notes = request.app_data::<Data<Notes>>();
        let notes = notes.ok_or_else(|| Error::Failure("nobody keeps notes".into()))?;
        let pattern = without_patterns(&request.match_pattern().unwrap_or_default());
        let id = request.match_info().query("id").parse().ok();
        let kind = ACTED.iter().find(|(path, _)| begins(&pattern, path));
        Ok(Self {
            notes: *notes.get_ref(),
            path: request.uri().to_string(),
            record: kind.and_then(|(_, kind)| RecordRef::of_row(kind, id?)),
            pattern,
        })
    }

    /// The form without what it says of notes, and the notes it says were read.
    pub(super) fn open(typed: Fields) -> (Fields, Vec<(EntryId, i32)>) {
        if !typed.has(READ) {
            return (typed, Vec::new());
        }
        let read = typed.all(READ).filter_map(|note| {
            let (entry, version) = note.split_once(':')?;
            Some((entry.parse().ok()?, version.parse().ok()?))
        });
        let read = read.collect();
        (typed.without(|name| name == READ), read)
    }

    /// Keeps what was read.
    pub(super) fn keep(&self, act: &mut Act<'_>, read: &[(EntryId, i32)]) -> Result<()> {
        (self.notes.read)(act, read)
    }

    /// Refuses while a note is unread; asked when all else went well, so that nobody reads in vain.
    pub(super) fn check(&self, act: &mut Act<'_>, typed: &Fields) -> Result<()> {
        let records = self.records(typed);
        if records.is_empty() {
            return Ok(());
        }
        let is_sent = self.pattern == SENT;
        match (self.notes.unread)(act, &Acted { records, is_sent })? {
            unread if unread.is_empty() => Ok(()),
            unread => Err(Error::Unread(unread)),
        }
    }

    fn records(&self, typed: &Fields) -> Vec<RecordRef> {
        let chosen = CHOSEN.iter().find(|(path, _)| *path == self.pattern);
        let fields = chosen.map_or(&[][..], |(_, fields)| fields);
        let named = fields.iter().find(|name| typed.has(name));
        let orders = named.into_iter().flat_map(|name| typed.all(name));
        let orders = orders.filter_map(|id| RecordRef::of_row("order", id.parse().ok()?));
        self.record.into_iter().chain(orders).collect()
    }

    /// The notes, with the way to go on. `target` is the part of a page that takes the answer.
    pub(super) fn answer(
        &self,
        htmx: &Htmx,
        shell: Shell,
        typed: &Fields,
        warnings: Vec<Warning>,
        target: Option<String>,
    ) -> Result {
        let page = Warned {
            shell,
            path: self.path.clone(),
            typed: typed.clone(),
            warnings,
            target,
            in_dialog: htmx.asks(),
            with_a_file: self.pattern == WITH_A_FILE,
        };
        match htmx.asks() {
            true => in_dialog(StatusCode::CONFLICT, TITLE, page.as_form().render()?),
            false => html::with_text(StatusCode::CONFLICT, page.render()?),
        }
    }
}

const TITLE: &str = "Read this first";

/// The notes, and a form that sends again what was asked for.
#[derive(Template)]
#[template(path = "warned.html", blocks = ["form"])]
struct Warned {
    shell: Shell,
    path: String,
    typed: Fields,
    warnings: Vec<Warning>,
    target: Option<String>,
    in_dialog: bool,
    with_a_file: bool,
}

impl Warned {
    /// Where who rather does not goes back to.
    fn back(&self) -> String {
        let first = self.warnings.first();
        first.map_or_else(|| "/".into(), |warning| warning.record.path())
    }
}

fn begins(pattern: &str, path: &str) -> bool {
    let rest = pattern.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(pattern: &str, record: Option<&str>) -> Gate {
        Gate {
            notes: Notes {
                unread: |_, _| Ok(Vec::new()),
                read: |_, _| Ok(()),
            },
            path: pattern.into(),
            pattern: pattern.into(),
            record: record.map(|record| record.parse().expect("a record")),
        }
    }

    fn form(fields: &[(&str, &str)]) -> Fields {
        let fields = fields
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        fields.collect::<Vec<_>>().into()
    }

    #[test]
    fn a_record_is_named_by_the_path_or_orders_by_the_form() {
        let named = |gate: Gate, fields: &[(&str, &str)]| {
            let records = gate.records(&form(fields));
            let records: Vec<String> = records.iter().map(ToString::to_string).collect();
            records.join(" ")
        };
        let hold = gate("/orders/{id}/hold", Some("order:7"));
        let two = [("order", "1"), ("order", "2"), ("x", "3")];

        assert_eq!(named(hold, &two), "order:7");
        assert_eq!(named(gate("/shipments", None), &two), "order:1 order:2");
        let own = [("order", "1"), ("only", "2")];
        assert_eq!(named(gate("/shipments", None), &own), "order:2");
        assert_eq!(named(gate("/orders", None), &two), "");
    }

    #[test]
    fn what_was_read_is_no_part_of_the_form() {
        let typed = form(&[("a", "1"), (READ, "12:3"), (READ, "x:1"), (READ, "13:1")]);

        let (typed, read) = Gate::open(typed);

        assert_eq!(typed, form(&[("a", "1")]));
        let read: Vec<_> = read
            .iter()
            .map(|(id, version)| format!("{id}:{version}"))
            .collect();
        assert_eq!(read, ["12:3", "13:1"]);
    }
}
