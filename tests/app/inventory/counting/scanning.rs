//! Several people scan, and what is doubtful is counted once more.

use std::sync::Barrier;
use std::thread;

use backfill::catalog;
use backfill::inventory::{self, CountScope, Found};
use backfill::schema::{count_lines, count_scans};
use backfill::types::{Money, Quantity};
use diesel::prelude::*;

use super::{Shelves, keep, words};

fn one_mug(shelves: &Shelves) -> Found {
    Found {
        product: shelves.mug.id,
        bin: None,
        units: Quantity::new(1),
        adds: true,
    }
}

#[actix_web::test]
async fn two_people_who_scan_the_same_product_add_up_and_every_scan_is_kept() {
    let shelves = Shelves::open(6, 0).await;
    let count = shelves.begins();
    let (db, counter, together) = (shelves.shop.db(), shelves.counter(), Barrier::new(2));
    let one = one_mug(&shelves);
    let scan = || {
        together.wait();
        for _ in 0..3 {
            keep(db, counter, count.id, one).expect("it is kept");
        }
    };

    thread::scope(|scope| {
        scope.spawn(scan);
        scan();
    });

    let line = count_lines::table.find(shelves.line_of(&count, &shelves.mug));
    let counted: Option<Quantity> = shelves
        .shop
        .read(|conn| Ok(line.select(count_lines::counted).first(conn)?));
    assert_eq!(counted, Some(Quantity::new(6)));
    let scans: i64 = shelves
        .shop
        .read(|conn| Ok(count_scans::table.count().get_result(conn)?));
    assert_eq!(scans, 6);
}

#[actix_web::test]
async fn whoever_scans_while_a_count_is_applied_is_in_time_or_told() {
    let shelves = Shelves::open(6, 0).await;
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 5);
    let (db, counter, together) = (shelves.shop.db(), shelves.counter(), Barrier::new(2));
    let one = one_mug(&shelves);
    let scan = || {
        together.wait();
        keep(db, counter, count.id, one)
    };

    let (scanned, applied) = thread::scope(|scope| {
        let other = scope.spawn(scan);
        together.wait();
        let applied = shelves.applies(&count);
        (other.join().expect("no panic"), applied)
    });

    applied.expect("it is applied");
    let left = if scanned.is_ok() { 6 } else { 5 };
    assert_eq!(shelves.on_hand(&shelves.mug), left);
}

#[actix_web::test]
async fn units_that_moved_while_somebody_counted_them_make_a_difference_doubtful() {
    let shelves = Shelves::open(10, 0).await;
    let count = shelves.begins();
    shelves.scans_one(&count, &shelves.mug, 6);
    shelves.moves(&shelves.mug, -2);
    shelves.scans_one(&count, &shelves.mug, 3);

    let refused = words(shelves.applies(&count));
    assert!(
        refused.contains("1 line should be counted once more first"),
        "{refused}"
    );

    let line = shelves.line_of(&count, &shelves.mug);
    shelves
        .try_to(|act| Ok(inventory::recount(act, count.id, &[line])?))
        .expect("it is counted again");
    shelves.finds(&count, &shelves.mug, 8);
    shelves.applies(&count).expect("as many as the books say");
    assert_eq!(shelves.on_hand(&shelves.mug), 8);
}

#[actix_web::test]
async fn what_was_corrected_by_hand_since_is_not_corrected_twice() {
    let shelves = Shelves::open(10, 0).await;
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 8);
    shelves.moves(&shelves.mug, -2);

    let refused = words(shelves.applies(&count));

    assert!(
        refused.contains("1 line should be counted once more first"),
        "{refused}"
    );
    assert_eq!(shelves.on_hand(&shelves.mug), 8);
}

#[actix_web::test]
async fn a_large_difference_is_counted_again_and_true_when_found_twice() {
    let shelves = Shelves::open(30, 30).await;
    shelves.shop.write(|act| {
        let mut company = catalog::company(act)?;
        company.recount_units = Some(Quantity::new(5));
        company.recount_value = Some(Money::parse("8").expect("an amount"));
        catalog::edit_company(act, &company)?;
        Ok(())
    });
    // A jar costs 4.00: three of them are worth more than 8.
    let supplier = shelves.shop.new_supplier("HART");
    shelves.shop.buys_at(&shelves.jar, &supplier);
    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 25);
    shelves.finds(&count, &shelves.jar, 27);
    let refused = words(shelves.applies(&count));
    assert!(
        refused.contains("2 lines should be counted once more first"),
        "{refused}"
    );

    let lines = [&shelves.mug, &shelves.jar].map(|each| shelves.line_of(&count, each));
    shelves
        .try_to(|act| Ok(inventory::recount(act, count.id, &lines)?))
        .expect("they are counted again");
    shelves.finds(&count, &shelves.mug, 25);
    shelves.finds(&count, &shelves.jar, 29);
    shelves
        .applies(&count)
        .expect("the first is true, the other is small");

    assert_eq!(
        (shelves.on_hand(&shelves.mug), shelves.on_hand(&shelves.jar)),
        (25, 29)
    );
}

#[actix_web::test]
async fn whoever_is_sure_applies_what_is_doubtful_as_it_is() {
    let shelves = Shelves::open(10, 0).await;
    let count = shelves.begins();
    shelves.scans_one(&count, &shelves.mug, 4);
    shelves.moves(&shelves.mug, 1);
    shelves.scans_one(&count, &shelves.mug, 4);

    shelves.applies_as(&count, true).expect("it is believed");

    assert_eq!(shelves.on_hand(&shelves.mug), 8);
}

#[actix_web::test]
async fn a_place_is_counted_in_one_open_count() {
    let shelves = Shelves::open(10, 4).await;
    let mugs = CountScope {
        products: vec![shelves.mug.id],
        ..CountScope::all_of(shelves.main)
    };
    shelves.begins_with(mugs.clone()).expect("mugs lie there");

    let again = words(shelves.begins_with(mugs));
    assert!(again.contains("all of it is being counted"), "{again}");
    let others = shelves.begins();
    let found = shelves.scans(others.id, (shelves.mug.id, None), 1, true);
    assert_eq!(words(found), "This place is being counted in CT-000001.");
    shelves.finds(&others, &shelves.jar, 4);
}

#[actix_web::test]
async fn what_is_not_on_the_list_joins_it() {
    let shelves = Shelves::open(3, 0).await;
    let count = shelves.begins();

    shelves.finds(&count, &shelves.jar, 2);
    shelves.applies(&count).expect("two jars nobody knew of");

    assert_eq!(shelves.on_hand(&shelves.jar), 2);
}
