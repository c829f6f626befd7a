//! The dashboard: what moved in the last days, and lists that its figures open.

use backfill::catalog::{Product, Supplier};
use backfill::dashboard::{self, Day};
use backfill::db::Who;
use backfill::preparation::{self, Departure};
use backfill::purchasing::{self, Delivery, NewPurchaseOrder, PurchaseLine, Reversing, Sending};
use backfill::sales::{self, NewLine, NewOrder};
use backfill::schema::{figures_by_day, purchase_order_lines};
use backfill::stock::{Place, Priority, ShippingPolicy};
use backfill::types::{CustomerId, OrderId, PurchaseOrderId, Quantity, ReceptionId, ShipmentId};
use backfill::web::Role;
use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::counting::count;
use crate::support::goods::money;

/// A shop that sells mugs, some of them in December 2026.
struct December {
    shop: Shop,
    mug: Product,
    customer: CustomerId,
    supplier: Supplier,
}

fn instant(text: &str) -> DateTime<Utc> {
    format!("2026-12-{text}:00Z").parse().expect("an instant")
}

impl December {
    async fn open() -> December {
        let shop = Shop::open().await;
        December {
            mug: shop.new_product("MUG"),
            customer: shop.new_customer("ANNA"),
            supplier: shop.new_supplier("HART"),
            shop,
        }
    }

    fn place(&self) -> Place {
        Place::new(self.shop.primary_warehouse().id, self.mug.id)
    }

    /// Somebody, at `01T12:00`.
    fn at(&self, text: &str) -> Who {
        Who::from(self.shop.person(Role::Manager).id).at(instant(text))
    }

    fn order(&self, at: &str, units: u32) -> OrderId {
        self.order_in("EUR", instant(at), units)
    }

    fn order_in(&self, currency: &str, placed_at: DateTime<Utc>, units: u32) -> OrderId {
        let order = NewOrder {
            number: None,
            channel: "manual".into(),
            external_reference: String::new(),
            customer: self.customer,
            ship_to: String::new(),
            country: String::new(),
            email: String::new(),
            currency: currency.into(),
            placed_at,
            priority: Priority::Normal,
            required_by: None,
            shipping_policy: ShippingPolicy::PartialAllowed,
            shipping_method: String::new(),
            note: String::new(),
            lines: vec![NewLine {
                product: self.mug.id,
                warehouse: Some(self.place().warehouse),
                ordered: Quantity::new(units),
                unit_price: money("7"),
            }],
        };
        self.shop.write_as(Who::BACKFILL.at(placed_at), |act| {
            Ok(sales::place(act, std::slice::from_ref(&order))?[0])
        })
    }

    fn finds(&self, at: &str, units: i32) {
        let place = self.place();
        self.shop
            .write_as(self.at(at), |act| count(act, place, units));
    }

    fn prepares(&self, at: &str, order: OrderId) -> ShipmentId {
        let warehouse = self.place().warehouse;
        self.shop.write_as(self.at(at), |act| {
            Ok(preparation::prepare(act, order, warehouse)?)
        })
    }

    fn ships(&self, at: &str, order: OrderId) {
        let parcel = self.prepares(at, order);
        let departure = Departure::default();
        self.shop.write_as(self.at(at), |act| {
            preparation::ship(act, parcel, &departure)?;
            Ok(())
        });
    }

    /// Four mugs, expected on such a day of December.
    fn buys(&self, at: &str, expected: &str) -> PurchaseOrderId {
        let new = NewPurchaseOrder {
            supplier: self.supplier.id,
            warehouse: self.place().warehouse,
            expected_on: Some(instant(&format!("{expected}T12:00")).date_naive()),
            supplier_comment: String::new(),
            lines: vec![purchasing::NewLine {
                product: self.mug.id,
                quantity: Quantity::new(4),
            }],
        };
        self.shop.write_as(self.at(at), |act| {
            let draft = purchasing::draft(act, &new)?.id;
            Ok(purchasing::send(act, draft, &Sending::WithoutMail)?.id)
        })
    }

    fn receives(&self, at: &str, order: PurchaseOrderId, units: u32) -> ReceptionId {
        let line: PurchaseLine = self.shop.read(|conn| {
            let lines = PurchaseLine::query();
            let of_order = lines.filter(purchase_order_lines::purchase_order_id.eq(order));
            Ok(of_order.first(conn)?)
        });
        let delivery = Delivery {
            lines: vec![(line.id, Quantity::new(units))],
            ..Delivery::default()
        };
        self.shop.write_as(self.at(at), |act| {
            Ok(purchasing::receive(act, order, &delivery)?)
        })
    }

    fn reverses(&self, at: &str, reception: ReceptionId) {
        self.shop.write_as(self.at(at), |act| {
            Ok(purchasing::reverse(
                act,
                reception,
                &Reversing::because("not ours"),
            )?)
        });
    }

