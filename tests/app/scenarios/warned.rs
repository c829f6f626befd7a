//! A note on the way of a parcel: whoever ships it reads it first.

use backfill::organizer::{EntryInput, EntryKind};
use backfill::preparation;
use backfill::types::{RecordRef, ShipmentId};
use backfill::web::Role;

use crate::browser::signed_in;
use crate::preparation::order;
use crate::support::app::Shop;

/// A parcel that is packed, of an order of which somebody wrote to call before it is shipped.
fn packed(shop: &Shop) -> ShipmentId {
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let sold = order("SO-1", 1).line(&mug, 1).place(shop);
    let parcel = shop.prepares(sold);
    shop.write(|act| {
        preparation::mark_picked(act, parcel)?;
        Ok(preparation::pack_unscanned(act, parcel)?)
    });
    let note = EntryInput {
        warns: true,
        text: "Ada is home after five".into(),
        ..shop.entry(EntryKind::Note, "Call before shipping")
    };
    shop.writes(Some(RecordRef::Order(sold)), &note);
    parcel
}

#[actix_web::test]
async fn a_parcel_leaves_when_the_note_of_its_order_was_read() {
    let shop = Shop::open().await;
    let parcel = packed(&shop);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to(&format!("/shipments/{parcel}"));

    page.clicks("Ship");
    page.fills("Carrier", "Ann's van");
    page.within("dialog[open]").clicks("Ship");
    page.sees("Read this first");
    page.sees("Ada is home after five");
    page.presses("Escape");
    page.does_not_see("Read this first");

    page.clicks("Ship");
    page.within("dialog[open]").clicks("Ship");
    page.sees("Call before shipping");
    page.clicks("I have read it, go on");
    page.sees("The parcel has left.");
    page.does_not_see("Read this first");
}
