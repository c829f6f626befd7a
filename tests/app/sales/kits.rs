//! Kits on the pages of orders: sold as one, with their parts below.

use backfill::catalog;
use backfill::inventory::{self, KitEdit, Part};
use backfill::stock::Place;
use backfill::types::OrderId;

use super::desk::{Desk, units};
use crate::support::counting::count;
use crate::support::html::Form;
use crate::support::requests::Browser;

/// A set of two mugs and a tin, of which three are ordered; five mugs and one tin lie there.
struct Story {
    desk: Desk,
    order: OrderId,
}

impl Story {
    async fn begin() -> Story {
        let desk = Desk::open().await;
        let (kit, parts) = (desk.product("SET"), [("MUG", 2), ("TIN", 1)]);
        let edit = KitEdit {
            kit,
            seen: inventory::mark_of_parts(&[]),
            parts: parts
                .iter()
                .map(|(sku, each)| Part {
                    product: desk.product(sku),
                    quantity: units(*each),
                })
                .collect(),
        };
        desk.shop
            .write(|act| Ok(inventory::set_parts(act, std::slice::from_ref(&edit))?));
        desk.stock("MUG", 5);
        desk.stock("TIN", 1);
        let order = desk.order("A", &[("SET", 3)], 0);
        Story { desk, order }
    }

    fn path(&self) -> String {
        format!("/orders/{}", self.order)
    }

    /// The path of what is done to a line, the first line being 0.
    fn line(&self, at: usize, what: &str) -> String {
        let line = self.desk.lines(self.order)[at].id;
        format!("{}/lines/{line}/{what}", self.path())
    }

    async fn decides(&self, browser: &Browser, at: usize, what: &str) -> Form {
        let asked = browser.page(&self.line(at, what)).await;
        asked.form("form.form")
    }
}

#[actix_web::test]
async fn the_page_of_an_order_shows_a_kit_as_one_line_with_its_parts_below() {
    let story = Story::begin().await;
    let user = story.desk.shop.user().await;

    let page = user.page(&story.path()).await;

    let rows = page.texts("table.grid tbody tr");
    let rows: Vec<&String> = rows.iter().filter(|row| !row.is_empty()).collect();
    assert!(
        rows[0].contains("SET") && rows[0].contains("1 of 3 reserved, rest not on order"),
        "{rows:#?}"
    );
    assert!(
        rows[1].contains("MUG") && rows[1].contains("2 a kit") && rows[1].contains("in the kit"),
        "{rows:#?}"
    );
    assert!(
        rows[2].contains("TIN") && rows[2].contains("1 of 3 reserved"),
        "{rows:#?}"
    );
    assert!(page.says("2 of 3 units are missing."), "{}", page.words());
    assert!(
        page.says("30.00 EUR"),
        "the price is that of the kit: {}",
        page.words()
    );

    let list = user.page("/orders").await;
    assert!(
        list.says("SET") && !list.says("TIN"),
        "a list shows what was sold: {}",
        list.words()
    );
}

#[actix_web::test]
async fn the_sets_of_a_kit_are_broken_with_a_reason_after_a_look_at_who_gains() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;
    let page = manager.page(&story.path()).await;
    assert!(page.says("Break"), "{}", page.words());

    let form = story.decides(&manager, 0, "break").await;
    let without = manager.send(&form).await;
    assert_eq!(without.status(), 422, "a reason is asked for");
    assert_eq!(story.desk.reserved(story.order), [0, 2, 1]);
    let form = form.with("reason", "the tins come in spring");
    let broken = manager.submit_form(&form).await;
    manager.submit_form(&form).await;

    assert!(broken.says("the tins come in spring"), "{}", broken.words());
    assert_eq!(story.desk.reserved(story.order), [0, 5, 1]);
    let told = broken.texts(".timeline li");
    let of_it = told
        .iter()
        .filter(|entry| entry.contains("Broke the sets of SET"));
    assert_eq!(of_it.count(), 1, "{told:#?}");
    let again = manager.get(&story.line(0, "break")).await;
    assert_eq!(again.status(), 409, "only once");
}

