//! What is drafted is not bought twice: not by the buttons, and not by a second buyer.

use backfill::accounts::User;
use backfill::purchasing::{self, Error, Fill, NeedFilter, NeedStatus, Seen, Status};
use backfill::stock::Place;
use backfill::types::{ProductId, WarehouseId};
use backfill::web::Role;
use diesel::prelude::*;

use super::desk::units;
use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::requests::Browser;

/// A shop whose orders lack 72 mugs.
struct Lacking {
    shop: Shop,
    warehouse: WarehouseId,
    mug: ProductId,
}

impl Lacking {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
        let mug = shop.bought("MUG", supplier);
        shop.ordered(Place::new(warehouse, mug), 72, 1);
        Self {
            shop,
            warehouse,
            mug,
        }
    }

    fn drafted(&self, quantity: u32) -> purchasing::PurchaseOrder {
        let supplier = self.shop.read(|conn| {
            use backfill::schema::suppliers;
            Ok(suppliers::table.select(suppliers::id).first(conn)?)
        });
        self.shop
            .draft(supplier, self.warehouse, &[(self.mug, quantity)])
    }

    /// What a button fills in for all that is shown.
    fn fills(&self, with: Fill) -> Option<u32> {
        let buyer = self.shop.buyer();
        self.shop
            .write(|act| Ok(purchasing::fill(act, buyer, &NeedFilter::default(), with)?));
        let need = &self.shop.needs(&NeedFilter::default())[0];
        need.chosen.map(|units| units.get())
    }

    async fn buyer(&self, name: &str) -> (User, Browser) {
        let user = self
            .shop
            .account(&format!("{name}@shop.example"), Role::Manager);
        let browser = self.shop.visitor();
        browser.sign_in(user.email.as_str(), PASSWORD).await;
        (user, browser)
    }
}

#[actix_web::test]
async fn drafts_of_more_units_than_a_quantity_can_be_leave_every_page_at_work() {
    let lacking = Lacking::open().await;
    let (_, buyer) = lacking.buyer("ann").await;
    assert_eq!(lacking.fills(Fill::Minimum), Some(72));
    for _ in 0..3 {
        lacking.drafted(1_000_000_000);
    }

    let page = buyer.page("/replenishment").await;

    assert!(page.says("MUG"), "{}", page.words());
    let (_, drafted) = lacking.shop.need();
    assert_eq!(drafted, units(1_000_000_000));
    assert_eq!(lacking.fills(Fill::Suggested), None);
}

#[actix_web::test]
async fn of_72_needed_and_78_drafted_both_buttons_fill_nothing_until_the_status_changes_by_sending()
{
    let lacking = Lacking::open().await;
    assert_eq!(lacking.fills(Fill::Minimum), Some(72));

    let draft = lacking.drafted(78);

    assert_eq!(lacking.fills(Fill::Minimum), None, "what stood there goes");
    assert_eq!(lacking.fills(Fill::Suggested), None);
    let (figures, drafted) = lacking.shop.need();
    assert_eq!(drafted, units(78));
    assert_eq!(
        (figures.status(), figures.minimum().get()),
        (NeedStatus::Backorders, 72)
    );

    lacking.shop.send(&draft);
    let (figures, drafted) = lacking.shop.need();
    assert_eq!(drafted, units(0));
    assert_eq!(figures.status(), NeedStatus::WaitingForReception);
}

#[actix_web::test]
async fn what_a_draft_leaves_is_filled_in_as_the_supplier_sells_it() {
    let lacking = Lacking::open().await;
    lacking.shop.write(|act| {
        diesel::sql_query("update supplier_products set pack_size = 10, minimum_quantity = 15")
            .execute(act.conn())?;
        Ok(())
    });
    lacking.drafted(60);

    assert_eq!(lacking.fills(Fill::Minimum), Some(20));
}

#[actix_web::test]
async fn the_page_says_how_much_is_drafted_where_and_by_whom_and_what_its_buttons_fill() {
    let lacking = Lacking::open().await;
    let draft = lacking.drafted(78);
    let buyer = lacking.shop.manager().await;

    let page = buyer.page("/replenishment").await;

    let table = page.table("Supply needs");
    let row = table.row("MUG");
    assert_eq!(row.cell("Status"), "Backorders");
    for part in ["78", draft.number.as_str(), "Manager manager"] {
        assert!(row.cell("Drafted").contains(part), "{row:?}");
    }
    assert!(row.cell("Minimum").contains("fills nothing"), "{row:?}");
    assert!(page.links().iter().any(|(_, to)| *to == draft.path()));
}

