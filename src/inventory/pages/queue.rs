//! The queue of a product, for its page.

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;

use crate::db::Db;
use crate::inventory::queries::{self, PlaceQueue};
use crate::stock::Claimant;
use crate::types::{ProductId, RecordRef};
use crate::web::{Result, Role, SignedIn, dates, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "inventory/queue/show.html")]
struct ShowQueue {
    /// Whether the reader may pin.
    pins: bool,
    product: ProductId,
    queues: Vec<PlaceQueue>,
}

impl ShowQueue {
    /// Where something is done to a line by hand: `pin`, `move` or `undo`.
    fn path(&self, claimant: &Claimant, what: &str) -> String {
        let product = RecordRef::Product(self.product).path();
        format!("{product}/queue/{}/{what}", claimant.order_line_id)
    }

    fn order_path(&self, claimant: &Claimant) -> String {
        RecordRef::Order(claimant.order_id).path()
    }

    /// The tone and the words of what somebody waits for.
    fn waits(&self, claimant: &Claimant) -> (&'static str, String) {
        match (claimant.missing().is_zero(), claimant.expected_on) {
            (true, _) => ("ok", "reserved".to_owned()),
            (false, Some(date)) => ("bad", dates::day(&date)),
            (false, None) if claimant.uncovered.is_zero() => ("warn", "waits".to_owned()),
            (false, None) => ("bad", "not on order".to_owned()),
        }
    }
}

#[get("/products/{id:\\d+}/queue")]
async fn show(db: Data<Db>, SignedIn(visitor): SignedIn, id: Path<ProductId>) -> Result {
    let product = *id;
    let queues = db
        .read(move |conn| Ok(queries::queues_of(conn, product)?))
        .await?;
    html::page(ShowQueue {
        pins: visitor.role >= Role::Manager,
        product,
        queues,
    })
}
