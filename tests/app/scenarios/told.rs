//! Customers whose dates moved: who they are, what they think, and that each is told once.

use backfill::config::Secret;
use backfill::outbox::Smtp;
use backfill::purchasing;
use backfill::schema::orders;
use backfill::types::{OrderId, ProductId, PurchaseOrderId};
use chrono::{Days, NaiveDate, Utc};
use diesel::prelude::*;

use super::desk::Desk;
use crate::support::app::Shop;
use crate::support::html::{Form, Page};
use crate::support::postman;
use crate::support::requests::Browser;
use crate::support::smtp::Inbox;

fn day(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

fn shown(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// A shop with a mail server, and goods on their way for customers who know their day.
struct Story {
    shop: Shop,
    desk: Desk,
    inbox: Inbox,
}

impl Story {
    async fn begin() -> Story {
        let inbox = Inbox::start();
        let shop = Shop::open_with(|config| {
            config.smtp_url = Some(Secret::new(inbox.url()));
            config.mail_from = "Shop <shop@shop.example>".into();
        })
        .await;
        let desk = Desk::of(&shop);
        Story { shop, desk, inbox }
    }

    /// Goods that the supplier promises in ten days.
    fn coming(&self, sku: &str) -> (ProductId, PurchaseOrderId) {
        let product = self.desk.product(sku);
        let purchase = self.desk.sent(&[(product, 1000)]);
        self.supplier_says(purchase, 10);
        (product, purchase)
    }

    /// An order of five, whose customer knows the day and has an address.
    fn order(&self, minute: i64, product: ProductId) -> OrderId {
        let order = self.desk.order(minute, &[(product, 5)]);
        self.write_to(order, &format!("customer-{minute}@mail.example"));
        order
    }

    fn write_to(&self, order: OrderId, address: &str) {
        self.shop.write(|act| {
            diesel::update(orders::table.find(order))
                .set(orders::email.eq(address))
                .execute(act.conn())?;
            Ok(())
        });
    }

    fn supplier_says(&self, purchase: PurchaseOrderId, days: u64) {
        self.shop
            .write(|act| Ok(purchasing::confirm(act, purchase, day(days))?));
    }

    /// Sends what is queued; who got letters since the beginning.
    fn posted(&self) -> Vec<String> {
        let mailer = Smtp::at(&self.inbox.url());
        postman::run_due(&mut self.shop.connect(), &mailer, Utc::now()).expect("it sends");
        let letters = self.inbox.letters().into_iter();
        let mut to: Vec<String> = letters.flat_map(|letter| letter.recipients).collect();
        to.sort();
        to
    }
}

async fn listed(browser: &Browser) -> Vec<String> {
    let list = browser.page("/orders?missing=moved").await;
    list.texts("tbody .row-link")
}

async fn notice(browser: &Browser, order: OrderId) -> Vec<String> {
    let page = browser.page(&format!("/orders/{order}")).await;
    page.texts("#moved li")
}

fn drafts(page: &Page) -> Form {
    page.form("#letters")
}

#[actix_web::test]
async fn customers_whose_dates_moved_are_written_to_together_and_each_once() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    let (first, second) = (story.order(1, mug), story.order(2, mug));
    let (anna, ben) = (story.shop.manager().await, story.shop.user().await);
    assert_eq!(listed(&anna).await, Vec::<String>::new());
    assert_eq!(notice(&anna, first).await, Vec::<String>::new());

    story.supplier_says(purchase, 20);

    let page = anna.page(&format!("/orders/{first}")).await;
    assert!(page.says("A date of this order moved."), "{}", page.words());
    let moved = format!(
        "MUG {} → {} because a purchase order changed: PO-000001",
        shown(day(10)),
        shown(day(20))
    );
    assert_eq!(page.texts("#moved li"), [moved]);
    let list = anna.page("/orders?missing=moved").await;
    assert!(list.says("Dates moved (2)"), "{}", list.words());
    let numbers = list.texts("tbody .row-link");
    assert_eq!(numbers, ["SO-000002", "SO-000001"]);

    let letters = anna
        .send(&list.form("form[action='/orders/letters']"))
        .await;
    let of_anna = drafts(&letters.page());
    let of_ben = drafts(&ben.page("/orders/letters").await);
    assert_eq!(
        story.posted(),
        Vec::<String>::new(),
        "nothing goes by itself"
    );

    let done = anna.submit_form(&of_anna).await;
    let both = ["customer-1@mail.example", "customer-2@mail.example"];
    assert!(
        done.says("2 letters were written; each is on its way."),
        "{}",
        done.words()
    );
    assert!(done.says("Nobody is left to write to here"));
    assert_eq!(story.posted(), both);
    let letter = story.inbox.letters().remove(0);
    let line = format!(
        "5 × Product MUG: {} (we had expected them on {})",
        day(20).format("%-d %B %Y"),
        day(10).format("%-d %B %Y")
    );
    assert!(letter.text.contains(&line), "{}", letter.text);
    assert_eq!(letter.subject, "Your order SO-000001: dates have changed");

    anna.submit_form(&of_anna).await;
    let late = ben.submit_form(&of_ben).await;
    assert!(
        late.says("No letter was written. The customers of 2 orders had been told meanwhile."),
        "{}",
        late.words()
    );
    assert_eq!(story.posted(), both);
    assert_eq!(listed(&anna).await, Vec::<String>::new());
    let told = anna.page(&format!("/orders/{second}")).await;
    assert!(!told.has("#moved") && told.says("Written to the customer"));

    story.supplier_says(purchase, 25);
    let moved = notice(&anna, second).await;
    let days = format!("MUG {} → {} ", shown(day(20)), shown(day(25)));
    assert!(moved[0].starts_with(&days), "{moved:?}");
    story.supplier_says(purchase, 20);
    assert_eq!(listed(&anna).await, Vec::<String>::new(), "as it was told");
}

#[actix_web::test]
async fn a_date_that_moves_again_before_the_letter_goes_waits_for_another_look() {
    let story = Story::begin().await;
    let (mug, mugs) = story.coming("MUG");
    let (jug, jugs) = story.coming("JUG");
    let (_, again) = (story.order(1, mug), story.order(2, jug));
    story.supplier_says(mugs, 20);
    story.supplier_says(jugs, 20);
    let reader = story.shop.user().await;
    let form = drafts(&reader.page("/orders/letters").await);

    story.supplier_says(jugs, 30);
    let left = reader.submit_form(&form).await;

    assert!(
        left.says("1 letter was written; it is on its way. A date moved again of SO-000002"),
        "{}",
        left.words()
    );
    assert_eq!(story.posted(), ["customer-1@mail.example"]);
    let text = left.field(&format!("text-{again}")).value().to_owned();
    assert!(
        text.contains(&day(30).format("%-d %B %Y").to_string()),
        "{text}"
    );
    reader.submit_form(&drafts(&left)).await;
    assert_eq!(story.posted().len(), 2);
}

#[actix_web::test]
async fn one_letter_about_dates_that_moved_again_is_shown_once_more() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    let order = story.order(1, mug);
    story.supplier_says(purchase, 20);
    let reader = story.shop.user().await;
    let path = format!("/orders/{order}/message");
    let form = reader.page(&path).await.form("#message");

    story.supplier_says(purchase, 30);
    let refused = reader.send(&form.with("text", "Dear Anna, sorry.")).await;

    assert_eq!(refused.status(), 422);
    let again = refused.page();
    assert!(again.field("text").error().starts_with("Meanwhile a date"));
    assert_eq!(again.field("text").value(), "Dear Anna, sorry.");
    assert_eq!(story.posted(), Vec::<String>::new());
    reader.submit_form(&again.form("#message")).await;
    assert_eq!(story.posted().len(), 1);
    assert_eq!(listed(&reader).await, Vec::<String>::new());
}

