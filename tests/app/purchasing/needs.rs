//! What must be bought, by warehouse and product.

use backfill::db::Paging;
use backfill::purchasing::{self, Chosen, Figures, Fill, NeedFilter, NeedStatus, Status};
use backfill::stock::Place;
use diesel::prelude::*;

use super::desk::units;
use crate::support::app::Shop;

fn with(field: &str, value: &str) -> NeedFilter {
    let mut filter = NeedFilter::default();
    match field {
        "warehouse" => filter.warehouse = value.into(),
        "supplier" => filter.supplier = value.into(),
        "status" => filter.status = value.into(),
        "q" => filter.q = value.into(),
        _ => filter.sort = value.into(),
    }
    filter
}

#[actix_web::test]
async fn a_need_of_15_waits_once_it_is_sent_and_comes_back_when_the_rest_is_cancelled() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    shop.ordered(Place::new(warehouse, mug), 15, 1);
    let need = || {
        let (figures, drafted) = shop.need();
        (
            figures.status(),
            figures.minimum().get(),
            figures.incoming.get(),
            drafted.get(),
        )
    };
    assert_eq!(need(), (NeedStatus::Backorders, 15, 0, 0));

    let purchase = shop.draft(supplier, warehouse, &[(mug, 15)]);
    assert_eq!(need(), (NeedStatus::Backorders, 15, 0, 15));

    shop.send(&purchase);
    assert_eq!(need(), (NeedStatus::WaitingForReception, 0, 15, 0));

    shop.received(&purchase, &[10]);
    assert_eq!(need(), (NeedStatus::WaitingForReception, 0, 5, 0));

    let cancelled = shop.cancelled(&purchase);
    assert_eq!(cancelled.status, Status::Cancelled);
    assert_eq!(need(), (NeedStatus::Backorders, 5, 0, 0));
}

#[actix_web::test]
async fn every_unit_of_a_need_names_the_order_line_it_is_for() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let shelf = Place::new(warehouse, mug);
    shop.on_shelf(shelf, 3);
    for minute in 1..=3 {
        shop.ordered(shelf, 5, minute);
    }
    shop.sent(supplier, warehouse, &[(mug, 4)]);

    let (figures, _) = shop.need();
    let lines = shop.read(|conn| Ok(purchasing::needed_for(conn, shelf)?));

    let missing: u32 = lines.iter().map(|line| line.missing.get()).sum();
    let uncovered: u32 = lines.iter().map(|line| line.uncovered.get()).sum();
    assert_eq!(missing, figures.backorder_need().get());
    assert_eq!(uncovered, figures.minimum().get());
    assert_eq!(lines.len(), 3);
}

#[actix_web::test]
async fn what_is_low_is_needed_up_to_its_ideal_level_where_a_level_is_set_or_the_warehouse_has_one()
{
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    for (sku, on_hand) in [("A10", 10), ("B30", 30), ("C50", 50)] {
        let product = shop.bought(sku, supplier);
        shop.on_shelf(Place::new(warehouse, product), on_hand);
    }
    shop.write(|conn| {
        diesel::sql_query(
            "update warehouses set default_warning_level = 40, default_ideal_level = 100",
        )
        .execute(conn.conn())?;
        Ok(())
    });

    let needs = shop.needs(&with("sort", "sku"));

    let low: Vec<_> = needs
        .iter()
        .map(|need| (need.sku.as_str(), need.figures().low_stock_need().get()))
        .collect();
    assert_eq!(low, [("A10", 90), ("B30", 70)]);

    shop.write(|conn| {
        diesel::sql_query(
            "update levels set warning_level = 5, ideal_level = 6 where on_hand = 10",
        )
        .execute(conn.conn())?;
        Ok(())
    });
    assert_eq!(shop.needs(&NeedFilter::default()).len(), 1);
}

#[actix_web::test]
async fn the_statement_and_the_formulas_agree() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mut places = Vec::new();
    for (at, (on_hand, ordered, incoming, minimum, pack)) in [
        (0, 15, 0, 1, 1),
        (0, 15, 7, 20, 1),
        (3, 15, 12, 1, 6),
        (3, 15, 140, 1, 6),
        (10, 0, 0, 1, 12),
        (30, 0, 20, 100, 1),
        (30, 35, 0, 7, 5),
        (60, 0, 0, 1, 1),
        (90, 95, 3, 10, 4),
    ]
    .into_iter()
    .enumerate()
    {
        let product = shop.bought_like(&format!("P{at}"), supplier, |link| {
            link.minimum_quantity = units(minimum);
            link.pack_size = units(pack);
        });
        let place = Place::new(warehouse, product);
        if on_hand > 0 {
            shop.on_shelf(place, on_hand);
        }
        if ordered > 0 {
            shop.ordered(place, ordered, i64::try_from(at).expect("few"));
        }
        if incoming > 0 {
            shop.sent(supplier, warehouse, &[(product, incoming)]);
        }
        places.push(place);
    }
    shop.write(|conn| {
        diesel::sql_query(
            "update warehouses set default_warning_level = 40, default_ideal_level = 100",
        )
        .execute(conn.conn())?;
        Ok(())
    });

    let all = shop.needs(&with("sort", "sku"));
    assert_eq!(all.len(), 8, "all but the one of which there is enough");

    for &status in NeedStatus::ALL {
        let by_formula: Vec<_> = all
            .iter()
            .filter(|need| need.figures().status() == status)
            .map(|need| need.sku.clone())
            .collect();
        let mut filter = with("status", status.as_str());
        filter.sort = "sku".into();
        let by_statement: Vec<_> = shop
            .needs(&filter)
            .into_iter()
            .map(|need| need.sku)
            .collect();
        assert_eq!(by_statement, by_formula, "{}", status.label());
        assert!(!by_formula.is_empty(), "{}", status.label());
    }
    type Column = (&'static str, fn(&Figures) -> u32);
    let columns: [Column; 4] = [
        ("backorder", |figures| figures.backorder_need().get()),
        ("low", |figures| figures.low_stock_need().get()),
        ("minimum", |figures| figures.minimum().get()),
        ("suggested", |figures| figures.suggested().get()),
    ];
    for (column, figure) in columns {
        let sorted: Vec<_> = shop
            .needs(&with("sort", column))
            .iter()
            .map(|need| figure(&need.figures()))
            .collect();
        assert!(sorted.is_sorted(), "{column}: {sorted:?}");
    }
}

