//! Backfill as people meet it, in a real Chromium.

mod decide;
mod draft;
mod keyboard;
mod layout;
mod long_order;
mod looks;
mod open_pages;
mod returns;
mod sign_in;
mod still_rows;
mod stock_list;
mod the_article;

use backfill::web::Role;

use crate::support::app::Shop;
use crate::support::browser::{self, Page};
use crate::support::make::PASSWORD;
use crate::support::served::Served;

/// Somebody of this role signs in by hand, and stands on the dashboard.
pub fn signed_in(shop: &Shop, served: &Served, role: Role) -> Option<Page> {
    let person = shop.person(role);
    let page = browser::open(served.url())?;
    page.goes_to("/sign-in");
    page.fills("E-mail", &person.email.to_string());
    page.fills("Password", PASSWORD);
    page.clicks("Sign in");
    page.is_at("/");
    Some(page)
}
