//! What is typed into a draft: it is added up, told what does not fit, and saved before it is shown.

use backfill::catalog::SupplierInput;
use backfill::purchasing::PurchaseOrder;
use backfill::stock::Place;
use backfill::types::Money;

use super::desk::units;
use crate::support::app::Shop;

/// A draft of seven mugs, which are sold from 10 on in packs of 6, and two jugs, which are sold as one
/// likes.
fn drafted(shop: &Shop, change: impl Fn(&mut SupplierInput)) -> PurchaseOrder {
    let warehouse = shop.warehouse("NORTH");
    let supplier = shop.supplier_like("HART", change);
    let mug = shop.bought_like("MUG", supplier, |link| {
        link.minimum_quantity = units(10);
        link.pack_size = units(6);
    });
    let jug = shop.bought("JUG", supplier);
    shop.draft(supplier, warehouse, &[(mug, 7), (jug, 2)])
}

#[actix_web::test]
async fn totals_follow_what_is_typed_before_it_is_saved() {
    let shop = Shop::open().await;
    let draft = drafted(&shop, |_| {});
    let [mug, jug] = shop.lines(&draft).try_into().expect("two lines");
    let buyer = shop.manager().await;
    let page = buyer.page(&draft.path()).await;
    assert_eq!(page.text("#totals .total + .total"), "22.50 EUR");

    let mut form = page
        .form("#edit")
        .with(&format!("qty-{}", mug.id), "51")
        .with(&format!("price-{}", mug.id), "0.4125")
        .with(&format!("qty-{}", jug.id), "two")
        .with("shipping_cost", "5");
    form.action = format!("{}/sums", draft.path());
    let sums = buyer.htmx("").send(&form).await;

    assert_eq!(sums.status(), 200);
    let sums = sums.page();
    assert_eq!(sums.text(&format!("#amount-{}", mug.id)), "21.04");
    assert_eq!(sums.text(&format!("#amount-{}", jug.id)), "\u{2013}");
    assert_eq!(sums.text("#sum-units"), "51 units");
    assert_eq!(sums.text("#sum-goods"), "21.04");
    assert_eq!(sums.text("#totals .total + .total"), "26.04 EUR");
    assert_eq!(shop.lines(&draft)[0].ordered, units(7), "nothing is saved");
}

#[actix_web::test]
async fn what_does_not_fit_says_so_beside_its_box_and_one_press_takes_what_does() {
    let shop = Shop::open().await;
    let draft = drafted(&shop, |_| {});
    let [mug, jug] = shop.lines(&draft).try_into().expect("two lines");
    let buyer = shop.manager().await;
    let page = buyer.page(&draft.path()).await;
    let fit = format!("#fit-{}", mug.id);
    assert_eq!(page.text(&fit), "Sold from 10 on, in packs of 6. Take 12");
    assert_eq!(page.text(&format!("#fit-{}", jug.id)), "");

    let insisted = buyer
        .submit_form(&page.form("#edit").with(&format!("qty-{}", mug.id), "8"))
        .await;
    assert!(
        insisted.text(&fit).contains("Take 12"),
        "a person may insist"
    );

    let taken = buyer
        .submit_form(
            &insisted
                .form("#edit")
                .with(&format!("take-{}", mug.id), "12"),
        )
        .await;
    assert_eq!(taken.text(&fit), "");
    assert_eq!(shop.lines(&draft)[0].ordered, units(12));
}

#[actix_web::test]
async fn preview_and_send_saves_what_was_typed_and_says_the_least_value_again() {
    let shop = Shop::open().await;
    let draft = drafted(&shop, |supplier| {
        supplier.minimum_order = Money::parse("100").expect("an amount");
    });
    let line = shop.lines(&draft)[0].id;
    let buyer = shop.manager().await;
    let page = buyer.page(&draft.path()).await;
    assert!(page.says("The supplier takes orders from 100.00 EUR"));
    let form = page.form_sent_by("button[formaction$='/letter']");

    let wrong = buyer
        .send(&form.clone().with(&format!("qty-{line}"), "x"))
        .await;
    let letter = buyer
        .submit_form(&form.with(&format!("qty-{line}"), "12"))
        .await;

    assert_eq!(wrong.status(), 422);
    assert!(
        !wrong
            .page()
            .field(&format!("qty-{line}"))
            .error()
            .is_empty()
    );
    assert_eq!(shop.lines(&draft)[0].ordered, units(12));
    assert!(
        letter.says("Supplier HART takes orders from 100.00 EUR. These goods come to 35.00."),
        "{}",
        letter.words()
    );
}

#[actix_web::test]
async fn a_choice_that_does_not_fit_is_told_beside_its_box() {
    let shop = Shop::open().await;
    let draft = drafted(&shop, |_| {});
    let mug = shop.lines(&draft)[0].product_id;
    let place = Place::new(draft.warehouse_id, mug);
    shop.ordered(place, 50, 1);
    let buyer = shop.manager().await;
    let name = format!("choice-{}-{mug}", place.warehouse);
    let fit = format!("[id='fit-{}-{mug}']", place.warehouse);

    let choose = async |quantity: &str| {
        let reply = buyer
            .htmx("choices")
            .post("/replenishment/choices", &[(&name, quantity)])
            .await;
        reply.page().text(&fit)
    };

    assert_eq!(
        choose("13").await,
        "Sold from 10 on, in packs of 6. Take 18"
    );
    let page = buyer.page("/replenishment").await;
    assert!(page.text(&fit).contains("Take 18"), "{}", page.words());
    assert_eq!(choose("18").await, "");
}

#[actix_web::test]
async fn without_a_mail_server_nothing_is_said_to_be_on_its_way() {
    let shop = Shop::open().await;
    let draft = drafted(&shop, |_| {});
    let buyer = shop.manager().await;
    let letter = buyer.page(&format!("{}/letter", draft.path())).await;

    let sent = buyer.submit_form(&letter.form("#letter")).await;

    assert!(
        sent.says("The mail waits under Mails: no mail server is configured."),
        "{}",
        sent.words()
    );
    assert!(!sent.says("The mail is on its way"));
}
