//! A form acts once: the same again gets the same answer, anything else under its key is refused.

use backfill::db::{Act, Who, forget_requests};
use backfill::schema::{customers, handled_requests, orders, receptions};
use backfill::types::{RequestKey, clock};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::sources::sources;
use crate::support::app::Shop;
use crate::support::html::Form;
use crate::support::requests::{Browser, Reply};

/// What may be sent twice: it says what shall be, or only looks.
#[rustfmt::skip]
const REPEATABLE: &[&str] = &[
    "/sign-in", "/sign-out", "/forgotten-password", "/new-password", "/profile/password", "/profile/mail", "/profile/sessions/{id}/end", "/profile/sessions/end",
    "/users/rules", "/users/{id}/second-factor/removal", "/sign-in/code",
    "/profile/second-factor", "/profile/second-factor/codes", "/profile/second-factor/removal",
    "/users/{id}", "/users/{id}/password", "/users/{id}/disabling", "/users/{id}/enabling",
    "/products/{id:\\\\d+}", "/products/{id:\\\\d+}/archive", "/products/{id:\\\\d+}/restoration",
    "/products/{id:\\\\d+}/levels/{warehouse:\\\\d+}", "/stock/{warehouse:\\\\d+}/{product:\\\\d+}",
    "/products/{id:\\\\d+}/picture/removal",
    "/products/{id:\\\\d+}/suppliers/{link:\\\\d+}",
    "/products/{id:\\\\d+}/suppliers/{link:\\\\d+}/primary",
    "/products/{id:\\\\d+}/suppliers/{link:\\\\d+}/removal",
    "/suppliers/{id:\\\\d+}", "/suppliers/{id:\\\\d+}/archive", "/suppliers/{id:\\\\d+}/restoration",
    "/orders/{id:\\\\d+}", "/orders/{id:\\\\d+}/release", "/orders/{id:\\\\d+}/knows", "/customers/{id:\\\\d+}",
    "/carriers/{id:\\\\d+}", "/carriers/{id:\\\\d+}/files", "/carriers/{id:\\\\d+}/tracking",
    "/settings/shipping-mail", "/settings/shipping-mail/preview",
    "/orders/release",
    "/shipping-rules/{id:\\\\d+}", "/shipping-rules/{id:\\\\d+}/number", "/shipping-rules/{id:\\\\d+}/removal",
    "/warehouses/{id:\\\\d+}", "/integrity/runs", "/settings",
    "/transfers/{id:\\\\d+}", "/transfers/{id:\\\\d+}/lines/{line:\\\\d+}/removal", "/transfers/{id:\\\\d+}/ends/preview",
    "/returns/desk", "/counts/size", "/counts/{id:\\\\d+}/lines/{line:\\\\d+}",
    "/replenishment/choices", "/replenishment/choices/filling", "/replenishment/choices/clearing",
    "/purchase-orders/{id:\\\\d+}", "/purchase-orders/{id:\\\\d+}/sums",
    "/purchase-orders/{id:\\\\d+}/letter", "/purchase-orders/{id:\\\\d+}/lines/{line}/removal",
    "/purchase-orders/{id:\\\\d+}/receptions/preview",
    "/stock/files/{id:\\\\d+}/confirmation", "/stock/files/{id:\\\\d+}/discard",
    "/locations/{id:\\\\d+}", "/locations/together", "/locations/import",
    "/organizer/settings/{list}/{id:\\\\d+}", "/organizer/{id:\\\\d+}/status", "/organizer/{id:\\\\d+}/archive", "/organizer/{id:\\\\d+}/restoration",
    "/imports/{id}/choices", "/imports/{id}/confirmation", "/imports/{id}/discard",
];

#[test]
fn every_post_acts_once_or_may_be_repeated() {
    let mut posts = vec![];
    for source in sources("src", "rs") {
        let code = source.code();
        for handler in code.split("#[post(\"").skip(1) {
            let (path, rest) = handler.split_once('"').expect("a path ends");
            let body = rest.split("\n}\n").next().unwrap_or(rest);
            posts.push((path.to_owned(), body.contains(".once(")));
        }
    }

    for (path, acts_once) in &posts {
        let may_be_repeated = REPEATABLE.contains(&path.as_str());
        assert_ne!(*acts_once, may_be_repeated, "{path}");
    }
    for path in REPEATABLE {
        assert!(posts.iter().any(|(post, _)| post == path), "{path} is gone");
    }
}

async fn twice(browser: &Browser, form: &Form) -> [Reply; 2] {
    [browser.send(form).await, browser.send(form).await]
}

#[actix_web::test]
async fn whatever_is_taken_in_by_a_form_sent_twice_is_taken_in_once() {
    let shop = Shop::open().await;
    shop.new_supplier("HART");
    let admin = shop.admin().await;
    let forms: [(&str, &[(&str, &str)]); 6] = [
        (
            "/products/new",
            &[("sku", "MUG"), ("name", "A mug"), ("price", "5")],
        ),
        (
            "/suppliers/new",
            &[
                ("code", "SEED"),
                ("name", "Seeds"),
                ("currency", "EUR"),
                ("lead_time_days", "7"),
            ],
        ),
        ("/customers/new", &[("name", "Grace Hopper")]),
        ("/warehouses/new", &[("code", "EAST"), ("name", "East")]),
        (
            "/users/new",
            &[
                ("name", "Ada"),
                ("email", "ada@shop.example"),
                ("password", "a long enough password"),
            ],
        ),
        ("/purchase-orders/new", &[("supplier", "1")]),
    ];

    for (path, fields) in forms {
        let mut form = admin.page(path).await.form("form.form");
        for (name, value) in fields {
            form = form.with(name, value);
        }
        let [first, second] = twice(&admin, &form).await;
        assert!(first.location().is_some(), "{path}: {}", first.summary());
        assert_eq!(first.location(), second.location(), "{path}");
    }
}

