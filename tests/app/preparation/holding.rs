//! An order is stopped while a part of it is in a parcel.

use backfill::db::Act;
use backfill::preparation::{self, Error, Parcels, Tab};
use backfill::sales;
use backfill::schema::{demand, shipments};
use backfill::stock::Place;
use backfill::types::OrderId;
use diesel::prelude::*;

use super::{order, shows};
use crate::sales::desk::Desk;
use crate::support::app::Shop;
use crate::support::counting::count;

/// An order of two lines: two mugs in a parcel, three jugs reserved beside it.
struct Half {
    shop: Shop,
    order: OrderId,
}

impl Half {
    async fn packed() -> Self {
        let shop = Shop::open().await;
        let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
        let order = order("SO-1", 1).line(&mug, 2).line(&jug, 3).place(&shop);
        shop.has(&mug, 2);
        shop.prepares(order);
        shop.has(&jug, 3);
        Self { shop, order }
    }

    fn hold(&self, parcels: Option<Parcels>) -> Result<(), Error> {
        hold(&self.shop, self.order, parcels)
    }
}

/// Of each line that waits: reserved, and of these in a parcel.
fn reserved(shop: &Shop, order: OrderId) -> Vec<(i32, i32)> {
    shop.read(|conn| {
        let lines = demand::table.filter(demand::order_id.eq(order));
        let lines = lines.order(demand::line_number);
        Ok(lines.select((demand::reserved, demand::taken)).load(conn)?)
    })
}

fn parcels(shop: &Shop) -> Vec<String> {
    shop.read(|conn| {
        let parcels = shipments::table.order(shipments::id);
        Ok(parcels.select(shipments::status).load(conn)?)
    })
}

fn hold(shop: &Shop, order: OrderId, parcels: Option<Parcels>) -> Result<(), Error> {
    let by = shop.picker();
    shop.connect()
        .transaction(|conn| preparation::hold(&mut Act::new(conn, by), order, parcels, "Unpaid"))
}

#[actix_web::test]
async fn what_is_in_a_parcel_goes_on_while_the_rest_is_on_hold() {
    let half = Half::packed().await;

    half.hold(Some(Parcels::GoOn)).expect("it is said");

    assert_eq!(reserved(&half.shop, half.order), [(2, 2), (3, 0)]);
    assert_eq!(half.shop.tab_counts(), [(Tab::InProgress, 1)]);
    let again = preparation::prepare(
        &mut Act::new(&mut half.shop.connect(), half.shop.picker()),
        half.order,
        half.shop.primary_warehouse().id,
    );
    let on_hold = sales::Error::OnHold("Unpaid".into());
    assert_eq!(again, Err(Error::Sales(on_hold)));
}

#[actix_web::test]
async fn what_is_in_a_parcel_is_given_back_with_a_word_in_its_history() {
    let half = Half::packed().await;

    half.hold(Some(Parcels::GiveBack)).expect("it is said");

    assert_eq!(reserved(&half.shop, half.order), [(2, 0), (3, 0)]);
    assert_eq!(parcels(&half.shop), ["cancelled"]);
    assert_eq!(half.shop.tab_counts(), [(Tab::OnHold, 1)]);
    let page = half.shop.user().await;
    let page = page.page(&format!("/orders/{}", half.order)).await;
    shows(&page, "Given back to the queue");
    shows(&page, "Put on hold");
}

#[actix_web::test]
async fn parcels_of_all_warehouses_are_given_back_together() {
    let desk = Desk::open().await;
    let north = desk.shop.warehouse("NORTH");
    let mut new = desk.new_order("A", &[("MUG", 2), ("POT", 4), ("JUG", 1)], 0);
    new.lines[1].warehouse = Some(north);
    let order = desk.place(&new);
    for (warehouse, product, units) in [(desk.main, "MUG", 2), (north, "POT", 4)] {
        let place = Place::new(warehouse, desk.product(product));
        desk.shop.write(|act| count(act, place, units));
        desk.shop.write_as(desk.shop.picker(), |act| {
            Ok(preparation::prepare(act, order, warehouse)?)
        });
    }
    assert_eq!(reserved(&desk.shop, order), [(2, 2), (4, 4), (0, 0)]);

    hold(&desk.shop, order, Some(Parcels::GiveBack)).expect("it is said");

    assert_eq!(parcels(&desk.shop), ["cancelled", "cancelled"]);
    assert_eq!(reserved(&desk.shop, order), [(2, 0), (4, 0), (0, 0)]);
}

