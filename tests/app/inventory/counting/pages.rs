//! Counting at a desk or with a scanner: the pages.

use backfill::inventory::{self, CountScope, NewCount};

use super::Shelves;
use crate::inventory::bins::Store;

#[actix_web::test]
async fn a_count_goes_from_the_form_to_the_shelf_to_the_books() {
    let shelves = Shelves::open(5, 3).await;
    let manager = shelves.shop.manager().await;
    let asked = manager.page("/counts/new").await;
    let form = asked.form("form[action='/counts']");
    let sized = manager
        .post("/counts/size", &[("warehouse", &shelves.main.to_string())])
        .await;
    assert!(sized.page().says("2 lines to count."), "{}", sized.text());
    let page = manager.submit_form(&form).await;
    assert!(page.says("Everything"), "{}", page.words());

    let picker = shelves.shop.user().await;
    let scan = page.form("form.scan");
    let nothing = picker.send(&scan).await;
    assert_eq!(nothing.status(), 422);
    assert_eq!(
        nothing.page().field("code").error(),
        "This cannot be empty."
    );
    let path = scan_path(&scan.action);
    let scan = picker.page(&path).await.form("form.scan");
    let said = picker
        .submit_form(&scan.with("code", "mug").with("units", "4"))
        .await;
    assert!(said.says("MUG: 4 counted."), "{}", said.words());
    let unknown = picker
        .page(&path)
        .await
        .form("form.scan")
        .with("code", "NOPE");
    let page = picker.send(&unknown).await;
    assert_eq!(page.status(), 422);
    let page = page.page();
    assert_eq!(
        page.field("code").error(),
        "No product has this SKU or barcode."
    );
    assert_eq!(page.field("code").value(), "NOPE");

    let page = picker.page(&path).await;
    let row = page
        .form("tr:has(a[href$='/products/2']) form")
        .with("counted", "3");
    picker.submit_form(&row).await;
    let review = manager.page(&format!("{path}/review")).await;
    let differences = review.table("Differences");
    assert_eq!(differences.column("Difference"), ["−1"]);
    manager
        .submit_form(&review.form("form[action$='/application']"))
        .await;

    assert_eq!(
        (shelves.on_hand(&shelves.mug), shelves.on_hand(&shelves.jar)),
        (4, 3)
    );
    let list = manager.page("/counts").await.table("Counts");
    assert_eq!(list.column("Status"), ["Applied"]);
    let moved = manager.page("/movements?document=ct1").await;
    assert!(moved.says("CT-000001"), "{}", moved.words());
}

fn scan_path(action: &str) -> String {
    action.trim_end_matches("/scans").to_owned()
}

#[actix_web::test]
async fn a_scanner_reads_a_bin_and_then_what_lies_in_it() {
    let store = Store::open().await;
    store.receives(12);
    let new = NewCount {
        scope: CountScope::all_of(store.main),
        asked: "Everything".into(),
        blind: false,
    };
    let count = store
        .shop
        .write(|act| Ok(inventory::begin_count(act, &new)?));
    let picker = store.shop.user().await;
    let scan = picker.page(&count.path()).await.form("form.scan");

    let nowhere = picker.send(&scan.clone().with("code", "MUG")).await;
    assert_eq!(nowhere.status(), 422);
    let first = "Scan the bin first: here every unit lies in one.";
    assert_eq!(nowhere.page().field("code").error(), first);
    let page = picker.submit_form(&scan.clone().with("code", "dock")).await;
    assert!(page.says("Counting DOCK"), "{}", page.words());
    let scan = page.form("form.scan").with("code", "MUG");
    let page = picker.submit_form(&scan.with("units", "11")).await;
    assert!(page.says("MUG in DOCK: 11 counted."), "{}", page.words());
    let scan = page.form("form.scan").with("code", "MUG");
    let page = picker.submit_form(&scan).await;

    assert!(page.says("MUG in DOCK: 12 counted."), "{}", page.words());
    assert!(page.says("1 of 1 lines counted"), "{}", page.words());
}

#[actix_web::test]
async fn whoever_counts_blind_is_not_told_what_the_books_say() {
    let shelves = Shelves::open(37, 0).await;
    let new = NewCount {
        scope: CountScope::all_of(shelves.main),
        asked: "Everything".into(),
        blind: true,
    };
    let count = shelves
        .shop
        .write(|act| Ok(inventory::begin_count(act, &new)?));
    let picker = shelves.shop.user().await;

    let page = picker.page(&count.path()).await;
    assert!(!page.says("37"), "{}", page.words());
    let row = page.form("tbody form").with("counted", "36");
    let row = picker.htmx(&row_id(&row.action)).send(&row).await;
    assert!(!row.text().contains("37"), "{}", row.text());
    let review = picker.get(&format!("{}/review", count.path())).await;
    assert_eq!(review.status(), 403);

    shelves.applies(&count).expect("it is applied");
    assert!(picker.page(&count.path()).await.says("37"));
}

/// `/counts/1/lines/2` is typed into `line-2`.
fn row_id(action: &str) -> String {
    let line = action.rsplit('/').next().unwrap_or_default();
    format!("line-{line}")
}

#[actix_web::test]
async fn what_makes_no_sense_is_said_beside_its_field() {
    let shelves = Shelves::open(5, 0).await;
    let manager = shelves.shop.manager().await;
    let form = manager
        .page("/counts/new")
        .await
        .form("form[action='/counts']");

    let reply = manager
        .send(&form.clone().with("products", "MUG\nNOPE\nNADA"))
        .await;
    assert_eq!(reply.status(), 422);
    let page = reply.page();
    let error = "No product has this SKU or barcode: NOPE, NADA.";
    assert_eq!(page.field("products").error(), error);
    assert_eq!(page.field("products").value(), "MUG\nNOPE\nNADA");
    let reply = manager.send(&form.with("not_since", "yesterday")).await;
    assert_eq!(reply.status(), 422);

    let count = shelves.begins();
    let page = manager.page(&count.path()).await;
    let row = page.form("tbody form").with("counted", "-1");
    let reply = manager.htmx(&row_id(&row.action)).send(&row).await;
    assert_eq!(reply.status(), 422);
    assert!(reply.text().contains("0 or more"), "{}", reply.text());
    let nothing = manager.page(&format!("{}/review", count.path())).await;
    let apply = nothing.form("form[action$='/application']");
    assert_eq!(manager.send(&apply).await.status(), 409);
}

#[actix_web::test]
async fn a_warehouse_in_which_somebody_counts_is_not_deactivated() {
    let shelves = Shelves::open(0, 0).await;
    let east = shelves.shop.warehouse("EAST");
    shelves.shop.has_in(east, &shelves.mug, 1);
    shelves
        .begins_with(CountScope::all_of(east))
        .expect("a mug lies there");
    shelves.shop.write(|act| {
        let place = backfill::stock::Place::new(east, shelves.mug.id);
        crate::support::counting::find(act, place, -1)
    });
    let admin = shelves.shop.admin().await;

    let form = admin
        .page(&format!("/warehouses/{east}/edit"))
        .await
        .form("form.form");
    let reply = admin
        .send(&form.without("is_active").without("ships_orders"))
        .await;

    assert!(
        reply.text().contains("open counts CT-000001"),
        "{}",
        reply.text()
    );
}
