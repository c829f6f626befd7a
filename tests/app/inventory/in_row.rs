//! A row of the list of stock is opened, and what is typed there is saved in its place: levels, the usual
//! bin, what was counted.

use crate::inventory::bins::{Store, bins};
use crate::support::app::Shop;
use crate::support::html::{Form, Page};
use crate::support::requests::{Browser, Reply};

/// The boxes of a row, as they open.
async fn boxes(manager: &Browser, row: &str) -> Form {
    let opened = manager.htmx(&row.replace("/stock/", "level-").replace('/', "-"));
    let page = opened.get(&format!("{row}/edit")).await.page();
    page.form(&format!("form[action='{row}']"))
}

async fn save(manager: &Browser, form: &Form) -> Reply {
    let fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let target = form.action.replace("/stock/", "level-").replace('/', "-");
    manager.htmx(&target).post(&form.action, &fields).await
}

fn row_of(store: &Store) -> String {
    format!("/stock/{}/{}", store.main, store.mug.id)
}

async fn listed(store: &Store) -> Page {
    store.shop.user().await.page("/stock").await
}

#[actix_web::test]
async fn levels_are_set_in_the_row_they_stand_in() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    let manager = shop.manager().await;
    let path = format!("/stock/{}/{}", shop.primary_warehouse().id, mug.id);
    let list = manager.page("/stock").await;
    assert_eq!(list.link("Edit"), format!("{path}/edit"));
    let form = boxes(&manager, &path).await.with("warning", "40");

    let refused = save(&manager, &form.clone().with("ideal", "20")).await;
    let saved = save(&manager, &form.with("ideal", "100")).await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("ideal").error(),
        "The ideal level would be 20, below the warning level of 40."
    );
    assert_eq!(refused.page().field("warning").value(), "40");
    assert_eq!(saved.status(), 200);
    assert!(!saved.page().has("h1"), "only the row is swapped");
    assert!(saved.page().says("10 low"));
    let low = manager.page("/stock?show=low").await.table("Stock");
    assert_eq!(low.row("MUG").cell("Ideal"), "100");
}

#[actix_web::test]
async fn who_may_not_change_stock_sees_no_boxes() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    let user = shop.user().await;
    let path = format!("/stock/{}/{}", shop.primary_warehouse().id, mug.id);

    assert!(user.page(&path).await.says("MUG in MAIN"));
    assert!(!user.page("/stock").await.says("Edit"));
    assert_eq!(user.get(&format!("{path}/edit")).await.status(), 403);
}

#[actix_web::test]
async fn what_was_counted_is_a_correction_that_orders_lose_by_once_it_was_agreed_to() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    shop.sells("SO-1", &mug, 8);
    let manager = shop.manager().await;
    let path = format!("/stock/{}/{}", shop.primary_warehouse().id, mug.id);
    let form = boxes(&manager, &path).await.with("counted", "7");

    let asked = save(&manager, &form).await;

    assert_eq!(asked.status(), 422);
    let page = asked.page();
    assert!(page.says("1 order would lose 1 unit"), "{}", page.words());
    assert!(page.says("SO-1"), "who: {}", page.words());
    let agreed = page.form(&format!("form[action='{path}']"));
    let saved = save(&manager, &agreed).await;
    let again = save(&manager, &agreed).await;

    assert_eq!((saved.status(), again.status()), (200, 200));
    let movements = manager.page("/movements").await.table("Movements");
    assert_eq!(movements.column("Reason"), ["Count", "Adjustment"]);
    assert_eq!(movements.column("Units"), ["\u{2212}3", "+10"]);
    let history = manager.page(&mug.path()).await.texts(".timeline li");
    assert!(history[0].contains("Stock corrected by \u{2212}3"));
    assert!(!history.join(" ").contains("Levels set"), "they stay");
}

