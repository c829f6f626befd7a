//! The same in a real browser: forms, scripts and the content policy together.

use backfill::web::Role;

use crate::support::app::Shop;
use crate::support::browser;
use crate::support::make::PASSWORD;

#[actix_web::test]
async fn a_person_signs_in_changes_the_password_and_leaves() {
    let shop = Shop::open().await;
    shop.account("anna@shop.example", Role::User);
    let served = shop.serve();
    let Some(page) = browser::open(served.url()) else {
        return;
    };

    page.goes_to("/profile");
    page.fills("E-mail", "anna@shop.example");
    page.fills("Password", "not the password");
    page.clicks("Sign in");
    page.sees("do not belong together");
    page.fills("Password", PASSWORD);
    page.clicks("Sign in");
    page.is_at("/profile");
    page.fills("Current password", PASSWORD);
    page.fills("New password", "something new and long");
    page.fills("New password again", "something else");
    page.clicks("Change password");
    page.sees("The two passwords differ.");
    page.fills("Current password", PASSWORD);
    page.fills("New password", "something new and long");
    page.fills("New password again", "something new and long");
    page.clicks("Change password");
    page.sees("Your password was changed.");
    page.clicks("Account of User anna");
    page.clicks("Sign out");
    page.is_at("/sign-in");
}
