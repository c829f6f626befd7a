//! The order lines a quantity is for.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use crate::catalog;
use crate::purchasing::{self, NeededFor};
use crate::stock::{Place, When};
use crate::types::{ProductId, Quantity, RecordRef, WarehouseId};
use crate::web::{Desk, Result, Shell, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(lines);
}

#[derive(Template)]
#[template(path = "purchasing/replenishment/lines.html")]
struct Lines {
    shell: Shell,
    sku: String,
    warehouse: String,
    lines: Vec<NeededFor>,
}

view!(Lines);

impl Lines {
    fn missing(&self) -> Quantity {
        self.lines.iter().map(|line| line.missing).sum()
    }

    fn uncovered(&self) -> Quantity {
        self.lines.iter().map(|line| line.uncovered).sum()
    }

    /// When the last of what a line lacks arrives.
    fn expected(&self, line: &NeededFor) -> String {
        When::seen(line.expected_on, self.shell.today()).in_full()
    }
}

impl NeededFor {
    fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }

    /// `2 not on order`.
    fn uncovered_words(&self) -> String {
        format!("{} not on order", self.uncovered)
    }
}

#[get("/replenishment/{warehouse}/{product}/orders")]
async fn lines(desk: Desk, place: Path<(WarehouseId, ProductId)>) -> Result {
    let (warehouse, product) = *place;
    desk.show(move |conn, shell| {
        Ok(Lines {
            shell,
            sku: catalog::product(conn, product)?.sku.to_string(),
            warehouse: catalog::warehouse(conn, warehouse)?.name,
            lines: purchasing::needed_for(conn, Place::new(warehouse, product))?,
        })
    })
    .await
}
