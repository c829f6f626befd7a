//! Many documents meet at one product in one warehouse: what would be more than can be counted is
//! refused in words, where it is asked for.

use backfill::catalog::Product;
use backfill::exchange;
use backfill::purchasing::{self, Sending};
use backfill::sales;
use backfill::stock::{self, Consent};
use backfill::types::OrderId;
use diesel::prelude::*;

use crate::exchange::import::upload;
use crate::support::app::Shop;
use crate::support::html::{Form, Page};
use crate::support::requests::Browser;

const MOST: u32 = 1_000_000_000;
const TOO_MANY_TO_SHIP: &str = "MAIN would have to ship more than 1,000,000,000 units of MUG, the \
                                most that can be counted.";
const TOO_MANY_TO_COME: &str = "MAIN would expect more than 1,000,000,000 units of MUG, the most \
                                that can be counted.";

/// A shop whose orders ask for so many mugs fewer than can be counted.
struct Crowd {
    shop: Shop,
    mug: Product,
    manager: Browser,
}

impl Crowd {
    async fn short_of_the_most_by(units: u32) -> Self {
        let shop = Shop::open().await;
        let mug = shop.new_product("MUG");
        shop.sells("SO-1", &mug, MOST - units);
        let manager = shop.manager().await;
        Self { shop, mug, manager }
    }

    /// A new order of so many mugs, typed.
    async fn typed(&self, units: &str) -> Form {
        let page = self.manager.page("/orders/new?customer=SO-1").await;
        let form = page.form("#order-form");
        form.with_in_row(0, "sku", "MUG")
            .with_in_row(0, "quantity", units)
    }

    async fn edited(&self, order: OrderId) -> Form {
        let page = self.manager.page(&format!("/orders/{order}/edit")).await;
        page.form("#order-form")
    }

    /// The form as it comes back because it asks for too much.
    async fn refused(&self, form: &Form) -> Page {
        let reply = self.manager.htmx("").send(form).await;
        assert_eq!(reply.status(), 422, "{}", reply.summary());
        reply.page()
    }

    async fn all_pages_answer(&self) {
        let product = format!("/products/{}", self.mug.id);
        let lists = ["/", "/orders", "/preparation?tab=backorder"];
        let others = ["/replenishment", "/purchase-orders", "/stock", &product];
        for path in lists.into_iter().chain(others) {
            assert_eq!(self.manager.get(path).await.status(), 200, "{path}");
        }
    }
}

#[actix_web::test]
async fn an_order_that_asks_a_place_for_too_much_is_refused_beside_its_line() {
    let crowd = Crowd::short_of_the_most_by(5).await;

    let refused = crowd.refused(&crowd.typed("6").await).await;
    crowd.manager.submit_form(&crowd.typed("5").await).await;

    assert_eq!(refused.text("#error-quantity-0"), TOO_MANY_TO_SHIP);
    assert_eq!(refused.field("quantity").value(), "6");
    crowd.all_pages_answer().await;
}

#[actix_web::test]
async fn an_edit_that_asks_a_place_for_too_much_is_refused_beside_its_line() {
    let crowd = Crowd::short_of_the_most_by(5).await;
    let jug = crowd.shop.new_product("JUG");
    crowd.shop.sells("SO-2", &jug, 1);
    let order = crowd.shop.sells("SO-3", &crowd.mug, 3);

    let raised = crowd.edited(order).await.with_in_row(0, "quantity", "6");
    let refused = crowd.refused(&raised).await;

    assert_eq!(refused.text("#error-quantity-0"), TOO_MANY_TO_SHIP);
    let allowed = crowd.edited(order).await.with_in_row(0, "quantity", "5");
    crowd.manager.submit_form(&allowed).await;
}

#[actix_web::test]
async fn a_line_moves_only_to_a_warehouse_that_can_count_it() {
    let crowd = Crowd::short_of_the_most_by(2).await;
    let (main, north) = (crowd.shop.warehouse("MAIN"), crowd.shop.warehouse("NORTH"));
    let order = crowd.shop.sells("SO-2", &crowd.mug, 2);
    let move_to = async |place: &str, units: &str| {
        let form = crowd.edited(order).await.with_in_row(0, "warehouse", place);
        form.with_in_row(0, "quantity", units)
            .with("giving_up", "fewer guests")
    };
    let away = move_to(&north.to_string(), "3").await;
    crowd.manager.submit_form(&away).await;

    let refused = crowd.refused(&move_to(&main.to_string(), "3").await).await;

    assert_eq!(refused.text("#error-quantity-0"), TOO_MANY_TO_SHIP);
    let back = move_to(&main.to_string(), "2").await;
    crowd.manager.submit_form(&back).await;
}

