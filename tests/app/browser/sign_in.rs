//! The door.

use backfill::web::Role;

use crate::support::app::Shop;
use crate::support::browser;
use crate::support::make::PASSWORD;

#[actix_web::test]
async fn a_wrong_password_is_told_and_the_right_one_leads_to_the_page_that_was_wanted() {
    let shop = Shop::open().await;
    let person = shop.person(Role::User);
    let served = shop.serve();
    let Some(page) = browser::open(served.url()) else {
        return;
    };

    page.goes_to("/preparation");
    page.is_at("/sign-in");
    page.fills("E-mail", &person.email.to_string());
    page.fills("Password", "not the password");
    page.clicks("Sign in");
    page.sees("This e-mail address and password do not belong together.");
    assert_eq!(page.value_of("E-mail"), person.email.to_string());

    page.fills("Password", PASSWORD);
    page.presses("Enter");
    page.is_at("/preparation");

    page.clicks(&format!("Account of {}", person.name));
    page.clicks("Sign out");
    page.is_at("/sign-in");
    page.goes_to("/preparation");
    page.is_at("/sign-in");
}
