//! The page that says whether everything that must be true is.

use diesel::connection::SimpleConnection;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn an_admin_checks_and_reads_what_is_wrong_until_it_is_mended() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    desk.order(1, &[(mug, 3)]);
    let admin = shop.admin().await;
    let page = admin.page("/integrity").await;
    assert!(page.says("Nobody checked so far"), "{}", page.words());

    let sound = admin
        .submit_form(&page.form("form[action='/integrity/runs']"))
        .await;
    assert!(sound.says("Everything that must be true is."));

    let set_level = |units: u32| {
        let sql = format!("update levels set on_hand = {units}");
        shop.connect()
            .batch_execute(&sql)
            .expect("raw SQL may do it");
    };
    set_level(4);
    let unsound = admin
        .submit_form(&page.form("form[action='/integrity/runs']"))
        .await;
    assert!(unsound.says("not as"), "{}", unsound.words());
    assert!(
        unsound.says("on hand is the sum of movements"),
        "{}",
        unsound.words()
    );

    set_level(5);
    let sound = admin
        .submit_form(&page.form("form[action='/integrity/runs']"))
        .await;
    assert!(!sound.says("on hand is the sum of movements"));
}
