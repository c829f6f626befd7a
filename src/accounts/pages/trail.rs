//! `/audit`: the audit trail, for admins.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::accounts::model::User;
use crate::accounts::queries;
use crate::accounts::trail::{self, KINDS, Traced, TrailFilter};
use crate::db::{Db, Page, Paging};
use crate::web::{Admin, Column, Csv, Desk, Head, Result, Shell, heads, telling, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "accounts/trail.html", blocks = ["results"])]
struct Trail {
    shell: Shell,
    filter: TrailFilter,
    people: Vec<User>,
    page: Page<Traced>,
}
view!(Trail; results => as_results);

impl Trail {
    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &self.filter)
    }

    fn is_by(&self, user: &User) -> bool {
        self.filter.who == user.id.to_string()
    }
}

const COLUMNS: &[Column<Traced>] = &[
    Column::head("When").in_file("at", |row| row.at.to_rfc3339()),
    Column::head("Who").in_file("who", |row| row.person().into()),
    Column::head("What").in_file("what", |row| telling::what(&row.event)),
    Column::head("About").in_file("about", |row| {
        let record = row.record();
        record.map_or_else(String::new, |record| record.to_string())
    }),
    Column::head("More").in_file("more", |row| telling::detail(&row.event)),
    Column::head("From").in_file("from", |row| row.address.clone()),
];

#[get("/audit")]
async fn list(desk: Desk<Admin>, filter: Query<TrailFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| {
        Ok(Trail {
            shell,
            people: queries::users(conn)?,
            page: trail::trail(conn, &filter, &paging)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

#[get("/audit.csv")]
async fn export(db: Db, _: Admin, filter: Query<TrailFilter>) -> Result {
    Csv::of_parts(("audit.csv", COLUMNS), db, move |conn, after| {
        let page = trail::trail_chunk(conn, &filter, after)?;
        Ok((page.rows, page.older))
    })
}
