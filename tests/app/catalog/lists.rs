//! The lists of the catalog: searching, narrowing, sorting, leafing, taking along.

use backfill::catalog::{self, Barcode, ProductInput};
use backfill::types::{Quantity, Sku};

use crate::support::app::Shop;
use crate::support::goods::money;
use crate::support::requests::Browser;

async fn skus(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.page(&format!("/products{query}")).await;
    page.texts("td .row-link")
}

fn named(shop: &Shop, sku: &str, name: &str, price: &str, barcode: Option<&str>) {
    let input = ProductInput {
        sku: Sku::parse(sku).expect("a SKU"),
        name: name.into(),
        price: money(price),
        barcodes: Vec::from_iter(barcode.map(|code| Barcode {
            code: code.into(),
            units: Quantity::new(1),
        })),
        weight_grams: 0,
        note: String::new(),
    };
    shop.write(|conn| Ok(catalog::add_product(conn, &input)?));
}

#[actix_web::test]
async fn products_are_found_by_words_of_sku_name_and_barcode() {
    let shop = Shop::open().await;
    named(&shop, "MUG-RED", "Red mug", "5", Some("4006381333931"));
    named(&shop, "MUG-BLUE", "Blue mug, 50% bigger", "7", None);
    named(&shop, "PEN", "Red pen", "1", None);
    let user = shop.user().await;

    assert_eq!(skus(&user, "?q=mug").await, ["MUG-BLUE", "MUG-RED"]);
    assert_eq!(skus(&user, "?q=red+mug").await, ["MUG-RED"]);
    assert_eq!(skus(&user, "?q=4006381333931").await, ["MUG-RED"]);
    assert_eq!(skus(&user, "?q=50%25").await, ["MUG-BLUE"]);
    assert_eq!(skus(&user, "?q=%25").await, ["MUG-BLUE"]);
    assert!(
        user.page("/products?q=spoon")
            .await
            .says("No product is shown")
    );
}

#[actix_web::test]
async fn products_are_narrowed_to_any_supplier_that_delivers_them() {
    let shop = Shop::open().await;
    let (mug, pen) = (shop.new_product("MUG"), shop.new_product("PEN"));
    let (acme, best) = (shop.new_supplier("ACME"), shop.new_supplier("BEST"));
    shop.buys_at(&mug, &acme);
    shop.buys_at(&mug, &best);
    shop.buys_at(&pen, &acme);
    let user = shop.user().await;

    assert_eq!(
        skus(&user, &format!("?supplier={}", acme.id)).await,
        ["MUG", "PEN"]
    );
    assert_eq!(
        skus(&user, &format!("?supplier={}", best.id)).await,
        ["MUG"]
    );
    assert_eq!(skus(&user, "?supplier=nonsense").await, ["MUG", "PEN"]);
}

#[actix_web::test]
async fn products_are_sorted_both_ways() {
    let shop = Shop::open().await;
    named(&shop, "A", "zebra", "2", None);
    named(&shop, "B", "Apple", "3", None);
    named(&shop, "C", "mango", "1", None);
    let user = shop.user().await;

    assert_eq!(skus(&user, "?sort=-sku").await, ["C", "B", "A"]);
    assert_eq!(skus(&user, "?sort=name").await, ["B", "C", "A"]);
    assert_eq!(skus(&user, "?sort=price").await, ["C", "A", "B"]);
    assert_eq!(skus(&user, "?sort=-price").await, ["B", "A", "C"]);
}

