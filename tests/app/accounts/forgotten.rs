//! A forgotten password: a link by mail, which opens once.

use backfill::config::Secret;
use backfill::outbox::Smtp;
use backfill::schema::mails;
use backfill::types::clock;
use backfill::web::Role;
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::postman::run_due;
use crate::support::smtp::Inbox;

const ANNA: &str = "anna@shop.example";
const NEW: &str = "rain on a tin roof";

async fn shop() -> Shop {
    let shop = Shop::open_with(|config| {
        config.smtp_url = Some(Secret::new("smtp://localhost:25"));
    });
    let shop = shop.await;
    shop.account(ANNA, Role::User);
    shop
}

/// The links that wait to be mailed, the last one first.
fn links(shop: &Shop) -> Vec<String> {
    let texts: Vec<String> = shop.read(|conn| {
        let newest = mails::table.order(mails::id.desc());
        Ok(newest.select(mails::body_text).load(conn)?)
    });
    let links = texts.iter().filter_map(|text| {
        let at = text.find("/new-password?token=")?;
        text[at..].split_whitespace().next().map(str::to_owned)
    });
    links.collect()
}

async fn asks(shop: &Shop, email: &str) -> String {
    let page = shop.visitor().page("/forgotten-password").await;
    let form = page.form("form").with("email", email);
    let reply = shop.visitor().send(&form).await;
    assert_eq!(reply.status(), 200, "{}", reply.summary());
    reply.page().words()
}

#[actix_web::test]
async fn a_link_by_mail_changes_the_password_once_and_ends_every_session() {
    let shop = shop().await;
    let desk = shop.visitor();
    desk.sign_in(ANNA, PASSWORD).await;
    asks(&shop, " Anna@Shop.example ").await;
    let [link] = <[String; 1]>::try_from(links(&shop)).expect("one mail");
    let anybody = shop.visitor();

    let form = anybody.page(&link).await.form("form");
    let differ = anybody
        .send(&form.clone().with("password", NEW).with("again", "else"))
        .await;
    let form = form.with("password", NEW).with("again", NEW);
    let changed = anybody.submit_form(&form).await;
    let again = anybody.send(&form).await;

    assert_eq!(differ.status(), 422);
    assert_eq!(
        differ.page().field("again").error(),
        "The two passwords differ."
    );
    assert!(
        changed.says("Your password was changed."),
        "{}",
        changed.words()
    );
    assert_eq!(again.status(), 409);
    assert!(
        again.page().says("This link does not open any more."),
        "{}",
        again.summary()
    );
    assert_eq!(anybody.get(&link).await.status(), 409);
    let told: Vec<String> = shop.read(|conn| {
        let to_anna = mails::table.filter(mails::recipients.eq(ANNA));
        Ok(to_anna.order(mails::id).select(mails::subject).load(conn)?)
    });
    assert_eq!(
        told,
        [
            "Your new password",
            "The password of your account was changed"
        ]
    );
    assert_eq!(desk.get("/profile").await.status(), 303);
    desk.sign_in(ANNA, NEW).await;
}

#[actix_web::test]
async fn whoever_asks_does_not_learn_whether_there_is_an_account() {
    let shop = shop().await;

    let known = asks(&shop, ANNA).await;
    let unknown = asks(&shop, "nobody@shop.example").await;

    assert_eq!(known, unknown);
    assert_eq!(links(&shop).len(), 1);
    for bad in [
        "/new-password",
        "/new-password?token=",
        "/new-password?token=x%1By",
    ] {
        assert_eq!(shop.visitor().get(bad).await.status(), 409, "{bad}");
    }
}

#[actix_web::test]
async fn a_link_opens_for_half_an_hour_and_is_void_when_the_password_changed() {
    let shop = shop().await;
    asks(&shop, ANNA).await;
    asks(&shop, ANNA).await;
    let [second, first] = <[String; 2]>::try_from(links(&shop)).expect("two mails");
    let earlier = |minutes: i32| {
        shop.write(|act| {
            let sql = format!(
                "update password_links set asked_at = asked_at - interval '{minutes} minutes'"
            );
            diesel::sql_query(sql).execute(act.conn())?;
            Ok(())
        });
    };

    earlier(29);
    assert_eq!(shop.visitor().get(&first).await.status(), 200);
    let form = shop.visitor().page(&second).await.form("form");
    shop.visitor()
        .submit_form(&form.with("password", NEW).with("again", NEW))
        .await;
    assert_eq!(
        shop.visitor().get(&first).await.status(),
        409,
        "the other one was used"
    );

    asks(&shop, ANNA).await;
    let third = links(&shop).remove(0);
    assert_eq!(shop.visitor().get(&third).await.status(), 200);
    earlier(30);
    assert_eq!(shop.visitor().get(&third).await.status(), 409);
}

#[actix_web::test]
async fn nobody_is_flooded_with_links() {
    let shop = shop().await;

    for _ in 0..5 {
        asks(&shop, ANNA).await;
    }

    assert_eq!(links(&shop).len(), 3);
}

#[actix_web::test]
async fn nobody_else_reads_the_mail() {
    let shop = shop().await;
    asks(&shop, ANNA).await;
    let admin = shop.admin().await;
    let id: i64 = shop.read(|conn| Ok(mails::table.select(mails::id).first(conn)?));

    for path in ["", "/body", "/message.eml"] {
        let reply = admin.get(&format!("/mails/{id}{path}")).await;
        assert_eq!(reply.status(), 404, "{path}");
    }
    let retried = admin.post(&format!("/mails/{id}/retry"), &[]).await;
    assert_eq!(retried.status(), 404);
    assert!(!admin.page("/mails").await.says("Your new password"));

    let inbox = Inbox::start();
    let sent = run_due(&mut shop.connect(), &Smtp::at(&inbox.url()), clock::now());
    assert_eq!(sent, Ok(1));
    assert!(inbox.letters()[0].text.contains("/new-password?token="));
    let left: String = shop.read(|conn| Ok(mails::table.select(mails::body_text).first(conn)?));
    assert_eq!(left, "", "the link is forgotten when it has left");
}

#[actix_web::test]
async fn without_a_mail_server_an_admin_helps() {
    let shop = Shop::open().await;

    let page = shop.visitor().page("/forgotten-password").await;
    let asked = shop
        .visitor()
        .post("/forgotten-password", &[("email", ANNA)])
        .await;

    assert!(page.says("An admin of your company can set a new password."));
    assert!(
        asked
            .page()
            .says("An admin of your company can set a new password.")
    );
    assert!(links(&shop).is_empty());
}
