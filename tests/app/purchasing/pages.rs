//! Buying and receiving, as a reader meets them.

use backfill::db::Who;
use backfill::purchasing::{self, Sending, Status};
use backfill::stock::Place;
use backfill::types::EmailList;

use crate::support::app::Shop;

#[actix_web::test]
async fn a_buyer_chooses_orders_sends_and_receives() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let shelf = Place::new(warehouse, mug);
    shop.ordered(shelf, 15, 1);
    let buyer = shop.manager().await;

    let needs = buyer.page("/replenishment").await;
    let table = needs.table("Supply needs");
    let row = table.row("MUG");
    assert_eq!(row.cell("Status"), "Backorders");
    assert!(row.cell("Backorder need").contains("15"), "{row:?}");
    let name = format!("choice-{warehouse}-{mug}");
    let reply = buyer
        .htmx("choices")
        .post("/replenishment/choices", &[(&name, "16")])
        .await;
    assert!(
        reply.page().says("1 product chosen, 40.00 EUR"),
        "{}",
        reply.summary()
    );
    let needs = buyer.page("/replenishment").await;
    assert_eq!(needs.field(&name).value(), "16");

    let order = buyer
        .submit_form(&needs.form("form[action='/replenishment/purchase-orders']"))
        .await;
    assert!(order.says("1 purchase order drafted."), "{}", order.words());
    assert_eq!(order.table("Lines").row("MUG").cell("Amount"), "40.00");

    let letter = buyer
        .submit_form(&order.form_sent_by("button[formaction$='/letter']"))
        .await;
    let form = letter.form("#letter").with("subject", "Sixteen mugs");
    let sent = buyer.submit_form(&form).await;
    assert!(sent.says("Sixteen mugs"), "{}", sent.words());
    assert!(sent.says("hart@supplier.example"));

    let desk = buyer.page(&sent.link("Receive")).await;
    let qty = desk.attribute(".qty", "name").expect("a box");
    let delivery = desk.form("#receive").with(&qty, "16");
    let answer = buyer.submit_form(&delivery).await;
    assert!(
        answer.says("15 of 16 units go to orders; 1 order is complete now."),
        "{}",
        answer.words()
    );
    assert!(answer.says("1 To the shelf"), "{}", answer.words());
    assert_eq!(shop.reserved(shelf), [15]);
}

#[actix_web::test]
async fn pressing_create_twice_makes_one_purchase_order() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    shop.ordered(Place::new(warehouse, mug), 5, 1);
    let buyer = shop.manager().await;
    buyer
        .post("/replenishment/choices/filling", &[("with", "minimum")])
        .await;
    let page = buyer.page("/replenishment").await;
    let form = page.form("form[action='/replenishment/purchase-orders']");

    let (first, second) = (buyer.send(&form).await, buyer.send(&form).await);

    assert_eq!(first.location(), second.location());
    let list = buyer.page("/purchase-orders").await;
    assert_eq!(list.table("Purchase orders").rows.len(), 1);
}

#[actix_web::test]
async fn what_nobody_supplies_is_named_and_stays_chosen() {
    let shop = Shop::open().await;
    let warehouse = shop.warehouse("NORTH");
    let lonely = shop.unsupplied("LONELY");
    shop.ordered(Place::new(warehouse, lonely), 5, 1);
    let buyer = shop.manager().await;
    buyer
        .post("/replenishment/choices/filling", &[("with", "suggested")])
        .await;
    let page = buyer.page("/replenishment").await;

    let reply = buyer
        .send(&page.form("form[action='/replenishment/purchase-orders']"))
        .await;

    assert_eq!(reply.status(), 409);
    assert!(
        reply.page().says("Nobody supplies LONELY"),
        "{}",
        reply.summary()
    );
    let page = buyer.page("/replenishment").await;
    assert!(
        page.says("1 product chosen, 1 without a supplier"),
        "{}",
        page.words()
    );
    assert!(
        page.table("Supply needs")
            .row("LONELY")
            .cell("Supplier")
            .contains("no supplier")
    );
}

