//! A line that waits while its product lies free elsewhere gets it by a transfer, written from its order.

use backfill::types::{OrderId, WarehouseId};

use super::desk::Desk;
use crate::support::counting::count;
use crate::support::html::Page;
use crate::support::requests::Browser;

/// Five mugs are wanted from the main warehouse, which has two; Lyon has nine.
struct Story {
    desk: Desk,
    lyon: WarehouseId,
    order: OrderId,
}

const LINK: &str = "Transfer 3 of MUG from Warehouse LYON";

impl Story {
    async fn begin() -> Story {
        let desk = Desk::open().await;
        let lyon = desk.shop.warehouse("LYON");
        desk.stock("MUG", 2);
        let story = Story {
            order: desk.order("A", &[("MUG", 5)], 0),
            lyon,
            desk,
        };
        let place = backfill::stock::Place::new(lyon, story.desk.product("MUG"));
        story.desk.shop.write(|act| count(act, place, 9));
        story
    }

    async fn order_page(&self, browser: &Browser) -> Page {
        browser.page(&format!("/orders/{}", self.order)).await
    }

    async fn asked(&self, browser: &Browser) -> Page {
        let page = self.order_page(browser).await;
        browser.page(&page.link(LINK)).await
    }
}

#[actix_web::test]
async fn what_lies_idle_elsewhere_is_sent_from_the_page_of_the_order_once_it_was_shown_who_gains() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;

    let asked = story.asked(&manager).await;

    let fields =
        ["from", "to", "product", "quantity"].map(|name| asked.field(name).value().to_owned());
    let lyon = story.lyon.to_string();
    let main = story.desk.main.to_string();
    assert_eq!(fields, [lyon, main, "MUG".into(), "3".into()]);
    let effects = asked.table("What it would do");
    let then = effects.row("A").cell("Then").to_owned();
    assert!(then.starts_with("gains: 2 of 5, rest"), "{then}");
    let form = asked.form("#new").with("then", "send");
    let sent = manager.send(&form).await;
    let again = manager.send(&form).await;
    assert_eq!(sent.location(), again.location());
    let transfer = manager.follow(&sent).await;
    assert!(
        transfer.says("TR-000001 is under way, expected on"),
        "{}",
        transfer.words()
    );
    assert_eq!(transfer.table("Lines").row("MUG").cell("Under way"), "3");
    let page = story.order_page(&manager).await;
    assert!(page.says("2 of 5 reserved, rest"), "{}", page.words());
}

#[actix_web::test]
async fn whoever_may_not_send_goods_is_not_offered_to() {
    let story = Story::begin().await;
    let user = story.desk.shop.user().await;

    let page = story.order_page(&user).await;

    assert!(page.says("Ship from Warehouse LYON instead"));
    assert!(!page.says("Transfer 3"));
}

#[actix_web::test]
async fn no_more_is_sent_than_is_free() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;
    let asked = story.asked(&manager).await;
    let form = asked
        .form("#new")
        .with("quantity", "10")
        .with("then", "send");

    let refused = manager.send(&form).await;

    assert_eq!(refused.status(), 422);
    let error = refused.page().field("quantity").error().to_owned();
    assert_eq!(error, "10 cannot leave: only 9 on hand.");
    assert!(refused.page().text("#effects").ends_with(&error));
    let nothing = manager
        .send(
            &form
                .without("key")
                .with("key", &fresh())
                .with("product", ""),
        )
        .await;
    assert_eq!(nothing.status(), 422);
    assert!(!nothing.page().field("product").error().is_empty());
    let unknown = form_with(&asked, "POT");
    let unknown = manager.send(&unknown).await;
    assert_eq!(
        unknown.page().field("product").error(),
        "No product has this SKU or barcode."
    );
    assert!(
        manager.page("/transfers").await.says("No transfer"),
        "nothing was written"
    );
}

fn fresh() -> String {
    backfill::types::RequestKey::fresh().to_string()
}

fn form_with(asked: &Page, product: &str) -> crate::support::html::Form {
    asked.form("#new").with("product", product)
}

#[actix_web::test]
async fn a_draft_begins_with_the_product_that_was_named() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;
    let asked = story.asked(&manager).await;

    let draft = manager.submit_form(&asked.form("#new")).await;

    assert!(draft.says("Draft"), "{}", draft.words());
    assert_eq!(draft.table("Lines").row("MUG").cell("Free in LYON"), "9");
    assert_eq!(
        draft
            .form("#edit")
            .fields
            .iter()
            .filter(|(name, value)| name.starts_with("qty-") && value == "3")
            .count(),
        1
    );
}
