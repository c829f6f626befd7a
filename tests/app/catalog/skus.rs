//! A SKU is written in one way, wherever it comes from.

use backfill::schema::products;
use backfill::types::Sku;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use crate::support::app::Shop;
use crate::support::database::TestDatabase;

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = Text)]
    sku: String,
}

#[test]
fn the_database_takes_whatever_the_program_makes_of_any_letter() {
    let letters = (0..=0x10_ffff_u32).filter_map(char::from_u32);
    let skus: Vec<String> = letters
        .filter_map(|letter| Sku::parse(&format!("a{letter}b")).ok())
        .map(|sku| sku.to_string())
        .collect();

    let refused: Vec<Written> = diesel::sql_query(
        "select sku from unnest($1) as s (sku) where not (is_sku(sku) and sku = upper(btrim(sku)))",
    )
    .bind::<Array<Text>, _>(skus)
    .load(&mut TestDatabase::create().connect())
    .expect("the database answers");

    let refused: Vec<String> = refused.into_iter().map(|one| one.sku).collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn products_of_before_are_written_so_too_and_none_is_lost() {
    let database = TestDatabase::create();
    let mut conn = database.connect();
    let migration = |name| format!("migrations/2026-11-25-003020_skus/{name}.sql");
    let run = |conn: &mut PgConnection, name| {
        let sql = std::fs::read_to_string(migration(name)).expect("it can be read");
        conn.batch_execute(&sql).expect("it can be run");
    };
    run(&mut conn, "down");
    conn.batch_execute(
        "insert into products (sku, name) values (E'CAFE\\u0301-1', 'old'), (E'QA\\u2011NB\\u00AD1', 'hyphen'),
           (E'CAF\\u00C9-1', 'new'), (E'A\\u00A0  B', 'blanks'), (E'\\u200B', 'nothing'), ('MUG', 'a mug')",
    )
    .expect("they can be written");

    run(&mut conn, "up");

    let written: Vec<(String, String)> = products::table
        .order(products::id)
        .select((products::name, products::sku))
        .load::<(String, Sku)>(&mut conn)
        .expect("they are there")
        .into_iter()
        .map(|(name, sku)| (name, sku.to_string()))
        .collect();
    let expected = [
        ("old", "CAF\u{c9}-1 (2)"),
        ("hyphen", "QA-NB1"),
        ("new", "CAF\u{c9}-1"),
        ("blanks", "A B"),
        ("nothing", "SKU"),
        ("a mug", "MUG"),
    ];
    assert_eq!(
        written,
        expected.map(|(name, sku)| (name.to_owned(), sku.to_owned()))
    );
}

#[actix_web::test]
async fn a_product_is_found_however_its_sku_is_typed() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    browser
        .post(
            "/products",
            &[
                ("sku", "cafe\u{301}\u{2011}1"),
                ("name", "Co\u{1b}ffee\u{202e}"),
                ("price", "5"),
                ("weight", "0"),
                ("note", "one\r\ntwo\u{1b}"),
            ],
        )
        .await;
    let note: String = shop.read(|conn| Ok(products::table.select(products::note).first(conn)?));
    assert_eq!(note, "one\ntwo");

    for typed in [
        "CAF\u{c9}-1",
        "caf\u{e9}-1",
        "CAFE\u{301}\u{2010}1",
        "caf\u{e9}-\u{200b}1",
    ] {
        let query = serde_urlencoded::to_string([("q", typed)]).expect("a query");
        let page = browser.page(&format!("/products?{query}")).await;
        assert!(
            page.says("CAF\u{c9}-1") && page.says("Coffee"),
            "{typed:?}: {}",
            page.words()
        );
    }
    let again = browser
        .post(
            "/products",
            &[("sku", "CAF\u{c9}-1"), ("name", "Coffee"), ("price", "5")],
        )
        .await;
    assert_eq!(again.status(), 422);
}

#[actix_web::test]
async fn no_character_of_a_request_is_too_odd_for_the_database() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;

    for page in [
        "/products",
        "/orders",
        "/customers",
        "/suppliers",
        "/stock",
        "/movements",
        "/purchase-orders",
        "/mails",
    ] {
        for (odd, status) in [
            ("q=%1B%E2%80%AE", 200),
            ("q=%FF", 200),
            ("q=%00", 400),
            ("q=a%00b&state=%00", 400),
            ("sort=%00", 400),
            ("q=%FF%00", 400),
        ] {
            let reply = browser.get(&format!("{page}?{odd}")).await;
            assert_eq!(reply.status(), status, "{page}?{odd}: {}", reply.summary());
        }
    }
}

#[actix_web::test]
async fn a_sku_typed_by_hand_that_looks_like_another_is_said() {
    let shop = Shop::open().await;
    shop.new_product("COT");
    let manager = shop.manager().await;
    let form = manager.page("/products/new").await.form("form.form");
    let typed = |sku| {
        form.clone()
            .with("sku", sku)
            .with("name", "A cot")
            .with("price", "5")
    };

    let alike = manager.submit_form(&typed("\u{421}\u{41e}T")).await;
    let other = manager.page("/products/new").await.form("form.form");
    let other = other
        .with("sku", "CAT")
        .with("name", "A cat")
        .with("price", "5");
    let other = manager.submit_form(&other).await;

    assert!(
        alike.says("It looks like COT, with letters of another alphabet"),
        "{}",
        alike.words()
    );
    assert!(!other.says("It looks like"), "{}", other.words());
}