#[actix_web::test]
async fn a_file_sent_twice_is_kept_once_and_another_file_under_its_key_is_refused() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let form = manager.page("/imports").await.form("#upload");
    let fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .filter(|(name, _)| name != "file")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let send = async |content: &str| {
        let file = ("file", "shop.csv", content.as_bytes());
        manager.upload("/imports", &fields, file).await
    };

    let first = send("order_number,sku,quantity\n1,MUG,2\n").await;
    let second = send("order_number,sku,quantity\n1,MUG,2\n").await;
    let other = send("order_number,sku,quantity\n1,MUG,3\n").await;

    assert!(first.location().is_some(), "{}", first.summary());
    assert_eq!(first.location(), second.location());
    assert_eq!(other.status(), 422, "{}", other.summary());
}

#[actix_web::test]
async fn other_content_under_a_key_is_refused_in_words_and_may_be_sent_again() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let form = user.page("/customers/new").await.form("form.form");

    user.submit_form(&form.clone().with("name", "Grace Hopper"))
        .await;
    let other = user.send(&form.with("name", "Ada Lovelace")).await;

    assert_eq!(other.status(), 422);
    let page = other.page();
    assert!(page.says("was sent before"), "{}", page.words());
    assert_eq!(page.field("name").value(), "Ada Lovelace");
    let made = user.submit_form(&page.form("form.form")).await;
    assert!(made.says("Ada Lovelace was added."), "{}", made.words());
    let count: i64 = shop.read(|conn| Ok(customers::table.count().get_result(conn)?));
    assert_eq!(count, 2);
}

#[actix_web::test]
async fn a_key_of_replenishment_is_no_key_of_a_reception() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    shop.buys_at(&mug, &hart);
    let manager = shop.manager().await;
    let order = shop.drafts(&hart, &mug, 5).path();
    let letter = manager.page(&format!("{order}/letter")).await;
    manager.submit_form(&letter.form("#letter")).await;
    let choice = format!("choice-{}-{}", shop.primary_warehouse().id, mug.id);
    manager
        .post("/replenishment/choices", &[(&choice, "3")])
        .await;
    let create = manager.page("/replenishment").await;
    let create = create.form("form[action='/replenishment/purchase-orders']");
    manager.submit_form(&create).await;
    let key = |form: &Form| form.fields.iter().find(|(name, _)| name == "key").cloned();
    let (_, key) = key(&create).expect("a key");

    let reception = manager.page(&format!("{order}/receptions/new")).await;
    let reception = reception.form("#receive").with("key", &key);
    let reply = manager.send(&reception).await;

    assert_eq!(reply.status(), 422, "{}", reply.summary());
    assert!(reply.page().says("was sent before"));
    let count: i64 = shop.read(|conn| Ok(receptions::table.count().get_result(conn)?));
    assert_eq!(count, 0);
}

#[actix_web::test]
async fn nobody_gets_the_answer_of_somebody_else() {
    let shop = Shop::open().await;
    let (mug, customer) = (shop.new_product("MUG"), shop.new_customer("ADA"));
    let (one, other) = (shop.user().await, shop.manager().await);
    let form = one
        .page(&format!("/orders/new?customer_id={customer}"))
        .await;
    let form = form
        .form("#order-form")
        .with("customer", "ADA")
        .with_in_row(0, "sku", mug.sku.as_str())
        .with_in_row(0, "quantity", "2");

    one.submit_form(&form).await;
    let reply = other.send(&form).await;

    assert_eq!(reply.status(), 422);
    let count: i64 = shop.read(|conn| Ok(orders::table.count().get_result(conn)?));
    assert_eq!(count, 1);
}

#[actix_web::test]
async fn units_cancelled_by_a_double_click_are_cancelled_once() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let order = shop.sells("SO-1", &mug, 10);
    let manager = shop.manager().await;
    let page = manager.page(&format!("/orders/{order}")).await;
    let ask = page
        .attributes(
            "a[href*='/cancellation'], button[hx-get*='/cancellation']",
            "hx-get",
        )
        .into_iter()
        .find(|path| path.contains("/lines/"))
        .expect("units can be cancelled");
    let form = manager.page(&ask).await;
    let form = form
        .form("form[action$='/cancellation']")
        .with("quantity", "3")
        .with("reason", "too many");

    let [first, second] = twice(&manager, &form).await;

    assert_eq!(first.location(), second.location());
    let page = manager.follow(&second).await;
    assert!(page.says("3 cancelled"), "{}", page.words());
}

#[actix_web::test]
async fn a_form_without_a_key_makes_nothing() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    let reply = user
        .post(
            "/customers",
            &[("name", "Grace Hopper"), (RequestKey::FIELD, "")],
        )
        .await;

    assert_eq!(reply.status(), 422);
    assert!(reply.page().says("open the page again"));
}

#[actix_web::test]
async fn keys_are_forgotten_after_a_week() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let form = user.page("/customers/new").await.form("form.form");
    user.submit_form(&form.with("name", "Grace Hopper")).await;
    let remembered_in = |days| {
        let later = clock::now() + TimeDelta::days(days);
        let conn = &mut shop.connect();
        forget_requests(&mut Act::new(conn, Who::BACKFILL.at(later))).expect("it deletes");
        let count = handled_requests::table.count().get_result::<i64>(conn);
        count.expect("it counts")
    };

    assert_eq!((remembered_in(6), remembered_in(8)), (1, 0));
}
