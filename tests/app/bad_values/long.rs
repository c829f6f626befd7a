//! Forms of more lines than anybody types: refused in a sentence, never sent back line by line.

use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

/// A form, each of whose lines is wrong.
async fn sends(
    browser: &Browser,
    path: &str,
    line: &[(&str, &str)],
    lines: usize,
) -> (Reply, usize) {
    let fields: Vec<(&str, &str)> = (0..lines).flat_map(|_| line.iter().copied()).collect();
    let form = serde_urlencoded::to_string(&fields)
        .expect("fields are text")
        .len();
    (browser.post(path, &fields).await, form)
}

#[actix_web::test]
async fn a_form_of_a_hundred_thousand_lines_is_refused_in_a_sentence() {
    let shop = Shop::open().await;
    let kit = shop.new_product("SET");
    let manager = shop.manager().await;
    let empty = manager.get("/orders/new").await.bytes().len();
    let (parts, product) = (format!("{}/parts", kit.path()), kit.path());

    for (path, line) in [
        ("/orders", [("line", ""), ("sku", "?")].as_slice()),
        (parts.as_str(), &[("sku", "?")]),
        (product.as_str(), &[("barcode", "\u{e9}")]),
        ("/replenishment/choices", &[("choice-1-1", "?")]),
    ] {
        let (refused, form) = sends(&manager, path, line, 100_000).await;

        assert_eq!(refused.status(), 422, "{path}: {}", refused.summary());
        let sentence =
            "This form has 100000 lines, and no more than 5000 are read at once: send it in parts.";
        assert!(
            refused.page().says(sentence),
            "{path}: {}",
            refused.summary()
        );
        assert!(refused.bytes().len() <= 2 * form + empty, "{path}");
    }
}

#[actix_web::test]
async fn nobody_types_more_than_five_hundred_lines() {
    let shop = Shop::open().await;
    let kit = shop.new_product("SET");
    let order = shop.sells("SO-1", &kit, 1);
    let manager = shop.manager().await;
    let (parts, product) = (format!("{}/parts", kit.path()), kit.path());
    let order = format!("/orders/{order}");

    for (path, line) in [
        ("/orders", [("line", ""), ("sku", "?")].as_slice()),
        (order.as_str(), &[("line", ""), ("sku", "?")]),
        (parts.as_str(), &[("sku", "?")]),
        (product.as_str(), &[("barcode", "\u{e9}")]),
        ("/shipping-rules", &[("warehouse", "?")]),
    ] {
        let (refused, _) = sends(&manager.htmx(""), path, line, 501).await;

        assert_eq!(refused.status(), 422, "{path}: {}", refused.summary());
        assert_eq!(refused.header("HX-Retarget"), Some("#notice"), "{path}");
        let sentence =
            "This form has 501 lines, and no more than 500 are read at once: send it in parts.";
        assert_eq!(refused.page().words(), sentence, "{path}");
    }
}

#[actix_web::test]
async fn a_form_of_more_bytes_than_are_read_is_refused_in_a_sentence() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let large = "x".repeat(3 * 1024 * 1024);

    let refused = manager.post("/orders", &[("note", &large)]).await;

    assert_eq!(refused.status(), 413);
    assert!(
        refused.page().says("send it in parts"),
        "{}",
        refused.summary()
    );
}
