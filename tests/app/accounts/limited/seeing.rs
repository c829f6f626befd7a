//! What somebody who is limited to one warehouse reads, on every page there is.

use backfill::web::Role;

use super::sides::{Sides, WHISPER, is_of_a_warehouse, told};
use crate::access::routes;

#[actix_web::test]
async fn no_page_tells_anything_of_another_warehouse() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let mut wrong = vec![];

    for (route, _) in routes("get") {
        for side in [&sides.main, &sides.east] {
            let path = side.path(route);
            let reply = manager.get(&path).await;
            let told = told(&sides, &reply);
            if !told.is_empty() {
                wrong.push(format!("{path} tells {told:?}"));
            }
            let is_theirs = side.warehouse == sides.east.warehouse;
            let expected: &[u16] = match is_theirs {
                false if is_of_a_warehouse(route) => &[403, 404],
                _ => &[200, 303, 403, 404, 409],
            };
            if !expected.contains(&reply.status()) {
                wrong.push(format!("{path}: {}", reply.summary()));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[actix_web::test]
async fn lists_searches_and_files_hold_what_is_theirs() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let everybody = sides.shop.admin().await;

    let lists = [
        "/orders",
        "/orders.csv",
        "/stock",
        "/stock.csv",
        "/movements",
        "/movements.csv",
        "/locations",
        "/locations.csv",
        "/purchase-orders",
        "/purchase-orders.csv",
        "/receptions",
        "/transfers",
        "/transfers.csv",
        "/mails",
        "/imports",
        "/replenishment",
        "/put-away",
        "/preparation?tab=in-progress",
        "/organizer",
        "/organizer.csv",
        "/search?q=70",
        "/search?q=whisper",
        "/",
    ];
    for path in lists {
        let theirs = manager.get(path).await;
        let all = everybody.get(path).await;

        assert_eq!((theirs.status(), all.status()), (200, 200), "{path}");
        assert_eq!(told(&sides, &theirs), Vec::<String>::new(), "{path}");
    }
    let orders = manager.page("/orders").await;
    assert!(
        orders.says("EAST-7001") && orders.says("S-7003"),
        "{}",
        orders.words()
    );
    assert!(everybody.page("/orders").await.says("MAIN-7001"));
    let stock = manager.page("/stock").await;
    assert!(
        stock.says("MUG") && !stock.says("ZINC"),
        "{}",
        stock.words()
    );
    let exact = manager.get("/search?q=MAIN-7001").await;
    assert_eq!(exact.status(), 200, "it leads nowhere");
}

#[actix_web::test]
async fn of_a_product_they_see_the_stock_that_is_theirs() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;

    let zinc = manager.page(&sides.main.path("/products/{id}")).await;
    let all = sides.shop.admin().await;
    let all = all.page(&sides.main.path("/products/{id}")).await;

    assert!(
        all.words().contains("7171") || all.words().contains("7175"),
        "{}",
        all.words()
    );
    assert!(!zinc.words().contains("717"), "{}", zinc.words());
    assert!(!zinc.words().contains(WHISPER));
}

#[actix_web::test]
async fn of_an_order_that_two_warehouses_ship_each_sees_its_lines() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let path = format!("/orders/{}", sides.shared);

    let page = manager.page(&path).await;
    let edit = manager.get(&format!("{path}/edit")).await;

    assert!(page.says("MUG") && !page.says("ZINC"), "{}", page.words());
    assert!(
        page.says("MAIN ships some of this order"),
        "{}",
        page.words()
    );
    assert!(!page.has(&format!("a[href='{path}/edit']")));
    assert_eq!(edit.status(), 403);
    assert!(
        edit.page().says("MAIN ships some of it as well"),
        "{}",
        edit.summary()
    );
    let all = sides.shop.admin().await.page(&path).await;
    assert!(
        all.says("ZINC") && !all.says("ships some of this order"),
        "{}",
        all.words()
    );
}
