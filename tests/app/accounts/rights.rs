//! Rights beside the role: given to some, taken from others.

use backfill::purchasing::{self, Sending};
use backfill::web::{Right, Role};

use crate::support::app::Shop;

#[actix_web::test]
async fn a_picker_may_be_allowed_to_receive_and_a_buyer_need_not_correct_stock() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    shop.buys_at(&mug, &hart);
    let order = shop.drafts(&hart, &mug, 5);
    shop.write(|act| Ok(purchasing::send(act, order.id, &Sending::WithoutMail)?));
    let (picker, buyer) = (shop.user().await, shop.manager().await);
    let admin = shop.admin().await;
    let receive = format!("{}/receptions/new", order.path());
    assert_eq!(picker.get(&receive).await.status(), 403);
    assert_eq!(buyer.get("/adjustments/new").await.status(), 200);

    for (role, right, word) in [
        (Role::User, "receive_goods", "yes"),
        (Role::Manager, "correct_stock", "no"),
    ] {
        let path = shop.person(role).path();
        let form = admin.page(&path).await.form("#user-form");
        let saved = admin.submit_form(&form.with(right, word)).await;
        assert!(saved.says("Rights changed"), "{}", saved.words());
    }

    assert!(picker.page(&order.path()).await.says("Receive"));
    assert_eq!(picker.get(&receive).await.status(), 200);
    assert_eq!(buyer.get("/adjustments/new").await.status(), 403);
    let place = format!("/stock/{}/{}", shop.primary_warehouse().id, mug.id);
    let row = buyer.page(&format!("{place}/edit")).await;
    let row = row.form(&format!("form[action='{place}']"));
    let same = buyer.send(&row).await;
    assert_eq!(
        same.status(),
        303,
        "what was not counted is saved: {}",
        same.summary()
    );
    assert_eq!(buyer.send(&row.with("counted", "9")).await.status(), 403);
    assert!(!buyer.page("/stock").await.has("[href='/adjustments/new']"));
}

#[actix_web::test]
async fn what_is_no_choice_is_refused_beside_its_field() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let page = admin.page(&shop.person(Role::User).path()).await;

    let refused = admin
        .send(&page.form("#user-form").with("count", "perhaps"))
        .await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("count").error(),
        "Choose one of the list."
    );
}

#[actix_web::test]
async fn an_admin_has_every_right_whatever_is_taken() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let none = Right::ALL.iter().map(|right| (*right, false)).collect();

    shop.gives(Role::Admin, &none);

    assert_eq!(admin.get("/adjustments/new").await.status(), 200);
}
