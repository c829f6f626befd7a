//! Orders written and changed in the browser.

use backfill::sales::OrderStatus;
use backfill::stock::Priority;
use backfill::types::Money;

use super::desk::Desk;
use crate::support::html::{Form, Page};

/// A form with these lines typed into it, each a SKU and how many.
pub fn with_lines(page: &Page, lines: &[(&str, &str)]) -> Form {
    let mut form = page.form("#order-form");
    let mut typed = lines.iter();
    let mut line = None;
    for (name, value) in &mut form.fields {
        match name.as_str() {
            "line" => line = typed.next(),
            "sku" => *value = line.map_or_else(String::new, |(sku, _)| (*sku).into()),
            "quantity" => *value = line.map_or_else(String::new, |(_, many)| (*many).into()),
            _ => {}
        }
    }
    form
}

#[actix_web::test]
async fn an_order_is_written_by_hand_at_the_prices_of_the_products() {
    let desk = Desk::open().await;
    desk.stock("MUG", 5);
    desk.product("CUP");
    desk.customer("Ada Lovelace");
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new?customer=ada-lovelace").await;
    assert_eq!(page.field("ship_to").value(), "1 Mill Lane\nLeeds");

    let form = with_lines(&page, &[("mug", "2"), ("CUP", "1")]);
    let order = browser.submit_form(&form).await;

    let lines = order.table("Lines");
    assert_eq!(lines.row("MUG").cell("State"), "reserved");
    assert!(
        lines
            .row("CUP")
            .cell("State")
            .starts_with("missing, not on order")
    );
    assert!(order.says("30.00 EUR") && order.says("By hand"));
}

#[actix_web::test]
async fn a_form_sent_twice_places_one_order() {
    let desk = Desk::open().await;
    desk.product("MUG");
    desk.customer("Ada Lovelace");
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new?customer=ADA-LOVELACE").await;
    let form = with_lines(&page, &[("MUG", "2")]);

    let first = browser.send(&form).await;
    let second = browser.send(&form).await;

    assert!(first.location().is_some());
    assert_eq!(second.location(), first.location());
    let list = browser.page("/orders").await;
    assert_eq!(list.table("Orders").rows.len(), 1);
}

#[actix_web::test]
async fn what_is_wrong_stands_beside_its_line_and_nothing_typed_is_lost() {
    let desk = Desk::open().await;
    desk.product("MUG");
    desk.customer("Ada Lovelace");
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new?customer=ADA-LOVELACE").await;

    let form = with_lines(&page, &[("MUG", "two"), ("CUP", "1")]).with("note", "by the door");
    let refused = browser.htmx("order-form").send(&form).await;
    let unknown = with_lines(&page, &[("MUG", "2"), ("NOSUCH", "1")]);
    let not_found = browser.send(&unknown).await.page();

    assert_eq!(refused.status(), 422);
    let refused = refused.page();
    assert!(refused.text("#error-quantity-0").contains("whole number"));
    assert_eq!(refused.field("note").value(), "by the door");
    assert_eq!(refused.field("customer").value(), "ADA-LOVELACE");
    assert_eq!(refused.attribute("#sku-1", "value").as_deref(), Some("CUP"));
    assert_eq!(
        refused.attribute("#quantity-0", "value").as_deref(),
        Some("two")
    );
    assert_eq!(not_found.text("#error-sku-1"), "No product has this SKU.");
}

#[actix_web::test]
async fn an_empty_form_says_what_it_needs() {
    let desk = Desk::open().await;
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new").await;

    let refused = browser.send(&page.form("#order-form")).await;

    assert_eq!(refused.status(), 422);
    let refused = refused.page();
    assert!(
        refused
            .field("customer")
            .error()
            .starts_with("Choose a customer")
    );
    assert!(
        refused
            .text("#error-lines")
            .starts_with("Add at least one line")
    );
}

#[actix_web::test]
async fn a_name_nobody_has_becomes_a_new_customer() {
    let desk = Desk::open().await;
    desk.product("MUG");
    let browser = desk.shop.user().await;
    let page = browser.page("/orders/new").await;
    let delivery = browser.page("/orders/delivery?customer=Grace+Hopper").await;
    assert_eq!(delivery.field("new_name").value(), "Grace Hopper");

    let form = with_lines(&page, &[("MUG", "2")]).with("customer", "Grace Hopper");
    let refused = browser.send(&form).await.page();
    let form = refused
        .form("#order-form")
        .with("email", "Grace@Navy.example");
    let order = browser.submit_form(&form).await;

    assert!(order.says("Grace Hopper"));
    let customers = browser.page("/customers?q=grace").await;
    let row = customers
        .table("Customers")
        .rows
        .into_iter()
        .next()
        .expect("a row");
    assert_eq!(row.cell("E-mail"), "grace@navy.example");
    assert_eq!(row.cell("Open orders"), "1");
    assert!(row.cell("Code").starts_with("C-"));
}

