//! Batches: proposed by kind, walked once, packed order by order.

use backfill::preparation::{ShipmentStatus, Walk};
use backfill::types::BatchId;

use super::{packs, picks};
use crate::preparation::order;
use crate::support::app::Shop;
use crate::support::requests::Browser;

/// What is proposed, begun with its form as it is but for some fields.
async fn begins(
    browser: &Browser,
    kind: &str,
    fields: &[(&str, &str)],
) -> crate::support::html::Page {
    let page = browser.page("/picking").await;
    let form = page.form(&format!("form[aria-label='{kind}']"));
    let form = fields
        .iter()
        .fold(form, |form, (name, value)| form.with(name, value));
    browser.submit_form(&form).await
}

fn batch_of(page: &crate::support::html::Page) -> BatchId {
    let path = page.link("Walk");
    let id = path.trim_start_matches("/walks/batch-");
    id.parse().expect("a batch is walked")
}

#[actix_web::test]
async fn forty_orders_of_one_item_are_picked_in_one_walk_and_packed_by_scanning_each_item() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 40);
    shop.has(&jug, 20);
    const NUMBERS: [&str; 41] = [
        "N-01", "N-02", "N-03", "N-04", "N-05", "N-06", "N-07", "N-08", "N-09", "N-10", "N-11",
        "N-12", "N-13", "N-14", "N-15", "N-16", "N-17", "N-18", "N-19", "N-20", "N-21", "N-22",
        "N-23", "N-24", "N-25", "N-26", "N-27", "N-28", "N-29", "N-30", "N-31", "N-32", "N-33",
        "N-34", "N-35", "N-36", "N-37", "N-38", "N-39", "N-40", "N-41",
    ];
    for (nth, number) in NUMBERS.iter().enumerate() {
        let product = if nth % 4 == 3 { &jug } else { &mug };
        let minute = i64::try_from(nth).expect("few");
        order(number, minute).line(product, 1).place(&shop);
    }
    order("M-1", 90).line(&mug, 1).line(&jug, 1).place(&shop);
    let picker = shop.user().await;
    let page = picker.page("/picking").await;
    assert!(
        page.says("41 orders, 41 units stand ready"),
        "{}",
        page.words()
    );
    assert!(
        page.says("1 order, 2 units stand ready"),
        "{}",
        page.words()
    );

    let begun = begins(&picker, "Single items", &[]).await;

    assert!(
        begun.says("40 orders are in preparation."),
        "{}",
        begun.words()
    );
    let batch = batch_of(&begun);
    let walk = Walk::Batch(batch);
    assert_eq!(
        picks(&picker, walk, "30*MUG").await,
        "Counted MUG: ".to_owned() + &each_slot() + ". All taken here."
    );
    picks(&picker, walk, "10*JUG").await;
    let page = picker.page(&format!("/batches/{batch}")).await;
    assert!(page.says("40 parcels: 40 picked"), "{}", page.words());

    // Whatever is in hand belongs to the order that waits longest for it.
    for item in ["MUG", "JUG"] {
        let many = if item == "MUG" { 30 } else { 10 };
        for _ in 0..many {
            let told = packs(&picker, &shop, item).await;
            assert!(told.ends_with("is packed."), "{told}");
        }
    }
    let none = packs(&picker, &shop, "JUG").await;
    assert!(none.starts_with("No"), "{none}");
    let page = picker.page(&format!("/batches/{batch}")).await;
    assert!(page.says("40 parcels: 40 packed"), "{}", page.words());
    shop.is_sound();
}

/// Three of four orders want a mug: `1 into A, 1 into B, 1 into C, 1 into E, ..`
fn each_slot() -> String {
    let slots = (0..40_u8).filter(|nth| nth % 4 != 3).map(|nth| {
        let letter = |nth: u8| char::from(b'A' + nth);
        match nth {
            0..26 => format!("1 into {}", letter(nth)),
            _ => format!("1 into A{}", letter(nth - 26)),
        }
    });
    slots.collect::<Vec<_>>().join(", ")
}

