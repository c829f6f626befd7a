//! All returns: searched, narrowed, taken along.

use super::Story;

#[actix_web::test]
async fn returns_are_found_by_number_order_and_product_and_leave_as_a_file() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    let page = story.announces(&manager, 1).await;
    let form = page.form("#receive").with(&story.field("good"), "1");
    manager.submit_form(&form).await;
    story.announces(&manager, 2).await;

    let all = manager.page("/returns").await;
    assert_eq!(all.texts(".row-link"), ["RT-000002", "RT-000001"]);
    for (narrowed, found) in [
        ("q=RT-000001", vec!["RT-000001"]),
        ("q=mug", vec!["RT-000002", "RT-000001"]),
        ("q=nobody", vec![]),
        ("status=received", vec!["RT-000001"]),
        ("status=announced&sort=customer", vec!["RT-000002"]),
        ("sort=number", vec!["RT-000001", "RT-000002"]),
        ("warehouse=99999", vec![]),
    ] {
        let list = manager.page(&format!("/returns?{narrowed}")).await;
        assert_eq!(list.texts(".row-link"), found, "{narrowed}");
    }
    let file = manager.get("/returns.csv?status=received").await.text();
    assert!(
        file.contains("RT-000001") && !file.contains("RT-000002"),
        "{file}"
    );
    let head = file.lines().next().unwrap_or_default();
    assert!(
        head.contains("damaged") && head.contains("replacement"),
        "{head}"
    );
    let found = manager.get("/search?q=rt2").await;
    assert_eq!(found.location().as_deref(), Some("/returns/2"));
}
