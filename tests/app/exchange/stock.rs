//! `/stock/files`: levels and counts from a file, every change of them shown before it is applied.

use crate::inventory::bins::Store;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::{Browser, Reply};

pub async fn sent(browser: &Browser, content: &str) -> Reply {
    let form = browser.page("/stock/files/new").await.form("#upload");
    let fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .filter(|(name, _)| name != "file")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let file = ("file", "count.csv", content.as_bytes());
    browser.upload("/stock/files", &fields, file).await
}

pub async fn preview(browser: &Browser, content: &str) -> Page {
    let reply = sent(browser, content).await;
    browser.follow(&reply).await
}

/// What a page says would change: SKU, what, now, then.
fn changes(page: &Page) -> Vec<[String; 4]> {
    let rows = page.table("What changes").rows;
    rows.iter()
        .map(|row| ["SKU", "What", "Now", "Then"].map(|head| row.cell(head).to_owned()))
        .collect()
}

#[actix_web::test]
async fn every_change_is_shown_before_it_is_applied_and_applied_once() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 10);
    shop.has(&jug, 3);
    shop.sells("SO-1", &mug, 8);
    let manager = shop.manager().await;
    let file = "sku;warehouse;warning_level;ideal_level;counted\n\
                mug;main;5;20;7\n\
                JUG;MAIN;;;3\n";

    let page = preview(&manager, file).await;

    let change = |what: &str, now: &str, then: &str| ["MUG", what, now, then].map(str::to_owned);
    assert_eq!(
        changes(&page),
        [
            change("Warning level", "0 (default)", "5"),
            change("Ideal level", "0 (default)", "20"),
            change("On hand", "10", "7"),
        ]
    );
    assert!(page.says("1 order loses 1 unit."), "{}", page.words());
    let stock = manager.page("/stock?q=mug").await.table("Stock");
    assert_eq!(
        stock.row("MUG").cell("On hand"),
        "10",
        "nothing is changed yet"
    );

    let done = manager.submit_form(&page.form("#confirm")).await;
    let again = manager.submit_form(&page.form("#confirm")).await;

    assert!(done.says("3 figures changed."));
    assert!(again.says("3 figures changed on"));
    let stock = manager.page("/stock?q=mug").await.table("Stock");
    assert_eq!(stock.row("MUG").cell("On hand"), "7");
    assert_eq!(stock.row("MUG").cell("Warning"), "5");
    let movements = manager
        .page("/movements?product=mug")
        .await
        .table("Movements");
    assert_eq!(movements.column("Reason"), ["Count", "Adjustment"]);
    assert_eq!(movements.rows[0].cell("Note"), "Counted, file count.csv");
    let history = manager
        .page(&mug.path())
        .await
        .texts(".timeline li")
        .join(" ");
    assert!(history.contains("Levels set") && history.contains("Stock corrected by \u{2212}3"));
}

#[actix_web::test]
async fn a_line_that_cannot_be_meant_is_named_and_left_out() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 10);
    shop.has(&jug, 3);
    let manager = shop.manager().await;
    let file = "sku,warehouse,warning_level,ideal_level,counted\n\
                CUP,MAIN,1,2,\n\
                MUG,NORTH,1,2,\n\
                MUG,,9,2,\n\
                MUG,,x,,\n\
                JUG,,,,4\n\
                JUG,MAIN,,,5\n\
                ,,1,2,\n";

    let page = preview(&manager, file).await;

    let refused = page.table("Lines left out");
    let reasons: Vec<(String, String)> = refused
        .rows
        .iter()
        .map(|row| (row.cell("Line").to_owned(), row.cell("Reason").to_owned()))
        .collect();
    let expected = [
        ("2", "No product is called CUP."),
        ("3", "No warehouse has the code NORTH."),
        (
            "4",
            "The ideal level would be 2, below the warning level of 9.",
        ),
        ("5", "Warning level x: Enter a whole number, 0 or more."),
        ("7", "Line 6 is about this product here already."),
        ("8", "It names no product."),
    ];
    assert_eq!(
        reasons,
        expected.map(|(line, why)| (line.to_owned(), why.to_owned()))
    );
    assert_eq!(
        changes(&page),
        [["JUG", "On hand", "3", "4"].map(str::to_owned)]
    );
}

#[actix_web::test]
async fn what_would_change_otherwise_than_was_shown_is_shown_again() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    let manager = shop.manager().await;
    let page = preview(&manager, "sku,counted\nMUG,7\n").await;
    shop.has(&mug, 2);

    let refused = manager.send(&page.form("#confirm")).await;

    assert_eq!(refused.status(), 422);
    assert!(refused.page().says("Stock moved since this was shown"));
    assert_eq!(
        changes(&refused.page()),
        [["MUG", "On hand", "12", "7"].map(str::to_owned)]
    );
    manager.submit_form(&refused.page().form("#confirm")).await;
    let stock = manager.page("/stock").await.table("Stock");
    assert_eq!(stock.row("MUG").cell("On hand"), "7");
}

#[actix_web::test]
async fn the_list_as_a_file_changes_nothing_when_it_is_read_again() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    let manager = shop.manager().await;
    let file = manager.get("/stock.csv").await.text();

    let page = preview(&manager, &file).await;
    let empty = sent(&manager, "sku,on_hand\nMUG,3\n").await;

    assert!(page.says("Every line that can be read says what is so already."));
    assert!(!page.has("#confirm"));
    assert_eq!(empty.status(), 422);
    assert!(empty.page().errors()[0].starts_with("The first line must name the columns"));
}

#[actix_web::test]
async fn the_usual_bin_is_set_by_a_file_too() {
    let store = Store::open().await;
    store.receives(10);
    store.shop.new_product("JUG");
    store.shop.new_product("PAN");
    let manager = store.shop.manager().await;
    let page = preview(
        &manager,
        "sku,warehouse,bin\nMUG,MAIN,a-02\nJUG,MAIN,Q\nPAN,MAIN,none\n",
    )
    .await;

    let what = ["MUG", "Usual bin", "none", "A-02"];
    assert_eq!(changes(&page), [what.map(str::to_owned)]);
    let refused = page.table("Lines left out");
    assert_eq!(
        refused.column("Reason"),
        ["No bin of MAIN that takes goods is called Q."]
    );
    manager.submit_form(&page.form("#confirm")).await;

    let file = manager.get("/stock.csv").await.text();
    assert!(file.contains("MUG,Product MUG,MAIN,A-02,"), "{file}");
    let same = preview(&manager, &file).await;
    assert!(same.says("Every line that can be read says what is so already."));
    let gone = preview(&manager, "sku,bin\nMUG,none\n").await;
    let what = ["MUG", "Usual bin", "A-02", "none"];
    assert_eq!(changes(&gone), [what.map(str::to_owned)]);
}

#[actix_web::test]
async fn a_warehouse_without_bins_takes_none_from_a_file() {
    let shop = Shop::open().await;
    shop.has(&shop.new_product("MUG"), 3);
    let manager = shop.manager().await;

    let page = preview(&manager, "sku,bin\nMUG,A-01\n").await;

    let refused = page.table("Lines left out");
    assert_eq!(refused.column("Reason"), ["MAIN has no bins."]);
}
