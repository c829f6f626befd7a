//! A parcel of hundreds of lines: its page lists two hundred of them.

use backfill::preparation;
use backfill::sales::{self, NewLine};
use backfill::types::{ProductId, Quantity, ShipmentId};

use super::shows;
use crate::support::app::Shop;

const LINES: usize = 450;

/// A parcel of an order of 900 products, half of which are there: one unit of each.
fn parcel(shop: &Shop) -> ShipmentId {
    let (main, products) = (shop.primary_warehouse().id, shop.new_products(2 * LINES));
    shop.has_of_each(main, &products[..LINES], 1);
    let any = shop.new_product("MUG");
    let line = |product: &ProductId| NewLine {
        product: *product,
        warehouse: Some(main),
        ordered: Quantity::new(1),
        unit_price: any.price,
    };
    let mut order = shop.asked_for("SO-1", &any, 1);
    order.lines = products.iter().map(line).collect();
    shop.write(|act| {
        let order = sales::place(act, std::slice::from_ref(&order))?[0];
        Ok(preparation::prepare(act, order, main)?)
    })
}

#[actix_web::test]
async fn a_long_parcel_is_listed_in_pages_and_counted_whole() {
    let shop = Shop::open().await;
    let path = format!("/shipments/{}", parcel(&shop));
    let picker = shop.user().await;

    let page = picker.page(&format!("{path}?page=2")).await;

    let lines = page.table("In this parcel");
    assert_eq!(lines.rows.len(), 200);
    assert!(lines.rows[0].words().contains("P-201"), "{lines:?}");
    shows(&page, "Lines 201 to 400 of 450");
    shows(&page, "In this parcel 450");
    assert_eq!(
        page.attribute("#parcel", "hx-get"),
        Some(format!("{path}?page=2"))
    );
    assert_eq!(page.table("Still to come").rows.len(), 200);
    shows(&page, "and 250 more lines, on the page of SO-1");

    let short = page.attribute("[aria-label='P-250 is short on the shelf']", "href");
    let short = picker.page(&short.expect("a link")).await;
    let form = short.form("form[action*='/shortage']");
    let after = picker.submit_form(&form).await;
    shows(&after, "Lines 201 to 400 of 449");
    for (query, words) in [("abc", "Lines 1 to 200"), ("999999", "Lines 401 to 449")] {
        let page = picker.page(&format!("{path}?page={query}")).await;
        shows(&page, words);
    }
}

#[actix_web::test]
async fn a_long_parcel_takes_as_many_statements_as_a_short_one() {
    let shop = Shop::open().await;
    let long = format!("/shipments/{}?page=2", parcel(&shop));
    let mug = shop.new_product("JUG");
    shop.has(&mug, 1);
    let order = shop.sells("SO-2", &mug, 1);
    let main = shop.primary_warehouse().id;
    let short = shop.write(|act| Ok(preparation::prepare(act, order, main)?));
    let picker = shop.user().await;
    let statements = async |path: &str| shop.statements_of(picker.page(path)).await.1;
    picker.page(&long).await;

    let few = statements(&format!("/shipments/{short}")).await;

    assert_eq!(statements(&long).await, few);
}
