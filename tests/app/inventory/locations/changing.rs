//! Locations change, one and many at once.

use super::{known, lie, range, shelf, walk};
use crate::support::app::Shop;

#[actix_web::test]
async fn whoever_saves_second_is_told_what_the_first_one_saved() {
    let shop = Shop::open().await;
    let shelf = shelf(&shop, "A-01", "Hall", 40);
    let (one, other) = (shop.admin().await, shop.admin().await);
    let edit = format!("{}/edit", shelf.path());
    let mine = one.page(&edit).await.form("form.form");
    let theirs = other.page(&edit).await.form("form.form");

    other.submit_form(&theirs.with("zone", "Cellar")).await;
    let reply = one.htmx("").send(&mine.with("zone", "Yard")).await;

    assert_eq!(reply.status(), 422);
    let page = reply.page();
    assert!(page.says("Somebody saved this location while you were editing it."));
    assert_eq!(page.texts("#theirs dt, #theirs dd"), ["Zone", "Cellar"]);
    assert_eq!(known(&shop, "A-01").zone, "Cellar");
    let saved = one.submit_form(&page.form("form.form")).await;
    assert!(saved.says("A-01 was saved.") && saved.says("Edited"));
    assert_eq!(known(&shop, "A-01").zone, "Yard");
}

#[actix_web::test]
async fn a_location_with_goods_is_neither_archived_nor_made_quarantine() {
    let shop = Shop::open().await;
    let shelf = shelf(&shop, "A-01", "", 40);
    lie(&shop, &[(&shop.new_product("MUG"), 7, &shelf)]);
    let admin = shop.admin().await;
    let form = admin
        .page(&format!("{}/edit", shelf.path()))
        .await
        .form("form.form");

    let archived = admin
        .htmx("")
        .send(&form.clone().without("is_active"))
        .await;
    let quarantine = admin
        .htmx("")
        .send(&form.clone().with("kind", "quarantine"))
        .await;
    let dock = admin.htmx("").send(&form.with("kind", "dock")).await;

    assert_eq!(
        (archived.status(), quarantine.status(), dock.status()),
        (422, 422, 204)
    );
    assert_eq!(
        archived.page().field("is_active").error(),
        "Goods lie in A-01: nothing is archived before they are moved."
    );
    assert!(
        quarantine
            .page()
            .field("kind")
            .error()
            .starts_with("Goods lie in A-01")
    );
}

#[actix_web::test]
async fn an_empty_location_is_archived_and_used_again() {
    let shop = Shop::open().await;
    let shelf = shelf(&shop, "A-01", "", 40);
    let admin = shop.admin().await;
    let edit = format!("{}/edit", shelf.path());

    let form = admin
        .page(&edit)
        .await
        .form("form.form")
        .without("is_active");
    let archived = admin.submit_form(&form).await;
    let in_use = admin.page("/locations").await;
    let all = admin.page("/locations?state=archived").await;
    let again = admin
        .page(&edit)
        .await
        .form("form.form")
        .with("is_active", "true");
    let restored = admin.submit_form(&again).await;

    assert!(archived.says("Archived"), "{}", archived.words());
    assert!(in_use.says("No location is shown"));
    assert_eq!(all.table("Locations").row("A-01").cell("State"), "Archived");
    assert!(restored.says("Restored"));
}

#[actix_web::test]
async fn ticked_rows_and_all_that_a_filter_leaves_change_together() {
    let shop = Shop::open().await;
    range(&shop, "A-1", "A-12");
    range(&shop, "B-1", "B-2");
    let admin = shop.admin().await;
    let (one, two) = (known(&shop, "A-1").id, known(&shop, "A-10").id);

    let ticked = admin
        .page(&format!(
            "/locations/together?location={one}&location={two}"
        ))
        .await;
    let said = ticked.words();
    let form = ticked
        .form("form.form")
        .with("change_zone", "true")
        .with("zone", "Hall");
    let page = admin.submit_form(&form.with("kind", "packing")).await;
    let all = admin.page("/locations/together?all=yes&q=a-").await;
    let form = all
        .form("form.form")
        .with("renumber", "true")
        .with("walk_from", "1000");
    admin
        .submit_form(&form.with("change_capacity", "true").with("capacity", "9"))
        .await;

    assert!(
        said.contains("2 locations of Main warehouse: A-1, A-10."),
        "{said}"
    );
    assert!(page.says("2 locations changed."), "{}", page.words());
    let changed = known(&shop, "A-10");
    assert_eq!(
        (changed.zone.as_str(), changed.kind.label()),
        ("Hall", "Packing")
    );
    assert!(known(&shop, "A-2").zone.is_empty());
    let codes: Vec<String> = walk(&shop).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes[..5], ["B-1", "B-2", "A-1", "A-2", "A-3"]);
    assert_eq!(walk(&shop)[13], ("A-12".into(), 1_110));
    assert_eq!(
        known(&shop, "A-12").capacity.map(|units| units.get()),
        Some(9)
    );
    assert_eq!(known(&shop, "B-1").capacity, None);
}

#[actix_web::test]
async fn many_are_archived_all_or_none() {
    let shop = Shop::open().await;
    range(&shop, "A-1", "A-5");
    let held = known(&shop, "A-3");
    lie(&shop, &[(&shop.new_product("MUG"), 7, &held)]);
    let admin = shop.admin().await;
    let page = admin.page("/locations/together?all=yes").await;
    assert!(page.says("Goods lie in 1 of them."), "{}", page.words());
    let form = page.form("form.form");

    let nothing = admin.htmx("").send(&form).await;
    let refused = admin.htmx("").send(&form.with("state", "archived")).await;
    let empty = admin
        .page("/locations/together?all=yes&state=empty")
        .await
        .form("form.form");
    let page = admin.submit_form(&empty.with("state", "archived")).await;

    assert_eq!(nothing.status(), 422);
    assert!(nothing.page().says("Choose what is to be changed."));
    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("state").error(),
        "Goods lie in A-3: nothing is archived before they are moved."
    );
    assert!(page.says("4 locations changed."));
    assert_eq!(page.table("Locations").column("Code"), ["A-3"]);
}

#[actix_web::test]
async fn many_change_in_as_many_statements_as_one() {
    let shop = Shop::open().await;
    range(&shop, "A-001", "A-300");
    let admin = shop.admin().await;
    let zone = async |query: &str, zone: &str| {
        let form = admin
            .page(&format!("/locations/together?{query}"))
            .await
            .form("form.form");
        let form = form.with("change_zone", "true").with("zone", zone);
        shop.statements_of(admin.send(&form)).await.1
    };

    let one = zone(&format!("location={}", known(&shop, "A-001").id), "One").await;
    let all = zone("all=yes", "Hall").await;

    assert_eq!(one, all);
}
