//! What becomes of accounts, and of the sessions that were theirs.

use std::sync::Barrier;
use std::thread;

use backfill::accounts;
use backfill::web::Role;

use super::sign_in;
use crate::support::app::Shop;
use crate::support::make::PASSWORD;

#[actix_web::test]
async fn changing_a_password_ends_every_other_session() {
    let shop = Shop::open().await;
    let desk = shop.user().await;
    let tablet = shop.user().await;

    let page = desk.page("/profile").await;
    let form = page
        .form("#password-form")
        .with("current", PASSWORD)
        .with("password", "something new and long")
        .with("again", "something new and long");
    let after = desk.submit_form(&form).await;

    assert!(
        after.says("Your password was changed."),
        "{}",
        after.words()
    );
    assert_eq!(desk.get("/profile").await.status(), 200);
    assert_eq!(tablet.get("/profile").await.status(), 303);
    let email = shop.person(Role::User).email;
    tablet.sign_in(&email, "something new and long").await;
}

#[actix_web::test]
async fn a_new_password_is_refused_beside_the_field_that_is_wrong() {
    let shop = Shop::open().await;
    let browser = shop.user().await.htmx("password-form");
    let change = async |current: &str, password: &str, again: &str| {
        browser
            .post(
                "/profile/password",
                &[
                    ("current", current),
                    ("password", password),
                    ("again", again),
                ],
            )
            .await
    };

    let short = change(PASSWORD, "short", "short").await;
    let differs = change(PASSWORD, "something new and long", "something else").await;
    let wrong = change(
        "not my password",
        "something new and long",
        "something new and long",
    )
    .await;

    assert_eq!(
        (short.status(), differs.status(), wrong.status()),
        (422, 422, 422)
    );
    assert_eq!(
        short.page().field("password").error(),
        "Use at least 12 characters."
    );
    assert_eq!(
        differs.page().field("again").error(),
        "The two passwords differ."
    );
    assert_eq!(
        wrong.page().field("current").error(),
        "This is not your password."
    );
    assert!(!wrong.page().has("html[lang]"), "only the form is answered");
}

#[actix_web::test]
async fn whoever_is_disabled_is_out_at_once_and_may_come_back() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let user = shop.user().await;
    let path = shop.person(Role::User).path();

    let page = admin.submit(&format!("{path}/disabling"), &[]).await;
    let out = user.get("/profile").await;
    let refused = sign_in(&user, "user@shop.example").await;
    admin.submit(&format!("{path}/enabling"), &[]).await;
    let still_out = user.get("/profile").await;

    assert!(
        page.says("This user can no longer sign in."),
        "{}",
        page.words()
    );
    assert_eq!(page.texts(".timeline .event").len(), 2, "created, disabled");
    assert_eq!(out.location().as_deref(), Some("/sign-in?next=%2Fprofile"));
    assert_eq!(refused.status(), 422);
    assert_eq!(still_out.status(), 303);
    user.sign_in("user@shop.example", PASSWORD).await;
}

#[actix_web::test]
async fn another_role_ends_the_session_that_had_the_old_one() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let manager = shop.manager().await;
    let person = shop.person(Role::Manager);

    let page = admin.page(&person.path()).await;
    let same = page.form("#user-form").with("name", "Bert");
    admin.submit_form(&same).await;
    let kept = manager.get("/profile").await;
    let demoted = page.form("#user-form").with("role", "user");
    admin.submit_form(&demoted).await;

    assert_eq!(kept.status(), 200, "a name says nothing about rights");
    assert_eq!(manager.get("/profile").await.status(), 303);
}

#[actix_web::test]
async fn the_last_admin_stays() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let path = shop.person(Role::Admin).path();
    let demoted = admin
        .page(&path)
        .await
        .form("#user-form")
        .with("role", "user");

    let refused = [
        admin.send(&demoted).await,
        admin.post(&format!("{path}/disabling"), &[]).await,
    ];
    shop.account("second@shop.example", Role::Admin);
    let reply = admin.send(&demoted).await;

    for reply in refused {
        assert_eq!(reply.status(), 409);
        assert!(
            reply.page().says("This is the last admin."),
            "{}",
            reply.summary()
        );
    }
    assert_eq!(reply.location(), Some(path));
}

#[actix_web::test]
async fn two_admins_cannot_remove_each_other_at_once() {
    let shop = Shop::open().await;
    let one = shop.account("one@shop.example", Role::Admin);
    let other = shop.account("other@shop.example", Role::Admin);
    let barrier = Barrier::new(2);

    let outcomes = thread::scope(|scope| {
        [(one.id, other.id), (other.id, one.id)]
            .map(|(by, whom)| {
                let (db, barrier) = (shop.db(), &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    db.write_now(by, |act| Ok(accounts::disable(act, whom)?))
                })
            })
            .map(|thread| thread.join().expect("no panic"))
    });

    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    assert_eq!(refused, 1, "{outcomes:?}");
}

#[actix_web::test]
async fn an_admin_makes_an_account_and_sets_a_new_password() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let blank = admin.page("/users/new").await;
    let bad = admin
        .send(
            &blank
                .form("#user-form")
                .with("email", "no address")
                .with("password", "no"),
        )
        .await;
    let form = blank
        .form("#user-form")
        .with("name", "Carla")
        .with("email", "Carla@Shop.example")
        .with("role", "manager")
        .with("password", "carla picks boxes");
    let page = admin.submit_form(&form).await;
    let twice = admin.send(&form.without("key")).await;
    let carla = shop.visitor();
    carla
        .sign_in("carla@shop.example", "carla picks boxes")
        .await;
    let reset = page
        .form("#password-form")
        .with("password", "another one for carla")
        .with("again", "another one for carla");
    admin.submit_form(&reset).await;
    let list = admin.page("/users").await;

    for (field, sentence) in [
        ("name", "This cannot be empty."),
        (
            "email",
            "\u{201c}no address\u{201d} is not an e-mail address.",
        ),
        ("password", "Use at least 12 characters."),
    ] {
        assert_eq!(bad.page().field(field).error(), sentence);
    }
    assert_eq!(
        twice.page().field("email").error(),
        "Another user has this e-mail address."
    );
    assert_eq!(
        carla.get("/profile").await.status(),
        303,
        "the new password ended the session"
    );
    carla
        .sign_in("carla@shop.example", "another one for carla")
        .await;
    assert_eq!(list.table("Users").row("Carla").cell("Role"), "Manager");
}
