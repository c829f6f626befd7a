//! Documents of hundreds of lines: a page shows two hundred of them, and changes no others.

use backfill::purchasing::{PurchaseOrder, Status};
use backfill::stock::Place;
use backfill::types::ProductId;

use super::desk::units;
use crate::support::app::Shop;
use crate::support::requests::Browser;

const LINES: usize = 450;

/// A purchase order of one unit of each of 450 products.
struct Long {
    shop: Shop,
    buyer: Browser,
    products: Vec<ProductId>,
    order: PurchaseOrder,
}

impl Long {
    async fn draft() -> Self {
        let shop = Shop::open().await;
        let products = shop.new_products(LINES);
        let lines: Vec<(ProductId, u32)> = products.iter().map(|product| (*product, 1)).collect();
        let (supplier, warehouse) = (shop.supplier("HART"), shop.warehouse("MAIN"));
        Self {
            order: shop.draft(supplier, warehouse, &lines),
            buyer: shop.manager().await,
            products,
            shop,
        }
    }

    async fn sent() -> Self {
        let long = Self::draft().await;
        long.shop.send(&long.order);
        long
    }

    fn path(&self) -> String {
        self.order.path()
    }

    fn page_2(&self) -> String {
        format!("{}?page=2", self.path())
    }

    /// The quantity box of a line, counted from 1.
    fn qty(&self, number: usize) -> String {
        format!("qty-{}", self.shop.lines(&self.order)[number - 1].id)
    }

    fn place(&self, number: usize) -> Place {
        Place::new(self.order.warehouse_id, self.products[number - 1])
    }
}

#[actix_web::test]
async fn a_draft_shows_and_saves_two_hundred_lines_and_adds_all_up() {
    let long = Long::draft().await;
    let (buyer, qty) = (&long.buyer, long.qty(201));
    let page = buyer.page(&long.page_2()).await;
    assert_eq!(page.table("Lines").rows.len(), 200);
    assert!(page.says("Lines 201 to 400 of 450"), "{}", page.words());
    assert_eq!(page.text("#sum-units"), "450 units");
    assert_eq!(page.attribute("#page", "hx-get"), Some(long.page_2()));

    let form = page.form("#edit").with(&qty, "7");
    let mut sums = form.clone();
    sums.action = format!("{}/sums", long.path());
    let sums = buyer.htmx("").send(&sums).await.page();
    let wrong = buyer.send(&form.clone().with(&qty, "seven")).await;
    let saved = buyer.submit_form(&form).await;

    assert_eq!(sums.text("#sum-units"), "456 units");
    assert_eq!(sums.texts("[id^=amount-]").len(), 200);
    assert_eq!(wrong.status(), 422);
    let wrong = wrong.page();
    assert!(wrong.says("Lines 201 to 400 of 450"), "{}", wrong.words());
    assert_eq!(wrong.field(&qty).value(), "seven");
    assert!(!wrong.field(&qty).error().is_empty());
    assert!(saved.says("Lines 201 to 400 of 450"), "{}", saved.words());
    assert_eq!(saved.text("#sum-units"), "456 units");
    let lines = long.shop.lines(&long.order);
    let ordered = |number: usize| lines[number - 1].ordered;
    assert_eq!(lines.len(), LINES);
    assert_eq!(
        [ordered(1), ordered(201), ordered(202), ordered(450)],
        [1, 7, 1, 1].map(units)
    );
}

#[actix_web::test]
async fn a_page_that_nobody_can_mean_is_the_first_or_the_last() {
    let long = Long::draft().await;
    let words = async |query: &str| {
        let path = format!("{}?page={query}", long.path());
        let page = long.buyer.page(&path).await;
        page.texts(".pager span").concat()
    };

    assert!(words("abc").await.contains("Lines 1 to 200 of 450"));
    assert!(words("").await.contains("Lines 1 to 200 of 450"));
    assert!(words("999999").await.contains("Lines 401 to 450 of 450"));
}

#[actix_web::test]
async fn a_line_is_added_on_the_last_page_and_removed_where_it_stands() {
    let long = Long::draft().await;
    long.shop.unsupplied("MUG");
    let page = long.buyer.page(&long.page_2()).await;

    let add = page.form_sent_by("button[formaction$='/lines']");
    let added = long.buyer.submit_form(&add.with("sku", "MUG")).await;
    let page = long.buyer.page(&long.page_2()).await;
    let remove = page.form_sent_by("button[formaction$='/removal']");
    let removed = long.buyer.submit_form(&remove).await;

    assert!(added.says("Lines 401 to 451 of 451"), "{}", added.words());
    added.table("Lines").row("MUG");
    assert!(
        removed.says("Lines 201 to 400 of 450"),
        "{}",
        removed.words()
    );
    let rows = removed.table("Lines").rows;
    assert!(rows[0].words().contains("P-202"), "{:?}", rows[0]);
    assert!(rows[199].words().contains("P-401"), "{:?}", rows[199]);
}

#[actix_web::test]
async fn what_has_not_arrived_changes_on_the_page_that_shows_it() {
    let long = Long::sent().await;
    let (page, given_up) = (long.buyer.page(&long.page_2()).await, long.qty(250));

    let saved = long
        .buyer
        .submit_form(&page.form("#edit").with(&given_up, "0"))
        .await;

    assert!(saved.says("Lines 201 to 400 of 450"), "{}", saved.words());
    let lines = long.shop.lines(&long.order);
    let cancelled = lines.iter().filter(|line| !line.cancelled.is_zero());
    let cancelled: Vec<i32> = cancelled.map(|line| line.line_number).collect();
    assert_eq!(cancelled, [250]);
}

