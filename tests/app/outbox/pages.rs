use backfill::outbox::{Mailer, NewMail, NoServer, Smtp};
use backfill::types::MailId;
use backfill::web::Role;

use super::{mails, note_to, now, purchase_order, queue};
use crate::support::app::Shop;
use crate::support::postman::run_due;
use crate::support::smtp::{Inbox, Manners};

#[actix_web::test]
async fn without_a_mail_server_a_mail_stays_readable_with_its_attachments() {
    let shop = Shop::open().await;
    let mail = handled(&shop, purchase_order(), &NoServer);
    let manager = shop.manager().await;

    let list = manager.page("/mails").await;
    let page = manager.page(&path(mail)).await;
    let body = manager.get(&format!("{}/body", path(mail))).await;
    let pdf = manager.get(&page.link("K\u{f6}rbe PO-000031.pdf")).await;

    assert!(list.says("No mail server is configured."));
    let row = list.table("Mails").rows.remove(0);
    assert_eq!(
        row.cell("Subject"),
        "Bestellung PO-000031 \u{2013} 12 K\u{f6}rbe"
    );
    assert_eq!(row.cell("State"), "Kept here");
    assert!(page.says("This mail was not sent."));
    assert!(page.says("zw\u{f6}lf K\u{f6}rbe bitte."));
    assert_eq!(page.link("Purchase order"), "/purchase-orders/31");
    assert_eq!(body.text(), "<p>zw\u{f6}lf <b>K\u{f6}rbe</b> bitte</p>");
    assert_eq!(pdf.header("Content-Type"), Some("application/pdf"));
    assert_eq!(pdf.bytes(), b"%PDF-1.7\n\x00\xff\n.\n");
    assert!(!page.has("form[action$=\"/retry\"]"));
}

#[actix_web::test]
async fn the_html_of_a_mail_may_be_looked_at_and_nothing_else() {
    let shop = Shop::open().await;
    let mail = handled(&shop, purchase_order(), &NoServer);
    let manager = shop.manager().await;

    let page = manager.page(&path(mail)).await;
    let body = manager.get(&format!("{}/body", path(mail))).await;

    assert_eq!(page.attribute("iframe", "sandbox").as_deref(), Some(""));
    assert_eq!(
        page.attribute("iframe", "src"),
        Some(format!("{}/body", path(mail)))
    );
    let policy = body.header("Content-Security-Policy").unwrap_or_default();
    for rule in ["default-src 'none'", "frame-ancestors 'self'", "sandbox"] {
        assert!(policy.contains(rule), "{rule} in {policy}");
    }
    assert!(!policy.contains("script-src"), "{policy}");
    assert_eq!(body.header("X-Frame-Options"), Some("SAMEORIGIN"));
    let plain = handled(&shop, note_to("orders@hartmann.example"), &NoServer);
    assert_eq!(
        manager.get(&format!("{}/body", path(plain))).await.status(),
        404
    );
}

#[actix_web::test]
async fn a_mail_that_was_refused_says_why_and_goes_out_again_at_a_click() {
    let strict = Inbox::with(Manners {
        refuses: vec![("orders@hartmann.example", 550, "Not today")],
        ..Manners::default()
    });
    let shop = Shop::open_with(|config| {
        config.smtp_url = Some(backfill::config::Secret::new(strict.url()));
    })
    .await;
    let mail = handled(
        &shop,
        note_to("orders@hartmann.example"),
        &Smtp::at(&strict.url()),
    );
    let manager = shop.manager().await;

    let page = manager.page(&path(mail)).await;
    assert!(page.says("The mail server refused it: 550 Not today"));
    let again = manager
        .submit_form(&page.form("form[action$=\"/retry\"]"))
        .await;

    assert!(again.says("The mail is on its way"));
    assert_eq!(again.text(".page-head .pill"), "Queued");
    let lenient = Inbox::start();
    run_due(&mut shop.connect(), &Smtp::at(&lenient.url()), now()).expect("the database works");
    let page = manager.page(&path(mail)).await;
    assert_eq!(page.text(".page-head .pill"), "Sent");
    assert_eq!(lenient.letters().len(), 1);
}

#[actix_web::test]
async fn sending_a_mail_again_by_a_double_click_sends_one_copy() {
    let inbox = Inbox::start();
    let shop = Shop::open_with(|config| {
        config.smtp_url = Some(backfill::config::Secret::new(inbox.url()));
    })
    .await;
    let mail = handled(&shop, purchase_order(), &Smtp::at(&inbox.url()));
    let manager = shop.manager().await;
    let page = manager.page(&path(mail)).await;
    assert!(page.says("A copy goes to"));
    let form = page.form("#again form");

    let first = manager.send(&form).await;
    let second = manager.send(&form).await;

    assert_eq!(first.location(), second.location());
    assert_ne!(first.location(), Some(path(mail)));
    assert_eq!(mails(&mut shop.connect()).len(), 2);
}

