//! The returns of an order, for its page.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use crate::returns::queries::{self, OfOrder, Replaced};
use crate::types::OrderId;
use crate::web::{Desk, Result, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(of_order);
}

#[derive(Template)]
#[template(path = "returns/of_order.html")]
struct OfOrderPart {
    shell: Shell,
    order: OrderId,
    returns: Vec<OfOrder>,
    /// What the order itself sends again.
    replaces: Option<Replaced>,
}
view!(OfOrderPart);

#[get("/returns/of-order/{order}")]
async fn of_order(desk: Desk<SignedIn>, order: Path<OrderId>) -> Result {
    desk.show(move |conn, shell| {
        Ok(OfOrderPart {
            shell,
            order: *order,
            returns: queries::of_order(conn, *order)?,
            replaces: queries::replaced_by(conn, *order)?,
        })
    })
    .await
}
