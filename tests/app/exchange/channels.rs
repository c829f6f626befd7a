//! A file belongs to a channel: its numbers and customers are those of that channel.

use backfill::schema::{channels, customers, orders};
use diesel::prelude::*;

use super::reading::HEAD;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::{Browser, Reply};

const OWN_NUMBER: &str = include_str!("cases/own-number.csv");
const EMAIL_CASE: &[u8] = include_bytes!("cases/email-case.csv");

async fn sent(browser: &Browser, name: &str, channel: &str, content: &[u8]) -> Reply {
    let form = browser.page("/imports").await.form("#upload");
    let form = form.with("channel", channel);
    let fields = form.fields.iter().filter(|(name, _)| name != "file");
    let fields: Vec<(&str, &str)> = fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let file = ("file", name, content);
    browser.upload("/imports", &fields, file).await
}

async fn preview(browser: &Browser, name: &str, channel: &str, content: &[u8]) -> Page {
    let reply = sent(browser, name, channel, content).await;
    browser.follow(&reply).await
}

async fn import(browser: &Browser, name: &str, channel: &str, content: &[u8]) -> Page {
    let page = preview(browser, name, channel, content).await;
    browser.submit_form(&page.form("#confirm")).await
}

/// Number and channel of each order, in the order they were placed.
fn placed(shop: &Shop) -> Vec<(String, String)> {
    shop.read(|conn| {
        let placed = orders::table.inner_join(channels::table).order(orders::id);
        Ok(placed.select((orders::number, channels::name)).load(conn)?)
    })
}

fn file(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", lines.join("\n")).into_bytes()
}

#[actix_web::test]
async fn one_number_from_two_channels_is_two_orders_of_two_customers() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let content = file(&["1001,MUG,A mug,6,2026-11-20,2.55,17850,UK"]);

    import(&browser, "x.csv", "Amazon", &content).await;
    import(&browser, "x.csv", "Shop", &content).await;
    let again = preview(&browser, "x.csv", "amazon", &content).await;

    let both = [("1001", "Amazon"), ("1001", "Shop")].map(|(n, c)| (n.into(), c.into()));
    assert_eq!(placed(&shop), both);
    let people: i64 = shop.read(|conn| Ok(customers::table.count().get_result(conn)?));
    assert_eq!(people, 2);
    assert!(again.says("No order of this file can be imported."));
    let elsewhere = again.form("#choices").with("channel", "eBay");
    let elsewhere = browser.submit_form(&elsewhere).await;
    assert!(elsewhere.says("Import 1 order"), "{}", elsewhere.words());
}

#[actix_web::test]
async fn a_file_without_a_channel_is_of_the_one_its_name_speaks_of_else_of_the_last() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let content = file(&["1001,MUG,A mug,6,2026-11-20,2.55,17850,UK"]);
    let channel_of = async |name: &str| {
        let page = preview(&browser, name, "", &content).await;
        page.field("channel").value().to_owned()
    };

    assert_eq!(channel_of("ebay-orders_2026.csv").await, "Ebay");
    import(&browser, "x.csv", "Amazon US", &content).await;
    import(&browser, "x.csv", "Shop", &content).await;

    assert_eq!(channel_of("amazon_us unshipped.csv").await, "Amazon US");
    assert_eq!(channel_of("something.csv").await, "Shop");
}

#[actix_web::test]
async fn no_file_goes_to_the_channel_of_orders_written_by_hand() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let content = file(&["1001,MUG,A mug,6,2026-11-20,2.55,17850,UK"]);

    let refused = sent(&browser, "x.csv", "by HAND", &content).await;

    assert_eq!(refused.status(), 422);
    let error = refused.page().field("channel").error().to_owned();
    assert!(error.contains("orders written here"), "{error}");
}

#[actix_web::test]
async fn a_number_of_our_series_stays_with_its_channel_and_the_next_by_hand_is_placed_at_once() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let next = OWN_NUMBER.replace("SO-000091", "SO-000001");
    import(&browser, "own-number.csv", "Shop", next.as_bytes()).await;

    let page = browser.page("/orders/new?customer=Kim").await;
    let mut form = page.form("#order-form");
    for (name, typed) in [("sku", "QA-CU"), ("quantity", "1")] {
        let field = form.fields.iter_mut().find(|(field, _)| field == name);
        field.expect("a line").1 = typed.into();
    }
    browser.submit_form(&form).await;

    let expected = [("SO-000001", "Shop"), ("SO-000002", "By hand")];
    assert_eq!(placed(&shop), expected.map(|(n, c)| (n.into(), c.into())));
}

#[actix_web::test]
async fn addresses_are_compared_without_case_within_an_order_a_file_and_a_channel() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;

    import(&browser, "email-case.csv", "Shop", EMAIL_CASE).await;
    let later = "order,date,email,sku,qty,price\nQE-4,2026-11-05,ANNA@SHOP.EXAMPLE,QA-E,1,5.00\n";
    import(&browser, "later.csv", "Shop", later.as_bytes()).await;

    let people: Vec<String> = shop.read(|conn| {
        let by_code = customers::table.order(customers::code);
        Ok(by_code.select(customers::email).load(conn)?)
    });
    assert_eq!(people, ["anna@shop.example", "ben@shop.example"]);
    let numbers = placed(&shop).into_iter().map(|(number, _)| number);
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        ["QE-1", "QE-2", "QE-3", "QE-4"]
    );
    let whole = browser.page("/orders?q=QE-3").await;
    let row = whole
        .table("Orders")
        .rows
        .into_iter()
        .next()
        .expect("a row");
    assert!(row.cell("Products").contains("QA-E2"), "{}", whole.words());
}
