//! Dates given to customers, and how they move.

use backfill::config::Secret;
use backfill::outbox::Smtp;
use backfill::purchasing;
use chrono::{Days, NaiveDate, Utc};

use super::desk::Desk;
use crate::support::app::Shop;
use crate::support::postman;
use crate::support::smtp::Inbox;

fn day(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

fn shown(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

#[actix_web::test]
async fn a_date_that_slips_is_kept_with_its_cause_and_its_order_is_listed() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    let slipped = desk.order(1, &[(mug, 5)]);
    let in_time = desk.order(2, &[(jug, 2)]);
    let (mugs, _) = (desk.sent(&[(mug, 5)]), desk.sent(&[(jug, 2)]));
    let confirm =
        |purchase, date| shop.write(|conn| Ok(purchasing::confirm(conn, purchase, date)?));
    confirm(mugs, day(10));

    confirm(mugs, day(20));

    let user = shop.user().await;
    let page = user.page(&format!("/orders/{slipped}")).await;
    let moves = page.texts(".timeline li");
    let latest = format!("MUG {} → {} Purchase order", shown(day(10)), shown(day(20)));
    assert!(moves[0].starts_with(&latest), "{moves:?}");
    assert!(moves[0].contains("PO-000001"), "{moves:?}");
    assert!(moves[2].starts_with("MUG not on order →"), "{moves:?}");

    let list = user.page("/orders?missing=slipped").await;
    let numbers = list.texts("tbody .row-link");
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    let path = |order| format!("/orders/{order}");
    assert_eq!(
        list.attributes("tbody .row-link", "href"),
        [path(slipped)],
        "not {}",
        path(in_time)
    );
}

#[actix_web::test]
async fn a_date_is_lost_with_its_purchase_order_and_none_slips_once_the_goods_are_there() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let order = desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    shop.write(|conn| Ok(purchasing::cancel(conn, purchase, "Out of print")?));
    let user = shop.user().await;

    let page = user.page(&format!("/orders/{order}")).await;
    assert!(
        page.texts(".timeline li")[0].contains("→ not on order Purchase order"),
        "{}",
        page.words()
    );
    let listed = user.page("/orders?missing=slipped").await;
    assert_eq!(listed.texts("tbody .row-link").len(), 1);

    desk.finds(mug, 5);
    let listed = user.page("/orders?missing=slipped").await;
    assert_eq!(listed.texts("tbody .row-link").len(), 0);
}

#[actix_web::test]
async fn the_customer_is_written_to_only_by_somebody_who_read_the_draft() {
    let inbox = Inbox::start();
    let shop = Shop::open_with(|config| {
        config.smtp_url = Some(Secret::new(inbox.url()));
        config.mail_from = "Shop <shop@shop.example>".into();
    })
    .await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    desk.finds(mug, 2);
    let order = desk.order(1, &[(mug, 5), (jug, 1)]);
    let purchase = desk.sent(&[(mug, 5)]);
    for date in [day(10), day(20)] {
        shop.write(|conn| Ok(purchasing::confirm(conn, purchase, date)?));
    }
    let send = || postman::run_due(&mut shop.connect(), &Smtp::at(&inbox.url()), Utc::now());
    assert_eq!(send(), Ok(0), "nothing goes by itself");

    let user = shop.manager().await;
    let page = user.page(&format!("/orders/{order}")).await;
    let draft = user.page(&page.link("Write to the customer")).await;
    let text = draft.field("text").value().to_owned();
    let moved = format!(
        "3 × Product MUG: {} (we had expected them on {})",
        day(20).format("%-d %B %Y"),
        day(10).format("%-d %B %Y")
    );
    assert!(text.contains(&moved), "{text}");
    assert!(
        text.contains("1 × Product JUG: we do not know the date yet"),
        "{text}"
    );

    let form = draft.form("#message").with("text", "Dear Anna, sorry.");
    let refused = user.send(&form.clone().with("recipients", "")).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(refused.page().field("text").value(), "Dear Anna, sorry.");
    let form = form.with("recipients", "anna@customer.example");
    let sent = user.submit_form(&form).await;
    user.submit_form(&form).await;

    assert!(sent.says("Written to the customer"), "{}", sent.words());
    assert_eq!(send(), Ok(1), "posted twice, sent once");
    let letter = inbox.letters().remove(0);
    assert_eq!(letter.recipients, ["anna@customer.example"]);
    assert!(letter.text.contains("Dear Anna, sorry."), "{}", letter.text);
}

#[actix_web::test]
async fn what_another_date_or_a_cancellation_would_do_is_told_before_it_is_done() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let order = desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    shop.write(|conn| Ok(purchasing::confirm(conn, purchase, day(10))?));
    let manager = shop.manager().await;
    let path = format!("/purchase-orders/{purchase}");
    let told = |date: NaiveDate| format!("0 of 5, rest {}", date.format("%-d %b"));

    let asked = format!("{path}/confirmation?confirmed_on={}", day(12));
    let reply = manager.htmx("effects").get(&asked).await;
    let effects = reply.page().table("What it would do");
    let row = effects.row("SO-000001");
    assert_eq!(row.cell("Now"), told(day(10)));
    assert_eq!(
        row.cell("Then"),
        format!("loses: {} 2 days later", told(day(12)))
    );

    let page = manager.page(&format!("{path}/cancellation")).await;
    let effects = page.table("What it would do");
    assert_eq!(
        effects.row("SO-000001").cell("Then"),
        "loses: 0 of 5, rest not on order"
    );

    let page = manager.page(&format!("/orders/{order}")).await;
    assert!(
        page.says(&day(10).format("%-d %b %Y").to_string()),
        "{}",
        page.words()
    );
}
