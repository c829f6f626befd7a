//! What is to be counted: by bins, zone, supplier, class, time, or a list.

use backfill::catalog::LocationKind;
use backfill::inventory::{self, AbcClass, CountScope, PutAway};
use backfill::preparation::{self, Departure};
use backfill::schema::{count_lines, locations, products};
use backfill::stock::Place;
use backfill::types::{CountId, LocationId, Quantity};
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;

use super::{Shelves, words};

/// SKU and bin of each line, in their order.
fn lines(shelves: &Shelves, count: CountId) -> Vec<(String, Option<String>)> {
    shelves.shop.read(|conn| {
        Ok(count_lines::table
            .inner_join(products::table)
            .left_join(locations::table.on(locations::id.nullable().eq(count_lines::location_id)))
            .filter(count_lines::count_id.eq(count))
            .order((products::sku, locations::code))
            .select((products::sku, locations::code.nullable()))
            .load(conn)?)
    })
}

fn listed(shelves: &Shelves, scope: CountScope) -> Vec<String> {
    let count = shelves.begins_with(scope).expect("something is listed");
    let listed = lines(shelves, count.id).into_iter().map(|(sku, _)| sku);
    let listed = listed.collect();
    shelves
        .try_to(|act| Ok(inventory::cancel_count(act, count.id, "")?))
        .expect("it is given up");
    listed
}

#[actix_web::test]
async fn a_supplier_a_list_or_what_was_not_counted_narrows_it() {
    let shelves = Shelves::open(5, 5).await;
    let all = CountScope::all_of(shelves.main);
    let supplier = shelves.shop.new_supplier("HART");
    shelves.shop.buys_at(&shelves.jar, &supplier);
    assert_eq!(listed(&shelves, all.clone()), ["JAR", "MUG"]);

    let of_supplier = CountScope {
        supplier: Some(supplier.id),
        ..all.clone()
    };
    assert_eq!(listed(&shelves, of_supplier), ["JAR"]);
    let of_list = CountScope {
        products: vec![shelves.mug.id],
        ..all.clone()
    };
    assert_eq!(listed(&shelves, of_list), ["MUG"]);

    let count = shelves.begins();
    shelves.finds(&count, &shelves.mug, 5);
    shelves.applies(&count).expect("it is applied");
    let not_since = |at| CountScope {
        not_since: Some(at),
        ..all.clone()
    };
    let yesterday = Utc::now() - TimeDelta::days(1);
    assert_eq!(listed(&shelves, not_since(yesterday)), ["JAR"]);
    let tomorrow = Utc::now() + TimeDelta::days(1);
    assert_eq!(listed(&shelves, not_since(tomorrow)), ["JAR", "MUG"]);
}

#[actix_web::test]
async fn the_class_of_a_product_is_how_much_of_what_ships_it_is() {
    let shelves = Shelves::open(100, 5).await;
    let tin = shelves.shop.new_product("TIN");
    shelves.shop.has(&tin, 20);
    for (number, product, units) in [("SO-1", &shelves.mug, 85), ("SO-2", &tin, 12)] {
        let order = crate::preparation::order(number, 1)
            .line(product, units)
            .place(&shelves.shop);
        let parcel = shelves.shop.prepares(order);
        shelves
            .shop
            .write(|act| Ok(preparation::ship(act, parcel, &Departure::default())?));
    }
    let of = |class| CountScope {
        class: Some(class),
        ..CountScope::all_of(shelves.main)
    };

    assert_eq!(listed(&shelves, of(AbcClass::A)), ["MUG"]);
    assert_eq!(listed(&shelves, of(AbcClass::B)), ["TIN"]);
    assert_eq!(
        listed(&shelves, of(AbcClass::C)),
        ["JAR"],
        "nobody bought one"
    );
}

#[actix_web::test]
async fn bins_are_counted_by_range_or_zone_and_each_for_itself() {
    let shelves = Shelves::open(0, 0).await;
    let (shop, main) = (&shelves.shop, shelves.main);
    let bin = |code, kind| shop.location(main, code, kind);
    let dock = bin("DOCK", LocationKind::Dock);
    let [first, second, far] = ["A-01", "A-02", "B-01"].map(|code| bin(code, LocationKind::Shelf));
    shop.write(|act| {
        diesel::update(locations::table.find(far))
            .set(locations::zone.eq("Cold"))
            .execute(act.conn())?;
        inventory::use_locations(act, main, dock)?;
        Ok(())
    });
    shop.has(&shelves.mug, 9);
    let puts = |to: LocationId, units: u32| {
        let away = PutAway {
            place: Place::new(main, shelves.mug.id),
            from: dock,
            to,
            quantity: Quantity::new(units),
            note: String::new(),
        };
        shop.write(|act| Ok(inventory::put_away(act, &away, true)?));
    };
    puts(first, 4);
    puts(second, 3);
    puts(far, 2);

    let range = CountScope {
        bins: Some(("A-01".into(), "A-02".into())),
        ..CountScope::all_of(main)
    };
    let count = shelves.begins_with(range).expect("mugs lie there");
    let expected = ["A-01", "A-02"].map(|code| ("MUG".to_owned(), Some(code.to_owned())));
    assert_eq!(lines(&shelves, count.id), expected);
    let cold = CountScope {
        zone: Some("Cold".into()),
        ..CountScope::all_of(main)
    };
    let other = shelves.begins_with(cold).expect("mugs lie there");
    assert_eq!(
        lines(&shelves, other.id),
        [("MUG".to_owned(), Some("B-01".to_owned()))]
    );

    let nowhere = shelves.scans(count.id, (shelves.mug.id, None), 1, true);
    assert_eq!(
        words(nowhere),
        "Scan the bin first: here every unit lies in one."
    );
    for (bin, units) in [(first, 5), (second, 1)] {
        let found = shelves.scans(count.id, (shelves.mug.id, Some(bin)), units, false);
        found.expect("it is kept");
    }
    shelves
        .applies(&count)
        .expect("one more here, two fewer there");
    assert_eq!(shelves.on_hand(&shelves.mug), 8);
    let leaves = shelves.try_to(|act| Ok(inventory::leave_locations(act, main)?));
    assert_eq!(
        words(leaves),
        "CT-000002 is open here: apply it or give it up first."
    );
}
