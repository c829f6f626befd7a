//! Kits: sold as one, reserved in whole sets, shipped by their parts.

use backfill::preparation::Tab;
use backfill::schema::movements;
use backfill::types::{OrderId, ProductId, RequestKey};
use diesel::prelude::*;

use super::desk::Desk;
use crate::support::app::Shop;

/// A mug set of two mugs and a box.
fn mug_set(desk: &Desk) -> [ProductId; 3] {
    let (mug, paper_box) = (desk.product("MUG"), desk.product("PAPER-BOX"));
    let set = desk.kit("MUG-SET", &[(mug, 2), (paper_box, 1)]);
    [set, mug, paper_box]
}

/// Units reserved for what is not a kit itself, line by line.
fn reserved(desk: &Desk, order: OrderId) -> Vec<u32> {
    let lines = desk.lines(order);
    let all = lines.iter().zip(desk.reserved(order));
    all.filter(|(line, _)| !line.is_kit)
        .map(|(_, units)| units)
        .collect()
}

#[actix_web::test]
async fn a_kit_is_partly_covered_completed_by_a_reception_short_picked_broken_and_returned() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let [set, mug, paper_box] = mug_set(&desk);
    desk.finds(mug, 5);
    desk.finds(paper_box, 1);

    // Sold: three sets, of which one is there. The mugs that complete none go to those behind.
    let order = desk.order(1, &[(set, 3)]);
    let behind = desk.order(2, &[(mug, 3)]);
    assert_eq!(reserved(&desk, order), [2, 1]);
    assert_eq!(desk.tab(order), Tab::Partial);
    assert_eq!(
        (desk.reserved(behind), desk.tab(behind)),
        (vec![3], Tab::InStock)
    );

    // Two boxes arrive: they complete nothing while the mugs are with those behind, who were right
    // to have them as long as no set could be made of them.
    let purchase = desk.sent(&[(mug, 1), (paper_box, 2)]);
    desk.receives(purchase, &RequestKey::fresh(), &[1, 2])
        .expect("they arrive");
    assert_eq!(reserved(&desk, order), [6, 3]);
    assert_eq!(desk.tab(order), Tab::InStock);
    assert_eq!(
        (desk.reserved(behind), desk.tab(behind)),
        (vec![0], Tab::Backorder)
    );

    // The picker finds a mug less than the books say: the parcel goes without the last set, whose other
    // mug goes to those behind, and nobody is promised the one that is missing.
    let parcel = desk.prepares(order).expect("three sets are there");
    desk.finds_short(parcel, order, 1)
        .expect("it is to be picked");
    assert_eq!(reserved(&desk, order), [4, 2]);
    assert_eq!(desk.reserved(behind), [1]);
    desk.counts_off_by(mug, -1).expect("it is gone");
    assert_eq!(reserved(&desk, order), [4, 2]);
    assert_eq!(desk.reserved(behind), [1]);
    desk.ships(parcel).expect("they leave");
    assert_eq!(reserved(&desk, order), [0, 0]);
    assert_eq!(desk.shipped(order), [2, 4, 2]);

    // The rest ships by the unit: its box is there.
    desk.breaks(order, 0).expect("a set is left");
    assert_eq!(
        reserved(&desk, order),
        [1, 1],
        "by the unit it is first in the queue again"
    );
    assert_eq!(desk.reserved(behind), [0]);
    let parcel = desk.prepares(order).expect("there is something");
    desk.ships(parcel).expect("it leaves");
    assert_eq!(
        desk.shipped(order),
        [2, 5, 3],
        "the last set is not complete yet"
    );

    // What comes back of it comes by the unit as well, and cures the order first.
    desk.returns(order, 0, 1).expect_err("the sets are broken");
    desk.returns(order, 1, 2).expect("two mugs");
    assert_eq!(reserved(&desk, order), [1, 0]);
    assert_eq!(desk.reserved(behind), [1]);
}

#[actix_web::test]
async fn two_kits_that_share_a_part_and_the_part_alone_never_count_a_unit_twice() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let [mugs, mug, paper_box] = mug_set(&desk);
    let jug = desk.product("JUG");
    let table = desk.kit("TABLE-SET", &[(mug, 1), (jug, 1)]);
    desk.finds(mug, 4);
    desk.finds(paper_box, 2);
    desk.finds(jug, 2);

    let order = desk.order(1, &[(mugs, 1), (table, 2), (mug, 1)]);

    assert_eq!(reserved(&desk, order), [2, 1, 2, 2, 0]);
    desk.finds(mug, 1);
    assert_eq!(reserved(&desk, order), [2, 1, 2, 2, 1]);
    assert_eq!(desk.tab(order), Tab::InStock);
    let parcel = desk.prepares(order).expect("all is there");
    desk.ships(parcel).expect("it leaves");
    assert_eq!(desk.on_hand(mug), 0);
    assert_eq!(desk.on_hand(jug), 0);
    assert_eq!(desk.on_hand(paper_box), 1);
}

