//! A second factor: codes of a phone, and codes on paper.

use backfill::web::Role;
use chrono::Utc;
use totp_rs::{Builder, Secret, Totp};

use super::sign_in;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::make::PASSWORD;
use crate::support::requests::{Browser, Reply};

const ANNA: &str = "anna@shop.example";
const PAGE: &str = "/profile/second-factor";

/// The phone that looked at the page.
fn phone(page: &Page) -> Totp {
    let secret = page.text("form .mono").replace(' ', "");
    let secret = Secret::try_from_base32(secret).expect("base 32");
    Builder::new().with_secret(secret).build().expect("a phone")
}

/// The code it shows so many steps later than now. Of this step and the next one, the server takes both even when the
/// clock passes to another step on the way.
fn code(phone: &Totp, steps: i64) -> String {
    let at = Utc::now().timestamp() + steps * 30;
    phone
        .generate(u64::try_from(at).expect("after 1970"))
        .to_string()
}

/// Sets it up in a browser that is signed in: the phone, and the recovery codes.
pub async fn sets_up(browser: &Browser) -> (Totp, Vec<String>) {
    let page = browser.page(PAGE).await;
    let phone = phone(&page);
    let form = page
        .form("form.form")
        .with("code", &code(&phone, 0))
        .with("current", PASSWORD);
    let reply = browser.send(&form).await;
    assert_eq!(reply.status(), 200, "{}", reply.summary());
    (phone, reply.page().texts(".codes li"))
}

async fn types(browser: &Browser, code: &str) -> Reply {
    browser
        .post("/sign-in/code", &[("code", code), ("next", "/orders")])
        .await
}

async fn anna(shop: &Shop) -> Browser {
    shop.account(ANNA, Role::User);
    let browser = shop.visitor();
    browser.sign_in(ANNA, PASSWORD).await;
    browser
}

#[actix_web::test]
async fn a_code_of_the_phone_is_asked_for_after_the_password_and_counts_once() {
    let shop = Shop::open().await;
    let desk = anna(&shop).await;
    let elsewhere = shop.visitor();
    elsewhere.sign_in(ANNA, PASSWORD).await;
    let (phone, codes) = sets_up(&desk).await;
    let browser = shop.visitor();

    let first = sign_in(&browser, ANNA).await;
    let nothing_yet = browser.get("/orders").await;
    let wrong = types(&browser, "000000").await;
    let right = types(&browser, &code(&phone, 1)).await;
    let other = shop.visitor();
    sign_in(&other, ANNA).await;
    let again = types(&other, &code(&phone, 1)).await;

    assert_eq!(codes.len(), 10);
    assert_eq!(desk.get("/orders").await.status(), 200);
    assert_eq!(
        elsewhere.get("/orders").await.status(),
        303,
        "it was begun with a password alone"
    );
    assert_eq!(first.location().as_deref(), Some("/sign-in/code?next=%2F"));
    assert_eq!(
        nothing_yet.status(),
        303,
        "the password alone opens nothing"
    );
    assert_eq!(wrong.status(), 422);
    assert_eq!(right.location().as_deref(), Some("/orders"));
    assert_eq!(browser.get("/orders").await.status(), 200);
    assert_eq!(again.status(), 422, "{}", again.summary());
}

#[actix_web::test]
async fn a_recovery_code_takes_the_place_of_the_phone_once() {
    let shop = Shop::open().await;
    let person = shop.account(ANNA, Role::User);
    let desk = shop.visitor();
    desk.sign_in(ANNA, PASSWORD).await;
    let (_, codes) = sets_up(&desk).await;
    let (first, second) = (shop.visitor(), shop.visitor());
    sign_in(&first, ANNA).await;
    sign_in(&second, ANNA).await;

    let used = types(&first, &codes[0].to_uppercase()).await;
    let again = types(&second, &codes[0]).await;

    assert_eq!((used.status(), again.status()), (303, 422));
    assert!(first.page(PAGE).await.says("9"), "so many are left");
    let admin = shop.admin().await;
    assert!(
        admin
            .page(&person.path())
            .await
            .says("Signed in with a recovery code")
    );
}

#[actix_web::test]
async fn codes_are_guessed_no_faster_than_passwords() {
    let shop = Shop::open().await;
    let (phone, _) = sets_up(&anna(&shop).await).await;
    let stranger = shop.visitor();
    sign_in(&stranger, ANNA).await;
    for _ in 0..5 {
        assert_eq!(types(&stranger, "000000").await.status(), 422);
    }

    let stopped = types(&stranger, &code(&phone, 1)).await;

    assert_eq!(stopped.status(), 429);
    assert_eq!(stopped.header("retry-after"), Some("1"));
}

#[actix_web::test]
async fn it_is_set_up_and_turned_off_with_the_password_and_the_right_code() {
    let shop = Shop::open().await;
    let desk = anna(&shop).await;
    let page = desk.page(PAGE).await;
    let form = page.form("form.form");

    let wrong = desk
        .send(
            &form
                .clone()
                .with("code", "000000")
                .with("current", PASSWORD),
        )
        .await;
    let phone = phone(&page);
    let form = form.with("code", &code(&phone, 0));
    let stranger = desk
        .send(&form.clone().with("current", "not my password"))
        .await;

    assert_eq!((wrong.status(), stranger.status()), (422, 422));
    assert!(
        wrong
            .page()
            .field("code")
            .error()
            .starts_with("This is not the code")
    );
    assert_eq!(
        stranger.page().field("current").error(),
        "This is not your password."
    );
    assert_eq!(
        wrong.page().text("form .mono"),
        page.text("form .mono"),
        "the same phone"
    );
    assert_eq!(
        wrong.page().attribute("svg.qr path", "d"),
        page.attribute("svg.qr path", "d"),
        "which calls the account the same"
    );

    sets_up(&desk).await;
    let removal = "/profile/second-factor/removal";
    let refused = desk.post(removal, &[("current", "not my password")]).await;
    let off = desk.post(removal, &[("current", PASSWORD)]).await;
    assert_eq!((refused.status(), off.status()), (422, 303));
    shop.visitor().sign_in(ANNA, PASSWORD).await;
}

#[actix_web::test]
async fn whoever_needs_one_sets_it_up_before_anything_else() {
    let shop = Shop::open().await;
    let (user, manager) = (shop.user().await, shop.manager().await);
    let admin = shop.admin().await;
    let form = admin.page("/users/rules").await.form("#rules");
    admin
        .send(&form.with("second_factor_from", "manager"))
        .await;

    let asked = manager.get("/orders").await;
    let by_htmx = manager.htmx("").get("/orders").await;
    assert_eq!(asked.location().as_deref(), Some(PAGE));
    assert_eq!(by_htmx.header("hx-redirect"), Some(PAGE));
    assert_eq!(user.get("/orders").await.status(), 200);

    sets_up(&manager).await;
    assert_eq!(manager.get("/orders").await.status(), 200);
    let off = manager
        .post("/profile/second-factor/removal", &[("current", PASSWORD)])
        .await;
    assert_eq!(off.status(), 409, "{}", off.summary());
}

#[actix_web::test]
async fn an_admin_removes_it_when_the_phone_is_lost() {
    let shop = Shop::open().await;
    let (user, admin) = (shop.user().await, shop.admin().await);
    sets_up(&user).await;
    let person = shop.person(Role::User);
    let page = admin.page(&person.path()).await;

    let removed = admin
        .submit_form(&page.form("form[action$='/second-factor/removal']"))
        .await;

    assert!(removed.says("Second factor removed"), "{}", removed.words());
    shop.visitor().sign_in(&person.email, PASSWORD).await;
}
