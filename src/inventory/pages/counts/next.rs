//! What to count next, as it is proposed today.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::inventory::queries::{self, NextFilter, NextToCount};
use crate::types::clock;
use crate::web::{Desk, Result, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list);
}

#[derive(Template)]
#[template(path = "inventory/counts/next.html", blocks = ["results"])]
struct ListNext {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: NextFilter,
    rows: Vec<NextToCount>,
}
view!(ListNext; results => as_results);

impl ListNext {
    fn load(conn: &mut PgConnection, shell: Shell, filter: &NextFilter) -> Result<Self> {
        let warehouses = catalog::warehouses(conn)?;
        let chosen = |each: &&Warehouse| each.id.to_string() == filter.warehouse;
        let shown = warehouses.iter().find(chosen).or(warehouses.first());
        let rows = match shown {
            Some(warehouse) => queries::next_to_count(conn, warehouse.id, clock::now())?,
            None => Vec::new(),
        };
        let warehouse = shown.map_or_else(String::new, |each| each.id.to_string());
        Ok(Self {
            shell,
            filter: NextFilter { warehouse },
            warehouses,
            rows,
        })
    }

    fn is_shown(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }

    fn last_counted(&self, row: &NextToCount) -> String {
        let at = row.counted_at.as_ref();
        at.map_or_else(|| "never".into(), |at| self.shell.day(at))
    }
}

#[get("/counts/proposals")]
async fn list(desk: Desk<SignedIn>, filter: Query<NextFilter>) -> Result {
    desk.show(move |conn, shell| ListNext::load(conn, shell, &filter))
        .await
}