#[actix_web::test]
async fn what_becomes_of_parcels_must_be_said_where_there_are_any() {
    let half = Half::packed().await;

    let unsaid = half.hold(None);

    assert_eq!(
        unsaid.expect_err("nobody said").to_string(),
        "Being prepared: 2 of MUG (line 1) in SH-000001. Say whether it goes on or is given back."
    );
    assert_eq!(half.shop.tab_counts(), [(Tab::InProgress, 1)]);
    half.hold(Some(Parcels::GiveBack)).expect("it is said");
    let jug = half.shop.new_product("POT");
    let other = order("SO-2", 2).line(&jug, 3).place(&half.shop);
    hold(&half.shop, other, None).expect("there is no parcel");
}

#[actix_web::test]
async fn an_order_that_is_all_in_a_parcel_leaves_nothing_to_hold() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let whole = order("SO-1", 1).line(&mug, 5).place(&shop);
    shop.prepares(whole);

    let refused = hold(&shop, whole, Some(Parcels::GoOn));

    assert_eq!(
        refused.expect_err("nothing is left").to_string(),
        "All that is left to ship is being prepared: 5 of MUG (line 1) in SH-000001. Give it back \
         to stop it."
    );
    hold(&shop, whole, Some(Parcels::GiveBack)).expect("it is said");
    assert_eq!(shop.tab_counts(), [(Tab::OnHold, 1)]);
}

#[actix_web::test]
async fn the_dialog_names_what_is_being_prepared_and_lets_it_go_on() {
    let half = Half::packed().await;
    let user = half.shop.user().await;
    let path = format!("/orders/{}/hold", half.order);

    let dialog = user.page(&path).await;
    let held = user
        .submit_form(&dialog.form("form.form").with("reason", "Unpaid"))
        .await;

    shows(
        &dialog,
        "Being prepared now: 2 of MUG (line 1) in SH-000001.",
    );
    let chosen = dialog.attributes("select[name=parcels] option[selected]", "value");
    assert_eq!(chosen, ["go_on"]);
    shows(&held, "The order is on hold.");
    let parcel = user.page("/preparation?tab=in-progress").await;
    let parcel = user.page(&parcel.link("SH-000001")).await;
    shows(
        &parcel,
        "SO-1 is on hold; what is in this parcel goes on. Unpaid",
    );
}

#[actix_web::test]
async fn a_parcel_begun_while_somebody_reads_the_dialog_is_asked_about() {
    let half = Half::packed().await;
    let user = half.shop.user().await;
    let path = format!("/orders/{}/hold", half.order);

    let reply = user.htmx("").post(&path, &[("reason", "Unpaid")]).await;

    assert_eq!(reply.status(), 422);
    let again = reply.page();
    let asked = "Say whether it goes on or is given back.";
    assert!(again.field("parcels").error().ends_with(asked));
    let back = again.form("form.form").with("parcels", "give_back");
    user.submit_form(&back).await;
    assert_eq!(parcels(&half.shop), ["cancelled"]);
}

#[actix_web::test]
async fn an_edit_that_takes_units_out_of_a_parcel_names_them_beside_the_line() {
    let half = Half::packed().await;
    half.shop.warehouse("NORTH");
    let manager = half.shop.manager().await;
    let form = manager.page(&format!("/orders/{}/edit", half.order)).await;
    let form = form.form("#order-form").with("giving_up", "fewer guests");
    let north = half.shop.warehouse("NORTH").to_string();

    let fewer = manager
        .send(&form.clone().with_in_row(0, "quantity", "1"))
        .await;
    let moved = manager
        .send(&form.with_in_row(0, "warehouse", &north))
        .await;

    assert_eq!((fewer.status(), moved.status()), (422, 422));
    shows(
        &fewer.page(),
        "At least 2: 2 of MUG (line 1) in SH-000001 are being prepared.",
    );
    let stays = "Being prepared: 2 of MUG (line 1) in SH-000001. The warehouse can change when";
    shows(&moved.page(), stays);
}
