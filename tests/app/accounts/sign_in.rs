//! Who comes in, and how slowly who guesses.

use std::sync::Barrier;
use std::thread;

use actix_web::cookie::SameSite;
use backfill::accounts::attempts::{self, Answer};
use backfill::db::{Act, Who};
use backfill::schema::sign_in_attempts;
use backfill::web::Role;
use chrono::Utc;
use diesel::prelude::*;

use super::{guess, sign_in};
use crate::support::app::Shop;
use crate::support::make::PASSWORD;

#[actix_web::test]
async fn whoever_signs_in_goes_where_they_wanted() {
    let shop = Shop::open().await;
    let anna = shop.account("anna@shop.example", Role::User);
    let browser = shop.visitor();

    let reply = browser.get("/profile").await;
    let page = browser.follow(&reply).await;
    let form = page
        .form("form")
        .with("email", " Anna@Shop.example ")
        .with("password", PASSWORD);
    let page = browser.submit_form(&form).await;

    assert_eq!(
        reply.location().as_deref(),
        Some("/sign-in?next=%2Fprofile")
    );
    assert!(page.says(&anna.name), "{}", page.words());
    assert!(page.says("anna@shop.example"));
    assert_eq!(page.title(), "Your account \u{b7} Backfill");
}

#[actix_web::test]
async fn an_unknown_account_and_a_wrong_password_sound_the_same() {
    let shop = Shop::open().await;
    shop.account("anna@shop.example", Role::User);
    let browser = shop.visitor();

    let unknown = browser
        .post(
            "/sign-in",
            &[("email", "nobody@shop.example"), ("password", PASSWORD)],
        )
        .await;
    let wrong = browser
        .post(
            "/sign-in",
            &[
                ("email", "anna@shop.example"),
                ("password", "something else"),
            ],
        )
        .await;

    assert_eq!((unknown.status(), wrong.status()), (422, 422));
    assert_eq!(
        unknown.page().text("[role=alert] .notice"),
        wrong.page().text("[role=alert] .notice")
    );
    assert_eq!(wrong.page().field("email").value(), "anna@shop.example");
    assert_eq!(wrong.page().field("password").value(), "");
}

#[actix_web::test]
async fn guessing_is_slowed_for_an_account_and_forgiven_after_a_success() {
    let shop = Shop::open().await;
    shop.account("anna@shop.example", Role::User);
    shop.account("bert@shop.example", Role::User);
    let browser = shop.visitor();

    for _ in 0..4 {
        assert_eq!(guess(&browser, "anna@shop.example").await.status(), 422);
    }
    browser.sign_in("anna@shop.example", PASSWORD).await;
    for _ in 0..5 {
        assert_eq!(guess(&browser, "anna@shop.example").await.status(), 422);
    }
    let stopped = guess(&browser, "ANNA@shop.example").await;
    let right = sign_in(&browser, "anna@shop.example").await;

    assert_eq!((stopped.status(), right.status()), (429, 429));
    assert!(
        stopped.page().says("Try again in 15 minutes."),
        "{}",
        stopped.summary()
    );
    browser.sign_in("bert@shop.example", PASSWORD).await;
}

#[actix_web::test]
async fn guessing_is_slowed_for_an_address_and_ends_with_time() {
    let shop = Shop::open_with(|config| config.trust_proxy = true).await;
    shop.account("anna@shop.example", Role::User);
    let attacker = shop.visitor().with_header("X-Forwarded-For", "203.0.113.7");
    let neighbour = shop.visitor().with_header("X-Forwarded-For", "203.0.113.8");

    for nobody in 0..20 {
        let reply = guess(&attacker, &format!("nobody{nobody}@shop.example")).await;
        assert_eq!(reply.status(), 422);
    }
    let stopped = sign_in(&attacker, "anna@shop.example").await;
    shop.write(|conn| {
        diesel::sql_query(
            "update sign_in_attempts set attempted_at = attempted_at - interval '15 minutes'",
        )
        .execute(conn.conn())?;
        Ok(())
    });

    assert_eq!(stopped.status(), 429);
    neighbour.sign_in("anna@shop.example", PASSWORD).await;
    attacker.sign_in("anna@shop.example", PASSWORD).await;
    let kept: i64 = shop.read(|conn| Ok(sign_in_attempts::table.count().get_result(conn)?));
    assert_eq!(kept, 0, "what no longer counts is removed");
}