#[actix_web::test]
async fn a_need_opens_the_orders_it_is_for() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let order = shop.ordered(Place::new(warehouse, mug), 5, 1);
    let reader = shop.user().await;

    let lines = reader
        .page(&format!("/replenishment/{warehouse}/{mug}/orders"))
        .await;

    let table = lines.table("Orders that need it");
    let row = table.row("Customer 1");
    assert_eq!(row.cell("Missing"), "5");
    assert_eq!(row.cell("When"), "not on order");
    assert!(
        lines
            .links()
            .iter()
            .any(|(_, to)| *to == format!("/orders/{order}"))
    );
}

#[actix_web::test]
async fn a_wrong_quantity_is_told_and_keeps_what_was_chosen() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let buyer = shop.manager().await;
    let name = format!("choice-{warehouse}-{mug}");

    let reply = buyer
        .htmx("choices")
        .post("/replenishment/choices", &[(&name, "many")])
        .await;

    assert_eq!(reply.status(), 422);
    assert!(
        reply.page().says("Enter a whole number"),
        "{}",
        reply.summary()
    );
}

#[actix_web::test]
async fn a_draft_is_edited_on_its_page_and_complaints_stand_beside_their_boxes() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let (mug, _) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    let draft = shop.draft(supplier, warehouse, &[(mug, 5)]);
    let line = shop.lines(&draft)[0].id;
    let (qty, price) = (format!("qty-{line}"), format!("price-{line}"));
    let buyer = shop.manager().await;

    let page = buyer.page(&draft.path()).await;
    let wrong = buyer
        .send(
            &page
                .form("#edit")
                .with(&qty, "0")
                .with("expected_on", "soon"),
        )
        .await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.page().field(&qty).error(), "Enter at least 1.");
    assert!(!wrong.page().field("expected_on").error().is_empty());

    let saved = buyer
        .submit_form(&page.form("#edit").with(&qty, "8").with(&price, "1.25"))
        .await;
    assert_eq!(saved.table("Lines").row("MUG").cell("Amount"), "10.00");

    let stale = buyer.send(&page.form("#edit").with(&qty, "9")).await;
    assert_eq!(stale.status(), 409, "{}", stale.summary());
}

#[actix_web::test]
async fn adding_and_removing_lines_keeps_what_was_typed_beside_them() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let (mug, _) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    let draft = shop.draft(supplier, warehouse, &[(mug, 5)]);
    let qty = format!("qty-{}", shop.lines(&draft)[0].id);
    let buyer = shop.manager().await;
    let add = "button[formaction$='/lines']";

    let page = buyer.page(&draft.path()).await;
    let added = buyer
        .submit_form(&page.form_sent_by(add).with("sku", "jug").with(&qty, "8"))
        .await;
    assert_eq!(added.table("Lines").rows.len(), 2);
    assert_eq!(added.field(&qty).value(), "8");

    let unknown = added.form_sent_by(add).with("sku", "NOTHING");
    let refused = buyer.send(&unknown.clone().with(&qty, "9")).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("sku").error().is_empty());
    assert_eq!(refused.page().field(&qty).value(), "9");

    let refused = buyer.send(&unknown.with(&qty, "")).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field(&qty).error().is_empty());
    assert_eq!(refused.page().field("sku").value(), "NOTHING");

    let remove_mug = "button[aria-label='Remove MUG']";
    let left = buyer
        .submit_form(
            &added
                .form_sent_by(remove_mug)
                .with(&qty, "none of it")
                .with("internal_note", "Jugs only"),
        )
        .await;
    assert_eq!(left.table("Lines").rows.len(), 1);
    assert_eq!(left.field("internal_note").value(), "Jugs only");
}

#[actix_web::test]
async fn the_enter_key_in_a_box_of_a_draft_saves_it() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let draft = shop.draft(supplier, warehouse, &[(mug, 5)]);
    let page = shop.manager().await.page(&draft.path()).await;

    // A browser presses the first button of the form, wherever it stands.
    let first = page.attribute("#edit button, [form='edit']", "formaction");

    assert_eq!(first, None);
}

