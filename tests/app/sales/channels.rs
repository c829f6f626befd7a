//! Orders and customers belong to a channel; numbers and codes are unique within it.

use backfill::sales::{self, CustomerInput};
use backfill::stock::{Priority, ShippingPolicy};
use backfill::types::{CustomerId, OrderId};
use backfill::web::Role;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::by_hand::with_lines;
use super::desk::Desk;
use crate::support::requests::Browser;

/// An order of this number from this channel, to this customer, placed with this address.
fn from(desk: &Desk, channel: &str, number: &str, customer: CustomerId) -> OrderId {
    let mut order = desk.new_order(number, &[("MUG", 1)], 0);
    order.channel = channel.into();
    order.customer = customer;
    order.email = format!("orders@{channel}.example");
    desk.place(&order)
}

/// A customer of a channel, living in a town.
fn customer_of(desk: &Desk, channel: &str, code: &str, town: &str) -> CustomerId {
    let input = CustomerInput {
        code: code.into(),
        name: "Anna Smith".into(),
        email: format!("{code}@{channel}.example").to_lowercase(),
        phone: String::new(),
        address: format!("1 Mill Lane\n{town}"),
        country: "UK".into(),
        priority: Priority::Normal,
        shipping_policy: ShippingPolicy::PartialAllowed,
        note: String::new(),
    };
    let inputs = std::slice::from_ref(&input);
    desk.shop
        .write(|act| Ok(sales::add_customers(act, channel, inputs)?[0]))
}

#[actix_web::test]
async fn one_number_from_two_channels_is_two_orders_and_in_one_channel_it_is_refused() {
    let desk = Desk::open().await;
    let ada = desk.customer("Ada Lovelace");
    let first = from(&desk, "amazon", "1001", ada);
    let second = from(&desk, "shop", "1001", ada);

    let mut again = desk.new_order("1001", &[("MUG", 1)], 1);
    again.channel = "Amazon ".into();
    let refused = desk.attempt(1, |act| sales::place(act, &[again.clone()]));

    assert_ne!(first, second);
    assert_eq!(refused, Err(sales::Error::NumberTaken("1001".into())));
    let browser = desk.shop.user().await;
    let list = browser.page("/orders?q=1001").await;
    let table = list.table("Orders");
    let mut channels = table.column("Channel");
    channels.sort();
    assert_eq!(channels, ["amazon", "shop"]);
    let options = list.texts("select[name=channel] option");
    assert_eq!(options, ["Any channel", "By hand", "amazon", "shop"]);
    let shop = list.attributes("select[name=channel] option", "value")[3].clone();
    let narrowed = browser.page(&format!("/orders?channel={shop}")).await;
    assert_eq!(narrowed.table("Orders").column("Channel"), ["shop"]);
    let csv = browser
        .get(&format!("/orders.csv?channel={shop}"))
        .await
        .text();
    assert!(csv.contains("shop") && !csv.contains("amazon"), "{csv}");
    assert!(
        browser
            .page(&format!("/orders/{second}"))
            .await
            .says("Channel shop")
    );
}

#[actix_web::test]
async fn one_customer_number_of_two_channels_is_two_customers() {
    let desk = Desk::open().await;
    let first = customer_of(&desk, "amazon", "77", "Leeds");
    let second = customer_of(&desk, "shop", "77", "York");

    assert_ne!(first, second);
    let browser = desk.shop.user().await;
    let list = browser.page("/customers?q=77").await;
    let table = list.table("Customers");
    let mut channels = table.column("Channel");
    channels.sort();
    assert_eq!(channels, ["amazon", "shop"]);
    let by_address = browser.page("/customers?q=77@SHOP").await;
    assert_eq!(by_address.table("Customers").column("Channel"), ["shop"]);
}

#[actix_web::test]
async fn a_letter_goes_to_the_address_its_order_was_placed_with() {
    let desk = Desk::open().await;
    let anna = customer_of(&desk, "shop", "77", "York");
    let (first, second) = (
        from(&desk, "shop", "1", anna),
        from(&desk, "amazon", "2", anna),
    );
    let browser = desk.shop.user().await;

    let to = async |order: OrderId| {
        let page = browser.page(&format!("/orders/{order}/message")).await;
        page.field("recipients").value().to_owned()
    };

    assert_eq!(to(first).await, "orders@shop.example");
    assert_eq!(to(second).await, "orders@amazon.example");
    let edit = browser.page(&format!("/orders/{second}/edit")).await;
    let edit = edit.form("#order-form");
    browser
        .submit_form(&edit.clone().with("email", "Anna@Home.example"))
        .await;
    assert_eq!(to(second).await, "anna@home.example");
    let edit = browser.page(&format!("/orders/{second}/edit")).await;
    let edit = edit.form("#order-form");
    browser.submit_form(&edit.with("email", "")).await;
    assert_eq!(to(second).await, "77@shop.example");
}

