//! Two people do at the same moment what only one of them can: a product is a kit, or lies somewhere.

use backfill::catalog;
use backfill::db::{Db, Who};
use backfill::error::Result;
use backfill::inventory::{self, KitEdit, Part};
use backfill::purchasing::{self, NewPurchaseOrder};
use backfill::sales;
use backfill::schema::order_lines;
use backfill::types::{ProductId, Quantity};
use diesel::prelude::*;

use crate::scenarios::races::{both, done};
use crate::support::app::Shop;

/// Often enough that both orders of events are seen.
const ROUNDS: usize = 6;

fn packs(db: &Db, kit: ProductId, part: ProductId) -> Result<()> {
    let edit = KitEdit {
        kit,
        seen: String::new(),
        parts: vec![Part {
            product: part,
            quantity: Quantity::new(1),
        }],
    };
    db.write_now(Who::BACKFILL, |act| {
        Ok(inventory::set_parts(act, std::slice::from_ref(&edit))?)
    })
}

#[actix_web::test]
async fn no_kit_comes_to_stand_in_another() {
    let shop = Shop::open().await;
    let db = shop.db();
    for round in 0..ROUNDS {
        let [outer, inner, part] =
            ["OUTER", "INNER", "PART"].map(|sku| shop.new_product(&format!("{sku}-{round}")).id);

        let (one, other) = both(|| packs(db, outer, inner), || packs(db, inner, part));

        assert_eq!(done(&[one, other]), 1);
    }
}

#[actix_web::test]
async fn a_product_becomes_a_kit_or_is_ordered_never_both() {
    let shop = Shop::open().await;
    let db = shop.db();
    let supplier = shop.new_supplier("HART").id;
    let warehouse = shop.primary_warehouse().id;
    for round in 0..ROUNDS {
        let [set, mug] = ["SET", "MUG"].map(|sku| shop.new_product(&format!("{sku}-{round}")).id);
        let line = purchasing::NewLine {
            product: set,
            quantity: Quantity::new(1),
        };
        let new = NewPurchaseOrder::of(supplier, warehouse, vec![line]);

        let (one, other) = both(
            || packs(db, set, mug),
            || {
                db.write_now(Who::BACKFILL, |act| {
                    purchasing::draft(act, &new)?;
                    Ok(())
                })
            },
        );

        assert_eq!(done(&[one, other]), 1);
    }
}

#[actix_web::test]
async fn a_product_is_sold_for_itself_or_as_a_kit_never_for_itself_once_it_is_one() {
    let shop = Shop::open().await;
    let db = shop.db();
    for round in 0..ROUNDS {
        let set = shop.new_product(&format!("SET-{round}"));
        let mug = shop.new_product(&format!("MUG-{round}"));
        shop.has(&mug, 5);
        let order = shop.asked_for(&format!("SO-{round}"), &set, 1);

        let (packed, sold) = both(
            || packs(db, set.id, mug.id),
            || {
                db.write_now(Who::BACKFILL, |act| {
                    sales::place(act, std::slice::from_ref(&order))?;
                    Ok(())
                })
            },
        );

        let (packed, sold) = (done(&[packed]), done(&[sold]));
        assert!(packed + sold > 0, "one of them was first");
        let (alone, kits): (i64, i64) = shop.read(|conn| {
            let of_set = order_lines::table.filter(order_lines::product_id.eq(set.id));
            let count = |is_kit| of_set.filter(order_lines::is_kit.eq(is_kit)).count();
            Ok((
                count(false).get_result(conn)?,
                count(true).get_result(conn)?,
            ))
        });
        assert_eq!(usize::try_from(alone + kits), Ok(sold));
        assert!(
            packed == 0 || alone == 0,
            "round {round}: it lies nowhere, and is asked for"
        );
    }
}

#[actix_web::test]
async fn a_product_becomes_a_part_or_is_archived_never_both() {
    let shop = Shop::open().await;
    let db = shop.db();
    for round in 0..ROUNDS {
        let [set, mug] = ["SET", "MUG"].map(|sku| shop.new_product(&format!("{sku}-{round}")).id);

        let (one, other) = both(
            || packs(db, set, mug),
            || {
                db.write_now(Who::BACKFILL, |act| {
                    catalog::archive_product(act, mug)?;
                    Ok(())
                })
            },
        );

        assert_eq!(done(&[one, other]), 1);
    }
}