#[actix_web::test]
async fn a_batch_is_no_larger_than_asked_and_only_of_what_was_asked() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 20);
    for (number, minute) in [("N-1", 1), ("N-2", 2), ("N-3", 3)] {
        order(number, minute).line(&mug, 1).place(&shop);
    }
    let picker = shop.user().await;

    let page = picker.page("/picking").await;
    let form = page.form("form[aria-label='Single items']");
    let wrong = picker.send(&form.clone().with("at_most", "900")).await;
    assert_eq!(wrong.status(), 422);
    assert!(wrong.text().contains("A cart has at most 200 places."));
    let none = picker.send(&form.with("method", "Pigeon")).await;
    assert_eq!(none.status(), 409);
    assert!(none.text().contains("Choose the orders first."));
    let two = begins(
        &picker,
        "Single items",
        &[("at_most", "2"), ("method", "dhl")],
    )
    .await;

    assert!(two.says("2 orders are in preparation."), "{}", two.words());
    assert_eq!(
        two.table("Parcels").column("Order"),
        ["N-1", "N-2"],
        "first in the queue first"
    );
}

#[actix_web::test]
async fn a_batch_is_given_to_somebody_else_and_what_cannot_be_done_is_given_back() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let orders = [("SO-1", 1), ("SO-2", 2), ("SO-3", 3)]
        .map(|(number, minute)| order(number, minute).line(&mug, 1).place(&shop));
    let (picker, other) = (shop.user().await, shop.manager().await);
    let batch = shop.batches(&orders);
    let path = format!("/batches/{batch}");
    let walk = Walk::Batch(batch);
    picks(&picker, walk, "MUG").await;

    let page = picker.page(&path).await;
    let manager = shop.person(backfill::web::Role::Manager).id.to_string();
    let form = page
        .form("form[action$='/operator']")
        .with("operator", &manager);
    picker.submit_form(&form).await;
    assert!(
        picks(&picker, walk, "MUG")
            .await
            .contains("take it over first")
    );
    assert_eq!(
        picks(&other, walk, "MUG").await,
        "Counted MUG: 1 into B. 1 left here."
    );
    let wrong = page
        .form("form[action$='/operator']")
        .with("operator", "999");
    assert_eq!(picker.send(&wrong).await.status(), 422);

    let page = other.page(&path).await;
    let nobody = page.form("form[action$='/given-back']");
    assert_eq!(other.send(&nobody).await.status(), 409);
    let third = shop.parcels_in(batch)[2].to_string();
    let back = other.submit_form(&nobody.with("shipment", &third)).await;

    assert_eq!(
        back.table("Parcels").column("State"),
        ["Picked", "Picked", "Given back"]
    );
    assert_eq!(
        shop.status(third.parse().expect("an id")),
        ShipmentStatus::Cancelled
    );
    shop.is_sound();
}

#[actix_web::test]
async fn the_slots_of_a_cart_open_their_orders_at_the_desk() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    shop.has(&jug, 2);
    let orders = [("SO-1", 1), ("SO-2", 2)].map(|(number, minute)| {
        order(number, minute)
            .line(&mug, 1)
            .line(&jug, 1)
            .place(&shop)
    });
    let picker = shop.user().await;
    let walk = Walk::Batch(shop.batches(&orders));
    picks(&picker, walk, "2*JUG").await;
    picks(&picker, walk, "2*MUG").await;

    assert_eq!(
        packs(&picker, &shop, "BA-000001-B").await,
        "Opened SH-000002 (slot B): 2 to pack."
    );
    assert_eq!(
        packs(&picker, &shop, "a").await,
        "Opened SH-000001 (slot A): 2 to pack."
    );
    assert_eq!(
        packs(&picker, &shop, "ba-1").await,
        "Opened BA-000001: scan a slot."
    );
    assert_eq!(
        packs(&picker, &shop, "B").await,
        "Opened SH-000002 (slot B): 2 to pack."
    );
    assert!(packs(&picker, &shop, "Z").await.starts_with("No"));
    let list = picker.get("/batches/1/pick-list.pdf").await;
    assert_eq!(list.status(), 409, "nothing is left to pick");
}

#[actix_web::test]
async fn the_pick_list_of_a_batch_says_into_which_slots_units_go() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let orders = [("SO-1", 1), ("SO-2", 2)]
        .map(|(number, minute)| order(number, minute).line(&mug, minute as u32).place(&shop));
    let batch = shop.batches(&orders);
    let picker = shop.user().await;

    let list = picker.get(&format!("/batches/{batch}/pick-list.pdf")).await;

    let text = pdf_extract::extract_text_from_mem(list.bytes()).expect("a PDF");
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("BA-000001"), "{words}");
    assert!(words.contains("A 1, B 2"), "{words}");
}