#[actix_web::test]
async fn a_pinned_kit_takes_the_parts_of_those_before_it_and_whoever_loses_one_loses_the_set() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let [mugs, mug, paper_box] = mug_set(&desk);
    let jug = desk.product("JUG");
    let table = desk.kit("TABLE-SET", &[(mug, 1), (jug, 1)]);
    desk.finds(mug, 2);
    desk.finds(paper_box, 1);
    desk.finds(jug, 5);
    let first = desk.order(1, &[(table, 2)]);
    let jugs = desk.order(2, &[(jug, 5)]);
    let last = desk.order(3, &[(mugs, 1)]);
    assert_eq!(reserved(&desk, first), [2, 2]);
    assert_eq!(
        (desk.reserved(jugs), reserved(&desk, last)),
        (vec![3], vec![0, 0])
    );

    desk.pins(last, 1).expect("it waits");

    assert_eq!(
        reserved(&desk, last),
        [2, 1],
        "a part brings all of its set along"
    );
    assert_eq!(reserved(&desk, first), [0, 0]);
    assert_eq!(desk.reserved(jugs), [5], "its jugs go to those behind");

    desk.unpins(last, 2).expect("it is pinned");
    assert_eq!(reserved(&desk, first), [2, 2]);
}

#[actix_web::test]
async fn where_complete_orders_go_first_a_kit_is_complete_or_waits() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let [mugs, mug, paper_box] = mug_set(&desk);
    desk.completes_orders_first(30);
    desk.finds(mug, 3);
    desk.finds(paper_box, 9);
    let two_sets = desk.order(1, &[(mugs, 2)]);
    let mug_alone = desk.order(2, &[(mug, 1)]);
    assert_eq!(reserved(&desk, two_sets), [0, 0]);
    assert_eq!(desk.reserved(mug_alone), [1]);

    desk.completes_orders_first(0);

    assert_eq!(reserved(&desk, two_sets), [2, 1], "it collects whole sets");
    assert_eq!(desk.reserved(mug_alone), [1]);
}

#[actix_web::test]
async fn the_parts_of_a_kit_that_change_leave_placed_orders_as_they_were_sold() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let [mugs, mug, paper_box] = mug_set(&desk);
    let before = desk.order(1, &[(mugs, 1)]);

    desk.packs(mugs, &[(mug, 4)]);
    let after = desk.order(2, &[(mugs, 1)]);

    let ordered = |order| {
        desk.lines(order)
            .iter()
            .map(|line| line.ordered.get())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (ordered(before), ordered(after)),
        (vec![1, 2, 1], vec![1, 4])
    );
    desk.finds(mug, 6);
    desk.finds(paper_box, 1);
    assert_eq!(
        (reserved(&desk, before), reserved(&desk, after)),
        (vec![2, 1], vec![4])
    );
}

#[actix_web::test]
async fn sets_are_cancelled_as_sets_and_parts_alone_only_once_they_are_broken() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let [mugs, mug, paper_box] = mug_set(&desk);
    desk.finds(mug, 6);
    desk.finds(paper_box, 2);
    let order = desk.order(1, &[(mugs, 3)]);
    let behind = desk.order(2, &[(mug, 6)]);
    assert_eq!(desk.reserved(behind), [2]);

    let refused = desk.cancels_units(order, 1, 1).expect_err("a part alone");
    assert!(refused.to_string().contains("part of a kit"), "{refused}");
    desk.cancels_units(order, 0, 1).expect("a set");
    assert_eq!(desk.wanted(order), [2, 4, 2]);
    assert_eq!(desk.reserved(behind), [2]);

    desk.breaks(order, 0).expect("two sets are left");
    let again = desk.breaks(order, 0).expect_err("only once");
    assert!(again.to_string().contains("only once"), "{again}");
    desk.cancels_units(order, 1, 4).expect("the mugs");
    assert_eq!(desk.wanted(order), [2, 0, 2], "boxes are still wanted");
    assert_eq!(desk.reserved(behind), [6]);
    desk.cancels_units(order, 2, 2).expect("the boxes");
    assert_eq!(desk.wanted(order), [0, 0, 0]);
    let moved: i64 = movements::table
        .filter(movements::product_id.eq(mugs))
        .count()
        .get_result(&mut shop.connect())
        .expect("a count");
    assert_eq!(moved, 0, "of a kit itself nothing ever moves");
}
