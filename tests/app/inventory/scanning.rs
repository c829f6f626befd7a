//! Transfers are picked and taken in by scan: each scan is saved, and nothing else than a scanner is needed.

use backfill::catalog::Product;
use backfill::inventory::{self, NewTransfer, NewTransferLine};
use backfill::schema::barcodes;
use backfill::types::{Quantity, RequestKey, TransferId, WarehouseId};
use backfill::web::Role;
use diesel::prelude::*;

use crate::browser::signed_in;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::{Browser, Reply};

const UNIT: &str = "4006381333931";
const CASE: &str = "14006381333938";

/// Twenty mugs lie in the main warehouse; eight of them, and two jugs, are to go to the east.
struct Story {
    shop: Shop,
    transfer: TransferId,
    east: WarehouseId,
}

impl Story {
    async fn begin() -> Story {
        let shop = Shop::open().await;
        let east = shop.warehouse("EAST");
        let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
        shop.new_product("PAN");
        shop.has(&mug, 20);
        shop.has(&jug, 2);
        let line = |product: &Product, units| NewTransferLine {
            product: product.id,
            quantity: Quantity::new(units),
        };
        let lines = vec![line(&mug, 8), line(&jug, 2)];
        let new = NewTransfer::of(shop.primary_warehouse().id, east, lines);
        let transfer = shop.write(|act| {
            let label = |code: &'static str, units: u32| {
                (
                    barcodes::code.eq(code),
                    barcodes::product_id.eq(mug.id),
                    barcodes::units.eq(Quantity::new(units)),
                )
            };
            diesel::insert_into(barcodes::table)
                .values([label(UNIT, 1), label(CASE, 6)])
                .execute(act.conn())?;
            Ok(inventory::draft_transfer(act, &new)?)
        });
        Story {
            transfer: transfer.id,
            shop,
            east,
        }
    }

    fn path(&self) -> String {
        format!("/transfers/{}/scans", self.transfer)
    }

    async fn page(&self, browser: &Browser) -> Page {
        browser.page(&self.path()).await
    }

    /// What a scanner sends, with a fresh key; `times` is typed beside it.
    async fn scans(&self, browser: &Browser, code: &str, times: &str) -> Reply {
        let key = RequestKey::fresh().to_string();
        let fields = [("key", key.as_str()), ("product", code), ("times", times)];
        browser.htmx("scanning").post(&self.path(), &fields).await
    }
}

/// What is scanned of each line, such as `8 of 8`.
fn scanned(page: &Page) -> Vec<String> {
    let rows = page.table("Lines").rows;
    let words = rows
        .iter()
        .map(|row| format!("{} of {}", row.cell("Scanned"), row.cell("To scan")));
    words.collect()
}

#[actix_web::test]
async fn a_draft_is_picked_scan_by_scan_and_a_case_counts_all_its_units() {
    let story = Story::begin().await;
    let picker = story.shop.user().await;

    let first = story.scans(&picker, CASE, "1").await;
    story.scans(&picker, UNIT, "1").await;
    story.scans(&picker, "mug", "1").await;
    story.scans(&picker, "JUG", "2").await;
    story.scans(&picker, "JUG", "-1").await;

    assert_eq!(first.status(), 200);
    assert!(!first.page().has("h1"), "only the list is swapped");
    assert_eq!(scanned(&first.page()), ["6 of 8", "0 of 2"]);
    let page = story.page(&picker).await;
    assert_eq!(scanned(&page), ["8 of 8", "1 of 2"]);
    assert!(page.says("1 left to scan"));
    assert!(!page.says("Preview and send"), "that is for managers");
    let transfer = picker.page(&format!("/transfers/{}", story.transfer)).await;
    assert!(transfer.says("8 picked"), "{}", transfer.words());
    assert_eq!(transfer.link("Pick by scan"), story.path());
}

#[actix_web::test]
async fn a_gs1_symbol_says_which_product_and_how_many() {
    let story = Story::begin().await;
    let picker = story.shop.user().await;

    // Two units of a mug in a case of the supplier's own, of lot 7; then one mug, best before a day.
    story
        .scans(&picker, "]C10204006381333931372\u{1d}10LOT7", "1")
        .await;
    story
        .scans(&picker, "]d201040063813339311726053110LOT7", "1")
        .await;
    assert_eq!(scanned(&story.page(&picker).await), ["3 of 8", "0 of 2"]);

    // What people type from below the bars; two cases of six are more than there are to pick.
    let many = story.scans(&picker, "(01)14006381333938(30)2", "1").await;
    assert_eq!(many.status(), 422);
    let unknown = story.scans(&picker, "(01)00036000291452", "1").await;
    assert_eq!(
        unknown.page().field("product").error(),
        "No product has this SKU or barcode."
    );
    assert_eq!(scanned(&story.page(&picker).await), ["3 of 8", "0 of 2"]);
}

