//! The allocation policies of a warehouse, compared on today's queue: when somebody asks for it.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use crate::stock::{self, Comparison};
use crate::types::{WarehouseId, clock};
use crate::web::{Desk, Result, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(compare);
}

#[derive(Template)]
#[template(path = "inventory/warehouses/policies.html")]
struct Policies {
    comparisons: Vec<Comparison>,
}
view!(Policies);

#[get("/warehouses/{id:\\d+}/policies")]
async fn compare(desk: Desk<SignedIn>, id: Path<WarehouseId>) -> Result {
    desk.show(move |conn, _| {
        let comparisons = stock::compare_policies(conn, *id, clock::now())?;
        Ok(Policies { comparisons })
    })
    .await
}
