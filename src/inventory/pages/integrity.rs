//! `/integrity`: whether everything that must be true is. For admins.

use actix_web::web::{Data, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::db::Db;
use crate::stock::{self, IntegrityRun};
use crate::web::{Admin, Htmx, Result, Shell, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(check);
}

#[derive(Template)]
#[template(path = "inventory/integrity.html")]
struct Integrity {
    shell: Shell,
    /// None: nobody checked so far.
    last: Option<IntegrityRun>,
}

#[get("/integrity")]
async fn show(db: Data<Db>, shell: Shell, _: Admin) -> Result {
    let last = db.read(|conn| Ok(stock::last_run(conn)?)).await?;
    html::page(Integrity { shell, last })
}

#[post("/integrity/runs")]
async fn check(db: Data<Db>, htmx: Htmx, Admin(admin): Admin) -> Result {
    let findings = db.read(|conn| Ok(stock::verify(conn)?)).await?;
    let said = match findings.len() {
        0 => "Everything that must be true is.".to_owned(),
        1 => "1 row is not as it must be.".to_owned(),
        many => format!("{many} rows are not as they must be."),
    };
    db.write(&admin, move |act| {
        Ok(stock::keep_run(act, &findings, Some(admin.id))?)
    })
    .await?;
    htmx.go_saying("/integrity", said)
}
