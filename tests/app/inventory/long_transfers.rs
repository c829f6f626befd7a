//! A transfer of hundreds of lines: a page shows two hundred of them, and its form changes no others.

use backfill::inventory::{Transfer, TransferLine, TransferStatus};
use backfill::schema::transfer_lines;
use backfill::types::{ProductId, Quantity};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::Browser;

const LINES: usize = 450;

/// A transfer of two units of each of 450 products.
struct Long {
    shop: Shop,
    manager: Browser,
    transfer: Transfer,
}

/// From the east, where there are three of each, to the primary warehouse.
async fn long(begin: impl Fn(&Shop, &[(ProductId, u32)]) -> Transfer) -> Long {
    let shop = Shop::open().await;
    let products = shop.new_products(LINES);
    shop.has_of_each(shop.warehouse("EAST"), &products, 3);
    let lines: Vec<(ProductId, u32)> = products.iter().map(|product| (*product, 2)).collect();
    Long {
        transfer: begin(&shop, &lines),
        manager: shop.manager().await,
        shop,
    }
}

async fn draft() -> Long {
    long(|shop, lines| {
        shop.drafts_transfer([shop.warehouse("EAST"), shop.warehouse("MAIN")], lines)
    })
    .await
}

async fn sent() -> Long {
    long(|shop, lines| shop.sends_transfer([shop.warehouse("EAST"), shop.warehouse("MAIN")], lines))
        .await
}

impl Long {
    fn path(&self, what: &str) -> String {
        format!("{}{what}", self.transfer.path())
    }

    async fn page(&self, what: &str) -> Page {
        self.manager.page(&self.path(what)).await
    }

    fn lines(&self) -> Vec<TransferLine> {
        self.shop.read(|conn| {
            Ok(TransferLine::query()
                .filter(transfer_lines::transfer_id.eq(self.transfer.id))
                .order(transfer_lines::line_number)
                .load(conn)?)
        })
    }

    /// The quantity box of a line, counted from 1.
    fn qty(&self, number: usize) -> String {
        format!("qty-{}", self.lines()[number - 1].id)
    }

    fn sum(&self, of: fn(&TransferLine) -> Quantity) -> u32 {
        let lines = self.lines();
        lines.iter().map(of).sum::<Quantity>().get()
    }

    fn status(&self) -> TransferStatus {
        let transfer = self.shop.read(|conn| {
            let now: Transfer = Transfer::query().find(self.transfer.id).first(conn)?;
            Ok(now)
        });
        transfer.status
    }
}

#[track_caller]
fn says(page: &Page, words: &str) {
    assert!(page.says(words), "no {words:?} in: {}", page.words());
}

#[actix_web::test]
async fn a_long_draft_is_edited_page_by_page_and_leaves_whole() {
    let long = draft().await;
    let (manager, qty) = (&long.manager, long.qty(201));
    let page = long.page("?page=2").await;
    assert_eq!(page.table("Lines").rows.len(), 200);
    says(&page, "Lines 201 to 400 of 450");
    assert_eq!(
        page.attribute("#page", "hx-get"),
        Some(long.path("?page=2"))
    );
    assert_eq!(page.texts("tfoot .number"), ["900"]);

    let wrong = manager.send(&page.form("#edit").with(&qty, "x")).await;
    let saved = manager
        .submit_form(&page.form("#edit").with(&qty, "1"))
        .await;
    assert_eq!(wrong.status(), 422);
    says(&wrong.page(), "Lines 201 to 400 of 450");
    assert_eq!(wrong.page().field(&qty).value(), "x");
    says(&saved, "Lines 201 to 400 of 450");
    assert_eq!(saved.texts("tfoot .number"), ["899"]);
    assert_eq!(long.sum(|line| line.quantity), 899);

    let removed = manager
        .submit_form(&saved.form_sent_by("button[formaction$='/removal']"))
        .await;
    says(&removed, "Lines 201 to 400 of 449");
    let sending = long.page("/sending?page=2").await;
    assert_eq!(sending.table("What leaves").rows.len(), 200);
    manager.submit_form(&sending.form("#send")).await;
    assert_eq!(long.status(), TransferStatus::Sent);
    assert_eq!(long.sum(TransferLine::under_way), 898);
}