#[actix_web::test]
async fn an_edit_changes_the_parts_of_a_kit_with_the_kit() {
    let story = Story::begin().await;
    let manager = story.desk.shop.manager().await;
    let page = manager.page(&format!("{}/edit", story.path())).await;
    let form = page.form("#order-form");
    assert!(
        !page.words().contains("MUG"),
        "parts follow: {}",
        page.words()
    );

    let fewer = form.with("quantity", "2").with("giving_up", "fewer guests");
    manager.submit_form(&fewer).await;

    let wanted: Vec<u32> = story
        .desk
        .lines(story.order)
        .iter()
        .map(|line| line.wanted().get())
        .collect();
    assert_eq!(wanted, [2, 4, 2]);
}

#[actix_web::test]
async fn sets_that_left_come_back_as_sets_and_their_parts_go_to_who_waits() {
    let story = Story::begin().await;
    story.desk.ship(story.order);
    let behind = story.desk.order("B", &[("MUG", 5)], 1);
    assert_eq!(story.desk.reserved(behind), [3]);
    let manager = story.desk.shop.manager().await;
    let lines = story.desk.lines(story.order);
    let [set, part] = [0, 1].map(|at| lines[at].id);
    let asked = manager
        .page(&format!("/returns/new?order={}", story.order))
        .await;
    assert!(
        asked.has(&format!("#units-{set}")) && !asked.has(&format!("#units-{part}")),
        "a part comes back with its set: {}",
        asked.words()
    );
    let begun = asked.form("#announce").with("code", "SET");
    let page = manager.submit_form(&begun).await;
    let form = page.form("#receive");

    let too_many = manager
        .send(&form.clone().with(&format!("good-{set}"), "2"))
        .await;
    assert_eq!(too_many.status(), 422, "{}", too_many.text());
    let back = manager.submit_form(&form).await;
    manager.submit_form(&form).await;

    assert!(
        back.says("Took back 1 of SET") || back.says("Received"),
        "{}",
        back.words()
    );
    let page = manager.page(&story.path()).await;
    assert!(page.says("1 came back"), "{}", page.words());
    let lines = story.desk.lines(story.order);
    let returned: Vec<u32> = lines.iter().map(|line| line.returned.get()).collect();
    assert_eq!(returned, [1, 2, 1]);
    // The order of the set is first in the queue: with a tin again it can take another set.
    assert_eq!(story.desk.reserved(story.order), [0, 2, 1]);
    assert_eq!(story.desk.reserved(behind), [3]);
}

#[actix_web::test]
async fn units_of_a_set_are_not_moved_to_other_orders_and_a_kit_is_not_adjusted() {
    let story = Story::begin().await;
    let other = story.desk.order("B", &[("MUG", 9)], 1);
    let manager = story.desk.shop.manager().await;
    let mug = story.desk.product("MUG");

    let queue = manager.page(&format!("/products/{mug}/queue")).await;
    assert!(queue.says("for kit SET"), "{}", queue.words());
    let part = story.desk.lines(story.order)[1].id;
    let moving = manager
        .page(&format!("/products/{mug}/queue/{part}/move"))
        .await;
    let form = moving
        .form("form.form")
        .with("quantity", "1")
        .with("reason", "a wedding");
    let refused = manager.send(&form).await;
    assert!(refused.text().contains("whole sets"), "{}", refused.text());
    assert_eq!(story.desk.reserved(other), [3]);

    let kit = Place::new(story.desk.main, story.desk.product("SET"));
    let refused = story
        .desk
        .shop
        .db()
        .write_now(backfill::db::Who::BACKFILL, |act| {
            count(act, kit, 1)?;
            Ok(())
        });
    let why = refused.expect_err("a kit has no stock").to_string();
    assert!(why.contains("2 × MUG and 1 × TIN"), "{why}");
    story.desk.shop.read(|conn| {
        let parts = catalog::parts_of_kits(conn, &[kit.product])?;
        assert_eq!(parts[&kit.product].len(), 2);
        Ok(())
    });
}