    /// What the server does now and then; how many days it kept.
    fn keeps_days(&self, at: &str) -> usize {
        let at = Who::BACKFILL.at(instant(at));
        self.shop.write_as(at, dashboard::keep_days)
    }

    /// Of the first days of December: a figure of each.
    fn kept<const N: usize>(&self, figures: impl Fn(&Day) -> [i64; N]) -> Vec<[i64; N]> {
        let days: Vec<Day> = self.shop.read(|conn| {
            Ok(Day::query()
                .filter(figures_by_day::day.ge(instant("01T12:00").date_naive()))
                .order(figures_by_day::day)
                .load(conn)?)
        });
        days.iter().map(figures).collect()
    }
}

#[actix_web::test]
async fn a_day_that_is_over_is_kept_as_it_ended() {
    let december = December::open().await;
    let first = december.order("01T12:00", 5);
    december.finds("02T09:00", 5);
    let second = december.order("02T10:00", 3);
    december.ships("03T08:00", first);
    december.finds("03T09:00", 4);
    december.order("03T11:00", 1);
    december.prepares("03T12:00", second);

    assert_eq!(december.keeps_days("04T00:01"), 29, "and no day twice:");
    assert_eq!(december.keeps_days("04T00:02"), 0);

    let queue = december.kept(|day| [day.waiting, day.ready]);
    assert_eq!(queue, [[1, 0], [1, 1], [0, 1]]);
    let filled = december.kept(|day| [day.filled, day.lines]);
    assert_eq!(filled, [[0, 1], [0, 1], [1, 1]]);
}

#[actix_web::test]
async fn a_supplier_is_on_time_with_what_arrived_whole_on_its_day() {
    let december = December::open().await;
    let on_its_day = december.buys("01T10:00", "02");
    let in_two_parts = december.buys("01T10:00", "02");
    december.buys("01T10:00", "02");
    let early = december.buys("01T10:00", "03");
    let by_mistake = december.buys("01T10:00", "03");
    december.receives("02T23:50", on_its_day, 4);
    december.receives("02T12:00", in_two_parts, 3);
    december.receives("03T12:00", in_two_parts, 1);
    december.receives("02T12:00", early, 4);
    let mistake = december.receives("03T12:00", by_mistake, 4);
    december.reverses("03T13:00", mistake);

    december.keeps_days("04T00:01");

    let on_time = december.kept(|day| [day.on_time, day.due]);
    assert_eq!(on_time, [[0, 0], [1, 3], [1, 2]]);
}

#[actix_web::test]
async fn a_day_is_a_day_of_the_company_and_stays_as_it_was_kept() {
    let december = December::open().await;
    let admin = december.shop.admin().await;
    let form = admin.page("/settings").await.form("#company-form");
    admin
        .submit_form(&form.with("time_zone", "Asia/Tokyo"))
        .await;
    december.order("01T14:59", 1);
    december.order("01T15:00", 1);

    december.keeps_days("02T14:59");
    assert_eq!(december.kept(|day| [day.lines]), [[1]]);
    december.keeps_days("02T15:00");
    december.order("02T14:00", 1);
    december.keeps_days("02T15:01");

    assert_eq!(december.kept(|day| [day.lines]), [[1], [1]]);
}

#[actix_web::test]
async fn the_dashboard_shows_what_moved_with_its_numbers_and_opens_its_lists() {
    let december = December::open().await;
    let yesterday = Utc::now() - chrono::TimeDelta::hours(30);
    december.order_in("EUR", yesterday, 2);
    december.shop.write_as(Who::BACKFILL, dashboard::keep_days);

    let page = december.shop.user().await.page("/").await;

    assert_eq!(page.link("1 waiting"), "/orders?missing=yes");
    assert_eq!(page.link("0 ready"), "/preparation");
    let (first, today) = days_shown();
    let queued = format!("/orders?missing=queued&from={first}&until={today}");
    assert_eq!(page.link("0 % at once"), queued);
    let missed = page.link("\u{2013} on time");
    assert!(missed.starts_with(&format!("/purchase-orders?late=missed&from={first}&until=")));
    assert!(page.says("1 more wait than on "), "{}", page.words());
    let numbers = page.texts("[aria-label='Orders waiting and ready, day by day'] tbody tr");
    assert_eq!(numbers.len(), 30, "{numbers:#?}");
    assert!(numbers[0].ends_with(" 1 0"), "{}", numbers[0]);
    assert!(numbers[29].ends_with(" 0 0"), "{}", numbers[29]);
    let of_today = page.attributes(
        "[aria-label='Orders waiting and ready, day by day'] a",
        "href",
    );
    assert_eq!(of_today[0], format!("/orders?stood=waiting&on={today}"));
    assert_eq!(of_today[1], format!("/orders?stood=ready&on={today}"));
    assert_eq!(page.attributes(".chart [role=img]", "aria-label").len(), 3);
}