#[actix_web::test]
async fn a_long_transfer_is_received_page_by_page_and_tells_where_the_first_units_went() {
    let long = sent().await;
    let (manager, qty) = (&long.manager, long.qty(201));
    let desk = long.page("/ends/new?ending=received&page=2").await;
    assert_eq!(desk.table("Under way").rows.len(), 200);
    says(&desk, "Lines 201 to 400 of 450.");
    assert_eq!(
        desk.attribute("a[rel=next]", "href"),
        Some(long.path("/ends/new?ending=received&page=3"))
    );

    let full = desk.form("#end").with_all("qty-", "2");
    let wrong = manager.send(&full.clone().with(&qty, "x")).await;
    let next = manager.submit_form(&full).await;

    assert_eq!(wrong.status(), 422);
    says(&wrong.page(), "Lines 201 to 400 of 450.");
    assert_eq!(wrong.page().field(&qty).value(), "x");
    says(&next, "Lines 201 to 250 of 250.");
    says(&next, "These lines are next");
    assert_eq!(long.sum(|line| line.received), 400);

    let page = long.page("").await;
    assert_eq!(page.texts(".places-to").len(), 20);
    let file = manager.get(&page.link("180 more")).await.text();
    assert_eq!(file.lines().count(), 1 + 200);

    let rest = manager
        .submit_form(&next.form("#end").with_all("qty-", "2"))
        .await;
    let end = manager
        .submit_form(&rest.form("#end").with_all("qty-", "2"))
        .await;
    says(&end, "see below where each unit goes");
    assert_eq!(long.status(), TransferStatus::Received);
}

#[actix_web::test]
async fn what_is_written_off_of_a_page_leaves_the_others_under_way() {
    let long = sent().await;
    let desk = long.page("/ends/new?ending=lost&page=3").await;
    let form = desk.form("#end").with_all("qty-", "1");

    let form = form.with("note", "fell off the lorry");
    let page = long.manager.submit_form(&form).await;

    says(&page, "Written off.");
    assert_eq!(page.table("Written off").rows.len(), 20);
    says(&page, "and 30 more before");
    assert_eq!(long.sum(|line| line.lost), 50);
    assert_eq!(long.sum(TransferLine::under_way), 850);
}

#[actix_web::test]
async fn what_was_scanned_of_a_long_transfer_stands_first_and_is_received_from_there() {
    let long = sent().await;
    let manager = &long.manager;
    let second = long.page("/scans?page=2").await;
    assert_eq!(second.table("Lines").rows.len(), 200);
    says(&second, "900 left to scan");

    let wrong = manager
        .send(&second.form("#scan").with("product", "NOTHING"))
        .await;
    let scanned = manager
        .submit_form(&second.form("#scan").with("product", "P-001"))
        .await;
    assert_eq!(wrong.status(), 422);
    says(&wrong.page(), "Lines 201 to 400 of 450");
    says(&scanned, "Lines 201 to 400 of 450");
    assert!(!scanned.has("#receive"), "nothing of this page was scanned");

    let first = long.page("/scans").await;
    let scan = first.form("#scan").with("product", "P-201");
    let in_place = manager.htmx("scanning").send(&scan).await.page();
    says(&in_place, "Lines 1 to 200 of 450");
    assert!(in_place.table("Lines").rows[1].words().contains("P-201"));
    says(&in_place, "Receive 2 units of these lines");

    let next = manager.submit_form(&in_place.form("#receive")).await;
    says(&next, "898 left to scan");
    let received: Vec<i32> = long
        .lines()
        .iter()
        .filter(|line| !line.received.is_zero())
        .map(|line| line.line_number)
        .collect();
    assert_eq!(received, [1, 201]);
}

#[actix_web::test]
async fn a_long_transfer_takes_as_many_statements_as_a_short_one() {
    let long = sent().await;
    let (shop, manager) = (&long.shop, &long.manager);
    let line = (long.lines()[0].product_id, 1);
    let short = shop.sends_transfer([shop.warehouse("EAST"), shop.warehouse("MAIN")], &[line]);
    let statements = async |path: &str| shop.statements_of(manager.page(path)).await.1;
    manager.page(&long.path("")).await;

    for what in ["", "/ends/new", "/scans"] {
        let few = statements(&format!("{}{what}", short.path())).await;
        let many = statements(&long.path(&format!("{what}?page=2"))).await;
        assert_eq!(many, few, "{what}");
    }
}
