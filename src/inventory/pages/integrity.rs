//! `/integrity`: whether everything that must be true is. For admins.

use actix_web::web::{Data, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::db::Db;
use crate::stock::{self, IntegrityRun};
use crate::types::Fields;
use crate::web::proxy::Proxy;
use crate::web::{Admin, Desk, Go, Result, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(check);
}

#[derive(Template)]
#[template(path = "inventory/integrity.html")]
struct Integrity {
    shell: Shell,
    /// None: nobody checked so far.
    last: Option<IntegrityRun>,
    /// Requests come through a proxy that nobody trusts.
    behind_proxy: bool,
}
view!(Integrity);

#[get("/integrity")]
async fn show(desk: Desk<Admin>, proxy: Data<Proxy>) -> Result {
    let behind_proxy = proxy.was_seen();
    desk.show(move |conn, shell| {
        Ok(Integrity {
            shell,
            last: stock::last_run(conn)?,
            behind_proxy,
        })
    })
    .await
}

/// Checks one consistent picture, which a transaction that writes does not see.
#[post("/integrity/runs")]
async fn check(desk: Desk<Admin>, db: Db) -> Result {
    let findings = db.read(|conn| Ok(stock::verify(conn)?)).await?;
    let said = match findings.len() {
        0 => "Everything that must be true is.".to_owned(),
        1 => "1 row is not as it must be.".to_owned(),
        many => format!("{many} rows are not as they must be."),
    };
    desk.act(Fields::default(), move |act, _| {
        let by = act.by();
        stock::keep_run(act, &findings, by)?;
        Ok(Go::to("/integrity").saying(&said))
    })
    .await
}