#[actix_web::test]
async fn a_customer_who_knows_is_not_written_to() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    let order = story.order(1, mug);
    story.supplier_says(purchase, 20);
    let reader = story.shop.user().await;
    let path = format!("/orders/{order}");
    let form = reader.page(&path).await.form("form[action$=knows]");
    story.supplier_says(purchase, 21);
    let stale = reader.send(&form).await;
    assert_eq!(stale.status(), 422);
    assert_eq!(notice(&reader, order).await.len(), 1);

    let form = reader.page(&path).await.form("form[action$=knows]");
    let known = reader.submit_form(&form).await;
    let again = reader.submit_form(&form).await;

    assert!(known.says("The customer knows the dates") && !known.has("#moved"));
    let noted = again.texts(".timeline li");
    let noted = noted
        .iter()
        .filter(|entry| entry.starts_with("The customer knows"));
    assert_eq!(noted.count(), 1, "said twice, noted once");
    assert_eq!(listed(&reader).await, Vec::<String>::new());
    story.supplier_says(purchase, 30);
    let page = reader.page(&path).await;
    assert!(
        page.says("The customer was last told on"),
        "{}",
        page.words()
    );
}

#[actix_web::test]
async fn who_has_no_address_is_named_and_left_out() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    let (_, silent) = (story.order(1, mug), story.order(2, mug));
    story.write_to(silent, "");
    story.supplier_says(purchase, 20);
    let reader = story.shop.user().await;

    let page = reader.page("/orders/letters").await;

    assert!(
        page.says("1 order left out: no address is known. SO-000002 (Anna Keller)"),
        "{}",
        page.words()
    );
    reader.submit_form(&drafts(&page)).await;
    assert_eq!(story.posted(), ["customer-1@mail.example"]);
    assert_eq!(listed(&reader).await, ["SO-000002"]);
}

