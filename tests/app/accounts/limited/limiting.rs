//! An admin limits a user, and says so no longer.

use backfill::web::Role;

use crate::support::app::Shop;

#[actix_web::test]
async fn an_admin_limits_a_user_who_sees_no_more_at_the_next_request() {
    let shop = Shop::open().await;
    let east = shop.warehouse("EAST");
    let (admin, user) = (shop.admin().await, shop.user().await);
    let person = shop.person(Role::User);
    let all = user.page("/warehouses").await;

    let form = admin.page(&person.path()).await.form("#user-form");
    let page = admin
        .submit_form(&form.with("warehouses", &east.to_string()))
        .await;
    let theirs = user.page("/warehouses").await;
    let list = admin.page("/users").await;
    let profile = user.page("/profile").await;
    let main = user
        .get(&format!("/warehouses/{}", shop.warehouse("MAIN")))
        .await;

    assert!(all.says("Warehouse EAST") && all.has("a[href='/warehouses/1']"));
    assert!(theirs.says("Warehouse EAST") && !theirs.has("a[href='/warehouses/1']"));
    assert_eq!(
        list.table("Users").row(&person.name).cell("Warehouses"),
        "EAST"
    );
    assert!(
        page.says("Warehouses changed") && page.says("All \u{2192} EAST"),
        "{}",
        page.words()
    );
    assert!(theirs.says("Limited to EAST") && profile.says("EAST"));
    assert_eq!(main.status(), 404);

    let form = admin.page(&person.path()).await.form("#user-form");
    assert!(
        form.fields
            .contains(&("warehouses".into(), east.to_string()))
    );
    let page = admin.submit_form(&form.without("warehouses")).await;
    assert!(page.says("EAST \u{2192} All"), "{}", page.words());
    assert!(
        user.page("/warehouses")
            .await
            .has("a[href='/warehouses/1']")
    );
}

#[actix_web::test]
async fn who_becomes_an_admin_is_limited_no_more() {
    let shop = Shop::open().await;
    let east = shop.warehouse("EAST");
    let admin = shop.admin().await;
    let person = shop.person(Role::Manager);
    super::sides::limits(&shop, person.id, &[east]);

    let form = admin.page(&person.path()).await.form("#user-form");
    let page = admin.submit_form(&form.with("role", "admin")).await;
    let list = admin.page("/users").await;

    assert!(page.says("EAST \u{2192} All"), "{}", page.words());
    assert_eq!(
        list.table("Users").row(&person.name).cell("Warehouses"),
        "All"
    );
}

#[actix_web::test]
async fn a_new_user_is_limited_from_the_first_request_and_to_what_there_is() {
    let shop = Shop::open().await;
    let east = shop.warehouse("EAST");
    let admin = shop.admin().await;
    let form = admin.page("/users/new").await.form("#user-form");
    let form = form
        .with("name", "Carla")
        .with("email", "carla@shop.example")
        .with("password", "carla picks boxes");

    let wrong = admin.send(&form.clone().with("warehouses", "4711")).await;
    let odd = admin.send(&form.clone().with("warehouses", "x")).await;
    admin
        .submit_form(&form.with("warehouses", &east.to_string()))
        .await;
    let carla = shop.visitor();
    carla
        .sign_in("carla@shop.example", "carla picks boxes")
        .await;

    assert_eq!(
        (wrong.status(), odd.status()),
        (422, 422),
        "{}",
        wrong.summary()
    );
    assert!(carla.page("/").await.says("Limited to EAST"));
}