#[actix_web::test]
async fn guesses_made_at_once_are_counted_like_one_after_the_other() {
    let shop = Shop::open().await;

    let (db, barrier) = (shop.db(), Barrier::new(8));

    let answers: Vec<Answer> = thread::scope(|scope| {
        let threads = [(); 8].map(|()| {
            scope.spawn(|| {
                barrier.wait();
                let begun = |act: &mut Act<'_>| {
                    Ok(attempts::begin(
                        act,
                        "anna@shop.example",
                        "203.0.113.7",
                        Utc::now(),
                    )?)
                };
                db.write_now(Who::BACKFILL, begun)
                    .expect("the database answers")
            })
        });
        threads
            .map(|thread| thread.join().expect("no panic"))
            .to_vec()
    });

    let tried = answers
        .iter()
        .filter(|answer| **answer == Answer::Try)
        .count();
    assert_eq!(tried, 5, "{answers:?}");
}

#[actix_web::test]
async fn signing_in_leads_nowhere_else() {
    let shop = Shop::open().await;
    let email = shop.person(Role::User).email;

    for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let browser = shop.visitor();
        let fields = [
            ("email", email.as_str()),
            ("password", PASSWORD),
            ("next", elsewhere),
        ];
        let reply = browser.post("/sign-in", &fields).await;
        let query = serde_urlencoded::to_string([("next", elsewhere)]).expect("text");
        let signed_in = browser.get(&format!("/sign-in?{query}")).await;

        assert_eq!(reply.location().as_deref(), Some("/"), "{elsewhere}");
        assert_eq!(signed_in.location().as_deref(), Some("/"), "{elsewhere}");
    }
}

#[actix_web::test]
async fn another_site_cannot_post_with_our_cookie() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let foreign = [
        user.with_header("Sec-Fetch-Site", "cross-site"),
        user.with_header("Sec-Fetch-Site", "same-site"),
    ];

    for browser in foreign {
        let reply = browser.post("/sign-out", &[]).await;
        assert_eq!(reply.status(), 403);
        assert!(reply.page().says("You are not allowed to do this."));
        assert!(reply.header("content-security-policy").is_some());
    }
    assert_eq!(user.get("/profile").await.status(), 200);
    user.post("/sign-out", &[]).await;
    assert_eq!(user.get("/profile").await.status(), 303);
}

#[actix_web::test]
async fn pages_carry_a_policy_and_are_not_kept() {
    let shop = Shop::open().await;

    let reply = shop.visitor().get("/sign-in").await;

    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}

#[actix_web::test]
async fn the_cookie_is_for_us_alone() {
    let plain = Shop::open().await;
    let secure = Shop::open_with(|config| config.public_url = "https://shop.example".into()).await;

    for (shop, is_secure) in [(&plain, false), (&secure, true)] {
        let email = shop.person(Role::User).email;
        let reply = sign_in(&shop.visitor(), &email).await;
        let cookies = reply.cookies();

        let [cookie] = cookies.as_slice() else {
            panic!("one cookie, not {cookies:?}");
        };
        assert_eq!(cookie.http_only(), Some(true));
        assert_eq!(cookie.secure().unwrap_or_default(), is_secure);
        assert_eq!(cookie.same_site(), Some(SameSite::Lax));
        assert!(!reply.text().contains(PASSWORD));
    }
}

#[actix_web::test]
async fn a_request_finds_out_who_asks_with_one_statement() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    let (_, events) = shop.statements_of(user.get("/events")).await;
    let (_, style) = shop.statements_of(user.get("/static/x/app.js")).await;
    let health = shop.visitor().get("/healthz").await;

    assert_eq!((events, style), (1, 0));
    assert_eq!((health.status(), health.bytes()), (200, b"ok".as_slice()));
}
