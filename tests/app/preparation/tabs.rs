//! Where an order stands.

use backfill::preparation::Tab;
use backfill::sales;

use super::{order, orders_in, shows};
use crate::support::app::Shop;

#[actix_web::test]
async fn three_orders_of_five_share_seven_units_in_queue_order() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    order("SO-1", 1).line(&mug, 5).place(&shop);
    order("SO-2", 2).line(&mug, 5).place(&shop);
    order("SO-3", 3).line(&mug, 5).place(&shop);
    assert_eq!(shop.tab_counts(), [(Tab::Backorder, 3)]);

    shop.has(&mug, 7);

    let tabs = [(Tab::InStock, 1), (Tab::Partial, 1), (Tab::Backorder, 1)];
    assert_eq!(shop.tab_counts(), tabs);
    let picker = shop.user().await;
    assert_eq!(orders_in(&picker.page("/preparation").await), ["SO-1"]);
    let partial = picker.page("/preparation?tab=partial").await;
    assert_eq!(orders_in(&partial), ["SO-2"]);
    shows(&partial, "2 of 5 reserved");
    let backorder = picker.page("/preparation?tab=backorder").await;
    assert_eq!(orders_in(&backorder), ["SO-3"]);
    shows(&backorder, "missing, not on order");
}

#[actix_web::test]
async fn an_order_with_one_line_covered_is_partial_until_the_other_is_there() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    assert_eq!(shop.tab_counts(), [(Tab::Partial, 1)]);

    shop.has(&jug, 1);

    assert_eq!(shop.tab_counts(), [(Tab::InStock, 1)]);
}

#[actix_web::test]
async fn what_is_stopped_taken_or_gone_has_a_tab_of_its_own() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let stopped = order("SO-1", 1).line(&mug, 1).place(&shop);
    let taken = order("SO-2", 2).line(&mug, 1).place(&shop);
    let gone = order("SO-3", 3).line(&mug, 1).place(&shop);

    shop.write(|conn| Ok(sales::hold(conn, stopped, "Unpaid")?));
    shop.prepares(taken);
    shop.ships(shop.prepares(gone));

    let tabs = [(Tab::OnHold, 1), (Tab::InProgress, 1), (Tab::Shipped, 1)];
    assert_eq!(shop.tab_counts(), tabs);
    let picker = shop.user().await;
    shows(&picker.page("/preparation?tab=on-hold").await, "Unpaid");
    shows(
        &picker.page("/preparation?tab=in-progress").await,
        "To pick",
    );
    shows(&picker.page("/preparation?tab=shipped").await, "DHL 0034");
}

#[actix_web::test]
async fn a_tab_reads_from_the_head_of_its_queue_page_after_page() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let numbers: Vec<&'static str> = (1..=60)
        .map(|number| &*Box::leak(format!("SO-{number:03}").into_boxed_str()))
        .collect();
    // Placed in the opposite order: what counts is when they were ordered.
    for (minute, number) in numbers.iter().enumerate().rev() {
        let minute = i64::try_from(minute).expect("a few minutes");
        order(number, minute).line(&mug, 1).place(&shop);
    }
    let picker = shop.user().await;

    let first = picker.page("/preparation?tab=backorder").await;
    let second = picker
        .page(&format!("/preparation{}", first.link("Next")))
        .await;
    let back = picker
        .page(&format!("/preparation{}", second.link("Back")))
        .await;

    assert_eq!(orders_in(&first), numbers[..50]);
    assert_eq!(orders_in(&second), numbers[50..]);
    assert_eq!(orders_in(&back), numbers[..50]);
}

#[actix_web::test]
async fn a_tab_is_searched_by_order_customer_and_sku() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    order("SO-1", 1).line(&mug, 1).place(&shop);
    order("SO-2", 2).line(&jug, 1).place(&shop);
    let picker = shop.user().await;

    for (text, found) in [("so-2", "SO-2"), ("customer so-1", "SO-1"), ("jug", "SO-2")] {
        let path = format!("/preparation?tab=backorder&q={}", text.replace(' ', "+"));
        assert_eq!(orders_in(&picker.page(&path).await), [found], "{text}");
    }
    let page = picker.page("/preparation?tab=backorder&q=teapot").await;
    shows(&page, "No order like this here");
}

#[actix_web::test]
async fn a_page_of_long_orders_takes_three_statements_and_shows_six_products_of_each() {
    let shop = Shop::open().await;
    let products: Vec<_> = (0..40)
        .map(|at| shop.new_product(&format!("P{at:02}")))
        .collect();
    shop.has(&products[0], 1);
    let long = products
        .iter()
        .fold(order("SO-1", 1), |order, product| order.line(product, 1));
    long.place(&shop);
    order("SO-2", 2).line(&products[1], 1).place(&shop);
    let picker = shop.user().await;

    let (reply, statements) = shop
        .statements_of(picker.get("/preparation?tab=partial"))
        .await;

    let visitor = 1;
    assert!(statements <= 3 + visitor, "{statements} statements");
    let page = reply.page();
    assert_eq!(page.texts(".look-product").len(), 6);
    shows(&page, "and 34 more");
    assert_eq!(page.table("Orders").row("SO-1").cell("Items"), "40");
    // What is missing is shown first: the only reserved one is not among the first six.
    assert!(!page.texts(".look-product").contains(&"P00".to_owned()));
}

#[actix_web::test]
async fn a_tab_is_exported_as_it_stands() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    order("SO-1", 1).line(&mug, 2).line(&jug, 3).place(&shop);
    let picker = shop.user().await;

    let file = picker.get("/preparation.csv?tab=partial").await.text();

    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 2, "{file}");
    assert!(lines[1].starts_with("SO-1,"), "{file}");
    assert!(lines[1].contains(r#",2,5,3,"2 x MUG, 3 x JUG","#), "{file}");
}
