//! The main job, whole: from a product in red to a parcel that left, as three people do it.

use backfill::config::Secret;
use backfill::outbox::Smtp;
use backfill::schema::movements;
use backfill::stock::MoveReason;
use backfill::types::Quantity;
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;

use super::desk::Desk;
use crate::support::app::Shop;
use crate::support::html::{Form, Page, Row};
use crate::support::postman;
use crate::support::requests::Browser;
use crate::support::smtp::Inbox;

#[actix_web::test]
async fn what_is_missing_is_bought_received_for_those_who_wait_and_shipped() {
    let inbox = Inbox::start();
    let shop = Shop::open_with(|config| {
        config.smtp_url = Some(Secret::new(inbox.url()));
        config.mail_from = "Shop <shop@shop.example>".into();
    })
    .await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    desk.finds(mug, 2);
    let (user, manager, admin) = (shop.user().await, shop.manager().await, shop.admin().await);
    receives_goods_at(&admin, "Dock 4\nRiver Street 1\n2840 Holte").await;

    // 1. Orders arrive without stock, and show what is missing in red.
    let anna = place(&user, "Anna", &[("MUG", "5"), ("JUG", "1")]).await;
    let bert = place(&user, "Bert", &[("MUG", "4")]).await;
    let orders = user.page("/orders").await;
    let products = |page: &Page, order: &str| {
        let row = page.table("Orders");
        row.row(order).cell("Products").to_owned()
    };
    assert_eq!(
        products(&orders, &anna.number),
        "1 JUG Product JUG missing, not on order 5 MUG Product MUG 2 of 5 reserved, rest not on order"
    );
    assert_eq!(
        products(&orders, &bert.number),
        "4 MUG Product MUG missing, not on order"
    );
    assert_eq!(
        orders.texts(".look-missing .look-product"),
        ["MUG Product MUG", "JUG Product JUG"],
        "the latest order first"
    );

    // 2. Order preparation lists them: one has a part of it, the other nothing.
    let backorder = user.page("/preparation?tab=backorder").await;
    assert_eq!(tabs(&backorder), [0, 1, 1, 0, 0, 0]);
    assert_eq!(in_tab(&backorder), [bert.number.as_str()]);
    let partial = user.page("/preparation?tab=partial").await;
    assert_eq!(in_tab(&partial), [anna.number.as_str()]);

    // 3. Replenishment lists what to buy for them, to the unit.
    let needs = manager.page("/replenishment").await;
    assert_eq!(
        need(&needs, "MUG"),
        ("Backorders".into(), [7, 0, 0, 0, 7, 7])
    );
    assert_eq!(
        need(&needs, "JUG"),
        ("Backorders".into(), [1, 0, 0, 0, 1, 1])
    );

    // 4. One press makes the purchase order. Nothing is on its way before it is sent.
    let purchase = order_the_minimum(&manager, &needs).await;
    let number = purchase.text("h1");
    let needs = manager.page("/replenishment").await;
    assert_eq!(
        need(&needs, "MUG"),
        ("Backorders".into(), [7, 0, 0, 7, 7, 7])
    );

    let preview = manager
        .submit_form(&purchase.form_sent_by("button[formaction$='/letter']"))
        .await;
    assert_eq!(
        preview.field("recipients").value(),
        "orders@hartmann.example"
    );
    let sent = manager.submit_form(&preview.form("#letter")).await;
    let comes = (Utc::now().date_naive() + TimeDelta::days(7)).format("%-d %b");
    assert_eq!(sent.text(".page-head .pill"), "Sent");
    assert_eq!(inbox.letters().len(), 0, "the outbox sends it");

    let tried = postman::run_due(&mut shop.connect(), &Smtp::at(&inbox.url()), Utc::now());
    assert_eq!(tried, Ok(1));
    let letter = inbox.letters().remove(0);
    assert_eq!(letter.recipients, ["orders@hartmann.example"]);
    assert!(letter.subject.contains(&number), "{}", letter.subject);
    assert!(letter.text.contains("River Street 1"), "{}", letter.text);
    let [paper] = &letter.attachments[..] else {
        panic!("one paper is attached, not {}", letter.attachments.len());
    };
    assert_eq!(paper.content_type, "application/pdf");
    let paper = words_of_pdf(&paper.content);
    for words in [
        &number,
        "S-MUG",
        "MUG",
        "Product MUG",
        " 7 ",
        "S-JUG",
        "River Street 1",
    ] {
        assert!(paper.contains(words), "no {words} in {paper}");
    }
    let mails = admin.page("/mails").await;
    let mail = mails.rows();
    assert!(
        mail[0].words().contains(&number) && mail[0].words().contains("Sent"),
        "{mail:?}"
    );

    let needs = manager.page("/replenishment").await;
    let waiting = "Waiting for reception";
    assert_eq!(need(&needs, "MUG"), (waiting.into(), [7, 0, 7, 0, 0, 0]));
    let orders = user.page("/orders").await;
    assert_eq!(
        products(&orders, &anna.number),
        format!(
            "1 JUG Product JUG missing, {comes} 5 MUG Product MUG 2 of 5 reserved, rest {comes}"
        )
    );
    assert_eq!(
        products(&orders, &bert.number),
        format!("4 MUG Product MUG missing, {comes}")
    );

    // 5. The goods arrive, one short, and somebody clicks twice.
    let desk_page = manager.page(&sent.link("Receive")).await;
    let delivery = desk_page
        .form("#receive")
        .with(&quantity_box(&desk_page, "MUG"), "6")
        .with(&quantity_box(&desk_page, "JUG"), "1");
    let (first, second) = (manager.send(&delivery).await, manager.send(&delivery).await);
    assert_eq!(first.location(), second.location(), "{}", second.summary());
    assert_eq!((desk.on_hand(mug), desk.on_hand(jug)), (8, 1));

    // 6. The answer says where each unit goes.
    let reception = manager.follow(&first).await;
    let mut places = reception.texts(".places li");
    places.sort();
    assert_eq!(
        places,
        [
            format!("1 Order {} Anna Ready", anna.number),
            format!("3 Order {} Anna Ready", anna.number),
            format!("3 Order {} Bert Waits for more", bert.number),
        ]
    );

    // 7. Who has everything stands in the In stock tab; who has a part of it in Partial.
    let in_stock = user.page("/preparation?tab=in-stock").await;
    assert_eq!(tabs(&in_stock), [1, 1, 0, 0, 0, 0]);
    assert_eq!(in_tab(&in_stock), [anna.number.as_str()]);

    // 8. It is prepared and shipped; its lines are struck through, and it is closed.
    let parcel = prepare(&user, "in-stock", &anna).await;
    assert_eq!(tabs(&user.page("/preparation").await), [0, 1, 0, 0, 1, 0]);
    let parcel = ship(&manager, &parcel, "TRACK-1").await;
    assert!(parcel.says("TRACK-1"), "{}", parcel.words());
    assert_eq!(tabs(&user.page("/preparation").await), [0, 1, 0, 0, 0, 1]);
    let orders = user.page("/orders").await;
    assert_eq!(
        products(&orders, &anna.number),
        "5 MUG Product MUG shipped 1 JUG Product JUG shipped"
    );
    assert_eq!(orders.texts(".look-shipped .look-product").len(), 2);
    assert_eq!(state(&orders, &anna), "Shipped");
    let closed = user.page(&anna.path).await;
    assert_eq!(closed.text(".page-head .pill"), "Shipped");
    assert!(
        closed.text(".facts").contains("Closed"),
        "{}",
        closed.words()
    );

    // The other leaves in part; its rest keeps its place before those who came later.
    let parcel = prepare(&user, "partial", &bert).await;
    ship(&manager, &parcel, "TRACK-2").await;
    let clara = place(&user, "Clara", &[("MUG", "1")]).await;
    let orders = user.page("/orders").await;
    assert_eq!(state(&orders, &bert), "Partly shipped");
    assert_eq!(
        products(&orders, &clara.number),
        "1 MUG Product MUG missing, not on order"
    );
    let desk_page = manager.page(&sent.link("Receive")).await;
    let rest = desk_page
        .form("#receive")
        .with(&quantity_box(&desk_page, "MUG"), "1");
    let reception = manager.submit_form(&rest).await;
    assert_eq!(
        reception.texts(".places li"),
        [format!("1 Order {} Bert Ready", bert.number)]
    );
    let parcel = prepare(&user, "in-stock", &bert).await;
    ship(&manager, &parcel, "TRACK-3").await;

    let orders = user.page("/orders").await;
    assert_eq!(state(&orders, &bert), "Shipped");
    assert_eq!(
        products(&orders, &clara.number),
        "1 MUG Product MUG missing, not on order"
    );
    assert_eq!((desk.on_hand(mug), desk.on_hand(jug)), (0, 0));
    assert_eq!(moved(&shop, MoveReason::Reception), 8);
    assert_eq!(moved(&shop, MoveReason::Shipment), 10);
    let needs = manager.page("/replenishment").await;
    assert_eq!(
        need(&needs, "MUG"),
        ("Backorders".into(), [1, 0, 0, 0, 1, 1])
    );
}

