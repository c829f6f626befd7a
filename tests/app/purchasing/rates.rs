//! A purchase order in a foreign currency needs a rate, and never has one that nobody said.

use backfill::purchasing::{self, DraftEdit, Error, PurchaseOrder, Status};
use backfill::types::{ProductId, SupplierId, WarehouseId};

use super::desk::by_mail;
use crate::support::app::Shop;

/// A shop in euros that buys from a supplier in dollars.
struct Abroad {
    shop: Shop,
    warehouse: WarehouseId,
    supplier: SupplierId,
    lamp: ProductId,
}

impl Abroad {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let warehouse = shop.warehouse("NORTH");
        let supplier = shop.supplier_like("SHEN", |supplier| supplier.currency = "USD".into());
        let lamp = shop.bought("LAMP", supplier);
        Self {
            shop,
            warehouse,
            supplier,
            lamp,
        }
    }

    fn draft(&self) -> PurchaseOrder {
        self.shop
            .draft(self.supplier, self.warehouse, &[(self.lamp, 5)])
    }

    fn rated(&self, draft: &PurchaseOrder, rate: i64) -> PurchaseOrder {
        let edit = DraftEdit {
            rate: Some(rate),
            ..DraftEdit::of(draft)
        };
        self.shop
            .try_at_noon(|act| purchasing::edit_draft(act, draft.id, &edit))
            .expect("it is a draft")
    }
}

#[actix_web::test]
async fn without_any_known_rate_a_draft_has_none_and_is_not_sent() {
    let abroad = Abroad::open().await;
    let draft = abroad.draft();
    assert_eq!((draft.status, draft.rate), (Status::Draft, None));

    let refused = abroad
        .shop
        .try_at_noon(|act| purchasing::send(act, draft.id, &by_mail()));

    assert!(
        matches!(&refused, Err(Error::NoRate(currency)) if currency == "USD"),
        "{refused:?}"
    );
    assert_eq!(abroad.shop.order_now(&draft).status, Status::Draft);
    abroad.rated(&draft, 920_000);
    assert_eq!(abroad.shop.send(&draft).rate, Some(920_000));
}

#[actix_web::test]
async fn the_last_rate_of_a_currency_is_proposed() {
    let abroad = Abroad::open().await;
    for rate in [930_000, 910_000] {
        abroad.rated(&abroad.draft(), rate);
    }

    assert_eq!(abroad.draft().rate, Some(910_000));
}

#[actix_web::test]
async fn the_currency_of_the_company_is_worth_one() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);

    let draft = shop.draft(supplier, warehouse, &[(mug, 1)]);

    assert_eq!(draft.rate, Some(1_000_000));
    let page = shop.manager().await.page(&draft.path()).await;
    assert!(!page.has("[name='rate']"), "it is not asked for");
}

#[actix_web::test]
async fn the_missing_rate_is_asked_for_beside_its_box_before_the_mail_is_shown() {
    let abroad = Abroad::open().await;
    let draft = abroad.draft();
    let buyer = abroad.shop.manager().await;
    let page = buyer.page(&draft.path()).await;
    assert_eq!(page.field("rate").value(), "");
    assert!(page.says("no rate yet"), "{}", page.words());
    let form = page.form_sent_by("button[formaction$='/letter']");

    let refused = buyer
        .send(&form.clone().with("internal_note", "By sea"))
        .await;
    let letter = buyer.submit_form(&form.with("rate", "0.92")).await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("rate").error(),
        "Enter what one USD is worth: nothing is sent in another currency without a rate."
    );
    assert_eq!(refused.page().field("internal_note").value(), "By sea");
    assert!(letter.says("E-mail to Supplier SHEN"), "{}", letter.words());
    assert_eq!(abroad.shop.order_now(&draft).rate, Some(920_000));
}

#[actix_web::test]
async fn a_draft_from_before_a_rate_was_known_proposes_it_on_its_page() {
    let abroad = Abroad::open().await;
    let old = abroad.draft();
    abroad.rated(&abroad.draft(), 910_000);

    let page = abroad.shop.manager().await.page(&old.path()).await;

    assert_eq!(page.field("rate").value(), "0.91");
}