#[actix_web::test]
async fn an_order_on_hold_still_counts_and_can_always_be_released() {
    let crowd = Crowd::short_of_the_most_by(5).await;
    let order = crowd.shop.sells("SO-2", &crowd.mug, 5);
    crowd
        .shop
        .write(|act| Ok(sales::hold(act, order, "unpaid")?));

    let refused = crowd.refused(&crowd.typed("1").await).await;
    crowd.shop.write(|act| Ok(sales::release(act, order)?));

    assert_eq!(refused.text("#error-quantity-0"), TOO_MANY_TO_SHIP);
}

#[actix_web::test]
async fn a_purchase_order_that_brings_a_place_too_much_is_not_sent() {
    let crowd = Crowd::short_of_the_most_by(0).await;
    let (shop, mills) = (&crowd.shop, crowd.shop.new_supplier("MILLS"));
    let send = |order: &purchasing::PurchaseOrder| {
        let id = order.id;
        shop.write(|act| Ok(purchasing::send(act, id, &Sending::WithoutMail)?))
    };
    send(&shop.drafts(&mills, &crowd.mug, MOST - 5));
    let draft = shop.drafts(&mills, &crowd.mug, 6);
    let letter = crowd
        .manager
        .page(&format!("{}/letter", draft.path()))
        .await;

    let refused = crowd.refused(&letter.form("#letter")).await;

    assert!(refused.says(TOO_MANY_TO_COME), "{}", refused.words());
    let sent = send(&shop.drafts(&mills, &crowd.mug, 5));
    let page = crowd.manager.page(&sent.path()).await;
    let form = page.form("#edit");
    let line = form.fields.iter().map(|(name, _)| name);
    let line = line.clone().find(|name| name.starts_with("qty-"));
    let line = line.expect("a line").clone();
    let raised = form.with(&line, "6");
    let refused = crowd.manager.htmx("edit").send(&raised).await.page();
    assert_eq!(refused.field(&line).error(), TOO_MANY_TO_COME);
    crowd.all_pages_answer().await;
}

#[actix_web::test]
async fn goods_that_a_shelf_cannot_count_are_not_received_and_not_found() {
    let crowd = Crowd::short_of_the_most_by(0).await;
    let (shop, mills) = (&crowd.shop, crowd.shop.new_supplier("MILLS"));
    shop.has(&crowd.mug, 999_999_995);
    let draft = shop.drafts(&mills, &crowd.mug, 6);
    let order = shop.write(|act| Ok(purchasing::send(act, draft.id, &Sending::WithoutMail)?));
    let path = format!("{}/receptions/new", order.path());
    let form = crowd.manager.page(&path).await.form("#receive");
    let line = form.fields.iter().map(|(name, _)| name);
    let line = line.clone().find(|name| name.starts_with("qty-"));
    let line = line.expect("a line").clone();

    let refused = crowd.refused(&form.with(&line, "6")).await;

    let sentence = "MAIN would hold more than 1,000,000,000 units of MUG, the most that can be \
                    counted.";
    assert_eq!(refused.field(&line).error(), sentence);
    let form = crowd.manager.page("/adjustments/new?product=MUG").await;
    let form = form.form("form[action='/adjustments']");
    let form = form.with("quantity", "6").with("note", "found");
    let refused = crowd.refused(&form).await;
    assert_eq!(refused.field("quantity").error(), sentence);
}

#[actix_web::test]
async fn of_a_file_the_orders_that_go_beyond_are_left_out_and_the_others_are_placed() {
    let crowd = Crowd::short_of_the_most_by(5).await;
    let mut conn = crowd.shop.connect();
    let file = "order_number,sku,quantity,unit_price,customer\n\
                W-1,MUG,4,10,ADA\nW-2,MUG,2,10,ADA\nW-3,MUG,1,10,ADA\nW-4,JUG,2,10,ADA\n";
    let upload = upload(&mut conn, file.as_bytes());
    let import = crowd.shop.write(|act| Ok(exchange::keep(act, &upload)?));
    let preview = crowd.manager.page(&import.path()).await;

    crowd.shop.write(|act| {
        exchange::confirm(act, import.id, &Consent::ToAll)?;
        Ok(())
    });

    let why = "W-2 is left out: with it the warehouse would have to ship more than 1,000,000,000 \
               units of MUG.";
    assert!(preview.says(why), "{}", preview.words());
    let placed: Vec<String> = crowd.shop.read(|conn| {
        use backfill::schema::orders;
        let imported = orders::table.filter(orders::number.like("W-%"));
        Ok(imported
            .order(orders::number)
            .select(orders::number)
            .load(conn)?)
    });
    assert_eq!(placed, ["W-1", "W-3", "W-4"]);
    crowd.all_pages_answer().await;
}

#[actix_web::test]
async fn drafts_may_come_to_more_together_than_one_place_counts() {
    let crowd = Crowd::short_of_the_most_by(0).await;
    let mills = crowd.shop.new_supplier("MILLS");
    for _ in 0..3 {
        crowd.shop.drafts(&mills, &crowd.mug, MOST);
    }

    crowd.all_pages_answer().await;
    assert_eq!(crowd.shop.read(|conn| Ok(stock::verify(conn)?)), []);
}