#[actix_web::test]
async fn the_second_of_two_buyers_is_told_and_creates_only_after_seeing_the_new_figures() {
    let lacking = Lacking::open().await;
    let ((_, anna), (_, bert)) = (lacking.buyer("anna").await, lacking.buyer("bert").await);
    let create = "form[action='/replenishment/purchase-orders']";
    let mut forms = Vec::new();
    for buyer in [&anna, &bert] {
        buyer
            .post("/replenishment/choices/filling", &[("with", "minimum")])
            .await;
        forms.push(buyer.page("/replenishment").await.form(create));
    }

    let made = anna.submit_form(&forms[0]).await;
    assert!(made.says("1 purchase order drafted."), "{}", made.words());
    let told = bert.htmx("choices").send(&forms[1]).await;

    assert_eq!(told.status(), 422);
    let told = told.page();
    assert!(told.says("Nothing was created"), "{}", told.words());
    assert!(
        told.says("72 chosen; 72 more cover it since then; orders lack nothing any more"),
        "{}",
        told.words()
    );
    assert!(told.says("PO-000001 of Manager anna"), "{}", told.words());
    assert_eq!(purchase_orders(&lacking.shop), 1);

    let after = bert.submit_form(&told.form(create)).await;
    assert!(after.says("1 purchase order drafted."), "{}", after.words());
    assert_eq!(purchase_orders(&lacking.shop), 2);
}

#[actix_web::test]
async fn what_others_ordered_meanwhile_can_be_left_out() {
    let lacking = Lacking::open().await;
    let (_, bert) = lacking.buyer("bert").await;
    bert.post("/replenishment/choices/filling", &[("with", "minimum")])
        .await;
    lacking.drafted(72);
    let page = bert.page("/replenishment").await;
    assert!(
        page.says("More is drafted or on its way"),
        "{}",
        page.words()
    );

    let left = bert.submit_form(&page.form("form:has([name='row'])")).await;

    assert!(!left.says("chosen"), "{}", left.words());
}

#[actix_web::test]
async fn what_was_typed_from_an_old_page_is_told_of_what_was_drafted_before_it_was_typed() {
    let lacking = Lacking::open().await;
    let (_, bert) = lacking.buyer("bert").await;
    let old = bert.page("/replenishment").await;
    let row = format!("{}-{}", lacking.warehouse, lacking.mug);
    let cover = old.field(&format!("cover-{row}"));
    let cover = cover.value().to_owned();
    lacking.drafted(78);

    let reply = bert
        .htmx("choices")
        .post(
            "/replenishment/choices",
            &[
                (&format!("choice-{row}"), "72"),
                (&format!("cover-{row}"), &cover),
            ],
        )
        .await;

    assert!(
        reply.page().says("72 chosen; 78 more cover it since then"),
        "{}",
        reply.summary()
    );
}

#[actix_web::test]
async fn two_who_create_at_the_same_moment_draft_it_once() {
    let lacking = Lacking::open().await;
    let buyers = [lacking.buyer("anna").await.0, lacking.buyer("bert").await.0];
    for buyer in &buyers {
        lacking.shop.write(|act| {
            let filter = NeedFilter::default();
            Ok(purchasing::fill(act, buyer.id, &filter, Fill::Minimum)?)
        });
    }

    let outcomes = std::thread::scope(|scope| {
        let at_once = buyers.each_ref().map(|buyer| {
            let mut conn = lacking.shop.connect();
            scope.spawn(move || {
                conn.transaction(|conn| {
                    let act = &mut backfill::db::Act::new(conn, buyer.id);
                    purchasing::order_choices(act, buyer.id, &[])
                })
            })
        });
        at_once.map(|thread| thread.join().expect("it does not panic"))
    });

    let told = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(Error::Overtaken(skus)) if *skus == ["MUG"]));
    assert_eq!(told.count(), 1, "{outcomes:?}");
    assert_eq!(purchase_orders(&lacking.shop), 1);
}

#[actix_web::test]
async fn a_draft_that_is_sent_or_given_up_meanwhile_is_no_news() {
    let lacking = Lacking::open().await;
    let (sent, given_up) = (lacking.drafted(10), lacking.drafted(20));
    lacking.fills(Fill::Minimum);
    lacking.shop.send(&sent);
    lacking.shop.cancelled(&given_up);
    let buyer = lacking.shop.buyer();

    let made = lacking
        .shop
        .write_as(buyer, |act| Ok(purchasing::order_choices(act, buyer, &[])?));

    assert_eq!(made.orders[0].status, Status::Draft);
    assert_eq!(lacking.shop.lines(&made.orders[0])[0].ordered, units(42));
}

#[actix_web::test]
async fn figures_seen_before_even_more_was_drafted_are_not_enough() {
    let lacking = Lacking::open().await;
    lacking.fills(Fill::Minimum);
    lacking.drafted(10);
    let buyer = lacking.shop.buyer();
    let row = lacking.shop.needs(&NeedFilter::default())[0].key();
    let order = |cover| {
        let seen = [Seen { row, cover }];
        lacking
            .shop
            .try_at_noon(|act| purchasing::order_choices(act, buyer, &seen))
    };

    assert!(matches!(order(-63), Err(Error::Overtaken(_))));
    assert!(order(-62).is_ok());
}

fn purchase_orders(shop: &Shop) -> i64 {
    use backfill::schema::purchase_orders;
    shop.read(|conn| Ok(purchase_orders::table.count().get_result(conn)?))
}
