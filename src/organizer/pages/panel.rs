//! What is written about one record: on its page, and in the dialog of a row.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use serde::Deserialize;

use crate::error::Error;
use crate::organizer::queries::{self, Shown};
use crate::organizer::takes_entries;
use crate::types::RecordRef;
use crate::web::{Desk, Result, Shell, SignedIn, View, Visitor};

/// Entries that a panel shows; the list has the others.
const MOST: i64 = 60;

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Debug, Deserialize)]
struct Asked {
    record: String,
}

#[derive(Template)]
#[template(path = "organizer/panel.html")]
struct Panel {
    shell: Shell,
    visitor: Visitor,
    record: RecordRef,
    /// Such as `Order SO-000042`.
    about: String,
    entries: Vec<Shown>,
    in_dialog: bool,
}

impl Panel {
    fn open(&self) -> impl Iterator<Item = &Shown> {
        self.entries.iter().filter(|entry| !entry.is_done())
    }

    fn done(&self) -> Vec<&Shown> {
        self.entries
            .iter()
            .filter(|entry| entry.is_done())
            .collect()
    }

    fn is_cut(&self) -> bool {
        i64::try_from(self.entries.len()).unwrap_or(MOST) >= MOST
    }
}

impl View for Panel {
    /// In the dialog it has a title.
    fn form(&self) -> Option<(String, askama::Result<String>)> {
        Some((self.about.clone(), self.render()))
    }
}

#[get("/organizer/panel")]
async fn show(desk: Desk<SignedIn>, asked: Query<Asked>) -> Result {
    let record: RecordRef = asked.record.parse().map_err(|_| Error::NotFound)?;
    let (visitor, in_dialog) = (desk.visitor().clone(), desk.targets("dialog-content"));
    desk.show(move |conn, shell| {
        let about = queries::name_of_record(conn, record)?;
        Ok(Panel {
            shell,
            visitor,
            record,
            about: about
                .filter(|_| takes_entries(record))
                .ok_or(Error::NotFound)?,
            entries: queries::entries_of(conn, record, MOST)?,
            in_dialog,
        })
    })
    .await
}
