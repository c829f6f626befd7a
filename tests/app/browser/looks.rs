//! Every page opens without a complaint of the browser, and in the reader's scheme.

use std::collections::BTreeSet;

use backfill::types::RequestKey;
use backfill::web::Role;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;
use crate::support::requests::Browser;

#[actix_web::test]
async fn every_page_opens_without_a_complaint() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 3);
    desk.order(0, &[(mug, 5)]);
    let packed = desk.order(1, &[(mug, 2)]);
    desk.receives(desk.sent(&[(mug, 4)]), &RequestKey::fresh(), &[4])
        .expect("four arrive");
    desk.prepares(packed).expect("two are there");
    desk.sent(&[(mug, 2)]);
    desk.draft(&[(mug, 1)]);
    let pages = pages(&shop.admin().await).await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Admin) else {
        return;
    };

    for place in &pages {
        for (width, height) in [(1440, 900), (820, 1180)] {
            page.is_sized(width, height);
            page.goes_to(place);
            page.within("h1").sees("");
            assert_eq!(page.console_errors(), Vec::<String>::new(), "{place}");
        }
    }
    assert!(pages.len() > 40, "{pages:#?}");
}

#[actix_web::test]
async fn an_answer_takes_the_place_of_a_text_that_was_drawn_larger_without_a_complaint() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/customers/new");

    page.draws_larger("textarea");
    page.fills("Name", " ");
    page.clicks("Save customer");

    page.sees("This cannot be empty.");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

/// The places of the menu, the first records of their lists, and the pages of these records.
async fn pages(browser: &Browser) -> BTreeSet<String> {
    const PAPERS: [&str; 5] = [".pdf", ".csv", ".eml", "/body", "/attachments/"];
    let is_page = |path: &String| !PAPERS.iter().any(|paper| path.contains(paper));
    let menu = browser.page("/").await;
    let mut pages: BTreeSet<String> = BTreeSet::new();
    let mut records = vec![];
    for place in menu.attributes("nav a.nav-item", "href") {
        let list = browser.page(&place).await;
        records.extend(
            list.attributes(".grid .row-link", "href")
                .into_iter()
                .take(3),
        );
        pages.extend(list.attributes("main .toolbar a[href]", "href"));
        pages.insert(place);
    }
    for record in records {
        let links = browser
            .page(&record)
            .await
            .attributes("main a[href]", "href");
        let within = links
            .into_iter()
            .filter(|path| path.starts_with(&format!("{record}/")));
        pages.extend(within);
        pages.insert(record);
    }
    pages.retain(is_page);
    pages
}

#[actix_web::test]
async fn a_scheme_is_chosen_once_and_kept() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    let account = format!("Account of {}", shop.person(Role::User).name);

    page.clicks(&account);
    page.clicks("Dark");
    page.within("html[data-theme=dark]").sees("Dashboard");
    page.goes_to("/preparation");
    page.within("html[data-theme=dark]")
        .sees("Order preparation");

    page.clicks(&account);
    page.clicks("Like the system");
    page.within("html:not([data-theme])")
        .sees("Order preparation");
}