#[actix_web::test]
async fn only_a_manager_goes_above_the_class_of_a_customer() {
    let desk = Desk::open().await;
    desk.product("MUG");
    desk.customer("Ada Lovelace");
    let (user, manager) = (desk.shop.user().await, desk.shop.manager().await);
    let page = user.page("/orders/new?customer=ADA-LOVELACE").await;
    let form = with_lines(&page, &[("MUG", "2")]).with("priority", "urgent");

    let refused = user.send(&form).await;
    let placed = manager.submit_form(&form).await;

    assert_eq!(refused.status(), 422);
    assert!(
        refused
            .page()
            .field("priority")
            .error()
            .contains("Only a manager")
    );
    assert!(placed.says("Urgent"));
}

#[actix_web::test]
async fn an_order_is_changed_by_hand() {
    let desk = Desk::open().await;
    desk.stock("BOWL", 1);
    let order = desk.order("A-1", &[("MUG", 5), ("CUP", 2)], 0);
    let browser = desk.shop.manager().await;
    let page = browser.page(&format!("/orders/{order}/edit")).await;

    let mut form = with_lines(&page, &[("MUG", "7"), ("CUP", "0"), ("BOWL", "1")]);
    form = form
        .with("note", "call first")
        .with("giving_up", "no cups this year");
    let changed = browser.submit_form(&form).await;

    let lines = desk.lines(order);
    let wanted: Vec<u32> = lines.iter().map(|line| line.wanted().get()).collect();
    assert_eq!(wanted, [7, 0, 1]);
    assert_eq!(
        desk.order_now(order).total,
        Money::parse("80").expect("money")
    );
    assert!(changed.says("MUG: 7 instead of 5"), "{}", changed.words());
    assert!(changed.says("1 of BOWL added: no cups this year"));
    assert!(changed.says("call first"));
}

#[actix_web::test]
async fn an_edit_page_that_is_out_of_date_is_refused_whole() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5)], 0);
    let browser = desk.shop.user().await;
    let page = browser.page(&format!("/orders/{order}/edit")).await;
    desk.edit(order, |input| input.note = "meanwhile".into());

    let reply = browser.send(&with_lines(&page, &[("MUG", "1")])).await;

    assert_eq!(reply.status(), 409);
    assert!(reply.page().says("Somebody changed this order"));
    assert_eq!(desk.lines(order)[0].wanted().get(), 5);
}

#[actix_web::test]
async fn the_priority_of_an_order_is_a_matter_of_managers() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5)], 0);
    let (user, manager) = (desk.shop.user().await, desk.shop.manager().await);
    let path = format!("/orders/{order}/edit");
    let page = user.page(&path).await;
    assert!(!page.has("[name=priority]"));

    let mut form = page.form("#order-form");
    form.fields.push(("priority".into(), "urgent".into()));
    user.submit_form(&form).await;
    assert_eq!(desk.order_now(order).priority, Priority::Normal);

    let form = manager.page(&path).await.form("#order-form");
    manager.submit_form(&form.with("priority", "urgent")).await;
    assert_eq!(desk.order_now(order).priority, Priority::Urgent);
}

#[actix_web::test]
async fn a_line_cannot_go_below_what_lies_in_a_parcel_and_says_so() {
    let desk = Desk::open().await;
    desk.stock("MUG", 3);
    let order = desk.order("A-1", &[("MUG", 5)], 0);
    desk.take(order);
    let browser = desk.shop.manager().await;
    let page = browser.page(&format!("/orders/{order}/edit")).await;

    let reply = browser.send(&with_lines(&page, &[("MUG", "2")])).await;

    assert_eq!(reply.status(), 422);
    let error = reply.page().text("#error-quantity-0");
    let sentence = "At least 3: 3 of MUG (line 1) in SH-000001 are being prepared.";
    assert_eq!(error, sentence);
    assert_eq!(desk.order_now(order).status, OrderStatus::Open);
}

#[actix_web::test]
async fn a_form_is_helped_while_somebody_types() {
    let desk = Desk::open().await;
    desk.product("MUG-RED");
    desk.product("MUG-BLUE");
    desk.product("BOWL");
    desk.customer("Ada Lovelace");
    let browser = desk.shop.user().await;

    let products = browser.page("/orders/suggest/products?sku=mug").await;
    let customers = browser
        .page("/orders/suggest/customers?customer=love")
        .await;
    let price = browser.page("/orders/lines/price?sku=bowl&key=7").await;
    let line = browser.page("/orders/lines/new").await;

    assert_eq!(
        products.texts("option"),
        ["Product MUG-BLUE", "Product MUG-RED"]
    );
    let code = customers.attribute("option", "value");
    assert_eq!(code.as_deref(), Some("ADA-LOVELACE"));
    assert_eq!(price.field("price").value(), "10.00");
    assert_eq!(price.text("#name-7"), "Product BOWL");
    assert!(line.has("tr input[name=sku]"));
}

#[actix_web::test]
async fn what_is_suggested_while_typing_goes_into_the_lists_and_leaves_them_there() {
    let desk = Desk::open().await;

    let page = desk.shop.user().await.page("/orders/new").await;

    for list in ["customers", "products"] {
        let asking = page.attributes(&format!("[hx-target='#{list}']"), "hx-get");
        let inside = format!("[hx-target='#{list}'][hx-swap=innerHTML]");
        assert!(page.has(&format!("datalist#{list}")) && !asking.is_empty());
        assert_eq!(page.attributes(&inside, "hx-get"), asking, "{list}");
    }
}