#[actix_web::test]
async fn a_wrong_date_of_a_confirmation_comes_back_as_typed_with_its_sentence() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 15)]);
    let buyer = shop.manager().await;
    let asked = buyer
        .page(&buyer.page(&purchase.path()).await.link("Confirm date"))
        .await;
    let form = asked.form("form[action$=confirmation]");

    let wrong = buyer.send(&form.clone().with("confirmed_on", "soon")).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.page().field("confirmed_on").value(), "soon");
    assert!(!wrong.page().field("confirmed_on").error().is_empty());

    let confirmed = buyer
        .submit_form(&form.with("confirmed_on", "2099-01-02"))
        .await;
    assert!(confirmed.says("2 Jan 2099"), "{}", confirmed.words());

    let asked = buyer.page(&confirmed.link("Cancel the rest")).await;
    let long = "x".repeat(501);
    let wrong = buyer
        .send(
            &asked
                .form("form[action$=cancellation]")
                .with("reason", &long),
        )
        .await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.page().field("reason").value(), long);
}

#[actix_web::test]
async fn after_sending_the_rest_and_the_dates_change_on_the_same_page() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 15)]);
    shop.received(&purchase, &[5]);
    let line = shop.lines(&purchase)[0].id;
    let qty = format!("qty-{line}");
    let buyer = shop.manager().await;
    let page = buyer.page(&purchase.path()).await;

    let wrong = buyer.send(&page.form("#edit").with(&qty, "4")).await;
    let saved = buyer
        .submit_form(
            &page
                .form("#edit")
                .with(&qty, "12")
                .with("confirmed_on", "2099-01-02"),
        )
        .await;

    assert_eq!(
        wrong.page().field(&qty).error(),
        "5 arrived already: enter 5 or more."
    );
    assert!(saved.says("2 Jan 2099"), "{}", saved.words());
    assert!(saved.says("3 of 15 cancelled"), "{}", saved.words());
    let after = buyer
        .submit(
            &format!("{}/cancellation", purchase.path()),
            &[("reason", "out of print")],
        )
        .await;
    assert!(after.says("Cancelled"), "{}", after.words());
    assert_eq!(shop.order_now(&purchase).status, Status::Cancelled);
}

#[actix_web::test]
async fn without_an_address_the_sentence_stands_beside_it_and_another_way_is_offered() {
    let shop = Shop::open().await;
    let warehouse = shop.warehouse("NORTH");
    let supplier = shop.supplier_like("DEAF", |supplier| supplier.emails = EmailList::default());
    let mug = shop.bought("MUG", supplier);
    let draft = shop.draft(supplier, warehouse, &[(mug, 5)]);
    let buyer = shop.manager().await;
    let letter = buyer.page(&format!("{}/letter", draft.path())).await;
    let form = letter.form("#letter");

    let refused = buyer.send(&form).await;
    let sent = buyer.submit_form(&form.with("without_mail", "true")).await;

    assert_eq!(refused.status(), 422);
    assert!(
        refused
            .page()
            .field("recipients")
            .error()
            .contains("has no e-mail address")
    );
    assert!(sent.says("is marked as sent"), "{}", sent.words());
}

#[actix_web::test]
async fn more_than_ordered_is_marked_and_accepted_with_a_reason() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5)]);
    let buyer = shop.manager().await;
    let desk = buyer
        .page(&format!("{}/receptions/new", purchase.path()))
        .await;
    let qty = desk.attribute(".qty", "name").expect("a box");
    let form = desk.form("#receive").with(&qty, "7");

    let refused = buyer.send(&form).await;
    let page = refused.page();
    assert_eq!(refused.status(), 422);
    assert!(page.has("tr.over"), "the row is marked");
    assert!(page.says("2 over"), "{}", page.words());
    assert_eq!(page.field(&qty).error(), "2 more than were to come (5).");

    let without_reason = buyer.send(&form.clone().with("over", "true")).await;
    assert_eq!(without_reason.status(), 422);

    let answer = buyer
        .submit_form(&form.with("over", "true").with("reason", "a full box"))
        .await;
    assert!(answer.says("a full box"), "{}", answer.words());
    assert_eq!(shop.on_hand(Place::new(warehouse, mug)), 7);
}

