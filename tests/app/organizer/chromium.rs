//! Notes and tasks from the row of an order to the list where they are done, in a real Chromium.

use backfill::types::RecordRef;
use backfill::web::Role;

use crate::browser::signed_in;
use crate::support::app::Shop;

#[actix_web::test]
async fn a_task_is_written_at_the_row_of_an_order_read_there_and_done_in_the_organizer() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.sells("SO-1", &mug, 1);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/orders");

    page.hovers("SO-1");
    page.clicks("Add new on SO-1");
    page.sees("New on Order SO-1");
    page.chooses("Kind", "Task");
    page.fills("Label", "Call Ada");
    page.fills("Text", "before it ships");
    page.clicks("Add");
    page.sees("Call Ada was added.");
    page.does_not_see("before it ships");

    page.hovers("1 task on SO-1");
    page.sees("before it ships");
    page.clicks("1 task on SO-1");
    page.within("dialog[open]").sees("Call Ada");
    page.presses("Escape");

    page.presses("g n");
    page.is_at("/organizer");
    page.in_row("Call Ada").sees("Order SO-1");
    page.checks("Choose Call Ada");
    page.clicks("Done");
    page.sees("1 task: saved.");
    page.sees("Nothing is to be done");
}

#[actix_web::test]
async fn without_a_mouse_the_texts_are_read_and_a_note_is_added_on_the_record_of_the_page() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.notes(RecordRef::Product(mug.id), "Fragile");
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/products");
    page.within(".notes-open").sees("1");

    page.presses("j Tab");
    page.sees("Fragile");
    page.presses("Escape");
    page.does_not_see("Fragile");

    page.goes_to(&format!("/products/{}", mug.id));
    page.within("section[data-record]").sees("Fragile");
    page.presses("n");
    page.sees("New on Product MUG");
    page.fills("Label", "Made of glass");
    page.clicks("Add");
    page.within("section[data-record]").sees("Made of glass");
}

#[actix_web::test]
async fn lists_are_edited_where_they_stand() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Admin) else {
        return;
    };
    page.goes_to("/organizer/settings");

    page.fills("Name of Call", "general");
    page.clicks("Save Call");
    page.sees("This name is already used.");
    assert_eq!(page.value_of("Name of Call"), "general");
    page.fills("Name of Call", "Ring");
    page.clicks("Save Call");
    page.sees("Ring was saved.");
    page.does_not_see("This name is already used.");

    page.clicks("Remove Ring");
    page.clicks("Remove");
    page.sees("It was removed.");
    page.within("#categories").clicks("History");
    page.within("#categories").sees("Removed Ring");
}