/// The first day the dashboard looks back on, and today.
fn days_shown() -> (NaiveDate, NaiveDate) {
    let today = Utc::now().date_naive();
    (today - Days::new(29), today)
}

#[actix_web::test]
async fn the_figures_of_a_day_open_the_orders_they_counted() {
    let december = December::open().await;
    let waits = december.order("01T12:00", 5);
    december.finds("02T09:00", 5);
    let ready = december.order("02T10:00", 3);
    december.ships("03T08:00", waits);
    december.finds("03T09:00", 4);
    let at_once = december.order("03T11:00", 1);
    let user = december.shop.user().await;
    let listed = async |query: &str| {
        let page = user.page(&format!("/orders?{query}")).await;
        page.attributes("#results .row-link", "href")
    };
    let path = |order: OrderId| format!("/orders/{order}");

    assert_eq!(listed("stood=waiting&on=2026-12-01").await, [path(waits)]);
    assert_eq!(listed("stood=waiting&on=2026-12-02").await, [path(ready)]);
    assert_eq!(listed("stood=ready&on=2026-12-02").await, [path(waits)]);
    assert_eq!(
        listed("stood=ready&on=2026-12-03").await,
        [path(at_once), path(ready)]
    );
    let placed = "from=2026-12-02&until=2026-12-03";
    assert_eq!(listed(placed).await, [path(at_once), path(ready)]);
    assert_eq!(
        listed(&format!("missing=queued&{placed}")).await,
        [path(ready)]
    );
    let page = user.page("/orders?stood=ready&on=2026-12-02").await;
    assert!(page.says("Only orders that were ready when 2 Dec 2026 ended."));
    assert_eq!(page.link("Show those of all days"), "/orders");
}

#[actix_web::test]
async fn the_deliveries_of_a_day_open_with_those_that_missed_it() {
    let december = December::open().await;
    let on_its_day = december.buys("01T10:00", "02");
    let late = december.buys("01T10:00", "02");
    let later = december.buys("01T10:00", "03");
    december.receives("02T23:50", on_its_day, 4);
    december.receives("03T00:10", late, 4);
    december.receives("03T12:00", later, 4);
    let manager = december.shop.manager().await;
    let listed = async |query: &str| {
        let page = manager.page(&format!("/purchase-orders?{query}")).await;
        page.attributes("#results .row-link", "href")
    };
    let path = |order: PurchaseOrderId| format!("/purchase-orders/{order}");

    let second = "from=2026-12-02&until=2026-12-02";
    assert_eq!(listed(second).await, [path(late), path(on_its_day)]);
    assert_eq!(listed(&format!("late=missed&{second}")).await, [path(late)]);
    let both = "late=missed&from=2026-12-01&until=2026-12-03";
    assert_eq!(listed(both).await, [path(late)]);
}

#[actix_web::test]
async fn days_that_make_no_sense_narrow_nothing() {
    let december = December::open().await;
    december.order("01T12:00", 5);
    let user = december.shop.user().await;

    for day in ["-200000-01-01", "2026-02-30", "999999-01-01", "a%1B"] {
        let query = format!("stood=waiting&on={day}&from={day}&until={day}");
        let page = user.page(&format!("/orders?{query}")).await;
        assert_eq!(page.texts("#results .row-link").len(), 1, "{day}");
        let manager = december.shop.manager().await;
        manager
            .page(&format!("/purchase-orders?late=missed&{query}"))
            .await;
    }
}

#[actix_web::test]
async fn a_shop_that_was_opened_today_says_so_of_the_days_before() {
    let december = December::open().await;

    let page = december.shop.user().await.page("/").await;

    assert!(page.says("Days that are over are looked up a little later."));
    let numbers = page.texts("[aria-label='Fill rate, day by day'] tbody tr");
    assert_eq!(numbers.len(), 1, "today: {numbers:#?}");
}

#[actix_web::test]
async fn money_of_two_currencies_is_not_added_up() {
    let december = December::open().await;
    let now = Utc::now();
    december.order_in("EUR", now, 1);
    december.order_in("EUR", now, 1);
    december.order_in("USD", now, 3);

    let page = december.shop.user().await.page("/").await;

    assert!(
        page.says("3 orders 14.00 EUR, 21.00 USD"),
        "{}",
        page.words()
    );
}

#[actix_web::test]
async fn late_purchase_orders_open_the_list_of_late_ones() {
    let december = December::open().await;

    let page = december.shop.user().await.page("/").await;

    let links = page.attributes("a.tile", "href");
    assert!(
        links.contains(&"/purchase-orders?late=late".to_owned()),
        "{links:?}"
    );
}