#[actix_web::test]
async fn a_long_order_takes_as_many_statements_as_a_short_one() {
    let long = Long::sent().await;
    let (shop, buyer) = (&long.shop, &long.buyer);
    let line = (long.products[0], 1);
    let short = shop.sent(long.order.supplier_id, long.order.warehouse_id, &[line]);
    let statements = async |path: &str| shop.statements_of(buyer.page(path)).await.1;
    buyer.page(&long.path()).await;

    for what in ["", "/receptions/new"] {
        let few = statements(&format!("{}{what}", short.path())).await;
        let many = statements(&format!("{}{what}?page=2", long.path())).await;
        assert_eq!(few, many, "{what}");
    }
}

#[actix_web::test]
async fn a_delivery_is_received_page_by_page() {
    let long = Long::sent().await;
    let (buyer, shop) = (&long.buyer, &long.shop);
    let order = buyer.page(&long.page_2()).await;
    let desk = buyer.page(&order.link("Receive")).await;
    assert!(desk.says("Lines 201 to 400 of 450."), "{}", desk.words());
    assert!(desk.says("Fill these lines"));
    assert_eq!(desk.table("Delivery").rows.len(), 200);

    let full = desk.form("#receive").with_all("qty-", "1");
    let wrong = buyer.send(&full.clone().with(&long.qty(201), "x")).await;
    let third = buyer.submit_form(&full).await;

    assert_eq!(wrong.status(), 422);
    let wrong = wrong.page();
    assert!(wrong.says("Lines 201 to 400 of 450."), "{}", wrong.words());
    assert_eq!(wrong.field(&long.qty(201)).value(), "x");
    assert_eq!(wrong.field(&long.qty(202)).value(), "1");
    assert!(third.says("Lines 401 to 450 of 450."), "{}", third.words());
    assert!(third.says("is received. These lines are next"));
    assert_eq!(shop.on_hand(long.place(201)), 1);
    let lines = shop.lines(&long.order);
    let arrived = lines.iter().filter(|line| !line.received.is_zero());
    assert_eq!(arrived.count(), 200);
    let order = buyer.page(&long.page_2()).await;
    assert!(order.link("Receive").ends_with("/receptions/new?page=3"));

    let first = buyer
        .submit_form(&third.form("#receive").with_all("qty-", "1"))
        .await;
    assert!(first.says("Lines 1 to 200 of 450."), "{}", first.words());
    let end = buyer
        .submit_form(&first.form("#receive").with_all("qty-", "1"))
        .await;

    assert!(end.says("Where each unit goes."), "{}", end.words());
    assert_eq!(shop.order_now(&long.order).status, Status::Received);
}

#[actix_web::test]
async fn a_reception_names_the_first_orders_of_each_line_and_all_of_them_in_a_file() {
    let long = Long::sent().await;
    let (buyer, shop) = (&long.buyer, &long.shop);
    for minute in 1..=25 {
        shop.ordered(long.place(201), 1, minute);
    }
    let mut quantities = vec![1; LINES];
    quantities[200] = 25;
    let form = buyer.page(&long.page_2()).await.form("#edit");
    buyer.submit_form(&form.with(&long.qty(201), "25")).await;
    let reception = shop.received(&long.order, &quantities);
    let path = format!("/receptions/{reception}");

    let page = buyer.page(&format!("{path}?page=2")).await;

    assert!(page.says("Lines 201 to 400 of 450"), "{}", page.words());
    assert!(page.says("25 of 474 units go to orders; 25 orders are complete now."));
    assert_eq!(page.texts("ul.places").len(), 200);
    let served = page.texts("[aria-label='P-201'] .places-to");
    assert_eq!(served.len(), 20);
    assert!(page.says("and 5 more orders"), "{}", page.words());
    let file = buyer.get(&page.link("5 more orders")).await.text();
    assert_eq!(file.lines().filter(|row| row.contains("P-201")).count(), 25);
}

#[actix_web::test]
async fn a_long_reception_is_reversed_whole_whichever_page_is_looked_at() {
    let long = Long::sent().await;
    let (buyer, shop) = (&long.buyer, &long.shop);
    let reception = shop.received(&long.order, &[1; LINES]);
    let path = format!("/receptions/{reception}/reversal");

    let page = buyer.page(&format!("{path}?page=2")).await;
    assert_eq!(page.table("What is taken back").rows.len(), 200);
    assert!(page.says("450 units can be taken back out"));
    assert_eq!(
        page.attribute("a[rel=next]", "href"),
        Some(format!("{path}?page=3"))
    );
    let form = page.form("form[action$='/reversal']");
    let wrong = buyer.send(&form).await;
    let reversed = buyer.submit_form(&form.with("reason", "wrong lorry")).await;

    assert_eq!(wrong.status(), 422);
    assert!(wrong.page().says("Lines 201 to 400 of 450"));
    assert!(reversed.says("450 units are taken back out"));
    assert_eq!(shop.on_hand(long.place(450)), 0);
}
