//! A line that waits while its product lies free elsewhere is shipped from there, by hand.

use backfill::types::{OrderId, WarehouseId};

use super::desk::Desk;
use crate::support::counting::count;
use crate::support::html::{Form, Page};
use crate::support::requests::Browser;

/// Five mugs are wanted from the main warehouse, which has two; Lyon has some.
struct Story {
    desk: Desk,
    lyon: WarehouseId,
    order: OrderId,
}

impl Story {
    async fn begin(in_lyon: i32) -> Story {
        let desk = Desk::open().await;
        let lyon = desk.shop.warehouse("LYON");
        desk.stock("MUG", 2);
        let story = Story {
            order: desk.order("A", &[("MUG", 5)], 0),
            lyon,
            desk,
        };
        let place = backfill::stock::Place::new(lyon, story.desk.product("MUG"));
        story.desk.shop.write(|act| count(act, place, in_lyon));
        story
    }

    fn path(&self) -> String {
        format!("/orders/{}", self.order)
    }

    async fn asked(&self, browser: &Browser) -> Page {
        let line = self.desk.lines(self.order)[0].id;
        let path = format!(
            "{}/lines/{line}/warehouse?warehouse={}",
            self.path(),
            self.lyon
        );
        browser.page(&path).await
    }
}

fn decision(page: &Page) -> Form {
    page.form("form.form")
}

#[actix_web::test]
async fn goods_that_lie_idle_elsewhere_are_offered_previewed_and_taken_once() {
    let story = Story::begin(9).await;
    let next = story.desk.order("B", &[("MUG", 4)], 1);
    let user = story.desk.shop.user().await;
    let page = user.page(&story.path()).await;
    assert!(
        page.says("Ship from Warehouse LYON instead 9 free"),
        "{}",
        page.words()
    );

    let asked = user
        .page(&page.link("Ship from Warehouse LYON instead"))
        .await;
    assert!(asked.says("Warehouse LYON, 9 free"), "{}", asked.words());
    let effects = asked.text("#effects");
    assert!(
        effects.contains("3 more"),
        "the line itself gains: {effects}"
    );
    assert!(
        effects.contains("2 more"),
        "who waits behind it does too: {effects}"
    );
    assert_eq!(story.desk.reserved(story.order), [2], "nothing is done yet");

    let form = decision(&asked).with("reason", "the customer waits");
    let moved = user.submit_form(&form).await;
    user.submit_form(&form).await;

    assert_eq!(story.desk.reserved(story.order), [5]);
    assert_eq!(story.desk.reserved(next), [2]);
    let told = moved.texts(".timeline li");
    let of_it = told
        .iter()
        .filter(|entry| entry.contains("MUG ships from Warehouse LYON instead of Main warehouse"));
    assert_eq!(of_it.count(), 1, "{told:#?}");
    let why =
        "Order edited: ships from Warehouse LYON instead of Main warehouse: the customer waits";
    assert!(told.iter().any(|entry| entry.contains(why)), "{told:#?}");
    assert!(!moved.says("instead 9 free"));
}

#[actix_web::test]
async fn who_loses_in_the_other_queue_is_named_before() {
    let story = Story::begin(3).await;
    let later = story.desk.order("B", &[("MUG", 3)], 9);
    story
        .desk
        .edit(later, |input| input.lines[0].warehouse = Some(story.lyon));
    let user = story.desk.shop.user().await;
    let page = user.page(&story.path()).await;
    assert!(!page.says("instead"), "none of it is free");

    let asked = story.asked(&user).await;

    let effects = asked.text("#effects");
    assert!(
        effects.contains("B") && effects.contains("3 fewer"),
        "{effects}"
    );
    user.submit_form(&decision(&asked)).await;
    assert_eq!(story.desk.reserved(story.order), [3]);
    assert_eq!(story.desk.reserved(later), [0], "it stands behind");
}

#[actix_web::test]
async fn what_cannot_be_moved_says_why() {
    let story = Story::begin(9).await;
    let user = story.desk.shop.user().await;
    let asked = story.asked(&user).await;
    let form = decision(&asked);

    let nowhere = user.send(&form.clone().with("warehouse", "999999")).await;
    assert_eq!(nowhere.status(), 422);
    assert_eq!(
        nowhere.page().field("warehouse").error(),
        "Choose a warehouse that ships orders."
    );
    let same = form
        .clone()
        .without("key")
        .with("warehouse", &story.desk.main.to_string());
    let same = same.with("key", &backfill::types::RequestKey::fresh().to_string());
    let same = user.send(&same).await;
    assert_eq!(
        same.page().field("warehouse").error(),
        "Main warehouse ships this line already."
    );

    story.desk.take(story.order);
    let page = user.page(&story.path()).await;
    assert!(!page.says("instead"), "it is in a parcel");
    let asked = story.asked(&user).await;
    assert!(
        asked.text("#effects").starts_with("Being prepared: "),
        "{}",
        asked.text("#effects")
    );
    let refused = user.send(&decision(&asked)).await;
    assert_eq!(refused.status(), 409);
}

#[actix_web::test]
async fn a_page_offers_in_as_many_statements_however_many_lines_wait() {
    let story = Story::begin(9).await;
    let user = story.desk.shop.user().await;
    let (_, of_one) = story
        .desk
        .shop
        .statements_of(user.page(&story.path()))
        .await;
    for sku in ["CUP", "POT", "JUG"] {
        let line = story.desk.new_line(sku, 4);
        story.desk.edit(story.order, |input| input.lines.push(line));
        let place = backfill::stock::Place::new(story.lyon, story.desk.product(sku));
        story.desk.shop.write(|act| count(act, place, 9));
    }

    let (page, of_four) = story
        .desk
        .shop
        .statements_of(user.page(&story.path()))
        .await;

    assert_eq!(
        page.words()
            .matches("Ship from Warehouse LYON instead")
            .count(),
        4
    );
    assert_eq!(of_four, of_one);
}
