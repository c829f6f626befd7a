//! Sessions end for good, whatever cookie was kept.

use backfill::schema::{sessions, sign_in_rules};
use backfill::web::Role;
use diesel::prelude::*;

use crate::support::app::Shop;

fn earlier(shop: &Shop, columns: &str, interval: &str) {
    shop.write(|act| {
        let columns = columns
            .split(' ')
            .map(|column| format!("{column} = {column} - interval '{interval}'"));
        let columns: Vec<String> = columns.collect();
        diesel::sql_query(format!("update sessions set {}", columns.join(", ")))
            .execute(act.conn())?;
        Ok(())
    });
}

#[actix_web::test]
async fn whoever_signs_out_is_out_with_every_copy_of_the_cookie() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let copied = user.copy();

    user.post("/sign-out", &[]).await;

    assert_eq!(copied.get("/profile").await.status(), 303);
    assert_eq!(copied.get("/events").await.status(), 303);
}

#[actix_web::test]
async fn the_profile_lists_where_one_is_signed_in_and_ends_it() {
    let shop = Shop::open().await;
    let linux = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let email = shop.person(Role::User).email;
    let desk = shop.visitor().with_header("User-Agent", linux);
    desk.sign_in(&email, crate::support::make::PASSWORD).await;
    let (tablet, phone) = (shop.user().await, shop.user().await);

    let page = desk.page("/profile").await;
    let listed = page.table("Where you are signed in");
    assert!(
        listed.row("Firefox on Linux").words().contains("This one"),
        "{}",
        page.words()
    );
    assert_eq!(listed.column("Browser").len(), 3);
    let one = page.form(
        "form[action^='/profile/sessions/'][action$='/end']:not([action='/profile/sessions/end'])",
    );
    desk.submit_form(&one).await;
    let left = [tablet.get("/profile").await, phone.get("/profile").await];
    let left = left.iter().filter(|reply| reply.status() == 200).count();
    let page = desk
        .submit_form(
            &desk
                .page("/profile")
                .await
                .form("form[action='/profile/sessions/end']"),
        )
        .await;

    assert_eq!(left, 1);
    assert!(
        page.says("You are signed in here only."),
        "{}",
        page.words()
    );
    for out in [&tablet, &phone] {
        assert_eq!(out.get("/profile").await.status(), 303);
    }
    assert_eq!(desk.get("/profile").await.status(), 200);
}

#[actix_web::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let shop = Shop::open().await;
    let (user, manager) = (shop.user().await, shop.manager().await);
    let theirs: i64 = shop.read(|conn| {
        let of_user = sessions::table.filter(sessions::user_id.eq(shop.person(Role::User).id));
        Ok(of_user.select(sessions::id).first(conn)?)
    });

    let refused = manager
        .post(&format!("/profile/sessions/{theirs}/end"), &[])
        .await;

    assert_eq!(refused.status(), 404);
    assert_eq!(user.get("/profile").await.status(), 200);
}

#[actix_web::test]
async fn a_session_ends_when_nobody_uses_it_and_when_it_is_too_old() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    earlier(&shop, "began_at seen_at", "11 hours 59 minutes");
    assert_eq!(
        user.with_header("X-By-Itself", "yes")
            .get("/profile")
            .await
            .status(),
        200
    );
    earlier(&shop, "began_at seen_at", "2 minutes");
    assert_eq!(
        user.get("/profile").await.status(),
        303,
        "a page that updates itself is no use"
    );

    let user = shop.user().await;
    earlier(&shop, "began_at seen_at", "11 hours 59 minutes");
    assert_eq!(user.get("/profile").await.status(), 200);
    earlier(&shop, "began_at seen_at", "2 minutes");
    assert_eq!(
        user.get("/profile").await.status(),
        200,
        "it was used in between"
    );
    earlier(&shop, "began_at", "13 days 12 hours");
    assert_eq!(user.get("/profile").await.status(), 303);
}

#[actix_web::test]
async fn an_admin_says_how_long_sessions_last() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let page = admin.page("/users/rules").await;
    let form = page.form("#rules");

    let wrong = admin
        .send(
            &form
                .clone()
                .with("idle_hours", "0")
                .with("longest_days", "91"),
        )
        .await;
    let saved = admin.send(&form.with("idle_hours", "1")).await;

    assert_eq!(wrong.status(), 422);
    assert_eq!(
        wrong.page().field("idle_hours").error(),
        "Enter 1 to 720 hours."
    );
    assert_eq!(
        wrong.page().field("longest_days").error(),
        "Enter 1 to 90 days."
    );
    assert_eq!(saved.status(), 303, "{}", saved.summary());
    let rules: (i32, i32) = shop.read(|conn| {
        let rules = sign_in_rules::table;
        Ok(rules
            .select((sign_in_rules::idle_hours, sign_in_rules::longest_days))
            .first(conn)?)
    });
    assert_eq!(rules, (1, 14));
    let user = shop.user().await;
    earlier(&shop, "began_at seen_at", "61 minutes");
    assert_eq!(user.get("/profile").await.status(), 303);
}

#[actix_web::test]
async fn an_admin_changes_their_own_password_where_the_current_one_is_asked_for() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let path = format!("{}/password", shop.person(Role::Admin).path());
    let new = [
        ("password", "rain on a tin roof"),
        ("again", "rain on a tin roof"),
    ];

    let refused = admin.post(&path, &new).await;

    assert_eq!(refused.status(), 409);
    assert!(
        refused.page().says("it asks for the current one"),
        "{}",
        refused.summary()
    );
    assert_eq!(admin.get("/profile").await.status(), 200);
}

#[actix_web::test]
async fn the_password_there_is_cannot_be_chosen_again() {
    let shop = Shop::open().await;
    let (user, admin) = (shop.user().await, shop.admin().await);
    let same = crate::support::make::PASSWORD;
    let form = [("current", same), ("password", same), ("again", same)];
    let of_user = format!("{}/password", shop.person(Role::User).path());

    let own = user.post("/profile/password", &form).await;
    let set = admin.post(&of_user, &form[1..]).await;

    for refused in [own, set] {
        assert_eq!(refused.status(), 422, "{}", refused.summary());
        let said = "This is the password there is: choose another one.";
        assert_eq!(refused.page().field("password").error(), said);
    }
    assert_eq!(user.get("/profile").await.status(), 200);
}
