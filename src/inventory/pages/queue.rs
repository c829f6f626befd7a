//! The queue of a product, for its page.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;

use crate::inventory::queries::{self, PlaceQueue};
use crate::inventory::timeline::{Kind, Layer, layers};
use crate::stock::{Claimant, Incoming, When};
use crate::types::{ProductId, Quantity, RecordRef};
use crate::web::{Desk, Result, Right, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "inventory/queue/show.html")]
struct ShowQueue {
    /// Whether the reader may pin.
    pins: bool,
    today: NaiveDate,
    product: ProductId,
    queues: Vec<PlaceQueue>,
}
view!(ShowQueue);

impl ShowQueue {
    /// Where something is done to a line by hand: `pin`, `move` or `undo`.
    fn path(&self, claimant: &Claimant, what: &str) -> String {
        let product = RecordRef::Product(self.product).path();
        format!("{product}/queue/{}/{what}", claimant.order_line_id)
    }

    fn order_path(&self, claimant: &Claimant) -> String {
        RecordRef::Order(claimant.order_id).path()
    }

    fn supply_of(&self, queue: &PlaceQueue) -> String {
        format!("Supply of {}", queue.warehouse)
    }

    fn layers(&self, queue: &PlaceQueue) -> Vec<Layer> {
        layers(queue.on_hand, &queue.incoming, &queue.claimants)
    }

    /// What a layer comes with.
    fn brings<'a>(&self, queue: &'a PlaceQueue, layer: &Layer) -> Option<&'a Incoming> {
        match layer.kind {
            Kind::Coming(at) => queue.incoming.get(at),
            Kind::Stock | Kind::Nowhere => None,
        }
    }

    /// Who gets the units of a layer, and how many.
    fn shares<'a>(
        &self,
        queue: &'a PlaceQueue,
        layer: &'a Layer,
    ) -> impl Iterator<Item = (&'a Claimant, Quantity)> {
        let shares = layer.shares.iter();
        shares.filter_map(|share| Some((queue.claimants.get(share.claimant)?, share.units)))
    }

    /// What a drag of the line asks for.
    fn turn(&self, claimant: &Claimant) -> &'static str {
        if claimant.pinned { "unpin" } else { "pin" }
    }

    fn when(&self, day: Option<NaiveDate>) -> String {
        When::seen(day, self.today).in_full()
    }

    /// When a layer of what is on its way arrives.
    fn arrives(&self, layer: &Incoming) -> String {
        self.when(Some(layer.due_on))
    }

    /// The tone and the words of what somebody waits for.
    fn waits(&self, claimant: &Claimant) -> (&'static str, String) {
        match (claimant.missing().is_zero(), claimant.expected_on) {
            (true, _) => ("ok", "reserved".to_owned()),
            (false, Some(_)) => ("bad", self.when(claimant.expected_on)),
            (false, None) if claimant.uncovered.is_zero() => ("warn", "waits".to_owned()),
            (false, None) => ("bad", "not on order".to_owned()),
        }
    }
}

#[get("/products/{id:\\d+}/queue")]
async fn show(desk: Desk<SignedIn>, id: Path<ProductId>) -> Result {
    desk.show(move |conn, shell| {
        Ok(ShowQueue {
            pins: shell.may(Right::DecideReserved),
            today: shell.today(),
            product: *id,
            queues: queries::queues_of(conn, *id)?,
        })
    })
    .await
}
