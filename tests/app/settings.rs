//! The company and the rules that hold everywhere.

use backfill::schema::orders;
use backfill::stock::{self, Ask, Cause, CauseKind, Happening, NO_DATE, Place};
use backfill::types::{OrderId, OrderLineId, ProductId, Quantity};
use chrono::DateTime;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::support::app::Shop;
use crate::support::counting::find;

#[actix_web::test]
async fn the_company_is_what_an_admin_says() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let form = admin.page("/settings").await.form("#company-form");
    let bad = form
        .clone()
        .with("name", " ")
        .with("currency", "euro")
        .with("email", "nobody");
    let refused = admin.htmx("company-form").send(&bad).await;
    let good = form
        .with("name", "Harbour & Hearth")
        .with("currency", "gbp")
        .with("email", "buying@harbour.example")
        .with("purchase_order_intro", "Please confirm by return.")
        .with("purchase_order_intro_fr", "Merci de confirmer par retour.");
    let page = admin.submit_form(&good).await;

    assert_eq!(refused.status(), 422);
    for field in ["name", "currency", "email"] {
        assert!(!refused.page().field(field).error().is_empty(), "{field}");
    }
    assert_eq!(page.text(".company"), "Harbour & Hearth");
    assert_eq!(page.field("currency").value(), "GBP");
    assert_eq!(page.field("email").value(), "buying@harbour.example");
    assert_eq!(
        page.field("purchase_order_intro_fr").value(),
        "Merci de confirmer par retour."
    );
}

#[actix_web::test]
async fn orders_on_hold_give_their_stock_away_when_the_company_says_so() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let waiting = Waiting::of(&shop);
    let held = waiting.order(1, true);
    let behind = waiting.order(2, false);
    assert_eq!(waiting.reserved(), [(held, 3), (behind, 0)]);

    let form = admin.page("/settings").await.form("#company-form");
    let changed = form.clone().without("held_orders_keep_stock");
    let asked = admin.htmx("").send(&changed).await;
    assert_eq!(asked.status(), 422, "{}", asked.summary());
    let asked = asked.page();
    let effects = asked.table("What it would do");
    assert_eq!(
        effects.row("SO-1").cell("Then"),
        "loses: 0 of 3, rest not on order"
    );
    assert_eq!(effects.row("SO-2").cell("Then"), "gains: reserved");
    assert_eq!(waiting.reserved(), [(held, 3), (behind, 0)]);
    assert!(
        !asked.has("[name=held_orders_keep_stock][checked]"),
        "as typed"
    );

    admin.submit_form(&asked.form("#company-form")).await;
    assert_eq!(waiting.reserved(), [(held, 0), (behind, 3)]);
    let form = admin.page("/settings").await.form("#company-form");
    let back = form.with("held_orders_keep_stock", "true");
    let asked = admin.htmx("").send(&back).await.page();
    admin.submit_form(&asked.form("#company-form")).await;
    assert_eq!(waiting.reserved(), [(held, 3), (behind, 0)]);
}

/// Three mugs, and orders that each want three.
struct Waiting<'a> {
    shop: &'a Shop,
    place: Place,
}

impl Waiting<'_> {
    fn of(shop: &Shop) -> Waiting<'_> {
        let warehouse = shop.warehouse("MAIN");
        let product: ProductId = inserted(
            shop,
            "insert into products (sku, name) values ('MUG', 'Mug') returning id".into(),
        );
        inserted::<i64>(
            shop,
            "insert into customers (code, name, channel_id)
             select 'C', 'Customer', min(id) from channels returning id"
                .into(),
        );
        let place = Place::new(warehouse, product);
        shop.write(|act| find(act, place, 3));
        Waiting { shop, place }
    }

    fn order(&self, number: i64, held: bool) -> OrderId {
        let order: OrderId = inserted(
            self.shop,
            format!(
                "insert into orders (number, customer_id, channel_id, placed_at)
                 select 'SO-{number}', id, channel_id, now() from customers returning id"
            ),
        );
        let line: OrderLineId = inserted(
            self.shop,
            format!(
                "insert into order_lines (order_id, line_number, product_id, warehouse_id, ordered)
                 values ({order}, 1, {}, {}, 3) returning id",
                self.place.product, self.place.warehouse
            ),
        );
        let placed_at = DateTime::from_timestamp(1_790_000_000 + number, 0).expect("an instant");
        let ask = Ask {
            line,
            order,
            place: self.place,
            to_ship: Quantity::new(3),
            priority_rank: 2,
            required_by: NO_DATE,
            placed_at,
            line_number: 1,
            held,
            set: None,
        };
        let cause = Cause::of(CauseKind::OrderPlaced);
        self.shop.write(|act| {
            diesel::update(orders::table.find(order))
                .set((
                    orders::held_at.eq(held.then_some(placed_at)),
                    orders::placed_at.eq(placed_at),
                ))
                .execute(act.conn())?;
            Ok(stock::change(act, &cause, &[Happening::Join(ask.clone())])?)
        });
        order
    }

    fn reserved(&self) -> Vec<(OrderId, u32)> {
        let queue = self
            .shop
            .read(|conn| Ok(stock::claimants(conn, self.place, 10)?));
        queue
            .iter()
            .map(|claimant| (claimant.order_id, claimant.reserved.get()))
            .collect()
    }
}

#[derive(QueryableByName)]
struct Inserted {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn inserted<T: std::str::FromStr>(shop: &Shop, statement: String) -> T
where
    T::Err: std::fmt::Debug,
{
    let row: Inserted = shop.write(|act| Ok(diesel::sql_query(&statement).get_result(act.conn())?));
    row.id.to_string().parse().expect("an id")
}
