//! What an import writes, and that it acts once.

use backfill::db::{Act, Who};
use backfill::exchange::imports::orders::{Choices, Destination};
use backfill::exchange::{self, Error, Import, ImportState, Upload};
use backfill::schema::{channels, customers, import_pieces, order_lines, orders, products};
use backfill::stock::Consent;
use backfill::types::{Quantity, WarehouseId};
use diesel::PgConnection;
use diesel::prelude::*;

use super::reading::{HEAD, now};
use crate::support::app::Shop;

const REAL: &[u8] = include_bytes!("../../../src/demo/online-retail-orders.csv");

fn main_warehouse(conn: &mut PgConnection) -> WarehouseId {
    backfill::catalog::primary_warehouse(conn)
        .expect("there is one")
        .id
}

pub fn upload(conn: &mut PgConnection, content: &[u8]) -> Upload {
    Upload {
        file_name: "orders.csv".into(),
        content: content.to_vec().into(),
        to: Destination {
            warehouse: Some(main_warehouse(conn)),
            channel: "webshop".into(),
        },
        choices: Choices::default(),
    }
}

fn keep(shop: &Shop, content: &[u8]) -> Import {
    shop.write_as(Who::BACKFILL.at(now()), |conn| {
        let upload = upload(conn, content);
        Ok(exchange::keep(conn, &upload)?)
    })
}

fn confirm(shop: &Shop, import: &Import) -> Import {
    shop.write_as(Who::BACKFILL.at(now()), |act| {
        Ok(exchange::confirm(act, import.id, &Consent::ToAll)?)
    })
}

/// Orders, their lines, products, customers.
fn counts(shop: &Shop) -> [i64; 4] {
    shop.read(|conn| {
        Ok([
            orders::table.count().get_result(conn)?,
            order_lines::table.count().get_result(conn)?,
            products::table.count().get_result(conn)?,
            customers::table.count().get_result(conn)?,
        ])
    })
}

fn file(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", lines.join("\n")).into_bytes()
}

#[actix_web::test]
async fn a_preview_places_nothing() {
    let shop = Shop::open().await;

    let import = keep(&shop, &file(&["1,MUG,A mug,6,2026-11-20,2.55,17850,UK"]));

    assert_eq!(counts(&shop), [0, 0, 0, 0]);
    assert_eq!(
        (import.state, import.orders, import.products),
        (ImportState::Previewed, Quantity::new(1), Quantity::new(1))
    );
}

#[actix_web::test]
async fn a_confirmed_file_becomes_orders_products_and_customers() {
    let shop = Shop::open().await;
    let import = keep(
        &shop,
        &file(&[
            "1,85123a,Heart,6,2026-11-20T08:26,2.55,17850,United Kingdom",
            "1,85123A,Heart,4,2026-11-20T08:26,2.55,17850,United Kingdom",
            "1,POST,Postage,1,2026-11-20T08:26,18,17850,United Kingdom",
            "2,MUG,A mug,1,2026-11-21,4,,France",
        ]),
    );

    let done = confirm(&shop, &import);

    assert_eq!(done.state, ImportState::Applied);
    assert_eq!(counts(&shop), [2, 2, 2, 2]);
    let (number, channel, note, country, total): (String, String, String, String, i64) =
        shop.read(|conn| {
            Ok(orders::table
                .inner_join(channels::table)
                .order(orders::number)
                .select((
                    orders::number,
                    channels::name,
                    orders::note,
                    orders::country,
                    diesel::dsl::sql::<diesel::sql_types::BigInt>("total"),
                ))
                .first(conn)?)
        });
    assert_eq!((number.as_str(), channel.as_str()), ("1", "webshop"));
    assert_eq!(note, "");
    assert_eq!((country.as_str(), total), ("United Kingdom", 435_000));
    let guests: Vec<String> = shop.read(|conn| {
        Ok(customers::table
            .order(customers::code)
            .select(customers::name)
            .load(conn)?)
    });
    assert_eq!(guests, ["17850", "Guest"]);
}

#[actix_web::test]
async fn confirming_twice_acts_once() {
    let shop = Shop::open().await;
    let import = keep(&shop, &file(&["1,MUG,A mug,6,2026-11-20,2.55,17850,UK"]));

    let first = confirm(&shop, &import);
    let second = confirm(&shop, &import);

    assert_eq!(
        (first.applied_at, first.orders),
        (second.applied_at, second.orders)
    );
    assert_eq!(counts(&shop), [1, 1, 1, 1]);
}

#[actix_web::test]
async fn importing_a_file_twice_acts_once() {
    let shop = Shop::open().await;
    let content = file(&["1,MUG,A mug,6,2026-11-20,2.55,17850,UK"]);
    confirm(&shop, &keep(&shop, &content));

    let again = keep(&shop, &content);
    let refused = exchange::confirm(
        &mut Act::new(&mut shop.connect(), Who::BACKFILL),
        again.id,
        &Consent::ToAll,
    );

    assert_eq!(again.orders, Quantity::ZERO);
    assert!(
        matches!(refused, Err(Error::NothingToImport)),
        "{refused:?}"
    );
    assert_eq!(counts(&shop), [1, 1, 1, 1]);
}

#[actix_web::test]
async fn a_discarded_file_is_not_imported_and_its_content_not_kept() {
    let shop = Shop::open().await;
    let import = keep(&shop, &file(&["1,MUG,A mug,6,2026-11-20,2.55,17850,UK"]));

    shop.write(|conn| Ok(exchange::discard(conn, import.id)?));
    let refused = exchange::confirm(
        &mut Act::new(&mut shop.connect(), Who::BACKFILL),
        import.id,
        &Consent::ToAll,
    );

    assert!(matches!(refused, Err(Error::Discarded)), "{refused:?}");
    assert_eq!(counts(&shop), [0, 0, 0, 0]);
    let kept: i64 = shop.read(|conn| Ok(import_pieces::table.count().get_result(conn)?));
    assert_eq!(kept, 0);
}

#[actix_web::test]
async fn the_real_file_is_imported_as_previewed_in_few_statements() {
    let shop = Shop::open().await;
    let import = keep(&shop, REAL);

    let (done, statements) = shop.statements_of(async { confirm(&shop, &import) }).await;

    assert_eq!(
        (done.orders, done.lines),
        (Quantity::new(423), Quantity::new(9_488))
    );
    assert_eq!(counts(&shop)[..3], [423, 9_488, 1_958]);
    assert!(statements < 60, "{statements} statements");
    let left_out = shop.read(|conn| Ok(exchange::left_out_after(conn, import.id, (0, 0))?));
    let of = |number: &str| left_out.iter().find(|row| row.order_number == number);
    let cancelled = of("C536379").map(|row| row.reason.as_str());
    assert_eq!(cancelled, Some("C536379 is a cancellation: not imported."));
    assert_eq!(
        of("536414").map(exchange::LeftOut::lines).as_deref(),
        Some("624")
    );
}
