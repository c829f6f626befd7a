//! Kits out of a file, a row per part, shown before they are written; and all kits as such a file.

use super::Bench;
use crate::exchange::stock::{preview, sent};
use crate::support::html::Page;

/// What a page says would change: SKU, parts now, parts then.
fn changes(page: &Page) -> Vec<[String; 3]> {
    let rows = page.table("Kits that change").rows;
    rows.iter()
        .map(|row| ["Kit", "Parts now", "Parts then"].map(|head| row.cell(head).to_owned()))
        .collect()
}

fn refusals(page: &Page) -> Vec<(String, String)> {
    let rows = page.table("Lines left out").rows;
    rows.iter()
        .map(|row| (row.cell("Line").to_owned(), row.cell("Reason").to_owned()))
        .collect()
}

#[actix_web::test]
async fn kits_are_shown_before_they_are_written_and_written_once() {
    let bench = Bench::open().await;
    bench.shop.new_kit("HAMPER", &[(&bench.tea, 3)]);
    let manager = bench.shop.manager().await;
    let file = "Kit SKU;Component;Qty\nGift-set;mug;2\nhamper;TEA;1\nGIFT-SET;TEA;1\n";

    let page = preview(&manager, file).await;

    let expected = [
        ["GIFT-SET", "no kit yet", "2 \u{d7} MUG, 1 \u{d7} TEA"],
        ["HAMPER", "3 \u{d7} TEA", "1 \u{d7} TEA"],
    ];
    assert_eq!(changes(&page), expected.map(|row| row.map(str::to_owned)));
    assert!(
        page.says("2 kits would be, 0 lines are left out; kits that are packed so already: 0.")
    );
    let card = bench.parts(&manager, &bench.set).await;
    assert!(card.says("Make it a kit"), "nothing is changed yet");

    let done = manager.submit_form(&page.form("#confirm")).await;
    let again = manager.submit_form(&page.form("#confirm")).await;

    assert!(done.says("2 kits changed."), "{}", done.words());
    assert!(again.says("2 kits changed on"));
    let card = bench.parts(&manager, &bench.set).await.table("Parts");
    assert_eq!(card.column("Part"), ["MUG", "TEA"]);
    assert_eq!(card.column("In one kit"), ["2", "1"]);
    let files = manager.page("/stock/files/new").await.table("Files");
    assert_eq!(files.column("What"), ["Kits"]);
}

#[actix_web::test]
async fn a_kit_with_a_line_that_is_wrong_is_left_out_whole() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    shop.new_kit("HAMPER", &[(&bench.tea, 3)]);
    shop.new_product("BOX");
    shop.has(&shop.new_product("LYING"), 5);
    let manager = shop.manager().await;
    let file = "kit,part,quantity\n\
                GIFT-SET,MUG,2\n\
                GIFT-SET,NONE,1\n\
                ,MUG,1\n\
                CUP,MUG,1\n\
                BOX,HAMPER,1\n\
                BOX,TEA,x\n\
                LYING,MUG,1\n\
                LYING,TEA,1\n\
                HAMPER,TEA,2\n\
                HAMPER,tea,1\n\
                MUG,TEA,0\n";

    let page = preview(&manager, file).await;

    let expected = [
        ("2", "Its kit is left out with line 3."),
        ("3", "No product is called NONE."),
        ("4", "It names no kit."),
        ("5", "No product is called CUP."),
        ("6", "Its kit is left out with line 7."),
        ("7", "Quantity x: Enter a whole number, 0 or more."),
        ("8", "LYING cannot become a kit: 5 on hand in MAIN."),
        ("9", "Its kit is left out with line 8."),
        ("10", "Its kit is left out with line 11."),
        ("11", "TEA is named twice: add up its units."),
        ("12", "Quantity 0: Enter at least 1."),
    ];
    let expected = expected.map(|(line, why)| (line.to_owned(), why.to_owned()));
    assert_eq!(refusals(&page), expected);
    assert!(page.says("Every kit that can be read is packed so already."));
    assert!(!page.has("#confirm"));
}

#[actix_web::test]
async fn no_kit_of_a_file_stands_in_another_of_it() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;

    let page = preview(&manager, "kit,part,quantity\nGIFT-SET,MUG,2\nMUG,TEA,1\n").await;

    let why = "MUG is a kit, and no kit stands in a kit: name its parts.";
    assert_eq!(refusals(&page), [("2".to_owned(), why.to_owned())]);
    let mug = ["MUG", "no kit yet", "1 \u{d7} TEA"].map(str::to_owned);
    assert_eq!(changes(&page), [mug]);
}

#[actix_web::test]
async fn the_parts_of_all_kits_as_a_file_change_nothing_when_they_are_read_again() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    bench.packs(&manager).await;
    let file = manager.get("/stock/kits/parts.csv").await.text();

    let page = preview(&manager, &file).await;
    let torn = sent(&manager, "kit,part\nGIFT-SET,MUG\n").await;

    assert!(page.says("kits that are packed so already: 1."));
    assert!(page.says("Every kit that can be read is packed so already."));
    assert!(!page.has("#confirm"));
    assert_eq!(torn.status(), 422);
    assert_eq!(
        torn.page().errors()[0],
        "A file of kits names the columns kit, part and quantity. Found: kit, part."
    );
}

#[actix_web::test]
async fn what_would_change_otherwise_than_was_shown_is_shown_again() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    let page = preview(&manager, "kit,part,quantity\nGIFT-SET,MUG,1\n").await;
    bench.packs(&manager).await;

    let refused = manager.send(&page.form("#confirm")).await;

    assert_eq!(refused.status(), 422);
    let set = ["GIFT-SET", "2 \u{d7} MUG, 1 \u{d7} TEA", "1 \u{d7} MUG"];
    assert_eq!(changes(&refused.page()), [set.map(str::to_owned)]);
}

#[actix_web::test]
async fn a_file_of_kits_takes_as_many_statements_however_long_it_is() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    let skus: Vec<String> = (0..40).map(|nth| format!("SET-{nth:02}")).collect();
    for sku in &skus {
        bench.shop.new_product(sku);
    }
    let file = |skus: &[String]| {
        let lines = skus.iter().map(|sku| format!("{sku},MUG,2\n{sku},TEA,1\n"));
        format!("kit,part,quantity\n{}", lines.collect::<String>())
    };
    let (few, many) = (preview(&manager, &file(&skus[..1])).await, file(&skus[1..]));
    let (_, of_few) = bench
        .shop
        .statements_of(manager.send(&few.form("#confirm")))
        .await;
    let page = preview(&manager, &many).await;

    let (reply, of_many) = bench
        .shop
        .statements_of(manager.send(&page.form("#confirm")))
        .await;

    assert!(reply.location().is_some(), "{}", reply.summary());
    assert_eq!(of_few, of_many);
}