/// An order as its page shows it.
struct Placed {
    number: String,
    path: String,
    id: String,
}

/// Writes down where suppliers deliver to.
async fn receives_goods_at(admin: &Browser, address: &str) {
    let warehouses = admin.page("/warehouses").await;
    let (_, path) = warehouses
        .links()
        .into_iter()
        .find(|(_, to)| to.starts_with("/warehouses/") && !to.ends_with("/new"))
        .expect("there is a warehouse");
    let edit = admin.page(&format!("{path}/edit")).await;
    let form = edit.form("main form.form").with("address", address);
    admin.submit_form(&form).await;
}

/// Takes an order of somebody new, by hand.
async fn place(user: &Browser, customer: &str, lines: &[(&str, &str)]) -> Placed {
    let page = user.page("/orders/new").await;
    let mut form = page.form("#order-form").with("customer", customer);
    for (row, (sku, quantity)) in lines.iter().enumerate() {
        form = form
            .with_in_row(row, "sku", sku)
            .with_in_row(row, "quantity", quantity);
    }

    let unknown = user.send(&form).await;
    assert_eq!(unknown.status(), 422, "{}", unknown.summary());
    let form = unknown.page().form("#order-form");
    let placed = user.send(&form).await;

    let path = placed
        .location()
        .unwrap_or_else(|| panic!("{}", placed.summary()));
    let page = user.page(&path).await;
    Placed {
        number: page.text("h1"),
        id: path.rsplit('/').next().unwrap_or_default().to_owned(),
        path,
    }
}

