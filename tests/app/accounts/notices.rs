//! What the owner of an account is told by mail when what guards it changes.

use backfill::outbox::NoServer;
use backfill::schema::mails;
use backfill::types::clock;
use backfill::web::Role;
use diesel::prelude::*;

use super::second_factor::sets_up;
use super::sign_in;
use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::postman::run_due;
use crate::support::requests::Browser;

const ANNA: &str = "anna@shop.example";
const NEW: &str = "rain on a tin roof";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A mail: to whom, its subject, its text.
type Told = (String, String, String);

/// The mails that were queued about accounts since the last time somebody looked.
fn told(shop: &Shop) -> Vec<Told> {
    let all = shop.read(|conn| {
        Ok(mails::table
            .filter(mails::record_kind.eq("user"))
            .order(mails::id)
            .select((mails::recipients, mails::subject, mails::body_text))
            .load(conn)?)
    });
    shop.write(|act| {
        diesel::update(mails::table.filter(mails::record_kind.eq("user")))
            .set((
                mails::record_kind.eq(None::<String>),
                mails::record_id.eq(None::<i64>),
            ))
            .execute(act.conn())?;
        Ok(())
    });
    all
}

fn subjects(told: &[Told]) -> Vec<(&str, &str)> {
    told.iter()
        .map(|(to, subject, _)| (to.as_str(), subject.as_str()))
        .collect()
}

/// Anna, signed in for the first time.
async fn anna(shop: &Shop) -> Browser {
    shop.account(ANNA, Role::User);
    let browser = shop.visitor().with_header("User-Agent", FIREFOX);
    browser.sign_in(ANNA, PASSWORD).await;
    browser
}

#[actix_web::test]
async fn a_changed_password_is_told_with_when_and_where_and_what_to_do() {
    let shop = Shop::open().await;
    let browser = anna(&shop).await;
    let page = browser.page("/profile").await;
    let form = page
        .form("#password-form")
        .with("current", PASSWORD)
        .with("password", NEW)
        .with("again", NEW);
    browser
        .send(&form.clone().with("current", "a wrong password"))
        .await;
    assert_eq!(told(&shop), [], "nothing was changed");

    browser.submit_form(&form).await;

    let told = told(&shop);
    assert_eq!(
        subjects(&told),
        [(ANNA, "The password of your account was changed")]
    );
    let text = &told[0].2;
    for part in [
        "\nWhen: ",
        "\nFrom: ",
        ", Firefox on Linux\n",
        "choose a new password now",
        "/forgotten-password",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("By: "), "it was Anna herself: {text}");
    assert!(!text.contains(NEW) && !text.contains(PASSWORD));
}

#[actix_web::test]
async fn what_an_admin_changes_is_told_with_the_admins_name_and_both_addresses_are_told_of_another()
{
    let shop = Shop::open().await;
    let person = shop.account(ANNA, Role::User);
    let admin = shop.admin().await;
    let page = admin.page(&person.path()).await;
    let password = page
        .form("#password-form")
        .with("password", NEW)
        .with("again", NEW);
    admin.submit_form(&password).await;
    let name = page.form("#user-form").with("name", "Anna B.");
    admin.submit_form(&name).await;
    let first = told(&shop);

    let moved = name
        .with("email", "anna.b@shop.example")
        .with("role", "manager");
    admin.submit_form(&moved).await;

    assert_eq!(
        subjects(&first),
        [(ANNA, "The password of your account was changed")]
    );
    let by = format!("\nBy: {}\n", shop.person(Role::Admin).name);
    assert!(first[0].2.contains(&by), "{}", first[0].2);
    let second = told(&shop);
    let address = "The e-mail address of your account was changed";
    assert_eq!(
        subjects(&second),
        [
            (ANNA, address),
            ("anna.b@shop.example", address),
            (
                "anna.b@shop.example",
                "The role of your account was changed"
            ),
        ]
    );
    assert!(second[0].2.contains("tell an admin of"), "{}", second[0].2);
    assert!(!second[0].2.contains("/forgotten-password"));
    assert!(
        second[2].2.contains("from User to Manager"),
        "{}",
        second[2].2
    );
}

#[actix_web::test]
async fn a_second_factor_is_told_when_it_comes_when_its_codes_are_made_anew_and_when_it_goes() {
    let shop = Shop::open().await;
    let desk = anna(&shop).await;

    let (_, codes) = sets_up(&desk).await;
    let comes = told(&shop);
    let known = [("current", PASSWORD)];
    let anew = desk.post("/profile/second-factor/codes", &known).await;
    let codes_anew = told(&shop);
    desk.post("/profile/second-factor/removal", &known).await;
    let goes = told(&shop);
    let again = desk.post("/profile/second-factor/removal", &known).await;

    assert_eq!(anew.status(), 200, "{}", anew.summary());
    assert_eq!(again.status(), 303, "{}", again.summary());
    assert_eq!(
        subjects(&[comes.clone(), codes_anew, goes].concat()),
        [
            (ANNA, "A second factor guards your account"),
            (ANNA, "Your account has new recovery codes"),
            (ANNA, "Your account has no second factor any more"),
        ]
    );
    assert!(codes.iter().all(|code| !comes[0].2.contains(code)));
    assert_eq!(told(&shop), [], "there was none to turn off");
}

#[actix_web::test]
async fn a_browser_that_did_not_sign_in_before_is_told_but_for_the_first() {
    let shop = Shop::open().await;
    let first = anna(&shop).await;
    assert_eq!(told(&shop), [], "the very first");

    first.sign_in(ANNA, PASSWORD).await;
    assert_eq!(told(&shop), [], "the same again");

    let second = shop
        .visitor()
        .with_header("User-Agent", "call 555-0100 now");
    second.sign_in(ANNA, PASSWORD).await;
    let other = told(&shop);
    second.sign_in(ANNA, PASSWORD).await;
    assert_eq!(told(&shop), [], "it is known from now on");

    assert_eq!(
        subjects(&other),
        [(ANNA, "Your account was opened in a new browser")]
    );
    let text = &other[0].2;
    assert!(text.contains(", an unknown browser\n"), "{text}");
    assert!(
        !text.contains("555-0100"),
        "strangers write no mail: {text}"
    );
}

#[actix_web::test]
async fn with_a_second_factor_a_new_browser_is_told_once_the_code_was_right() {
    let shop = Shop::open().await;
    let (_, codes) = sets_up(&anna(&shop).await).await;
    told(&shop);
    let browser = shop.visitor();

    sign_in(&browser, ANNA).await;
    let with_password = told(&shop);
    browser
        .post("/sign-in/code", &[("code", &codes[0]), ("next", "/")])
        .await;

    assert_eq!(with_password, []);
    assert_eq!(
        subjects(&told(&shop)),
        [(ANNA, "Your account was opened in a new browser")]
    );
}

#[actix_web::test]
async fn without_a_mail_server_they_are_kept_and_readable_like_any_other_mail() {
    let shop = Shop::open().await;
    anna(&shop).await;
    shop.visitor().sign_in(ANNA, PASSWORD).await;
    let sent = run_due(&mut shop.connect(), &NoServer, clock::now());

    let page = shop.manager().await.page("/mails").await;

    assert_eq!(sent, Ok(1));
    let mail = page.link("Your account was opened in a new browser");
    let mail = shop.manager().await.page(&mail).await;
    assert!(
        mail.says("somebody signed in to your account"),
        "{}",
        mail.words()
    );
}
