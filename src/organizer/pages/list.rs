//! The list of notes and tasks, and the same as CSV.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;

use crate::db::{Db, Page, Paging};
use crate::organizer::EntryKind;
use crate::organizer::queries::{self, Choices, ENTRY_SORTS, EntryFilter, Seen, Shown, Which};
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, state, view, yes};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "organizer/list.html", blocks = ["results"])]
struct ListEntries {
    shell: Shell,
    filter: EntryFilter,
    paging: Paging,
    page: Page<Shown>,
    choices: Choices,
    /// The one record the list is about, in words; empty: all.
    about: String,
}
view!(ListEntries; results => as_results);

/// Kinds of records there are entries about, as the list is narrowed to them.
const KINDS: [(&str, &str); 12] = [
    ("order", "Orders"),
    ("customer", "Customers"),
    ("product", "Products"),
    ("supplier", "Suppliers"),
    ("purchase_order", "Purchase orders"),
    ("reception", "Receptions"),
    ("shipment", "Parcels"),
    ("transfer", "Transfers"),
    ("count", "Counts"),
    ("warehouse", "Warehouses"),
    ("location", "Locations"),
    ("none", "No record"),
];

/// What people look at most: its words, and what narrows the list to it.
const VIEWS: [(&str, &str, &str); 4] = [
    ("All", "", ""),
    ("Mine", "me", ""),
    ("Due", "", "due"),
    ("Overdue", "", "overdue"),
];

const COLUMNS: &[Column<Shown>] = &[
    Column::head("Note or task").in_file("label", |row| row.label.clone()),
    Column::file("kind", |row| row.kind.label().into()),
    Column::file("text", |row| row.text.clone()),
    Column::head("About").in_file("about", Shown::about),
    Column::file("record", |row| {
        row.record()
            .map_or_else(String::new, |record| record.to_string())
    }),
    Column::head("Category")
        .class("wide")
        .in_file("category", |row| row.category.clone()),
    Column::head("Priority")
        .falling("priority")
        .in_file("priority", |row| row.priority.clone()),
    Column::head("Status").in_file("status", |row| row.status.clone().unwrap_or_default()),
    Column::head("Due")
        .rising("due")
        .in_file("due_on", |row| day(row.due_on)),
    Column::head("Assigned to").in_file("assigned_to", |row| {
        row.assignee.clone().unwrap_or_default()
    }),
    Column::file("printed_on", Shown::printed),
    Column::file("warns", |row| yes(row.warns)),
    Column::file("written_by", |row| row.author().into()),
    Column::file("written_at", |row| row.created_at.to_rfc3339()),
    Column::head("Changed")
        .class("wide")
        .falling("changed")
        .in_file("changed_at", |row| row.changed_at.to_rfc3339()),
    Column::file("done_at", |row| {
        row.done_at.map_or_else(String::new, |at| at.to_rfc3339())
    }),
];

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl ListEntries {
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            ENTRY_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    /// This very page, for when something changes.
    fn here(&self) -> String {
        let said = [state(&self.filter), state(&self.paging)];
        let said = said.into_iter().filter(|pairs| !pairs.is_empty());
        said.collect::<Vec<_>>().join("&")
    }

    /// Words and link of what people look at most, and whether it is shown.
    fn views(&self) -> impl Iterator<Item = (&'static str, String, bool)> {
        VIEWS.iter().map(|(label, assignee, due)| {
            let narrowed = EntryFilter {
                assignee: (*assignee).into(),
                due: (*due).into(),
                ..EntryFilter::default()
            };
            let link = format!("/organizer?{}", state(&narrowed));
            let is_shown = narrowed == self.unsorted();
            (*label, link.trim_end_matches('?').to_owned(), is_shown)
        })
    }

    fn unsorted(&self) -> EntryFilter {
        EntryFilter {
            sort: String::new(),
            ..self.filter.clone()
        }
    }

    /// The same list about all records.
    fn of_all_records(&self) -> String {
        let all = EntryFilter {
            record: String::new(),
            ..self.filter.clone()
        };
        format!("/organizer?{}", state(&all))
    }

    fn is(&self, chosen: &str, value: &impl ToString) -> bool {
        chosen == value.to_string()
    }
}

#[get("/organizer")]
async fn list(desk: Desk<SignedIn>, filter: Query<EntryFilter>, paging: Query<Paging>) -> Result {
    let seen = Seen {
        by: desk.visitor().id,
        today: desk.today(),
    };
    desk.list(move |conn, shell| {
        let about = match filter.record() {
            Some(record) => queries::name_of_record(conn, record)?,
            None => None,
        };
        Ok(ListEntries {
            shell,
            page: queries::entries(conn, &filter, &paging, seen)?,
            choices: queries::choices(conn)?,
            about: about.unwrap_or_default(),
            filter: filter.into_inner(),
            paging: paging.into_inner(),
        })
    })
    .await
}

#[get("/organizer.csv")]
async fn export(db: Db, by: SignedIn, filter: Query<EntryFilter>) -> Result {
    let seen = Seen {
        by: by.0.id,
        today: by.0.zone.today(),
    };
    Csv::of_parts(("organizer.csv", COLUMNS), db, move |conn, after| {
        let page = queries::entries_chunk(conn, &filter, after, seen)?;
        Ok((page.rows, page.older))
    })
}
