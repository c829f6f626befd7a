//! A task on its way from the row of an order to the colleague who does it.

use backfill::outbox::Smtp;
use backfill::web::Role;
use chrono::Utc;

use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::postman;
use crate::support::smtp::Inbox;

#[actix_web::test]
async fn a_task_from_the_row_of_an_order_reaches_a_colleague_by_mail_and_is_done() {
    let shop = Shop::open().await;
    let inbox = Inbox::start();
    let mug = shop.new_product("MUG");
    let order = shop.sells("SO-1", &mug, 2);
    let zoe = shop.account("zoe@shop.example", Role::User);
    let max = shop.account("max@shop.example", Role::User);
    let manager = shop.manager().await;

    // At the row of the order, a popup opens.
    let orders = manager.page("/orders").await;
    let add = "tr [data-of='SO-1'] button[aria-label='Add new on SO-1']";
    let add = orders.attribute(add, "hx-get").expect("a way to add");
    let popup = manager.htmx("dialog-content").page(&add).await;
    assert_eq!(popup.text("#dialog-title"), "New on Order SO-1");
    let task = popup
        .form("form.entry-form")
        .with("kind", "task")
        .with("label", "Call Ada")
        .with("text", "@max has the number, ask @zoe otherwise")
        .with("due_on", &Utc::now().date_naive().to_string())
        .with("assignee", &zoe.id.to_string());
    let added = manager.htmx("").send(&task).await;
    assert_eq!(added.status(), 204, "{}", added.summary());
    let panel = format!("/organizer/panel?record=order:{order}");
    assert!(manager.page(&panel).await.says("Call Ada"));

    // Who is to do it and who is named are told, each once.
    let tried = postman::run_due(&mut shop.connect(), &Smtp::at(&inbox.url()), Utc::now());
    assert_eq!(tried, Ok(2));
    let letter = |to: &str| {
        let mut letters = inbox.letters().into_iter();
        letters
            .find(|letter| letter.recipients == [to])
            .expect("a letter")
    };
    let (to_max, to_zoe) = (letter(&max.email), letter(&zoe.email));
    assert_eq!(to_max.subject, "You are named: Call Ada");
    assert_eq!(to_zoe.subject, "Assigned to you: Call Ada");
    assert!(to_zoe.text.contains("Order SO-1"), "{}", to_zoe.text);

    // Zoe opens it from there, and does it.
    let public_url = &shop.parts().config.public_url;
    let mut lines = to_zoe.text.lines();
    let path = lines.find_map(|line| line.trim().strip_prefix(public_url.as_str()));
    let path = path.expect("a link in the mail");
    let browser = shop.visitor();
    browser.sign_in("zoe@shop.example", PASSWORD).await;
    let due = "/organizer?assignee=me&due=due";
    let badge = async || browser.page("/organizer/marks").await.text("[data-due]");
    assert_eq!(badge().await, "1 , 1 task due");
    assert!(browser.page(due).await.says("Call Ada"));
    let page = browser.page(path).await;
    assert_eq!(page.link("Order SO-1"), format!("/orders/{order}"));

    let page = browser
        .submit_form(&page.form("form[action$='/status']"))
        .await;

    assert_eq!(badge().await, "");
    assert!(!browser.page(due).await.says("Call Ada"));
    assert!(page.says("status: Open \u{2192} Done"), "{}", page.words());
    let who = page.text(".event-meta");
    assert!(who.ends_with(&zoe.name), "{who}");
    let panel = manager.page(&panel).await;
    assert_eq!(panel.texts("details .row-link"), ["Call Ada"]);
}
