//! A line that is to be shipped from another warehouse: its customer is told of the day there.

use backfill::purchasing::{self, NewPurchaseOrder, Sending};
use backfill::types::{OrderId, Quantity, SupplierId, WarehouseId};
use chrono::{Days, NaiveDate, Utc};

use crate::sales::desk::Desk;
use crate::support::requests::Browser;

fn day(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

fn shown(days: u64) -> String {
    day(days).format("%-d %b %Y").to_string()
}

/// Two warehouses that ship, and mugs on their way to them.
struct Story {
    desk: Desk,
    lyon: WarehouseId,
    supplier: SupplierId,
}

impl Story {
    async fn begin() -> Story {
        let desk = Desk::open().await;
        let supplier = desk.shop.new_supplier("HART");
        let mug = desk.shop.new_product("MUG");
        desk.shop.buys_at(&mug, &supplier);
        Story {
            lyon: desk.shop.warehouse("LYON"),
            supplier: supplier.id,
            desk,
        }
    }

    /// A hundred mugs that the supplier promises on a day.
    fn coming(&self, warehouse: WarehouseId, days: u64) {
        let new = NewPurchaseOrder {
            supplier: self.supplier,
            warehouse,
            expected_on: None,
            supplier_comment: String::new(),
            lines: vec![purchasing::NewLine {
                product: self.desk.product("MUG"),
                quantity: Quantity::new(100),
            }],
        };
        self.desk.shop.write(|act| {
            let purchase = purchasing::draft(act, &new)?.id;
            purchasing::send(act, purchase, &Sending::WithoutMail)?;
            purchasing::confirm(act, purchase, day(days))?;
            Ok(())
        });
    }

    fn moves(&self, order: OrderId, warehouse: WarehouseId) {
        self.desk
            .edit(order, |input| input.lines[0].warehouse = Some(warehouse));
    }

    fn finds_in_lyon(&self, units: i32) {
        let (shop, mug) = (&self.desk.shop, self.desk.product("MUG"));
        let place = backfill::stock::Place::new(self.lyon, mug);
        shop.write(|act| crate::support::counting::count(act, place, units));
    }
}

async fn notice(browser: &Browser, order: OrderId) -> Vec<String> {
    let page = browser.page(&format!("/orders/{order}")).await;
    page.texts("#moved li")
}

async fn listed(browser: &Browser) -> Vec<String> {
    let list = browser.page("/orders?missing=moved").await;
    list.texts("tbody .row-link")
}

async fn tells(browser: &Browser, order: OrderId) {
    let page = browser.page(&format!("/orders/{order}")).await;
    browser.submit_form(&page.form("form[action$=knows]")).await;
}

#[actix_web::test]
async fn a_line_moved_to_where_it_comes_later_is_said_to_have_moved() {
    let story = Story::begin().await;
    story.coming(story.desk.main, 10);
    story.coming(story.lyon, 20);
    let order = story.desk.order("A", &[("MUG", 5)], 0);
    let reader = story.desk.shop.user().await;
    assert_eq!(listed(&reader).await, Vec::<String>::new());

    story.moves(order, story.lyon);

    let moved = format!(
        "MUG {} → {} because an order was edited",
        shown(10),
        shown(20)
    );
    assert_eq!(notice(&reader, order).await, [moved]);
    assert_eq!(listed(&reader).await, ["A"]);
    let page = reader.page(&format!("/orders/{order}")).await;
    let kept = format!("MUG {} → {} Order edited", shown(10), shown(20));
    assert!(page.says(&kept), "{}", page.words());

    tells(&reader, order).await;
    assert_eq!(listed(&reader).await, Vec::<String>::new());
    story.moves(order, story.desk.main);
    let back = format!(
        "MUG {} → {} because an order was edited",
        shown(20),
        shown(10)
    );
    assert_eq!(
        notice(&reader, order).await,
        [back],
        "told of the day there"
    );
}

#[actix_web::test]
async fn a_line_moved_on_is_compared_with_the_first_day_there_was() {
    let story = Story::begin().await;
    let bern = story.desk.shop.warehouse("BERN");
    story.coming(story.desk.main, 10);
    story.coming(story.lyon, 20);
    story.coming(bern, 30);
    let order = story.desk.order("A", &[("MUG", 5)], 0);
    let reader = story.desk.shop.user().await;

    story.moves(order, story.lyon);
    story.moves(order, bern);
    let moved = format!(
        "MUG {} → {} because an order was edited",
        shown(10),
        shown(30)
    );
    assert_eq!(notice(&reader, order).await, [moved]);

    story.moves(order, story.desk.main);
    assert_eq!(listed(&reader).await, Vec::<String>::new(), "as it was");
}

#[actix_web::test]
async fn a_line_moved_to_where_it_lies_waits_for_no_day_any_more() {
    let story = Story::begin().await;
    story.coming(story.desk.main, 10);
    story.finds_in_lyon(5);
    let order = story.desk.order("A", &[("MUG", 5)], 0);
    let reader = story.desk.shop.user().await;

    story.moves(order, story.lyon);
    assert_eq!(story.desk.reserved(order), [5]);
    assert_eq!(listed(&reader).await, Vec::<String>::new());

    story.moves(order, story.desk.main);
    assert_eq!(story.desk.reserved(order), [0]);
    let moved = format!("MUG in stock → {} because an order was edited", shown(10));
    assert_eq!(notice(&reader, order).await, [moved], "it lay there before");
}

#[actix_web::test]
async fn units_that_were_lost_before_a_line_moved_are_not_forgotten() {
    let story = Story::begin().await;
    story.desk.stock("MUG", 5);
    let order = story.desk.order("A", &[("MUG", 5)], 0);
    story.desk.stock("MUG", -2);
    let reader = story.desk.shop.user().await;
    assert_eq!(listed(&reader).await, ["A"]);

    story.moves(order, story.lyon);

    let moved = "MUG in stock → not on order because an order was edited";
    assert_eq!(notice(&reader, order).await, [moved]);
}
