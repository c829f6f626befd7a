//! What a picker sees and does.

use backfill::preparation::Tab;
use backfill::types::ShipmentId;

use super::{order, orders_in, shows};
use crate::support::app::Shop;
use crate::support::requests::Reply;

#[actix_web::test]
async fn an_order_is_prepared_picked_packed_and_shipped_from_its_page() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    let picker = shop.manager().await;
    let tab = picker.page("/preparation?tab=partial").await;

    let form = tab
        .form("form[action='/shipments']")
        .with("only", &asked.to_string());
    let parcel = picker.submit_form(&form).await;
    assert_eq!(parcel.texts(".page-head .btn-primary"), ["Pick"]);
    let picked = picker
        .submit_form(&parcel.form("form[action$='/picked']"))
        .await;
    assert_eq!(picked.texts(".page-head .btn-primary"), ["Pack"]);
    let packed = picker
        .submit_form(&picked.form("form[action$='/packed']"))
        .await;
    assert_eq!(packed.texts(".page-head .btn-primary"), ["Ship"]);
    let ship = packed.form("#departure").with("tracking", "0034");
    let shipped = picker.submit_form(&ship).await;

    assert_eq!(
        parcel
            .table("In this parcel")
            .row("MUG")
            .cell("In this parcel"),
        "2"
    );
    assert_eq!(packed.field("carrier").value(), "DHL");
    shows(
        &shipped,
        "The rest of SO-1 waits, and kept its place in the queue",
    );
    shows(&shipped, "0034");
    assert!(shipped.has("s"), "what left is struck through");
    assert_eq!(shipped.table("Still to come").row("JUG").cell("Units"), "1");
    assert_eq!(shop.tab_counts(), [(Tab::Backorder, 1)]);
}

#[actix_web::test]
async fn a_form_sent_twice_acts_once_and_answers_the_same() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let asked = order("SO-1", 1).line(&mug, 2).place(&shop);
    let picker = shop.manager().await;
    let tab = picker.page("/preparation").await;
    let prepare = tab
        .form("form[action='/shipments']")
        .with("only", &asked.to_string());

    let first = picker.send(&prepare).await;
    let second = picker.send(&prepare).await;
    let parcel = picker.follow(&first).await;
    let ship = parcel.form("#departure");
    let gone = [picker.send(&ship).await, picker.send(&ship).await];

    assert_eq!(first.location(), second.location());
    assert!(
        gone.iter()
            .all(|reply| reply.location() == first.location())
    );
    assert_eq!(shop.tab_counts(), [(Tab::Shipped, 1)]);
}

#[actix_web::test]
async fn giving_a_parcel_back_asks_first_and_the_way_out_keeps_it() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let asked = order("SO-1", 1).line(&mug, 2).place(&shop);
    let picker = shop.user().await;
    let tab = picker.page("/preparation").await;
    let prepare = tab
        .form("form[action='/shipments']")
        .with("only", &asked.to_string());
    let parcel = picker.submit_form(&prepare).await;
    assert!(!parcel.has("form[action$='given-back']"));

    let decision = picker.page(&parcel.link("Give back")).await;

    shows(&decision, "order SO-1 has its old place there");
    assert_eq!(decision.text(".dialog-end [data-close]"), "Keep the parcel");
    let back = decision.form("form[action$='given-back']");
    let (first, second) = (picker.send(&back).await, picker.send(&back).await);
    shows(&picker.follow(&first).await, "This parcel was given back.");
    assert_eq!(first.location(), second.location());
    assert_eq!(shop.tab_counts(), [(Tab::InStock, 1)]);
}

#[actix_web::test]
async fn a_step_somebody_else_took_is_refused_in_words() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 2).place(&shop));
    let picker = shop.manager().await;
    let seen_by_one = picker.page(&format!("/shipments/{parcel}")).await;
    let seen_by_other = picker.page(&format!("/shipments/{parcel}")).await;

    picker.submit_form(&seen_by_one.form("#departure")).await;
    let late = picker
        .htmx("")
        .send(&seen_by_other.form("#departure"))
        .await;

    assert_eq!(late.status(), 409);
    shows(&late.page(), "SH-000001 has already left.");
}

