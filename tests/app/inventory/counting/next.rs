//! What to count next.

use backfill::schema::order_lines;
use backfill::types::OrderLineId;
use diesel::prelude::*;

use super::Shelves;

#[actix_web::test]
async fn what_a_picker_found_short_is_proposed_first_until_it_is_counted() {
    let shelves = Shelves::open(5, 5).await;
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 5);
    shelves.applies(&count).expect("it is applied");
    let order = shelves.sells("SO-1", 1, 2);
    let parcel = shelves.shop.prepares(order);
    let picker = shelves.shop.user().await;

    let next = picker
        .page("/counts/proposals")
        .await
        .table("What to count next");
    assert_eq!(next.column("Product"), ["JAR Product JAR"]);
    assert_eq!(next.column("Why"), ["never counted"]);

    let line: OrderLineId = shelves
        .shop
        .read(|conn| Ok(order_lines::table.select(order_lines::id).first(conn)?));
    let page = picker
        .page(&format!("/shipments/{parcel}/lines/{line}/shortage"))
        .await;
    let short = page.form(&format!("form[action$='/lines/{line}/shortage']"));
    picker.submit_form(&short).await;

    let next = picker
        .page("/counts/proposals")
        .await
        .table("What to count next");
    assert_eq!(
        next.column("Product"),
        ["MUG Product MUG", "JAR Product JAR"]
    );
    assert_eq!(next.column("Why")[0], "found short by a picker 1 time");
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 4);
    shelves.applies(&count).expect("it is applied");
    let next = picker
        .page("/counts/proposals")
        .await
        .table("What to count next");
    assert_eq!(next.column("Why")[0], "the last count corrected it by −1");
}

#[actix_web::test]
async fn a_proposal_becomes_the_list_of_a_new_count() {
    let shelves = Shelves::open(5, 5).await;
    let manager = shelves.shop.manager().await;
    let main = shelves.main;

    let asked = manager
        .page(&format!(
            "/counts/new?warehouse={main}&product=MUG&product=JAR"
        ))
        .await;
    assert_eq!(asked.field("products").value(), "MUG\nJAR");
    let page = manager
        .submit_form(&asked.form("form[action='/counts']"))
        .await;

    assert!(page.says("2 products"), "{}", page.words());
    assert_eq!(page.table("Lines").column("Product").len(), 2);
    let next = manager.page("/counts/proposals").await;
    assert!(next.says("being counted"), "{}", next.words());
}
