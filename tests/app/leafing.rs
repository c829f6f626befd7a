//! Leafing through lists: each row is met once on the way down and once on the way up, however the
//! list is sorted, and a page that nobody can mean is the first.

use crate::inventory::locations::range;
use crate::support::app::Shop;
use crate::support::requests::Browser;

const PRODUCTS: u32 = 60;

/// Every list with more rows than a page holds, and what it can be sorted by.
const LISTS: &[(&str, &[&str])] = &[
    ("/orders", &["number", "date", "customer", "total"]),
    ("/preparation?tab=partial", &[]),
    (
        "/replenishment",
        &[
            "sku",
            "name",
            "supplier",
            "backorder",
            "low",
            "incoming",
            "drafted",
            "on_hand",
            "minimum",
            "suggested",
        ],
    ),
    (
        "/purchase-orders",
        &["number", "supplier", "expected", "total"],
    ),
    ("/movements", &[]),
    ("/transfers", &["number", "from", "to", "expected"]),
    ("/stock", &[]),
    ("/products", &["sku", "name", "price"]),
    ("/locations", &["walk", "code", "zone", "units"]),
];

/// A shop that sold more of sixty products than it has, and drafts what it lacks.
async fn busy() -> Shop {
    let shop = Shop::open().await;
    let supplier = shop.new_supplier("ACME");
    let (main, east) = (shop.warehouse("MAIN"), shop.warehouse("EAST"));
    range(&shop, "L01", "L60");
    for at in 0..PRODUCTS {
        let product = shop.new_product(&format!("P{at:02}"));
        shop.buys_at(&product, &supplier);
        shop.has(&product, 1);
        shop.sells(&format!("N{at:02}"), &product, 2 + at % 3);
        shop.drafts(&supplier, &product, 1 + at % 4);
        shop.drafts_transfer([main, east], &[(product.id, 1 + at % 4)]);
    }
    shop
}

fn with(path: &str, query: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{query}")
}

/// The rows of a list in its order, having gone down page by page and up again.
async fn leafed(browser: &Browser, path: &str) -> Vec<String> {
    let place = path.split('?').next().expect("it has a path");
    let mut page = browser.page(path).await;
    let mut down = page.texts("#results tbody tr");
    while let Some(next) = page.attribute("a[rel=next]", "href") {
        page = browser.page(&format!("{place}{next}")).await;
        down.extend(page.texts("#results tbody tr"));
    }
    let mut up = page.texts("#results tbody tr");
    while let Some(back) = page.attribute("a[rel=prev]", "href") {
        page = browser.page(&format!("{place}{back}")).await;
        up.splice(0..0, page.texts("#results tbody tr"));
    }
    assert_eq!(up, down, "{path}");
    down
}

#[actix_web::test]
async fn each_row_is_met_once_down_and_once_up() {
    let shop = busy().await;
    let browser = shop.manager().await;

    for (list, sorts) in LISTS {
        let mut paths = vec![(*list).to_owned()];
        for sort in *sorts {
            paths.push(with(list, &format!("sort={sort}")));
            paths.push(with(list, &format!("sort=-{sort}")));
        }
        for path in paths {
            let mut rows = leafed(&browser, &path).await;
            rows.sort();
            rows.dedup();
            assert_eq!(rows.len(), PRODUCTS as usize, "{path}");
        }
    }
}

#[actix_web::test]
async fn a_page_that_nobody_can_mean_is_the_first() {
    let shop = busy().await;
    let browser = shop.manager().await;

    for (list, sorts) in LISTS {
        for sort in sorts.iter().chain(&["", "nonsense"]) {
            let sorted = with(list, &format!("sort={sort}"));
            let first = browser.page(&sorted).await.texts("#results tbody tr");
            for key in ["x", "~", "x~y", "a%1B~", "0~99999999999999999999"] {
                let path = with(&sorted, &format!("before={key}"));
                let rows = browser.page(&path).await.texts("#results tbody tr");
                assert_eq!(rows, first, "{path}");
            }
            // These are words to a list sorted by words, and nothing to the others.
            for key in [
                "99999999999999999999~1",
                "a%1B~1",
                "2026-02-30~1",
                "%2B275760-09-13T00:00:00Z~1",
            ] {
                browser.page(&with(&sorted, &format!("after={key}"))).await;
            }
        }
    }
}