#[actix_web::test]
async fn leafing_shows_every_product_once_whichever_way_it_is_sorted() {
    let shop = Shop::open().await;
    for number in 0..120 {
        let price = (number % 7).to_string();
        named(
            &shop,
            &format!("P{number:03}"),
            &format!("Name {}", number % 5),
            &price,
            None,
        );
    }
    let user = shop.user().await;

    for sort in ["sku", "-sku", "name", "-name", "price", "-price"] {
        let mut seen = Vec::new();
        let mut pages = Vec::new();
        let mut path = format!("/products?sort={sort}");
        loop {
            let page = user.page(&path).await;
            pages.push(page.texts("td .row-link"));
            seen.extend(page.texts("td .row-link"));
            let Some(next) = page.attribute("a[rel=next]", "href") else {
                let back = page
                    .attribute("a[rel=prev]", "href")
                    .expect("there was a page before");
                let before = user.page(&format!("/products{back}")).await;
                assert_eq!(
                    before.texts("td .row-link"),
                    pages[pages.len() - 2],
                    "{sort}"
                );
                break;
            };
            path = format!("/products{next}");
        }

        assert_eq!(
            pages.iter().map(Vec::len).collect::<Vec<_>>(),
            [50, 50, 20],
            "{sort}"
        );
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "{sort}");
    }
}

#[actix_web::test]
async fn a_change_of_the_filter_fetches_the_results_only() {
    let shop = Shop::open().await;
    shop.new_product("MUG");

    let reply = shop
        .user()
        .await
        .htmx("results")
        .get("/products?q=mug")
        .await;

    let fragment = reply.page();
    assert!(fragment.has("#results"));
    assert!(!fragment.has("form.filters"));
    assert!(fragment.says("Product MUG"));
}

#[actix_web::test]
async fn the_csv_holds_what_the_filter_shows_and_runs_nowhere() {
    let shop = Shop::open().await;
    named(&shop, "MUG", "=HYPERLINK(\"x\")", "5.5", None);
    named(&shop, "PEN", "Pen, blue", "1", None);

    let user = shop.user().await;
    let all = user.get("/products.csv").await;
    let some = user.get("/products.csv?q=pen").await;

    assert_eq!(all.header("Content-Type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        all.text(),
        "\u{feff}sku,name,barcodes,price,supplier,archived,on_hand,to_ship,available,incoming,kind,weight_kg\n\
         MUG,\"'=HYPERLINK(\"\"x\"\")\",,5.50,,no,0,0,0,0,simple,\n\
         PEN,\"Pen, blue\",,1.00,,no,0,0,0,0,simple,\n"
    );
    assert_eq!(some.text().lines().count(), 2);
}

#[actix_web::test]
async fn the_csv_of_suppliers_holds_what_the_filter_shows() {
    let shop = Shop::open().await;
    shop.new_supplier("ACME");
    shop.new_supplier("BEST");

    let file = shop.user().await.get("/suppliers.csv?q=best").await.text();

    assert_eq!(file.lines().count(), 2, "{file}");
    assert!(
        file.contains("BEST,Supplier BEST,,orders@best.example,"),
        "{file}"
    );
}

#[actix_web::test]
async fn suppliers_are_found_and_sorted() {
    let shop = Shop::open().await;
    shop.new_supplier("B1");
    shop.new_supplier("A1");
    shop.new_supplier("C1");
    let user = shop.user().await;
    let codes = async |query: &str| {
        let page = user.page(&format!("/suppliers{query}")).await;
        page.texts("td .row-link")
    };

    assert_eq!(codes("").await, ["A1", "B1", "C1"]);
    assert_eq!(codes("?sort=-code").await, ["C1", "B1", "A1"]);
    assert_eq!(codes("?q=orders@b1").await, ["B1"]);
}

#[actix_web::test]
async fn a_list_takes_as_many_statements_for_one_row_as_for_fifty() {
    let shop = Shop::open().await;
    let acme = shop.new_supplier("ACME");
    let user = shop.user().await;
    let statements = async |path: &str| shop.statements_of(user.page(path)).await.1;
    let paths = ["/products", "/suppliers", "/warehouses"];
    let mut few = Vec::new();
    for path in paths {
        few.push(statements(path).await);
    }

    for number in 0..60 {
        let product = shop.new_product(&format!("P{number}"));
        shop.buys_at(&product, &acme);
        shop.new_supplier(&format!("S{number}"));
        shop.warehouse(&format!("W{number}"));
    }
    let mut many = Vec::new();
    for path in paths {
        many.push(statements(path).await);
    }

    // One of them is who asks.
    assert_eq!(few, many);
    assert!(many.iter().all(|statements| *statements <= 5), "{many:?}");
}