#[actix_web::test]
async fn what_cannot_be_scanned_is_said_beside_the_field_and_nothing_is_counted() {
    let story = Story::begin().await;
    let picker = story.shop.user().await;
    let refused = [
        (
            "TEAPOT",
            "1",
            "product",
            "No product has this SKU or barcode.",
        ),
        ("PAN", "1", "product", "PAN is not on TR-000001."),
        (
            CASE,
            "2",
            "product",
            "MUG: 8 are to be scanned, and 0 of them are.",
        ),
        ("MUG", "0", "times", "A change of 0 changes nothing."),
    ];

    for (code, times, field, sentence) in refused {
        let reply = story.scans(&picker, code, times).await;
        assert_eq!(reply.status(), 422);
        assert_eq!(reply.page().field(field).error(), sentence);
    }
    story.scans(&picker, "MUG", "-5").await;
    assert_eq!(scanned(&story.page(&picker).await), ["0 of 8", "0 of 2"]);
}

#[actix_web::test]
async fn a_scan_that_is_sent_twice_counts_once() {
    let story = Story::begin().await;
    let picker = story.shop.user().await;
    let form = story
        .page(&picker)
        .await
        .form("#scan")
        .with("product", CASE);

    picker.send(&form).await;
    picker.send(&form).await;

    assert_eq!(scanned(&story.page(&picker).await), ["6 of 8", "0 of 2"]);
}

#[actix_web::test]
async fn what_was_sent_is_taken_in_scan_by_scan_and_received() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    story.scans(&manager, CASE, "1").await;
    let picked = story.page(&manager).await;
    let sending = manager
        .page(&format!("/transfers/{}/sending", story.transfer))
        .await;
    assert!(picked.has("form[action$='/sending']"));
    manager.submit_form(&sending.form("#send")).await;
    let page = story.page(&manager).await;
    assert_eq!(scanned(&page), ["0 of 8", "0 of 2"], "nothing came yet");

    story.scans(&manager, CASE, "1").await;
    story.scans(&manager, "JUG", "1").await;
    let page = story.page(&manager).await;
    let received = manager.submit_form(&page.form("#receive")).await;

    assert!(received.says("Received: see below where each unit goes."));
    let lines = received.table("Lines");
    assert_eq!(lines.column("Received")[..2], ["6", "1"]);
    assert_eq!(lines.column("Under way")[..2], ["2", "1"]);
    assert_eq!(scanned(&story.page(&manager).await), ["0 of 2", "0 of 1"]);
    let stock = manager
        .page(&format!("/stock?warehouse={}", story.east))
        .await;
    assert_eq!(stock.table("Stock").row("MUG").cell("On hand"), "6");
}

#[actix_web::test]
async fn fewer_are_picked_than_were_when_fewer_are_to_be_sent() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    story.scans(&manager, CASE, "1").await;
    let transfer = manager
        .page(&format!("/transfers/{}", story.transfer))
        .await;

    let edit = transfer.form("#edit").with("qty-1", "4");
    manager.submit_form(&edit).await;

    assert_eq!(scanned(&story.page(&manager).await), ["4 of 4", "0 of 2"]);
}

#[actix_web::test]
async fn what_is_over_is_not_scanned() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    let form = manager
        .page(&format!("/transfers/{}/cancellation", story.transfer))
        .await;
    manager.submit_form(&form.form("form.form")).await;

    let refused = story.scans(&manager, UNIT, "1").await;

    assert_eq!(refused.status(), 409);
    assert!(
        story
            .page(&manager)
            .await
            .says("Nothing of it is to be scanned")
    );
}

#[actix_web::test]
async fn a_transfer_goes_from_shelf_to_shelf_without_a_mouse() {
    let story = Story::begin().await;
    let served = story.shop.serve();
    let Some(page) = signed_in(&story.shop, &served, Role::Manager) else {
        return;
    };
    page.goes_to(&story.path());

    let list = page.within("[aria-label=Lines]");
    for (code, left) in [(CASE, "6 2"), (UNIT, "7 1"), ("JUG", "1 1")] {
        page.types("#field-product", code);
        page.presses("Enter");
        list.sees(left);
    }
    // A scanner presses Control and ] between the fields of a symbol.
    page.types("#field-product", "]C10204006381333931371");
    page.presses("Control+]");
    page.scans_into_the_field("10LOT7");
    list.sees("8 All");
    page.types("#field-product", "JUG");
    page.presses("Enter");
    page.sees("All is scanned.");
    // As soon as the focus is where the next scan belongs.
    page.clicks_at("#field-product:focus");
    // The box for how often, the button beside it, the grid, the notes of its two rows, then what comes
    // next.
    page.presses("Tab Tab Tab Tab Tab Tab Enter");
    page.sees("What leaves");
}
