//! What an admin may have to account for.

use backfill::web::Role;

use super::guess;
use crate::support::app::Shop;

#[actix_web::test]
async fn the_trail_tells_who_signed_in_and_who_could_not() {
    let shop = Shop::open().await;
    let person = shop.person(Role::User);
    let admin = shop.admin().await;
    guess(&shop.visitor(), "nobody@shop.example").await;
    let user = shop.user().await;
    user.post("/sign-out", &[]).await;

    let page = admin.page("/audit").await;

    let table = page.table("Audit trail");
    let failed = table.row("nobody@shop.example").words();
    assert!(failed.contains("Could not sign in"), "{failed}");
    let out = table.row("Signed out").words();
    assert!(out.contains(&person.name), "{out}");
    assert_eq!(table.column("What")[..2], ["Signed out", "Signed in"]);
    let failures = admin.page("/audit?kind=sign_in_failed").await;
    assert_eq!(
        failures.table("Audit trail").column("What"),
        ["Could not sign in"]
    );
    let of_user = admin.page(&format!("/audit?who={}", person.id)).await;
    assert_eq!(of_user.table("Audit trail").column("What").len(), 2);
}

#[actix_web::test]
async fn the_trail_keeps_what_was_changed_whatever_wrote_it_and_what_was_exported() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let hart = shop.new_supplier("HART");
    let edit = admin.page(&format!("/suppliers/{}/edit", hart.id)).await;
    admin
        .send(&edit.form("form.form").with("phone", "0123 456"))
        .await;
    let settings = admin.page("/users/rules").await.form("#rules");
    admin.send(&settings.with("idle_hours", "2")).await;
    admin.get("/suppliers.csv?q=hart").await;

    let page = admin.page("/audit").await;

    let table = page.table("Audit trail");
    let exported = table.row("Exported").words();
    assert!(exported.contains("/suppliers.csv?q=hart"), "{exported}");
    let settings = table.row("Settings changed").words();
    assert!(settings.contains("idle hours: 12 \u{2192} 2"), "{settings}");
    let fields = table.row(&format!("Supplier {}", hart.id)).words();
    assert!(fields.contains("0123 456"), "{fields}");
    assert!(fields.contains(&shop.person(Role::Admin).name), "{fields}");
    let file = admin.get("/audit.csv?q=0123").await.text();
    assert!(
        file.contains("0123 456") && !file.contains("idle"),
        "{file}"
    );
}

#[actix_web::test]
async fn a_password_is_in_no_trail_and_nothing_is_taken_from_it() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let path = format!("{}/password", shop.person(Role::User).path());
    let new = [
        ("password", "rain on a tin roof"),
        ("again", "rain on a tin roof"),
    ];
    admin.post(&path, &new).await;

    let page = admin.page("/audit").await.words();
    assert!(
        !page.contains("argon2") && !page.contains("tin roof"),
        "{page}"
    );
    for taken in [
        "delete from audit_trail",
        "update audit_trail set address = ''",
    ] {
        let outcome = diesel::RunQueryDsl::execute(diesel::sql_query(taken), &mut shop.connect());
        assert!(outcome.is_err(), "{taken}");
    }
}
