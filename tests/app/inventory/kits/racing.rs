//! Two people do at the same moment what only one of them can: a product is a kit, or lies somewhere.

use backfill::catalog;
use backfill::db::{Db, Who};
use backfill::error::Result;
use backfill::inventory::{self, KitEdit, Part};
use backfill::purchasing::{self, NewPurchaseOrder};
use backfill::types::{ProductId, Quantity};

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