#[actix_web::test]
async fn a_purchase_order_that_should_have_arrived_is_late_in_words() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let long_ago = "2020-01-01T00:00:00Z".parse().expect("an instant");
    let draft = shop.draft(supplier, warehouse, &[(mug, 5)]);
    shop.write_as(Who::BACKFILL.at(long_ago), |act| {
        Ok(purchasing::send(act, draft.id, &Sending::WithoutMail)?)
    });
    shop.draft(supplier, warehouse, &[(mug, 1)]);
    let reader = shop.user().await;

    let late = reader.page("/purchase-orders?late=late").await;

    let rows = &late.table("Purchase orders").rows;
    assert_eq!(rows.len(), 1);
    let expected = rows[0].cell("Expected");
    assert!(expected.starts_with("late, was 8 Jan ("), "{rows:?}");
    assert_eq!(rows[0].cell("Received").split(' ').next(), Some("0"));
    let page = reader.page(&draft.path()).await;
    assert!(page.says("late, was 8 Jan ("), "{}", page.words());
    assert!(!page.has("#edit"), "a reader changes nothing");
}

#[actix_web::test]
async fn lists_are_searched_sorted_paged_and_downloaded() {
    let shop = Shop::open().await;
    let (warehouse, hart) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let bell = shop.supplier("BELL");
    let (mug, jug) = (shop.bought("MUG", hart), shop.bought("JUG", bell));
    for _ in 0..52 {
        shop.draft(hart, warehouse, &[(mug, 1)]);
    }
    let special = shop.sent(bell, warehouse, &[(jug, 3)]);
    shop.received(&special, &[3]);
    let reader = shop.user().await;
    let numbers = async |path: &str| -> Vec<String> {
        let page = reader.page(path).await;
        let table = page.table("Purchase orders");
        table
            .column("Number")
            .into_iter()
            .map(str::to_owned)
            .collect()
    };

    assert_eq!(numbers("/purchase-orders?q=jug").await.len(), 1);
    assert_eq!(numbers("/purchase-orders?q=supplier+bell").await.len(), 1);
    assert_eq!(numbers("/purchase-orders?status=received").await.len(), 1);
    for sort in [
        "number",
        "-number",
        "supplier",
        "-expected",
        "-total",
        "expected",
    ] {
        let first = reader.page(&format!("/purchase-orders?sort={sort}")).await;
        let next = first.link("Next");
        let second = reader.page(&format!("/purchase-orders{next}")).await;
        let both = [&first, &second].map(|page| page.table("Purchase orders").rows.len());
        assert_eq!(both, [50, 3], "{sort}");
    }
    let csv = reader.get("/purchase-orders.csv?status=open").await.text();
    assert_eq!(csv.lines().count(), 53);
    let receptions = reader.page("/receptions?q=jug").await;
    assert_eq!(receptions.table("Receptions").rows.len(), 1);
    let csv = reader.get("/replenishment.csv").await;
    assert_eq!(csv.status(), 200);
}

#[actix_web::test]
async fn pages_take_as_many_statements_for_many_rows_as_for_few() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let reader = shop.user().await;
    let mut counts = Vec::new();
    for lines in [2_u32, 40] {
        let products: Vec<_> = (0..lines)
            .map(|line| (shop.bought(&format!("P{lines}-{line}"), supplier), 5))
            .collect();
        let places: Vec<_> = products
            .iter()
            .map(|(product, _)| (Place::new(warehouse, *product), 3))
            .collect();
        shop.ordered_many(&places, i64::from(lines));
        let purchase = shop.sent(supplier, warehouse, &products);
        let reception = shop.received(&purchase, &vec![2; lines as usize]);

        let mut of_pages = Vec::new();
        for path in [
            "/replenishment".to_owned(),
            "/purchase-orders".to_owned(),
            "/receptions".to_owned(),
            purchase.path(),
            format!("/receptions/{reception}"),
        ] {
            let (page, count) = shop.statements_of(reader.get(&path)).await;
            assert_eq!(page.status(), 200, "{path}");
            of_pages.push((path.split('/').nth(1).map(str::to_owned), count));
        }
        counts.push(of_pages);
    }

    assert_eq!(counts[0], counts[1]);
    // One of them is the account of the reader.
    for (path, count) in &counts[0][..3] {
        assert!(*count <= 4, "{path:?}: {count}");
    }
}