#[actix_web::test]
async fn what_was_counted_before_stock_moved_is_counted_again() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    let manager = shop.manager().await;
    let path = format!("/stock/{}/{}", shop.primary_warehouse().id, mug.id);
    let form = boxes(&manager, &path).await.with("counted", "12");
    shop.has(&mug, 5);

    let refused = save(&manager, &form).await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("counted").error(),
        "Stock moved since this was shown: 15 lie there now. Count again."
    );
    let table = manager.page("/stock").await.table("Stock");
    assert_eq!(table.row("MUG").cell("On hand"), "15");
}

#[actix_web::test]
async fn a_row_names_the_bin_where_most_lies_or_the_usual_one() {
    let store = Store::open().await;
    store.receives(10);
    let [first, second, _] = store.shelves;
    store.puts_away(store.dock, first, 6).expect("it is put");
    store.puts_away(store.dock, second, 1).expect("it is put");
    let manager = store.shop.manager().await;
    let bin = async |store: &Store| {
        listed(store)
            .await
            .table("Stock")
            .row("MUG")
            .cell("Bin")
            .to_owned()
    };
    assert_eq!(bin(&store).await, "A-01 +2");
    let without = manager.page("/stock?show=no_bin").await.table("Stock");
    assert_eq!(without.column("SKU"), ["MUG"]);
    let form = boxes(&manager, &row_of(&store)).await;

    let saved = save(&manager, &form.clone().with("usual_bin", "a-03")).await;

    assert_eq!(saved.status(), 200);
    assert_eq!(
        bin(&store).await,
        "A-03 +3",
        "it belongs there, and lies elsewhere"
    );
    assert!(
        manager
            .page("/stock?show=no_bin")
            .await
            .says("Nothing is shown")
    );
    let file = manager.get("/stock.csv").await.text();
    assert!(file.contains("MUG,Product MUG,MAIN,A-03,10,"), "{file}");
    let history = manager.page(&store.mug.path()).await.texts(".timeline li");
    assert!(history[0].contains("Usual bin set") && history[0].contains("MAIN: A-03"));
    for wrong in ["Z-99", "Q"] {
        let refused = save(&manager, &form.clone().with("usual_bin", wrong)).await;
        assert_eq!(refused.status(), 422);
        assert_eq!(
            refused.page().field("usual_bin").error(),
            "Choose a bin of this warehouse that is in use and not in quarantine."
        );
    }
    save(&manager, &form.with("usual_bin", "")).await;
    assert_eq!(bin(&store).await, "A-01 +2");
}

#[actix_web::test]
async fn each_bin_is_counted_for_itself() {
    let store = Store::open().await;
    store.receives(10);
    let [first, ..] = store.shelves;
    store.puts_away(store.dock, first, 6).expect("it is put");
    store.prepares(store.sells("SO-1", 0, 3));
    let manager = store.shop.manager().await;
    let form = boxes(&manager, &row_of(&store)).await;
    let (in_first, on_dock) = (
        format!("counted-{first}"),
        format!("counted-{}", store.dock),
    );
    assert_eq!(store.lie(), bins([("A-01", 6, 0), ("DOCK", 4, 3)]));

    let refused = save(&manager, &form.clone().with(&on_dock, "2")).await;
    let counted = form.with(&in_first, "9").with(&on_dock, "3");
    let saved = save(&manager, &counted).await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field(&on_dock).error(),
        "Parcels take 3 from here: count them as well, or give them back first."
    );
    assert_eq!(saved.status(), 200);
    assert_eq!(store.lie(), bins([("A-01", 9, 0), ("DOCK", 3, 3)]));
    assert_eq!(store.on_hand(), 12);
}

#[actix_web::test]
async fn a_list_with_bins_is_read_in_as_many_statements() {
    let store = Store::open().await;
    store.receives(10);
    let user = store.shop.user().await;

    let (_, statements) = store.shop.statements_of(user.page("/stock")).await;

    let visitor = 1;
    assert!(statements <= 3 + visitor, "{statements} statements");
}
