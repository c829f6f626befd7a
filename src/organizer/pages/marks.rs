//! The marks of all records that a page shows, and how much is due: asked for once, by the page.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use serde::Deserialize;

use crate::organizer::queries::{self, Mark};
use crate::types::RecordRef;
use crate::web::{Desk, Result, SignedIn, view};

/// Records that are asked for at once; a page asks again for the others.
const MOST: usize = 200;

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Records, with commas between them.
    of: String,
}

#[derive(Template)]
#[template(path = "organizer/marks.html")]
struct Marks {
    marks: Vec<Mark>,
    /// Tasks of the reader that are due.
    due: i64,
}
view!(Marks);

impl Marks {
    /// `99+`, from where nobody counts.
    fn due_words(&self) -> String {
        match self.due {
            many if many >= queries::MANY_DUE => format!("{}+", queries::MANY_DUE - 1),
            few => few.to_string(),
        }
    }
}

#[get("/organizer/marks")]
async fn show(desk: Desk<SignedIn>, asked: Query<Asked>) -> Result {
    let named = asked.of.split(',').take(MOST);
    let records: Vec<RecordRef> = named.filter_map(|record| record.parse().ok()).collect();
    let (user, today) = (desk.visitor().id, desk.today());
    desk.show(move |conn, _| {
        Ok(Marks {
            marks: queries::marks(conn, &records)?,
            due: queries::due(conn, user, today)?,
        })
    })
    .await
}
