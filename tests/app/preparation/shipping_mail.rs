//! The mail that tells a customer that a parcel left.

use backfill::schema::{customers, mails, orders};
use backfill::types::ShipmentId;
use diesel::prelude::*;

use super::leaving::{dhl, packs};
use super::shows;
use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

async fn wants(admin: &Browser, said: &[(&str, &str)]) -> Reply {
    let page = admin.page("/settings/shipping-mail").await;
    let form = page.form("#shipping-mail").with("is_wanted", "true");
    let form = said
        .iter()
        .fold(form, |form, (name, value)| form.with(name, value));
    admin.send(&form).await
}

/// Recipients, subject and text of what was queued.
fn queued(shop: &Shop) -> Vec<(String, String, String)> {
    let all = mails::table.order(mails::id);
    let all = all.select((mails::recipients, mails::subject, mails::body_text));
    shop.read(|conn| Ok(all.load(conn)?))
}

fn writes_from(shop: &Shop, number: &str, address: &str) {
    shop.write(|act| {
        diesel::update(orders::table.filter(orders::number.eq(number)))
            .set(orders::email.eq(address))
            .execute(act.conn())?;
        Ok(())
    });
}

fn one(shop: &Shop) -> ShipmentId {
    packs(shop, &["SO-1"])[0]
}

#[actix_web::test]
async fn nobody_is_told_unless_the_company_wants_it() {
    let shop = Shop::open().await;
    let parcel = one(&shop);
    writes_from(&shop, "SO-1", "anna@home.example");

    shop.ships(parcel);

    assert_eq!(queued(&shop), []);
}

#[actix_web::test]
async fn a_customer_is_told_where_the_parcel_is_followed() {
    let shop = Shop::open().await;
    dhl(&shop);
    let admin = shop.admin().await;
    let saved = wants(&admin, &[]).await;
    assert_eq!(saved.status(), 303, "{}", saved.summary());
    let parcel = one(&shop);
    writes_from(&shop, "SO-1", "anna@home.example");

    shop.ships_with(parcel, "JJD001");

    let mails = queued(&shop);
    assert_eq!(mails.len(), 1);
    let (to, subject, text) = &mails[0];
    assert_eq!(to, "anna@home.example");
    assert_eq!(subject, "Your order SO-1 is on its way");
    for said in [
        "Dear Customer SO-1,",
        "parcel SH-000001 of your order SO-1 has left",
        "- 1 × Product MUG",
        "It travels with DHL Parcel.",
        "Tracking number: JJD001",
        "Follow it here: https://track.example/?n=JJD001",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let page = admin.page(&format!("/shipments/{parcel}")).await;
    shows(&page, "Written to the customer");
}

#[actix_web::test]
async fn without_an_address_the_history_says_that_nobody_was_told() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    wants(&admin, &[]).await;
    let parcel = one(&shop);

    shop.ships(parcel);

    assert_eq!(queued(&shop), []);
    let page = admin.page(&format!("/shipments/{parcel}")).await;
    shows(
        &page,
        "The customer was not told: there is no e-mail address",
    );
}

#[actix_web::test]
async fn the_address_of_the_customer_does_where_the_order_has_none() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let own = [
        ("subject", "{order} left"),
        (
            "text",
            "Hello {customer}\n{tracking}\n{link}\nBye, {company}",
        ),
    ];
    wants(&admin, &own).await;
    let parcel = one(&shop);
    shop.write(|act| {
        diesel::update(customers::table)
            .set((
                customers::email.eq("c@home.example"),
                customers::name.eq("{company}"),
            ))
            .execute(act.conn())?;
        Ok(())
    });

    shop.ships_with(parcel, "");

    let mails = queued(&shop);
    let company = shop.read(|conn| Ok(backfill::catalog::company(conn)?)).name;
    let text = format!("Hello {{company}}\nBye, {company}");
    let expected = ("c@home.example".to_owned(), "SO-1 left".to_owned(), text);
    assert_eq!(mails, [expected], "what nobody knows is left out");
}

#[actix_web::test]
async fn a_field_that_there_is_not_is_refused_and_the_preview_shows_the_mail() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let refused = wants(&admin, &[("text", "Dear {name}")]).await;
    assert_eq!(refused.status(), 422);
    let error = refused.page().field("text").error().to_owned();
    assert!(
        error.starts_with("There is no field {name}. Use {customer}"),
        "{error}"
    );
    assert_eq!(refused.page().field("text").value(), "Dear {name}");

    let typed = [("subject", "{order} left"), ("text", "With {carrier}")];
    let seen = admin
        .post("/settings/shipping-mail/preview", &typed)
        .await
        .page();
    assert!(
        seen.text("#example")
            .contains("SO-000042 left With DHL Parcel")
    );
    let kept = admin.page("/settings/shipping-mail").await;
    assert_eq!(
        kept.field("subject").value(),
        "Your order {order} is on its way"
    );
    let wrong = [("subject", "x"), ("text", "{name}")];
    let wrong = admin
        .post("/settings/shipping-mail/preview", &wrong)
        .await
        .page();
    assert!(!wrong.has("#example") && !wrong.field("text").error().is_empty());
}
