//! A file whose orders go before those that are here says who loses, before it is applied.

use backfill::schema::customers;
use backfill::stock::Priority;
use backfill::types::OrderId;
use diesel::prelude::*;

use super::pages::preview;
use super::reading::HEAD;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::Browser;

/// Five mugs, all reserved for an order of this month.
struct Mugs {
    desk: Desk,
    order: OrderId,
    manager: Browser,
}

impl Mugs {
    async fn of(shop: &Shop) -> Self {
        let desk = Desk::of(shop);
        let mug = desk.product("MUG");
        desk.finds(mug, 5);
        Self {
            order: desk.order(1, &[(mug, 5)]),
            desk,
            manager: shop.manager().await,
        }
    }

    async fn file(&self, line: &str) -> Page {
        preview(&self.manager, format!("{HEAD}\n{line}\n").as_bytes()).await
    }

    fn reserved(&self) -> u32 {
        self.desk.reserved(self.order)[0]
    }
}

#[actix_web::test]
async fn an_older_order_of_a_file_shows_whose_units_it_takes_before_it_is_imported() {
    let shop = Shop::open().await;
    let mugs = Mugs::of(&shop).await;

    let page = mugs.file("1001,MUG,A mug,3,2010-12-01,2.55,17850,UK").await;

    let effects = page.table("What it would do");
    let loser = effects.row("SO-000001");
    assert_eq!(loser.cell("Product"), "MUG Product MUG");
    assert_eq!(loser.cell("Units"), "5 3 fewer");
    assert_eq!(loser.cell("Then"), "loses: 2 of 5, rest not on order");
    assert_eq!(effects.rows.len(), 1, "{}", page.words());
    assert_eq!(mugs.reserved(), 5);

    mugs.manager.submit_form(&page.form("#confirm")).await;
    assert_eq!(mugs.reserved(), 2);
}

#[actix_web::test]
async fn what_changed_since_a_file_was_looked_at_is_shown_before_it_is_imported() {
    let shop = Shop::open().await;
    let mugs = Mugs::of(&shop).await;
    let page = mugs.file("1001,MUG,A mug,3,2010-12-01,2.55,17850,UK").await;
    let mug = mugs.desk.lines(mugs.order)[0].product_id;
    mugs.desk.finds(mug, 1);

    let asked = mugs.manager.send(&page.form("#confirm")).await;

    assert_eq!(asked.status(), 422, "{}", asked.summary());
    let asked = asked.page();
    assert!(
        asked.says("Nothing is saved yet: 1 order would lose 2 units."),
        "{}",
        asked.words()
    );
    let effects = asked.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Units"), "5 2 fewer");
    assert_eq!(mugs.reserved(), 5);

    mugs.manager.submit_form(&asked.form("#confirm")).await;
    assert_eq!(mugs.reserved(), 3);
}

#[actix_web::test]
async fn orders_that_come_after_all_others_take_nothing_and_nobody_is_named() {
    let shop = Shop::open().await;
    let mugs = Mugs::of(&shop).await;

    let page = mugs.file("1001,MUG,A mug,3,2026-11-20,2.55,17850,UK").await;

    assert!(!page.has("#weighed"), "{}", page.words());
    let done = mugs.manager.submit_form(&page.form("#confirm")).await;
    assert!(done.says("1 order is imported."), "{}", done.words());
    assert_eq!(mugs.reserved(), 5);
}

#[actix_web::test]
async fn an_order_of_an_urgent_customer_is_weighed_as_urgent() {
    let shop = Shop::open().await;
    let mugs = Mugs::of(&shop).await;
    let first = mugs.file("1000,CUP,A cup,1,2026-11-20,2.55,17850,UK").await;
    mugs.manager.submit_form(&first.form("#confirm")).await;
    shop.write(|act| {
        let customer = customers::table.filter(customers::code.eq("17850"));
        diesel::update(customer)
            .set(customers::priority.eq(Priority::Urgent))
            .execute(act.conn())?;
        Ok(())
    });

    let page = mugs.file("1001,MUG,A mug,4,2026-11-20,2.55,17850,UK").await;

    let effects = page.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Units"), "5 4 fewer");
    mugs.manager.submit_form(&page.form("#confirm")).await;
    assert_eq!(mugs.reserved(), 1);
}

#[actix_web::test]
async fn a_file_is_weighed_by_as_many_statements_however_many_orders_it_has() {
    let shop = Shop::open().await;
    let mugs = Mugs::of(&shop).await;
    let line = |number: u32| format!("{number},MUG,A mug,1,2010-12-01,2.55,{number},UK");
    let lines: Vec<String> = (1001..1040).map(line).collect();
    let few = mugs.file(&lines[..2].join("\n")).await;
    let many = mugs.file(&lines.join("\n")).await;
    let shown = async |page: &Page| {
        let path = page.form("#confirm").action;
        let path = path.trim_end_matches("/confirmation").to_owned();
        shop.statements_of(mugs.manager.page(&path)).await.1
    };

    assert_eq!(shown(&few).await, shown(&many).await);
}
