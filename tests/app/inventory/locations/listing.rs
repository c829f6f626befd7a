//! The list of locations, the page of one, labels, and what a scanner finds.

use super::{known, lie, range, shelf};
use crate::support::app::Shop;

#[actix_web::test]
async fn a_warehouse_without_locations_says_what_to_do_next() {
    let shop = Shop::open().await;
    let (admin, user) = (shop.admin().await, shop.user().await);

    let page = admin.page("/locations").await;
    let read = user.page("/locations").await;

    assert!(page.says("No location yet") && page.says("Make a range"));
    assert!(read.says("No location yet") && !read.says("Make a range"));
}

#[actix_web::test]
async fn the_list_says_what_lies_where_and_what_is_empty_or_over_full() {
    let shop = Shop::open().await;
    let (full, over) = (
        shelf(&shop, "A-01", "Hall", 7),
        shelf(&shop, "A-02", "Hall", 5),
    );
    shelf(&shop, "B-01", "Cellar", 5);
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    lie(&shop, &[(&mug, 7, &full), (&jug, 9, &over)]);
    let east = shop.warehouse("EAST");
    let user = shop.user().await;

    let page = user.page("/locations").await;

    let table = page.table("Locations");
    assert_eq!(table.column("Code"), ["A-01", "A-02", "B-01"]);
    assert_eq!(table.column("State"), ["In use", "Over-full", "Empty"]);
    let row = table.row("A-02");
    assert_eq!(
        ["Walk", "Capacity", "Products", "Units"].map(|head| row.cell(head)),
        ["20", "5", "1", "9"]
    );
    for (query, codes) in [
        ("state=empty", &["B-01"][..]),
        ("state=over_full", &["A-02"][..]),
        ("zone=Hall", &["A-01", "A-02"][..]),
        ("q=main-b", &["B-01"][..]),
        ("kind=shelf&sort=-units", &["A-02", "A-01", "B-01"][..]),
        ("sort=zone", &["B-01", "A-01", "A-02"][..]),
    ] {
        let page = user.page(&format!("/locations?{query}")).await;
        assert_eq!(page.table("Locations").column("Code"), codes, "{query}");
    }
    assert!(
        user.page("/locations?kind=dock")
            .await
            .says("No location is shown")
    );
    assert!(
        user.page(&format!("/locations?warehouse={east}"))
            .await
            .says("No location yet")
    );
    let file = user.get("/locations.csv?state=over_full").await.text();
    assert!(
        file.ends_with(
            "warehouse,code,barcode,kind,zone,walk,capacity,active,products,units\n\
             MAIN,A-02,MAIN-A-02,shelf,Hall,20,5,yes,1,9\n"
        ),
        "{file}"
    );
}

#[actix_web::test]
async fn locations_are_read_page_by_page_in_a_few_statements() {
    let shop = Shop::open().await;
    range(&shop, "A-01", "A-03");
    let user = shop.user().await;
    let (_, few) = shop.statements_of(user.page("/locations")).await;
    range(&shop, "B-01", "B-60");

    let (page, many) = shop.statements_of(user.page("/locations")).await;
    let next = user.page(&format!("/locations{}", page.link("Next"))).await;

    assert_eq!(few, many);
    assert_eq!(page.table("Locations").rows.len(), 50);
    assert_eq!(next.table("Locations").rows.len(), 13);
}

#[actix_web::test]
async fn the_page_of_a_location_says_what_lies_there_and_what_moved() {
    let shop = Shop::open().await;
    let shelf = shelf(&shop, "A-01", "Hall", 5);
    lie(&shop, &[(&shop.new_product("MUG"), 7, &shelf)]);
    let user = shop.user().await;

    let page = user.page(&shelf.path()).await;

    let lying = page.table("What lies there");
    let row = lying.row("MUG");
    assert_eq!((row.cell("Units"), row.cell("Held")), ("7", "0"));
    let moves = page.table("Latest movements");
    assert_eq!(
        (
            moves.row("MUG").cell("Units"),
            moves.row("MUG").cell("Other location")
        ),
        ("+7", "outside")
    );
    assert!(page.says("Over-full"));
    assert!(!page.says("Edit"));
    assert_eq!(user.get("/locations/999").await.status(), 404);
}

#[actix_web::test]
async fn a_scanned_location_opens() {
    let shop = Shop::open().await;
    range(&shop, "A-01", "A-12");
    let user = shop.user().await;
    let path = known(&shop, "A-01").path();

    for scanned in ["MAIN-A-01", "main-a-01", "a-01"] {
        let reply = user.get(&format!("/search?q={scanned}")).await;
        assert_eq!(reply.location().as_deref(), Some(&*path), "{scanned}");
    }
    let like = user.page("/search?q=a-1").await;
    assert!(
        like.says("Locations") && like.says("A-12"),
        "{}",
        like.words()
    );
}

#[actix_web::test]
async fn labels_are_printed_of_ticked_rows_and_of_the_filter() {
    let shop = Shop::open().await;
    range(&shop, "A-01", "A-30");
    shelf(&shop, "B-01", "Cellar", 5);
    let user = shop.user().await;
    let id = known(&shop, "B-01").id;
    let pages =
        |pdf: &[u8]| pdf_extract::extract_text_from_mem_by_pages(pdf).expect("a readable PDF");

    let ticked = user
        .get(&format!("/locations/labels.pdf?location={id}&size=printer"))
        .await;
    let all = user.get("/locations/labels.pdf?all=yes&q=a-&size=a4").await;
    let each = user
        .get("/locations/labels.pdf?all=yes&q=a-&size=printer")
        .await;
    let none = user.get("/locations/labels.pdf?location=999").await;

    assert_eq!(ticked.header("content-type"), Some("application/pdf"));
    let label = pages(ticked.bytes()).join(" ");
    for words in ["B-01", "Cellar", "MAIN-B-01"] {
        assert!(label.contains(words), "{words}: {label}");
    }
    assert_eq!(
        (pages(all.bytes()).len(), pages(each.bytes()).len()),
        (2, 30)
    );
    assert_eq!(none.status(), 409);
}

#[actix_web::test]
async fn too_many_labels_and_barcodes_too_long_for_them_are_refused_in_words() {
    let shop = Shop::open().await;
    range(&shop, "A-0001", "A-1001");
    shelf(&shop, "LONG-0123456789-0123456789", "", 5);
    let user = shop.user().await;

    let many = user.get("/locations/labels.pdf?all=yes&q=a-").await;
    let long = user
        .get("/locations/labels.pdf?all=yes&q=long&size=a4")
        .await;
    let larger = user
        .get("/locations/labels.pdf?all=yes&q=long&size=printer")
        .await;

    assert_eq!(
        (many.status(), long.status(), larger.status()),
        (409, 409, 200)
    );
    assert!(
        many.page().says("These are 1001 locations"),
        "{}",
        many.summary()
    );
    assert!(
        long.page().says("too long for labels of this size"),
        "{}",
        long.summary()
    );
}
