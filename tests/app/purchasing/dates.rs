//! When goods come: who said so counts, and nobody else moves it.

use backfill::db::Who;
use backfill::purchasing::{self, PurchaseOrder, RestEdit, RestLine, Reversing, Status};
use backfill::schema::{suppliers, supply};
use backfill::stock::Place;
use backfill::types::{Money, SupplierId};
use chrono::{Days, NaiveDate, Utc};
use diesel::prelude::*;

use super::desk::{by_mail, date};
use crate::support::app::Shop;

impl Shop {
    /// When what is on its way is due, line by line.
    pub fn due_dates(&self) -> Vec<NaiveDate> {
        self.read(|conn| {
            Ok(supply::table
                .order(supply::purchase_order_line_id)
                .select(supply::due_on)
                .load(conn)?)
        })
    }

    /// What the page says about a purchase order under way as nobody changed it.
    fn rest(&self, order: &PurchaseOrder) -> RestEdit {
        let order = self.order_now(order);
        let lines = self.lines(&order).into_iter().map(|line| RestLine {
            line: line.id,
            wanted: line.wanted(),
            expected_on: line.expected_on,
            confirmed_on: line.confirmed_on,
        });
        RestEdit {
            version: order.version,
            expected_on: order.expected_on,
            confirmed_on: order.confirmed_on,
            shipping_cost: order.shipping_cost,
            internal_note: order.internal_note.clone(),
            lines: lines.collect(),
        }
    }

    fn edited(&self, order: &PurchaseOrder, change: impl Fn(&mut RestEdit)) -> PurchaseOrder {
        let mut edit = self.rest(order);
        change(&mut edit);
        self.write_as(self.at_noon(), |act| {
            Ok(purchasing::edit_rest(act, order.id, &edit)?)
        })
    }

    fn confirmed(&self, order: &PurchaseOrder, day: &str) -> PurchaseOrder {
        self.write_as(self.at_noon(), |act| {
            Ok(purchasing::confirm(act, order.id, date(day))?)
        })
    }

    fn delivers_within(&self, supplier: SupplierId, days: i32) {
        self.write(|act| {
            diesel::update(suppliers::table.find(supplier))
                .set(suppliers::lead_time_days.eq(days))
                .execute(act.conn())?;
            Ok(())
        });
    }
}

#[actix_web::test]
async fn what_the_supplier_states_goes_before_what_the_buyer_expects_of_a_line() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let (mug, jug) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    shop.ordered(Place::new(warehouse, mug), 5, 1);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5), (jug, 1)]);

    let expected = shop.edited(&purchase, |edit| {
        edit.lines[0].expected_on = Some(date("2026-12-10"));
    });
    assert_eq!(shop.due_dates(), [date("2026-12-10"), date("2026-12-08")]);
    assert_eq!(expected.status, Status::Sent);

    shop.confirmed(&purchase, "2026-12-20");
    assert_eq!(shop.due_dates(), [date("2026-12-20"); 2]);

    shop.edited(&purchase, |edit| {
        edit.lines[0].confirmed_on = Some(date("2026-12-15"));
    });
    assert_eq!(shop.due_dates(), [date("2026-12-15"), date("2026-12-20")]);

    shop.confirmed(&purchase, "2026-12-22");
    assert_eq!(shop.due_dates(), [date("2026-12-15"), date("2026-12-22")]);
    let queue = shop.read(|conn| {
        let shelf = Place::new(warehouse, mug);
        Ok(backfill::stock::claimants(conn, shelf, 10)?)
    });
    assert_eq!(queue[0].expected_on, Some(date("2026-12-15")));
}

#[actix_web::test]
async fn the_lead_time_counts_as_it_was_when_the_purchase_order_was_sent() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let slow = shop.bought_like("SLOW", supplier, |link| link.lead_time_days = Some(9));
    let draft = shop.draft(supplier, warehouse, &[(mug, 5), (slow, 1)]);
    let sent_at = "2026-11-24T09:00:00Z".parse().expect("an instant");
    shop.write_as(Who::from(shop.buyer()).at(sent_at), |act| {
        Ok(purchasing::send(act, draft.id, &by_mail())?)
    });
    let due = [date("2026-12-01"), date("2026-12-03")];
    assert_eq!(shop.due_dates(), due);

    shop.delivers_within(supplier, 30);
    shop.edited(&draft, |edit| edit.internal_note = "Ring them".into());
    shop.edited(&draft, |edit| {
        edit.shipping_cost = Money::parse("5").expect("an amount")
    });
    let reception = shop.received(&draft, &[2, 0]);
    shop.write_as(shop.at_noon(), |act| {
        purchasing::reverse(act, reception, &Reversing::because("counted twice"))?;
        Ok(())
    });

    assert_eq!(shop.due_dates(), due);
}

#[actix_web::test]
async fn a_date_that_is_taken_back_gives_way_to_the_next_that_counts() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5)]);
    shop.edited(&purchase, |edit| {
        edit.expected_on = Some(date("2026-12-10"));
        edit.lines[0].confirmed_on = Some(date("2026-12-24"));
    });
    assert_eq!(shop.due_dates(), [date("2026-12-24")]);
    assert_eq!(shop.order_now(&purchase).status, Status::Confirmed);

    shop.edited(&purchase, |edit| edit.lines[0].confirmed_on = None);
    assert_eq!(shop.due_dates(), [date("2026-12-10")]);

    shop.edited(&purchase, |edit| edit.expected_on = None);
    assert_eq!(shop.due_dates(), [date("2026-12-08")]);
}

#[actix_web::test]
async fn the_page_takes_both_kinds_of_dates_and_says_which_counts_and_who_named_it() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("NORTH"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let order = shop.ordered(Place::new(warehouse, mug), 5, 1);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5)]);
    let line = shop.lines(&purchase)[0].id;
    let day = |days| Utc::now().date_naive() + Days::new(days);
    let shown = |days| day(days).format("%-d %b %Y").to_string();
    let buyer = shop.manager().await;
    let page = buyer.page(&purchase.path()).await;

    let form = page
        .form("#edit")
        .with(&format!("date-{line}"), &day(20).to_string())
        .with("confirmed_on", &day(40).to_string());
    let page = buyer.submit_form(&form).await;
    let dates = page.table("Lines");
    let dates = dates.row("MUG").cell("Dates");
    assert!(
        dates.ends_with(&format!("counts: {}", shown(40))),
        "{dates}"
    );
    let history = format!(
        "the supplier says {}, line 1: expected on {}",
        shown(40),
        shown(20)
    );
    assert!(page.says(&history), "{}", page.words());

    let form = page
        .form("#edit")
        .with(&format!("stated-{line}"), &day(30).to_string());
    let page = buyer.submit_form(&form).await;
    let dates = page.table("Lines");
    let dates = dates.row("MUG").cell("Dates");
    assert!(
        dates.ends_with(&format!("counts: {}", shown(30))),
        "{dates}"
    );
    let list = buyer.page("/purchase-orders").await;
    let listed = list.table("Purchase orders");
    assert_eq!(listed.row(&purchase.number).cell("Expected"), shown(30));
    let page = buyer.page(&format!("/orders/{order}")).await;
    assert!(page.says(&shown(30)), "{}", page.words());

    let form = buyer.page(&purchase.path()).await.form("#edit");
    let refused = buyer
        .send(&form.with(&format!("stated-{line}"), "soon"))
        .await;
    assert_eq!(refused.status(), 422);
    let error = refused
        .page()
        .field(&format!("stated-{line}"))
        .error()
        .to_owned();
    assert!(!error.is_empty());
}
