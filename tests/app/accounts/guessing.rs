//! How slowly who guesses.

use std::sync::Barrier;
use std::thread;

use backfill::accounts::attempts::{self, Answer, Attempt};
use backfill::db::{Act, Who};
use backfill::schema::sign_in_attempts;
use backfill::web::Role;
use chrono::Utc;
use diesel::prelude::*;

use super::{guess, sign_in};
use crate::support::app::Shop;
use crate::support::make::PASSWORD;

const ANNA: &str = "anna@shop.example";

async fn shop() -> Shop {
    let shop = Shop::open_with(|config| config.trust_proxy = true).await;
    shop.account(ANNA, Role::User);
    shop
}

fn passes(shop: &Shop, seconds: i32) {
    shop.write(|act| {
        let earlier = format!(
            "update sign_in_attempts set attempted_at = attempted_at - interval '{seconds} seconds'"
        );
        diesel::sql_query(earlier).execute(act.conn())?;
        Ok(())
    });
}

#[actix_web::test]
async fn the_more_attempts_fail_on_an_account_the_longer_the_next_one_waits() {
    let shop = shop().await;
    let here = shop.visitor().with_header("X-Forwarded-For", "203.0.113.7");
    let there = shop.visitor().with_header("X-Forwarded-For", "203.0.113.8");
    for _ in 0..4 {
        assert_eq!(guess(&here, ANNA).await.status(), 422);
    }
    assert_eq!(guess(&there, "ANNA@shop.example").await.status(), 422);

    let stopped = sign_in(&there, ANNA).await;
    passes(&shop, 1);
    let wrong = guess(&here, ANNA).await;
    let longer = sign_in(&there, ANNA).await;

    assert_eq!(stopped.status(), 429);
    assert_eq!(stopped.header("retry-after"), Some("1"));
    assert!(
        stopped.page().says("Try again in 1 second."),
        "{}",
        stopped.summary()
    );
    assert_eq!((wrong.status(), longer.status()), (422, 429));
    assert!(
        longer.page().says("Try again in 2 seconds."),
        "{}",
        longer.summary()
    );
    passes(&shop, 2);
    here.sign_in(ANNA, PASSWORD).await;
}

#[actix_web::test]
async fn strangers_do_not_hold_up_a_browser_that_signed_in_before() {
    let shop = shop().await;
    let own = shop.visitor().with_header("X-Forwarded-For", "203.0.113.7");
    own.sign_in(ANNA, PASSWORD).await;
    own.post("/sign-out", &[]).await;
    let stranger = shop.visitor().with_header("X-Forwarded-For", "203.0.113.8");
    for _ in 0..20 {
        guess(&stranger, ANNA).await;
        passes(&shop, 1);
    }

    let elsewhere = sign_in(&shop.visitor(), ANNA).await;
    let again = sign_in(&own, ANNA).await;

    assert_eq!(elsewhere.status(), 429);
    assert_eq!(again.status(), 303, "{}", again.summary());
}

#[actix_web::test]
async fn whoever_has_the_browser_does_not_guess_faster() {
    let shop = shop().await;
    shop.account("bert@shop.example", Role::User);
    let tablet = shop.visitor();
    tablet.sign_in(ANNA, PASSWORD).await;
    for _ in 0..5 {
        assert_eq!(guess(&tablet, ANNA).await.status(), 422);
    }

    assert_eq!(sign_in(&tablet, ANNA).await.status(), 429);
    tablet.sign_in("bert@shop.example", PASSWORD).await;
}

#[actix_web::test]
async fn a_whole_office_signs_in_from_one_address() {
    let shop = shop().await;
    let office = shop.visitor().with_header("X-Forwarded-For", "203.0.113.7");
    let neighbour = shop.visitor().with_header("X-Forwarded-For", "203.0.113.8");
    for nobody in 0..30 {
        let reply = guess(&office, &format!("nobody{nobody}@shop.example")).await;
        assert_eq!(reply.status(), 422);
    }

    let stopped = sign_in(&office, ANNA).await;
    neighbour.sign_in(ANNA, PASSWORD).await;
    neighbour.post("/sign-out", &[]).await;
    passes(&shop, 1);
    office.sign_in(ANNA, PASSWORD).await;
    passes(&shop, 24 * 60 * 60);
    office.sign_in(ANNA, PASSWORD).await;

    assert_eq!(stopped.status(), 429);
    let kept: i64 = shop.read(|conn| Ok(sign_in_attempts::table.count().get_result(conn)?));
    assert_eq!(kept, 0, "what no longer counts is removed");
}

/// What so many are answered who begin in the same moment.
fn at_once(shop: &Shop, many: usize) -> usize {
    let (db, barrier) = (shop.db(), Barrier::new(many));
    let attempt = Attempt::new(ANNA, "203.0.113.7", None);
    let begin = || {
        barrier.wait();
        let begun = |act: &mut Act<'_>| Ok(attempts::begin(act, &attempt, Utc::now())?);
        db.write_now(Who::BACKFILL, begun)
            .expect("the database answers")
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..many).map(|_| scope.spawn(begin)).collect();
        let answers = threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"));
        answers
            .filter(|answer| matches!(answer, Answer::Try(_)))
            .count()
    })
}

#[actix_web::test]
async fn six_tablets_sign_in_to_one_account_in_the_same_second() {
    let shop = shop().await;

    let tried = at_once(&shop, 6);
    let too_many = at_once(&shop, 14);

    assert_eq!(tried, 6);
    assert!(
        tried + too_many < 20,
        "{too_many} more while six were checked"
    );
}

#[actix_web::test]
async fn guesses_made_at_once_are_counted_like_one_after_the_other_when_some_failed() {
    let shop = shop().await;
    let stranger = shop.visitor().with_header("X-Forwarded-For", "203.0.113.7");
    for _ in 0..5 {
        guess(&stranger, ANNA).await;
    }
    passes(&shop, 5);

    assert_eq!(at_once(&shop, 8), 1);
}

#[actix_web::test]
async fn a_proxy_that_nobody_trusts_is_told_to_the_admin() {
    for (trusts, is_told) in [(false, true), (true, false)] {
        let shop = Shop::open_with(|config| config.trust_proxy = trusts).await;
        let admin = shop.admin().await;
        let before = admin.page("/integrity").await;
        let behind = shop.visitor().with_header("X-Forwarded-For", "203.0.113.7");
        behind.get("/sign-in").await;

        let after = admin.page("/integrity").await;

        assert!(!before.says("TRUST_PROXY"));
        assert_eq!(
            after.says("TRUST_PROXY is not set"),
            is_told,
            "{}",
            after.words()
        );
    }
}
