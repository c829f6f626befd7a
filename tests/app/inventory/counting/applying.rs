//! The books follow what was found: orders become short, or get what they waited for.

use backfill::inventory;

use super::{Shelves, words};

#[actix_web::test]
async fn what_is_missing_is_lost_by_the_tail_and_never_by_a_parcel() {
    let shelves = Shelves::open(10, 0).await;
    let first = shelves.sells("SO-1", 1, 4);
    shelves.sells("SO-2", 2, 3);
    shelves.sells("SO-3", 3, 3);
    let parcel = shelves.shop.prepares(first);
    let count = shelves.begins();

    shelves.finds(&count, &shelves.mug, 8);
    shelves.applies(&count).expect("two are missing");

    assert_eq!(shelves.on_hand(&shelves.mug), 8);
    let after = [("SO-1".into(), 4), ("SO-2".into(), 3), ("SO-3".into(), 1)];
    assert_eq!(shelves.reserved(), after);
    shelves.ships(parcel);
    let manager = shelves.shop.manager().await;
    let page = manager.page(&count.path()).await;
    assert!(page.says("−2 SO-3"), "{}", page.words());
    assert!(page.says("became short"), "{}", page.words());
}

#[actix_web::test]
async fn what_is_found_beyond_the_books_serves_who_waits_at_once() {
    let shelves = Shelves::open(2, 0).await;
    shelves.sells("SO-1", 1, 5);
    let count = shelves.begins();

    shelves.finds(&count, &shelves.mug, 6);
    shelves.applies(&count).expect("four more are there");

    assert_eq!(shelves.reserved(), [("SO-1".into(), 5)]);
    let page = shelves.shop.user().await.page(&count.path()).await;
    assert!(page.says("+3 SO-1"), "{}", page.words());
}

#[actix_web::test]
async fn what_moves_after_the_scan_is_true_as_well() {
    let shelves = Shelves::open(10, 0).await;
    let order = shelves.sells("SO-1", 1, 4);
    let parcel = shelves.shop.prepares(order);
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 8);

    shelves.ships(parcel);
    assert_eq!(shelves.on_hand(&shelves.mug), 6);
    shelves.applies(&count).expect("it is applied");

    assert_eq!(
        shelves.on_hand(&shelves.mug),
        4,
        "ten, four that left and two that nobody found"
    );
}

#[actix_web::test]
async fn a_parcel_that_takes_what_nobody_found_stands_in_the_way() {
    let shelves = Shelves::open(5, 3).await;
    let order = shelves.sells("SO-1", 1, 4);
    let parcel = shelves.shop.prepares(order);
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 2);
    shelves.finds(&count, &shelves.jar, 1);

    let refused = words(shelves.applies(&count));

    assert!(
        refused.contains("3 units not found, but 4 of the 5 there are in parcels"),
        "{refused}"
    );
    assert_eq!(
        (shelves.on_hand(&shelves.mug), shelves.on_hand(&shelves.jar)),
        (5, 3)
    );
    shelves
        .shop
        .write(|act| Ok(backfill::preparation::give_back(act, parcel)?));
    shelves.applies(&count).expect("nothing is in a parcel");
    assert_eq!(
        (shelves.on_hand(&shelves.mug), shelves.on_hand(&shelves.jar)),
        (2, 1)
    );
}

#[actix_web::test]
async fn lines_that_nobody_counted_stay_unless_the_rest_is_said_to_be_none() {
    let shelves = Shelves::open(5, 3).await;
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 5);
    shelves.applies(&count).expect("it is applied");
    assert_eq!(shelves.on_hand(&shelves.jar), 3);

    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 5);
    shelves
        .try_to(|act| Ok(inventory::rest_is_none(act, count.id)?))
        .expect("all was looked at");
    shelves.applies(&count).expect("it is applied");

    assert_eq!(
        (shelves.on_hand(&shelves.mug), shelves.on_hand(&shelves.jar)),
        (5, 0)
    );
}

#[actix_web::test]
async fn what_is_over_stays_as_it_was() {
    let shelves = Shelves::open(5, 0).await;
    let count = shelves.begins();
    assert_eq!(words(shelves.applies(&count)), "Nothing was counted yet.");
    shelves.finds(&count, &shelves.mug, 4);
    shelves
        .try_to(|act| Ok(inventory::cancel_count(act, count.id, "wrong list")?))
        .expect("it is given up");

    let over = "CT-000001 is cancelled: nothing is counted there any more.";
    assert_eq!(words(shelves.applies(&count)), over);
    let late = shelves.scans(count.id, (shelves.mug.id, None), 5, false);
    assert_eq!(words(late), over);
    assert_eq!(shelves.on_hand(&shelves.mug), 5);
}