#[actix_web::test]
async fn a_form_without_its_key_is_told_so() {
    let shop = Shop::open().await;
    let mail = handled(&shop, purchase_order(), &NoServer);
    let manager = shop.manager().await;

    let reply = manager
        .post(&format!("{}/retry", path(mail)), &[("key", "")])
        .await;

    assert_eq!(reply.status(), 422);
    assert!(
        reply.page().says("open the page again"),
        "{}",
        reply.summary()
    );
}

#[actix_web::test]
async fn mails_are_found_by_recipient_subject_and_state() {
    let shop = Shop::open().await;
    handled(&shop, note_to("orders@hartmann.example"), &NoServer);
    handled(&shop, purchase_order(), &NoServer);
    queue(
        &mut shop.connect(),
        NewMail {
            subject: "100% wool".into(),
            ..note_to("sales@kovac.example")
        },
    );
    let manager = shop.manager().await;

    for (query, found) in [
        ("", 3),
        ("?q=KOVAC", 1),
        ("?q=k%C3%B6rbe", 1),
        ("?q=100%25", 1),
        ("?q=%25", 1),
        ("?state=kept", 2),
        ("?state=queued&q=hartmann", 0),
        ("?state=nonsense", 3),
    ] {
        let page = manager.page(&format!("/mails{query}")).await;
        assert_eq!(page.rows().len(), found, "{query}");
    }
    assert!(
        manager
            .page("/mails?q=nothing")
            .await
            .says("No mail like this")
    );
}

#[actix_web::test]
async fn many_mails_are_paged_with_few_statements() {
    let shop = Shop::open().await;
    for number in 1..=120 {
        queue(
            &mut shop.connect(),
            note_to(&format!("orders{number}@hartmann.example")),
        );
    }
    let manager = shop.manager().await;

    let (first, statements) = shop.statements_of(manager.page("/mails?q=hartmann")).await;
    let second = manager.page(&format!("/mails{}", first.link("Next"))).await;
    let third = manager
        .page(&format!("/mails{}", second.link("Next")))
        .await;
    let back = manager.page(&format!("/mails{}", third.link("Back"))).await;

    assert!(statements <= 4, "{statements} statements");
    let to = |page: &crate::support::html::Page| -> Vec<String> {
        let table = page.table("Mails");
        table.column("To").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(
        [to(&first).len(), to(&second).len(), to(&third).len()],
        [50, 50, 20]
    );
    assert_eq!(to(&first)[0], "orders120@hartmann.example");
    assert_eq!(to(&third)[19], "orders1@hartmann.example");
    assert_eq!(to(&back), to(&second));
}

#[actix_web::test]
async fn a_mail_can_be_opened_in_a_mail_program() {
    let shop = Shop::open().await;
    let mail = handled(&shop, purchase_order(), &NoServer);
    let manager = shop.manager().await;

    let file = manager.get(&format!("{}/message.eml", path(mail))).await;

    assert_eq!(file.header("Content-Type"), Some("message/rfc822"));
    let letter = crate::support::letter::Letter::read(vec![], file.bytes());
    assert_eq!(
        letter.subject,
        "Bestellung PO-000031 \u{2013} 12 K\u{f6}rbe"
    );
    assert_eq!(letter.attachments.len(), 1);
}

#[actix_web::test]
async fn mails_are_for_managers_and_an_attachment_belongs_to_its_mail() {
    let shop = Shop::open().await;
    let mail = handled(&shop, purchase_order(), &NoServer);
    let other = handled(&shop, note_to("orders@hartmann.example"), &NoServer);
    let manager = shop.manager().await;
    let file = manager
        .page(&path(mail))
        .await
        .link("K\u{f6}rbe PO-000031.pdf");
    let pages = ["", "/body", "/message.eml"].map(|page| format!("{}{page}", path(mail)));
    let user = shop.signed_in(Role::User).await;

    for page in pages.iter().chain([&"/mails".to_owned(), &file]) {
        assert_eq!(user.get(page).await.status(), 403, "{page}");
        assert_eq!(manager.get(page).await.status(), 200, "{page}");
    }
    let elsewhere = file.replace(&path(mail), &path(other));
    assert_eq!(manager.get(&elsewhere).await.status(), 404);
    assert_eq!(manager.get("/mails/4040").await.status(), 404);
}

/// A mail, queued and tried once.
fn handled(shop: &Shop, mail: NewMail, mailer: &dyn Mailer) -> MailId {
    let conn = &mut shop.connect();
    let id = queue(conn, mail);
    run_due(conn, mailer, now()).expect("the database works");
    id
}

fn path(mail: MailId) -> String {
    format!("/mails/{mail}")
}
