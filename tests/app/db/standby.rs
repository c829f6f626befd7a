//! Lists may be read from a standby; never less than the reader has seen, and never what a record is.

use std::time::{Duration, Instant};

use backfill::config::Secret;

use crate::support::app::Shop;

/// Reached only when the standby is never asked.
const LIMIT: Duration = Duration::from_secs(20);
const SEEN: &str = "backfill-seen";

#[actix_web::test]
async fn lists_come_from_a_standby_until_the_reader_changed_something_it_does_not_show_yet() {
    // Another shop in place of a standby tells which of the two was read.
    let standby = Shop::open().await;
    standby.new_product("THERE");
    let url = standby.parts().config.database.url.reveal().to_owned();
    let read_url = Some(Secret::new(url));
    let shop = Shop::open_with(|config| config.database.read_url = read_url).await;
    let here = shop.new_product("HERE");
    let manager = shop.manager().await;
    let shows = async |sku: &str| manager.page("/products").await.says(sku);

    // Signing in changed something.
    assert!(manager.cookie(SEEN).is_some());
    assert!(shows("HERE").await && !shows("THERE").await);

    manager.forgets(SEEN);
    let deadline = Instant::now() + LIMIT;
    while !shows("THERE").await {
        assert!(Instant::now() < deadline, "the standby is never asked");
    }
    let by_itself = manager.with_header("X-By-Itself", "yes");
    assert!(
        by_itself.page("/products").await.says("HERE"),
        "announced a moment ago"
    );
    let record = manager.page(&format!("/products/{}", here.id)).await;
    assert!(record.says("HERE"), "{}", record.words());

    manager
        .post(
            "/products",
            &[("sku", "NEW"), ("name", "New"), ("price", "1")],
        )
        .await;
    assert!(shows("NEW").await);
}

#[actix_web::test]
async fn where_there_is_no_standby_nobody_carries_what_they_have_seen() {
    let shop = Shop::open().await;

    let manager = shop.manager().await;

    assert_eq!(manager.cookie(SEEN), None);
}

#[actix_web::test]
async fn a_standby_that_is_away_is_not_waited_for() {
    let nowhere = Secret::new("postgres://nobody@127.0.0.1:1/nothing");
    let shop = Shop::open_with(|config| config.database.read_url = Some(nowhere)).await;
    let manager = shop.manager().await;
    manager.forgets(SEEN);

    let list = manager.get("/products").await;

    assert_eq!(list.status(), 200);
}