#[actix_web::test]
async fn only_a_manager_writes_to_an_address_nobody_knows_of_the_customer() {
    let desk = Desk::open().await;
    let anna = customer_of(&desk, "shop", "77", "York");
    let order = from(&desk, "shop", "1", anna);
    let path = format!("/orders/{order}/message");
    let (user, manager) = (desk.shop.user().await, desk.shop.manager().await);
    let stranger = async |browser: &Browser| {
        let form = browser.page(&path).await.form("#message");
        browser
            .send(&form.with("recipients", "elsewhere@evil.example"))
            .await
    };

    let refused = stranger(&user).await;
    let own = user.page(&path).await.form("#message");
    let written = user.send(&own.with("recipients", "77@shop.example")).await;
    let by_manager = stranger(&manager).await;

    assert_eq!(refused.status(), 422);
    let said = refused.page().field("recipients").error().to_owned();
    assert!(said.contains("is not an address of this order"), "{said}");
    assert_eq!((written.status(), by_manager.status()), (303, 303));
    let admin = desk.shop.admin().await;
    let trail = admin.page("/audit?kind=customer_written").await;
    let trail = trail.table("Audit trail");
    assert_eq!(trail.column("What").len(), 2);
    assert!(
        trail
            .row("elsewhere@evil.example")
            .words()
            .contains("manager")
    );
}

#[actix_web::test]
async fn nobody_writes_to_customers_without_end() {
    let desk = Desk::open().await;
    let anna = customer_of(&desk, "shop", "77", "York");
    let order = from(&desk, "shop", "1", anna);
    let user = desk.shop.user().await;
    let by = desk.shop.person(Role::User).id;
    desk.shop.write(|act| {
        diesel::sql_query(
            "insert into mails (record_kind, record_id, recipients, sender, subject, body_text,
               body_html, queued_by, queued_at, next_try_at)
             select 'order', 1, 'a@b.example', 'c@d.example', 'x', 'x', '', $1, now(), now()
             from generate_series(1, 200)",
        )
        .bind::<BigInt, _>(by)
        .execute(act.conn())?;
        Ok(())
    });

    let form = user
        .page(&format!("/orders/{order}/message"))
        .await
        .form("#message");
    let refused = user.send(&form).await;

    assert_eq!(refused.status(), 409);
    assert!(
        refused.page().says("200 letters are the most"),
        "{}",
        refused.summary()
    );
}

#[actix_web::test]
async fn two_customers_of_one_name_are_both_there_to_choose_from() {
    let desk = Desk::open().await;
    desk.product("MUG");
    customer_of(&desk, "shop", "A1", "York");
    let other = customer_of(&desk, "shop", "A2", "Leeds");
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new").await;
    let form = with_lines(&page, &[("MUG", "2")]).with("customer", "anna smith");

    let asked = browser.send(&form).await;

    assert_eq!(asked.status(), 422);
    let asked = asked.page();
    assert!(
        asked
            .field("customer")
            .error()
            .starts_with("Two have this name.")
    );
    let called = asked.text("#called");
    for mark in [
        "A1",
        "a1@shop.example",
        "York",
        "A2",
        "a2@shop.example",
        "Leeds",
    ] {
        assert!(called.contains(mark), "{called}");
    }
    assert_eq!(
        asked.attribute("#quantity-0", "value").as_deref(),
        Some("2")
    );
    let chosen = asked
        .form("#order-form")
        .with("customer_id", &other.to_string());
    let order = browser.submit_form(&chosen).await;
    assert_eq!(order.link("Anna Smith"), format!("/customers/{other}"));

    let delivery = format!("/orders/delivery?customer=Anna+Smith&customer_id={other}");
    let delivery = browser.htmx("delivery").page(&delivery).await;
    assert!(delivery.field("ship_to").value().ends_with("Leeds"));
    let page = browser.page("/orders/new?customer=Anna+Smith").await;
    let someone_else = with_lines(&page, &[("MUG", "2")])
        .with("customer_id", "new")
        .with("new_name", "Anna Smith");
    browser.submit_form(&someone_else).await;
    let customers = browser.page("/customers?q=anna+smith").await;
    assert_eq!(customers.table("Customers").rows.len(), 3);
}

#[actix_web::test]
async fn an_order_by_hand_takes_the_next_number_that_nobody_bears() {
    let desk = Desk::open().await;
    let ada = desk.customer("Ada Lovelace");
    from(&desk, "shop", "SO-000001", ada);
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new?customer=ADA-LOVELACE").await;

    let order = browser
        .submit_form(&with_lines(&page, &[("MUG", "2")]))
        .await;

    assert!(order.says("SO-000002") && order.says("Channel By hand"));
}