#[actix_web::test]
async fn the_needs_are_narrowed_by_warehouse_supplier_words_and_pages_follow_on() {
    let shop = Shop::open().await;
    let (north, south) = (shop.warehouse("NORTH"), shop.warehouse("SOUTH"));
    let supplier = shop.supplier("HART");
    let lines: Vec<_> = (0..60)
        .map(|at| {
            let product = shop.bought(&format!("P{at:02}"), supplier);
            (Place::new(north, product), 5)
        })
        .collect();
    shop.ordered_many(&lines, 1);
    let lonely = shop.unsupplied("LONELY");
    shop.ordered(Place::new(south, lonely), 2, 2);
    let skus = |filter: &NeedFilter| -> Vec<String> {
        shop.needs(filter)
            .into_iter()
            .map(|need| need.sku)
            .collect()
    };

    assert_eq!(skus(&with("warehouse", &south.to_string())), ["LONELY"]);
    assert_eq!(skus(&with("supplier", "none")), ["LONELY"]);
    assert_eq!(skus(&with("q", "p0 7")), ["P07"]);

    let buyer = shop.buyer();
    for sort in ["sku", "-minimum", "name", "-suggested"] {
        let page = |paging: Paging| {
            shop.read(|conn| {
                Ok(purchasing::needs(
                    conn,
                    buyer,
                    &with("sort", sort),
                    &paging,
                )?)
            })
        };
        let first = page(Paging::default());
        let second = page(Paging {
            after: first.older.clone(),
            before: None,
        });
        let back = page(Paging {
            after: None,
            before: second.newer.clone(),
        });
        let read = |rows: &[purchasing::Need]| -> Vec<String> {
            rows.iter().map(|need| need.sku.clone()).collect()
        };
        assert_eq!((first.rows.len(), second.rows.len()), (50, 11), "{sort}");
        assert_eq!(read(&back.rows), read(&first.rows), "{sort}");
        assert!(
            read(&second.rows)
                .iter()
                .all(|sku| !read(&first.rows).contains(sku))
        );
    }
}

#[actix_web::test]
async fn what_is_chosen_becomes_a_draft_for_each_supplier_and_warehouse_and_the_rest_stays() {
    let shop = Shop::open().await;
    let (north, south) = (shop.warehouse("NORTH"), shop.warehouse("SOUTH"));
    let (hart, bell) = (shop.supplier("HART"), shop.supplier("BELL"));
    let (mug, jug) = (shop.bought("MUG", hart), shop.bought("JUG", bell));
    let lonely = shop.unsupplied("LONELY");
    for (minute, (at, quantity)) in [
        (Place::new(north, mug), 5),
        (Place::new(south, mug), 2),
        (Place::new(north, jug), 9),
        (Place::new(north, lonely), 1),
    ]
    .into_iter()
    .enumerate()
    {
        shop.ordered(at, quantity, i64::try_from(minute).expect("few"));
    }
    let buyer = shop.buyer();

    let filled = shop.write(|conn| {
        Ok(purchasing::fill(
            conn,
            buyer,
            &NeedFilter::default(),
            Fill::Minimum,
        )?)
    });
    let summary = shop.read(|conn| Ok(purchasing::summary(conn, buyer)?));
    let ordered = shop.write_as(buyer, |act| Ok(purchasing::order_choices(act, buyer, &[])?));

    assert_eq!(
        (filled, summary.products, summary.without_supplier),
        (4, 4, 1)
    );
    assert_eq!(summary.value(), "40.00 EUR");
    let lines: Vec<_> = ordered
        .orders
        .iter()
        .map(|order| {
            let lines = shop.lines(order);
            (
                order.supplier_id,
                order.warehouse_id,
                lines[0].product_id,
                lines[0].ordered.get(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            (hart, north, mug, 5),
            (hart, south, mug, 2),
            (bell, north, jug, 9)
        ]
    );
    assert_eq!(ordered.left, ["LONELY"]);
    let summary = shop.read(|conn| Ok(purchasing::summary(conn, buyer)?));
    assert_eq!((summary.products, summary.without_supplier), (1, 1));
    let again = shop.try_at_noon(|act| purchasing::order_choices(act, buyer, &[]));
    assert!(again.is_err(), "nothing is left that somebody supplies");
}

#[actix_web::test]
async fn an_emptied_box_is_not_chosen_any_more() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    shop.ordered(Place::new(warehouse, mug), 5, 1);
    let buyer = shop.buyer();
    let row = shop.needs(&NeedFilter::default())[0].key();
    let choose = |quantity: u32| {
        let chosen = [Chosen {
            row,
            quantity: units(quantity),
            cover: None,
        }];
        shop.write(|conn| Ok(purchasing::choose(conn, buyer, &chosen)?));
        shop.needs(&NeedFilter::default())[0]
            .chosen
            .map(|units| units.get())
    };

    assert_eq!(choose(7), Some(7));
    assert_eq!(choose(8), Some(8));
    assert_eq!(choose(0), None);
}
