//! The allocation policies of a warehouse, compared on today's queue: when somebody asks for it.

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;
use chrono::Utc;

use crate::db::Db;
use crate::stock::{self, Comparison};
use crate::types::WarehouseId;
use crate::web::{Result, SignedIn, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(compare);
}

#[derive(Template)]
#[template(path = "inventory/warehouses/policies.html")]
struct Policies {
    comparisons: Vec<Comparison>,
}

#[get("/warehouses/{id:\\d+}/policies")]
async fn compare(db: Data<Db>, _: SignedIn, id: Path<WarehouseId>) -> Result {
    let comparisons = db
        .read(move |conn| Ok(stock::compare_policies(conn, *id, Utc::now())?))
        .await?;
    html::page(Policies { comparisons })
}