#[actix_web::test]
async fn chosen_orders_are_taken_together_and_the_others_are_named() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 4);
    let one = order("SO-1", 1).line(&mug, 2).place(&shop);
    let other = order("SO-2", 2).line(&mug, 2).place(&shop);
    let picker = shop.user().await;
    let tab = picker.page("/preparation").await;
    let key = tab
        .attribute("form[action='/shipments'] [name=key]", "value")
        .expect("a key");
    let warehouse = shop.primary_warehouse().id.to_string();
    shop.prepares(other);

    let chosen = [
        ("key", key.as_str()),
        ("warehouse", &warehouse),
        ("order", &one.to_string()),
        ("order", &other.to_string()),
    ];
    let answer = picker.submit("/shipments", &chosen).await;

    shows(
        &answer,
        "1 order is in preparation. SO-2 is already in preparation here, in SH-000001.",
    );
    assert_eq!(orders_in(&answer), ["SO-1", "SO-2"]);
}

#[actix_web::test]
async fn an_order_that_ships_complete_only_has_no_button_in_partial_but_the_reason() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let whole = order("SO-1", 1).line(&mug, 2).complete_only().place(&shop);
    let picker = shop.user().await;

    let tab = picker.page("/preparation?tab=partial").await;

    shows(&tab, "Waits to be complete");
    assert!(!tab.has("button[name=only]"));
    let form = tab
        .form("form[action='/shipments']")
        .with("only", &whole.to_string());
    let refused = picker.htmx("").send(&form).await;
    assert_eq!(refused.status(), 409);
    shows(
        &refused.page(),
        "SO-1 ships complete only, and 1 unit is not reserved yet.",
    );
}

#[actix_web::test]
async fn a_packing_slip_says_what_is_in_the_parcel_and_what_follows() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    let parcel = shop.prepares(order("SO-1", 1).line(&jug, 3).line(&mug, 2).place(&shop));
    let picker = shop.user().await;

    let reply = picker
        .get(&format!("/shipments/{parcel}/packing-slip.pdf"))
        .await;

    assert_eq!(reply.header("content-type"), Some("application/pdf"));
    let words = printed(&reply);
    for said in [
        "SH-000001",
        "SO-1",
        "1 Harbour Street",
        "MUG Product MUG 2 2 –",
        "JUG Product JUG 3 – 3",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
}

/// The words of a paper, apart by one blank each.
fn printed(reply: &Reply) -> String {
    let text = pdf_extract::extract_text_from_mem(reply.bytes()).expect("a PDF");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn the_slips_of_several_parcels_are_printed_together_each_as_it_is_alone() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let first = shop.prepares(order("SO-1", 1).line(&mug, 1).place(&shop));
    let second = shop.prepares(order("SO-2", 2).line(&mug, 2).place(&shop));
    let picker = shop.user().await;
    let tab = picker.page("/preparation?tab=in-progress").await;
    let form = tab.form("form[action='/shipments/packing-slips.pdf']");
    assert!(!form.posts, "a browser opens it");

    let path = |ids: &[ShipmentId]| {
        let ids = ids.iter().map(|id| format!("shipment={id}"));
        let ids = ids.collect::<Vec<_>>().join("&");
        format!("/shipments/packing-slips.pdf?{ids}")
    };
    let (reply, statements) = shop
        .statements_of(picker.get(&path(&[first, second])))
        .await;
    let nothing = picker.get(&path(&[])).await;

    assert!(statements <= 5, "{statements} statements");
    let words = printed(&reply);
    for said in [
        "SH-000001",
        "SO-1",
        "MUG Product MUG 1 1",
        "SH-000002",
        "SO-2",
        "MUG Product MUG 2 2",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    assert_eq!(words.matches("Page 1 of 1").count(), 2, "{words}");
    assert_eq!(nothing.status(), 409);
    shows(&nothing.page(), "Choose the parcels first");
}

#[actix_web::test]
async fn an_order_lists_its_parcels_latest_first() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let asked = order("SO-1", 1).line(&mug, 2).place(&shop);
    let picker = shop.user().await;
    let path = format!("/shipments/of-order/{asked}");
    shows(&picker.page(&path).await, "No parcel yet.");

    shop.ships(shop.prepares(asked));
    shop.has(&mug, 1);
    shop.prepares(asked);

    let numbers = picker.page(&path).await.texts(".row-link");
    assert_eq!(numbers, ["SH-000002", "SH-000001"]);
}