#[actix_web::test]
async fn chosen_orders_alone_are_written_to_with_one_beginning_and_words_of_their_own() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    let orders: Vec<OrderId> = (1..4).map(|at| story.order(at, mug)).collect();
    story.supplier_says(purchase, 20);
    let reader = story.shop.user().await;

    let path = format!(
        "/orders/letters?order={}&order={}&subject=News+of+%7Border%7D&introduction=bad+news+for+%7Bcustomer%7D:",
        orders[0], orders[1]
    );
    let page = reader.page(&path).await;
    let subject = |order: OrderId| page.field(&format!("subject-{order}")).value().to_owned();
    assert_eq!(subject(orders[0]), "News of SO-000001");
    assert_eq!(subject(orders[1]), "News of SO-000002");
    let own = format!("text-{}", orders[1]);
    let text = page.field(&own).value().to_owned();
    assert!(text.contains("\n\nbad news for Anna Keller:\n"), "{text}");

    let form = drafts(&page).with(&own, "Dear Anna, sorry.");
    let no_one = format!("recipients-{}", orders[0]);
    let wrong = reader.send(&form.clone().with(&no_one, "nobody")).await;
    assert_eq!(wrong.status(), 422);
    assert!(!wrong.page().field(&no_one).error().is_empty());
    assert_eq!(wrong.page().field(&own).value(), "Dear Anna, sorry.");
    assert_eq!(story.posted(), Vec::<String>::new(), "all or none is sent");

    let done = reader.submit_form(&form).await;
    assert_eq!(story.posted().len(), 2);
    let letters = story.inbox.letters();
    assert!(
        letters
            .iter()
            .any(|letter| letter.text.contains("Dear Anna, sorry."))
    );
    assert!(
        done.says("Nobody is left to write to here"),
        "of those that were chosen"
    );
    assert_eq!(listed(&reader).await, ["SO-000003"]);
}

#[actix_web::test]
async fn nothing_ticked_sends_nothing() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    story.order(1, mug);
    story.supplier_says(purchase, 20);
    let reader = story.shop.user().await;
    let form = drafts(&reader.page("/orders/letters").await).without("chosen");

    let reply = reader.send(&form).await;

    assert_eq!(reply.status(), 422);
    assert!(reply.page().says("Nothing was sent. Tick at least one."));
    assert_eq!(story.posted(), Vec::<String>::new());
}

#[actix_web::test]
async fn who_lost_units_that_lay_here_or_waits_for_late_goods_is_told_too() {
    let story = Story::begin().await;
    let jug = story.desk.product("JUG");
    story.desk.finds(jug, 5);
    let lost = story.order(1, jug);
    let (mug, purchase) = story.coming("MUG");
    let waits = story.order(2, mug);
    let reader = story.shop.user().await;
    assert_eq!(listed(&reader).await, Vec::<String>::new());

    story.desk.finds(jug, -3);
    let ago = Utc::now().date_naive() - Days::new(3);
    story
        .shop
        .write(|act| Ok(purchasing::confirm(act, purchase, ago)?));

    assert_eq!(listed(&reader).await, ["SO-000002", "SO-000001"]);
    assert_eq!(
        notice(&reader, lost).await,
        ["JUG in stock → not on order because the stock was corrected"]
    );
    let late = format!("MUG {} → late, was", shown(day(10)));
    let moved = notice(&reader, waits).await;
    assert!(moved[0].starts_with(&late), "{moved:?}");
    reader
        .submit_form(&drafts(&reader.page("/orders/letters").await))
        .await;
    assert_eq!(story.posted().len(), 2);
    assert_eq!(
        listed(&reader).await,
        Vec::<String>::new(),
        "told that it is late"
    );

    story.supplier_says(purchase, 12);
    let moved = notice(&reader, waits).await;
    let news = format!("MUG no known day → {} ", shown(day(12)));
    assert!(moved[0].starts_with(&news), "{moved:?}");
    assert_eq!(listed(&reader).await, ["SO-000002"]);
}

#[actix_web::test]
async fn many_letters_come_page_by_page_in_as_many_statements_as_few() {
    let story = Story::begin().await;
    let (mug, purchase) = story.coming("MUG");
    story.order(1, mug);
    story.supplier_says(purchase, 20);
    let reader = story.shop.user().await;
    let (few, of_few) = story
        .shop
        .statements_of(reader.page("/orders/letters"))
        .await;
    let ((), to_send_few) = story
        .shop
        .statements_of(async { drop(reader.send(&drafts(&few)).await) })
        .await;
    for at in 2..25 {
        story.order(at, mug);
    }
    story.supplier_says(purchase, 30);

    let (many, of_many) = story
        .shop
        .statements_of(reader.page("/orders/letters"))
        .await;

    assert_eq!(many.texts("#letters > .card").len(), 20);
    assert_eq!(of_many, of_few);
    let next = reader.page(&many.link("The next letters")).await;
    assert_eq!(next.texts("#letters > .card").len(), 4);
    let ((), to_send_many) = story
        .shop
        .statements_of(async { drop(reader.send(&drafts(&many)).await) })
        .await;
    assert_eq!(to_send_many, to_send_few);
    assert_eq!(listed(&reader).await.len(), 4);
}
