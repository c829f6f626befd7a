//! How many kits there are: as many as can be packed of what is available of their parts.

use backfill::catalog::{Packable, packable};
use backfill::types::Quantity;
use proptest::collection::vec;
use proptest::prelude::*;

use super::Bench;

fn units(of: &[(u32, u32)]) -> Vec<(Quantity, Quantity)> {
    let pairs = of.iter();
    pairs
        .map(|(available, per_kit)| (Quantity::new(*available), Quantity::new(*per_kit)))
        .collect()
}

/// Packs one kit after the other, until a part is missing: how many, and which.
fn pack_one_by_one(parts: &[(u32, u32)]) -> (u32, usize) {
    let mut left: Vec<u32> = parts.iter().map(|(available, _)| *available).collect();
    let mut kits = 0;
    loop {
        let missing = parts
            .iter()
            .enumerate()
            .find(|(at, (_, per_kit))| left[*at] < *per_kit);
        if let Some((at, _)) = missing {
            return (kits, at);
        }
        for (at, (_, per_kit)) in parts.iter().enumerate() {
            left[at] -= per_kit;
        }
        kits += 1;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_are_as_many_kits_as_can_be_packed_one_after_the_other(
        parts in vec((0u32..300, 1u32..20), 1..8)
    ) {
        let (kits, limit) = pack_one_by_one(&parts);

        let packable = packable(units(&parts)).expect("it has parts");

        prop_assert_eq!(packable, Packable { kits: Quantity::new(kits), limit });
    }
}

#[test]
fn what_has_no_parts_is_no_kit() {
    assert_eq!(packable([]), None);
}

#[actix_web::test]
async fn a_kit_of_two_mugs_and_a_tea_is_limited_by_the_mugs() {
    let bench = Bench::open().await;
    let user = bench.shop.user().await;
    bench.packs(&bench.shop.manager().await).await;
    bench.shop.has(&bench.mug, 5);
    bench.shop.has(&bench.tea, 9);
    let east = bench.shop.warehouse("EAST");
    bench.shop.has_in(east, &bench.mug, 40);

    let card = bench.parts(&user, &bench.set).await;
    let list = user.page("/stock/kits").await.table("Kits");
    let products = user.page("/products").await.table("Products");
    let file = user.get("/stock/kits.csv").await.text();

    let packed = card.table("Kits that can be packed");
    let seen = |head| packed.column(head);
    assert_eq!(seen("Warehouse"), ["MAIN", "EAST"]);
    assert_eq!(seen("Kits available"), ["2", "0 none"]);
    assert_eq!(seen("Limited by"), ["MUG", "TEA"]);
    assert_eq!(seen("Available of it"), ["5", "0"]);
    assert_eq!(list.column("Warehouse"), ["MAIN", "EAST"]);
    assert_eq!(list.column("Available"), ["2", "0 none"]);
    assert_eq!(list.column("Limited by"), ["MUG", "TEA"]);
    assert_eq!(products.row("GIFT-SET").cell("Available"), "2");
    assert_eq!(products.row("GIFT-SET").cell("On hand"), "in parts");
    assert!(
        file.contains("GIFT-SET,Product GIFT-SET,MAIN,2,MUG,5\n"),
        "{file}"
    );
}

#[actix_web::test]
async fn what_orders_ask_for_is_not_available_to_kits() {
    let bench = Bench::open().await;
    let user = bench.shop.user().await;
    bench.packs(&bench.shop.manager().await).await;
    bench.shop.has(&bench.mug, 5);
    bench.shop.has(&bench.tea, 9);
    // The smaller difference is that of the tea: 2 of 9; the difference of the minima would be less.
    bench.shop.sells("SO-1", &bench.tea, 8);
    bench.shop.sells("SO-2", &bench.mug, 1);

    let packed = bench.parts(&user, &bench.set).await;
    let packed = packed.table("Kits that can be packed");

    assert_eq!(packed.column("Kits available"), ["1"]);
    assert_eq!(packed.column("Limited by"), ["TEA"]);
}

#[actix_web::test]
async fn the_list_of_kits_is_narrowed_and_filed() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    let user = shop.user().await;
    shop.new_kit("HAMPER", &[(&bench.tea, 3)]);
    shop.new_kit("PAIR", &[(&bench.mug, 2)]);
    shop.has(&bench.mug, 3);

    let names = async |query: &str| {
        let page = user.page(&format!("/stock/kits{query}")).await;
        let table = page.has(".grid").then(|| page.table("Kits"));
        let kits = table.iter().flat_map(|table| table.column("Kit"));
        kits.map(str::to_owned).collect::<Vec<_>>()
    };

    assert_eq!(names("").await, ["HAMPER", "PAIR"]);
    assert_eq!(names("?sort=-sku").await, ["PAIR", "HAMPER"]);
    assert_eq!(names("?q=ham").await, ["HAMPER"]);
    assert_eq!(names("?show=packable").await, ["PAIR"]);
    assert_eq!(names("?show=short").await, ["HAMPER"]);
    assert_eq!(names("?q=nothing").await, [""; 0]);
    let only = user.page("/products?kind=kit").await.table("Products");
    assert_eq!(only.column("SKU"), ["HAMPER", "PAIR"]);
    let file = user.get("/products.csv?kind=kit").await.text();
    assert!(
        file.ends_with("\nPAIR,Product PAIR,,10.00,,no,,,1,,kit,\n"),
        "{file}"
    );
    let parts = user.get("/stock/kits/parts.csv").await.text();
    assert!(
        parts.ends_with("kit,part,quantity\nHAMPER,TEA,3\nPAIR,MUG,2\n"),
        "{parts}"
    );
}

#[actix_web::test]
async fn the_list_takes_as_many_statements_however_many_kits_there_are() {
    let bench = Bench::open().await;
    let user = bench.shop.user().await;
    bench
        .shop
        .new_kit("KIT-00", &[(&bench.mug, 2), (&bench.tea, 1)]);
    let (_, few) = bench.shop.statements_of(user.page("/stock/kits")).await;
    for nth in 1..60 {
        let sku = format!("KIT-{nth:02}");
        bench
            .shop
            .new_kit(&sku, &[(&bench.mug, 2), (&bench.tea, 1)]);
    }

    let (page, many) = bench.shop.statements_of(user.page("/stock/kits")).await;

    assert_eq!(few, many);
    assert_eq!(page.table("Kits").rows.len(), 50);
    let (_, next) = page
        .links()
        .into_iter()
        .find(|(_, to)| to.contains("after="))
        .expect("there is more");
    let rest = user.page(&format!("/stock/kits{next}")).await.table("Kits");
    assert_eq!(rest.column("Kit")[0], "KIT-50");
    assert_eq!(rest.rows.len(), 10);
}
