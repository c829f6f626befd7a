//! Files that are far more than anybody exports: refused, or left out line by line, each with its
//! reason, and none of them fills the memory of who reads it.

use backfill::exchange::reader;
use backfill::schema::{import_left_out, import_orders};
use backfill::sheet::MOST_LINES;
use backfill::types::TooMuch;
use diesel::prelude::*;

use super::pages::preview;
use super::reading::HEAD;
use super::stock;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::{Browser, Reply};

async fn send(manager: &Browser, content: &[u8]) -> Reply {
    let form = manager.page("/imports").await.form("#upload");
    let warehouse = form.fields.iter().find(|(name, _)| name == "warehouse");
    let fields = [("warehouse", warehouse.expect("a choice").1.as_str())];
    manager
        .upload("/imports", &fields, ("file", "shop.csv", content))
        .await
}

fn lines_of(order: &str, many: usize) -> String {
    let line = |nth| format!("{order},SKU-{nth},A mug,1,2026-11-20,2.55,17850,UK\n");
    (0..many).map(line).collect()
}

fn reasons(page: &Page) -> Vec<String> {
    let rows = page.table("Refused lines").rows;
    rows.iter()
        .map(|row| row.cell("Reason").to_owned())
        .collect()
}

#[actix_web::test]
async fn a_file_of_very_many_lines_is_refused_however_short_they_are() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let file = format!("{HEAD}\n{}", "1\n".repeat(MOST_LINES));

    let refused = send(&manager, file.as_bytes()).await;

    assert_eq!(refused.status(), 422, "{}", refused.summary());
    assert_eq!(
        refused.page().field("file").error(),
        "The file has more than 500,000 lines, and no more are read at once. Split it, and keep \
         what belongs together in one part."
    );
}

#[actix_web::test]
async fn a_line_that_never_ends_is_named() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let (long, commas) = ("a ".repeat(60_000), ",".repeat(200_000));
    for endless in [long, commas] {
        let file = format!("{HEAD}\n{}1002,{endless}", lines_of("1001", 1));

        let refused = send(&manager, file.as_bytes()).await;

        assert_eq!(refused.status(), 422, "{}", refused.summary());
        let sentence = refused.page().field("file").error().to_owned();
        assert!(sentence.starts_with("Line 3 of the file"), "{sentence}");
    }
}

#[actix_web::test]
async fn an_order_with_more_lines_than_an_order_may_have_is_left_out_and_the_others_are_not() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let [longest, longer] = [TooMuch::LINES, TooMuch::LINES + 1];
    let file = [
        lines_of("1001", longest),
        lines_of("1002", longer),
        lines_of("1003", 1),
    ];

    let waiting = preview(&manager, format!("{HEAD}\n{}", file.concat()).as_bytes()).await;
    assert!(reader::read_one(shop.db()).expect("it can be read"));
    let discard = waiting.form("form[action$='/discard']").action;
    let page = manager.page(discard.trim_end_matches("/discard")).await;

    assert!(page.says("Import 2 orders"), "{}", page.words());
    let row = &page.table("Documents left out").rows[0];
    assert_eq!(row.cell("Lines"), "5002\u{2013}10002");
    assert_eq!(
        row.cell("Reason"),
        "1002 is left out. A document has at most 5,000 lines, not 5,001: make two of it."
    );
    let kept: [i64; 2] = shop.read(|conn| {
        Ok([
            import_orders::table.count().get_result(conn)?,
            import_left_out::table.count().get_result(conn)?,
        ])
    });
    assert_eq!(kept, [2, 1]);
}

#[actix_web::test]
async fn a_cell_that_says_too_much_costs_its_line_and_what_is_told_of_it_is_short() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let long = "a".repeat(30_000);
    let file = format!(
        "{HEAD}\n1001,MUG,A mug,1,2026-11-20,2.55,{long},UK\n1002,MUG,A mug,{long},2026-11-20,2.55,17850,UK\n\
         1003,MUG,A mug,1,2026-11-20,2.55,17850,UK,{long}\n1004,MUG,{long},1,2026-11-20,2.55,17850,UK\n"
    );

    let page = preview(&manager, file.as_bytes()).await;

    let reasons = reasons(&page);
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(
        reasons[0].contains("has more than 1,000 letters here."),
        "{}",
        reasons[0]
    );
    assert!(reasons.iter().all(|reason| reason.len() < 500));
    assert!(page.says("Import 1 order"), "{}", page.words());
}

#[actix_web::test]
async fn a_line_of_very_many_cells_is_refused_alone() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let file = format!(
        "{HEAD}\n{}1002,MUG{}\n",
        lines_of("1001", 1),
        ",1".repeat(40_000)
    );

    let page = preview(&manager, file.as_bytes()).await;

    let reasons = reasons(&page);
    assert!(
        reasons[0].starts_with("The line has 500 cells"),
        "{reasons:?}"
    );
    assert!(page.says("Import 1 order"), "{}", page.words());
}

#[actix_web::test]
async fn files_of_stock_and_of_kits_are_bounded_as_well() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    for (head, line) in [("sku,counted", "A,1\n"), ("kit,part,quantity", "A,B,1\n")] {
        let file = format!("{head}\n{}", line.repeat(backfill::sheet::MOST_HELD));

        let refused = stock::sent(&manager, &file).await;

        assert_eq!(refused.status(), 422, "{}", refused.summary());
        let sentence = refused.page().field("file").error().to_owned();
        assert!(sentence.contains("more than 200,000 lines"), "{sentence}");
    }
    let long = "a".repeat(30_000);
    for file in [
        format!("sku,counted\n{long},1\n"),
        format!("kit,part,quantity\n{long},B,1\n"),
    ] {
        let page = stock::preview(&manager, &file).await;

        let reason = page.table("Lines left out").rows[0]
            .cell("Reason")
            .to_owned();
        assert!(reason.starts_with("No product is called aaa"), "{reason}");
        assert!(reason.len() < 300, "{}", reason.len());
    }
}

#[actix_web::test]
async fn a_kit_of_very_many_parts_is_left_out_before_they_are_held_against_each_other() {
    let shop = Shop::open().await;
    shop.new_product("SET");
    shop.new_product("MUG");
    let manager = shop.manager().await;
    let file = format!("kit,part,quantity\n{}", "SET,MUG,1\n".repeat(20_000));

    let page = stock::preview(&manager, &file).await;

    assert!(page.says("A kit has at most 50 parts."), "{}", page.words());
}
