//! Suppliers: their form, their page, their end.

use crate::support::app::Shop;

#[actix_web::test]
async fn a_supplier_is_added_with_its_addresses_one_a_line() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;

    let form = manager.page("/suppliers/new").await.form("form.form");
    let page = manager
        .submit_form(
            &form
                .with("code", "HART")
                .with("name", "Hartmann & Fils")
                .with("emails", "Achats@hart.example\nstock@hart.example\n")
                .with("language", "fr")
                .with("currency", "chf")
                .with("lead_time_days", "12")
                .with("minimum_order", "250")
                .with("carriage_free_from", "1000"),
        )
        .await;

    assert_eq!(page.text("h1"), "Hartmann & Fils");
    for words in [
        "achats@hart.example",
        "stock@hart.example",
        "French",
        "CHF",
        "12 days",
        "250.00 CHF",
        "1,000.00 CHF",
    ] {
        assert!(page.says(words), "{words} in {}", page.words());
    }
}

#[actix_web::test]
async fn every_field_of_a_supplier_complains_for_itself() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    shop.new_supplier("ACME");

    let reply = manager
        .htmx("")
        .post(
            "/suppliers",
            &[
                ("code", ""),
                ("emails", "a@b.example, nobody"),
                ("language", "de"),
                ("currency", "euro"),
                ("lead_time_days", "soon"),
                ("minimum_order", "-1"),
            ],
        )
        .await;
    let taken = manager
        .page("/suppliers/new")
        .await
        .form("form.form")
        .with("code", "ACME")
        .with("name", "Another");
    let taken = manager.send(&taken).await;

    assert_eq!(reply.status(), 422);
    let form = reply.page();
    assert!(form.field("emails").error().contains("nobody"));
    for field in [
        "code",
        "name",
        "language",
        "currency",
        "lead_time_days",
        "minimum_order",
    ] {
        assert!(!form.field(field).error().is_empty(), "{field}");
    }
    assert_eq!(
        taken.page().field("code").error(),
        "This code is already used by another supplier."
    );
}

#[actix_web::test]
async fn the_form_of_a_supplier_holds_what_is_known() {
    let shop = Shop::open().await;
    let acme = shop.new_supplier("ACME");
    let manager = shop.manager().await;

    let form = manager
        .page(&format!("{}/edit", acme.path()))
        .await
        .form("form.form");
    let page = manager.submit_form(&form.with("phone", "+33 1 23")).await;

    assert!(page.says("+33 1 23"));
    assert!(page.says("orders@acme.example"));
    assert!(page.says("Supplier ACME was saved."));
}

#[actix_web::test]
async fn a_supplier_with_open_purchase_orders_is_not_archived_and_they_are_named() {
    let shop = Shop::open().await;
    let (mug, acme) = (shop.new_product("MUG"), shop.new_supplier("ACME"));
    shop.buys_at(&mug, &acme);
    let orders: Vec<String> = (0..5).map(|_| shop.drafts(&acme, &mug, 1).number).collect();
    let manager = shop.manager().await;

    let reply = manager.post(&format!("{}/archive", acme.path()), &[]).await;

    assert_eq!(reply.status(), 409);
    let named = format!("{} and 2 more", orders[..3].join(", "));
    assert!(reply.page().says(&named), "{}", reply.summary());
}

#[actix_web::test]
async fn an_archived_supplier_is_no_longer_offered_and_comes_back() {
    let shop = Shop::open().await;
    let acme = shop.new_supplier("ACME");
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;
    let offered = async || {
        let page = manager.page(&format!("{}/suppliers/new", mug.path())).await;
        page.texts("option")
            .iter()
            .any(|name| name == "Supplier ACME")
    };

    let before = offered().await;
    manager
        .submit(&format!("{}/archive", acme.path()), &[])
        .await;
    let archived = offered().await;
    let restored = manager
        .submit(&format!("{}/restoration", acme.path()), &[])
        .await;

    assert_eq!((before, archived, offered().await), (true, false, true));
    assert!(restored.says("Supplier ACME is back."));
}

#[actix_web::test]
async fn the_page_of_a_supplier_lists_what_is_bought_there() {
    let shop = Shop::open().await;
    let (mug, pen, acme) = (
        shop.new_product("MUG"),
        shop.new_product("PEN"),
        shop.new_supplier("ACME"),
    );
    shop.buys_at(&mug, &acme);
    shop.new_product("OTHER");
    shop.buys_at(&pen, &acme);

    let page = shop.user().await.page(&acme.path()).await;

    let table = page.table("Products");
    assert_eq!(table.column("SKU"), ["MUG", "PEN"]);
    assert_eq!(table.row("MUG").cell("Price each"), "4.00 EUR");
}
