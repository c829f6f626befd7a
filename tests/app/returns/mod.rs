//! What customers send back.

mod desk;
mod list;
mod receiving;
mod replacing;
mod writing;

use backfill::preparation::{self, Departure};
use backfill::types::{OrderId, OrderLineId, ProductId, ShipmentId};

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::Browser;

/// A shop that shipped three mugs to a customer; another waits for two.
pub struct Story {
    pub shop: Shop,
    pub desk: Desk,
    pub mug: ProductId,
    pub parcel: ShipmentId,
    pub left: OrderId,
    pub waiting: OrderId,
}

impl Story {
    pub async fn begin() -> Story {
        Story::in_shop(Shop::open().await)
    }

    pub fn in_shop(shop: Shop) -> Story {
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        desk.finds(mug, 3);
        let left = desk.order(1, &[(mug, 3)]);
        let parcel = desk.prepares(left).expect("three are there");
        let departure = Departure {
            carrier: "DHL".into(),
            tracking_number: "TRACK-77".into(),
        };
        shop.write(|act| {
            preparation::ship(act, parcel, &departure)?;
            Ok(())
        });
        let waiting = desk.order(2, &[(mug, 2)]);
        Story {
            shop,
            desk,
            mug,
            parcel,
            left,
            waiting,
        }
    }

    /// The line that left.
    pub fn line(&self) -> OrderLineId {
        self.desk.lines(self.left)[0].id
    }

    /// The name of a box for it.
    pub fn field(&self, name: &str) -> String {
        format!("{name}-{}", self.line())
    }

    /// Announces so many units; the page of the return.
    pub async fn announces(&self, browser: &Browser, units: u32) -> Page {
        let path = format!("/returns/new?order={}", self.left);
        let form = browser.page(&path).await.form("#announce");
        let form = form.with(&self.field("units"), &units.to_string());
        browser.submit_form(&form).await
    }

    /// Units of the line that are back.
    pub fn came_back(&self) -> u32 {
        self.desk.lines(self.left)[0].returned.get()
    }
}