/// How many each tab says it holds.
fn tabs(page: &Page) -> [u32; 6] {
    let counts = page.texts(".tabs .count");
    let counts: Vec<u32> = counts
        .iter()
        .map(|count| count.parse().expect(count))
        .collect();
    counts.try_into().expect("there are six tabs")
}

/// The numbers of the orders in a tab, first in the queue first.
fn in_tab(page: &Page) -> Vec<String> {
    page.texts("tbody .row-link")
}

/// Status, backorder need, low-stock need, incoming, drafted, minimum, suggested.
fn need(page: &Page, sku: &str) -> (String, [u32; 6]) {
    let needs = page.table("Supply needs");
    let row = needs.row(sku);
    let heads = [
        "Backorder need",
        "Low-stock need",
        "Incoming",
        "Drafted",
        "Minimum",
        "Suggested",
    ];
    (
        row.cell("Status").to_owned(),
        heads.map(|head| figure(row, head)),
    )
}

/// A figure may be a button that says more to those who cannot see it.
fn figure(row: &Row, head: &str) -> u32 {
    let words = row.cell(head);
    let figure = words.split_whitespace().next().unwrap_or_default();
    figure
        .parse()
        .unwrap_or_else(|_| panic!("{head} is {words}"))
}

/// Fills every box with its minimum, as its button does, and orders that.
async fn order_the_minimum(manager: &Browser, needs: &Page) -> Page {
    let names = needs.attributes("input.qty", "name");
    let minimums = needs.attributes("input.qty", "data-minimum");
    let mut order: Option<Form> = None;
    for (name, minimum) in names.iter().zip(&minimums) {
        let fields = [(name.as_str(), minimum.as_str())];
        let kept = manager.post("/replenishment/choices", &fields).await;
        assert_eq!(kept.status(), 200, "{}", kept.summary());
        order = Some(
            kept.page()
                .form("form[action=\"/replenishment/purchase-orders\"]"),
        );
    }
    manager
        .submit_form(&order.expect("something is needed"))
        .await
}

fn quantity_box(page: &Page, sku: &str) -> String {
    let css = format!("input[aria-label=\"Quantity of {sku}\"]");
    let name = page.attribute(&css, "name");
    name.unwrap_or_else(|| panic!("no box for {sku} in: {}", page.words()))
}

/// Takes an order from a tab into preparation; the page of its parcel.
async fn prepare(user: &Browser, tab: &str, order: &Placed) -> Page {
    let page = user.page(&format!("/preparation?tab={tab}")).await;
    let form = page
        .form("form[action=\"/shipments\"]")
        .with("only", &order.id);
    user.submit_form(&form).await
}

/// Somebody who may ship without scanning does.
async fn ship(manager: &Browser, parcel: &Page, tracking: &str) -> Page {
    let here = parcel.attribute("#parcel", "hx-get");
    let parcel = manager.page(&here.expect("a parcel")).await;
    let form = parcel
        .form("#departure")
        .with("carrier", "DHL")
        .with("tracking", tracking);
    manager.submit_form(&form).await
}

/// What the list of orders calls its state.
fn state(orders: &Page, order: &Placed) -> String {
    orders
        .table("Orders")
        .row(&order.number)
        .cell("Status")
        .to_owned()
}

/// Units that moved for this reason.
fn moved(shop: &Shop, reason: MoveReason) -> u32 {
    let units: Vec<Quantity> = shop.read(|conn| {
        Ok(movements::table
            .filter(movements::reason.eq(reason))
            .select(movements::quantity)
            .load(conn)?)
    });
    units.into_iter().map(Quantity::get).sum()
}

fn words_of_pdf(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).expect("the paper is a readable PDF");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
