//! A parcel that came back, at the desk: keyboard and scanner only.

use backfill::web::Role;

use super::signed_in;
use crate::returns::Story;
use crate::support::browser::Page;

/// The scan field, as soon as it has the focus by itself.
const FIELD: &str = "#field-code:focus";

fn scans(page: &Page, code: &str) {
    page.types(FIELD, code);
    page.presses("Enter");
}

#[actix_web::test]
async fn a_return_found_at_the_desk_cures_a_backorder() {
    let story = Story::begin().await;
    let served = story.shop.serve();
    let Some(page) = signed_in(&story.shop, &served, Role::Manager) else {
        return;
    };
    page.goes_to("/returns/desk");

    // Something else is scanned first: that is said loudly, and the field waits for the next code.
    scans(&page, "4006381333931");
    page.sees("Not opened: 4006381333931");
    scans(&page, "TRACK-77");
    page.is_at(&format!("/returns/new?order={}", story.left));

    // What is in the parcel is scanned piece by piece.
    page.sees("The parcel is here");
    scans(&page, "MUG");
    page.is_at("/returns/1");
    page.sees("1 unit counted");
    scans(&page, "MUG");
    page.sees("2 units counted");

    // Two keys further is the button that receives it.
    page.types(FIELD, "");
    page.presses("Tab Tab Enter");
    page.sees("Where each unit goes.");
    page.sees("2 for order");
    page.sees("Ready");
    assert_eq!(story.desk.reserved(story.waiting), [2]);
    assert_eq!(story.came_back(), 2);
}
