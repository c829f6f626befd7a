//! The main job by hand, on three screens at once: from a line in red to one that is struck through.

use backfill::config::Secret;
use backfill::outbox::Smtp;
use backfill::web::Role;
use chrono::{TimeDelta, Utc};

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;
use crate::support::postman;
use crate::support::smtp::Inbox;

#[actix_web::test]
async fn a_line_in_red_is_bought_received_and_shipped_by_three_people_at_their_screens() {
    let inbox = Inbox::start();
    let shop = Shop::open_with(|config| {
        config.smtp_url = Some(Secret::new(inbox.url()));
        config.mail_from = "Shop <shop@shop.example>".into();
    })
    .await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let served = shop.serve();
    let Some(sales) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    let (Some(picker), Some(buyer)) = (
        signed_in(&shop, &served, Role::User),
        signed_in(&shop, &served, Role::Manager),
    ) else {
        return;
    };

    // The sales desk takes an order of what is not there.
    sales.within("nav").clicks("Orders");
    sales.is_at("/orders");
    sales.within(".toolbar").clicks("New order");
    sales.fills("Customer", "Bert Holm");
    sales.types("#sku-0", "MUG");
    sales.sees("A new customer");
    sales.types("#quantity-0", "5");
    sales.clicks("Place order");
    sales.sees("5 of 5 units are missing");
    sales.within("nav").clicks("Orders");
    sales.in_row("Bert Holm").sees("missing, not on order");
    sales.within(".look-missing").sees("Product MUG");

    // The picker sees that it waits, and leaves the tab of what is ready open.
    picker.presses("g p");
    picker.within(".tabs").clicks("Backorder");
    picker.within("main").sees("Bert Holm");
    picker.within(".tabs").clicks("In stock");
    picker.sees("No order is ready");

    // The buyer buys just what is needed, and reads the mail before it goes.
    buyer.presses("g r");
    buyer.in_row("Product MUG").sees("Backorders");
    buyer.in_row("Product MUG").clicks("minimum of MUG");
    buyer.sees("1 product chosen");
    buyer.clicks("Create purchase order");
    buyer.clicks("Preview and send");
    assert_eq!(buyer.value_of("To"), "orders@hartmann.example");
    buyer.clicks("Send to supplier");
    buyer.sees("The mail is on its way");
    let number = buyer.text_of("h1");
    let tried = postman::run_due(&mut shop.connect(), &Smtp::at(&inbox.url()), Utc::now());
    // The other is about the account that two of them use: it was opened in a new browser.
    assert_eq!(tried, Ok(2));
    let letters = inbox.letters().into_iter();
    let mut sent = letters.filter(|letter| letter.subject.contains(&number));
    let letter = sent.next().expect("the order is mailed");
    let paper = pdf_extract::extract_text_from_mem(&letter.attachments[0].content);
    let paper = paper.expect("the paper is a readable PDF");
    assert!(
        paper.contains(&number) && paper.contains("S-MUG"),
        "{paper}"
    );

    // The list of the sales desk learned the date by itself.
    let comes = (Utc::now().date_naive() + TimeDelta::days(7)).format("%-d %b");
    sales.in_row("Bert Holm").sees(&format!("missing, {comes}"));

    // The goods are there; a slip is told, and an impatient hand receives them once.
    buyer.clicks("Receive");
    buyer.fills("Quantity of MUG", "6");
    buyer.clicks_at("#receive .page-head .btn-primary");
    buyer.sees("1 more than were to come (5).");
    buyer.clicks("Fill all");
    buyer.clicks_twice_at("#receive .page-head .btn-primary");
    buyer.sees("Where each unit goes.");
    buyer.within(".places").sees("Bert Holm");
    assert_eq!(desk.on_hand(mug), 5);

    // The picker's page learned it by itself; the parcel is made and leaves.
    picker.in_row("Bert Holm").clicks("Prepare");
    picker.clicks("Picked");
    picker.within(".page-head .pill").sees("Picked");
    picker.clicks("Pack");
    picker.is_at("/packing");
    picker.sees("5 of 5 left");
    for left in ["4", "3", "2", "1"] {
        picker.scans_into_the_field("MUG");
        picker.sees(&format!("{left} left to pack"));
    }
    picker.scans_into_the_field("MUG");
    picker.sees("is packed");
    picker.scans_into_the_field("TRACK-1");
    picker.sees("has left, TRACK-1");

    // And so did the list of the sales desk: the line is struck through.
    sales.in_row("Bert Holm").sees("Shipped");
    sales.within(".look-shipped").sees("Product MUG");
    assert_eq!(desk.on_hand(mug), 0);
}
