//! Large files: read while their page tells how far they are, looked at page by page, and what happens
//! when the one or the other is interrupted.

use backfill::exchange::reader;
use backfill::schema::{import_left_out, import_orders, import_pieces, imports, orders};
use backfill::sheet::MOST_BYTES;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::pages::preview;
use super::reading::HEAD;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::Browser;

/// More lines than are read while somebody waits.
const LINES: usize = 10_500;

/// So many orders of one line each.
fn file(orders: usize) -> String {
    let line = |number| format!("{number},MUG,A mug,1,2026-11-20,2.55,17850,UK");
    let lines: Vec<String> = (1..=orders).map(line).collect();
    format!("{HEAD}\n{}\n", lines.join("\n"))
}

/// A file that was sent and not read yet, and somebody who looks at it.
struct Waiting {
    manager: Browser,
    page: Page,
    path: String,
}

impl Waiting {
    async fn of(shop: &Shop) -> Self {
        let manager = shop.manager().await;
        let page = preview(&manager, file(LINES).as_bytes()).await;
        let discard = page.form("form[action$='/discard']").action;
        Self {
            manager,
            path: discard.trim_end_matches("/discard").to_owned(),
            page,
        }
    }

    async fn look(&self) -> Page {
        self.manager.page(&self.path).await
    }
}

/// From now on nothing is written of a file beyond so many orders, as if its server had ended.
fn ends_after(shop: &Shop, orders: usize) {
    let ending = format!(
        "create function end_here() returns trigger language plpgsql as
           $$ begin raise exception 'the server ended'; end $$;
         create trigger end_here before insert on import_orders for each row
           when (new.place >= {orders}) execute function end_here();"
    );
    let done = shop.connect().batch_execute(&ending);
    done.expect("the table is there");
}

fn goes_on(shop: &Shop) {
    let done = shop
        .connect()
        .batch_execute("drop trigger end_here on import_orders; drop function end_here()");
    done.expect("they are there");
}

#[actix_web::test]
async fn a_large_file_is_read_after_its_page_is_there_and_the_page_ends_with_the_preview() {
    let shop = Shop::open().await;

    let waiting = Waiting::of(&shop).await;
    assert!(
        waiting
            .page
            .says("This file is read as soon as it is its turn."),
        "{}",
        waiting.page.words()
    );
    assert!(waiting.page.has("#import[hx-get]") && !waiting.page.has("#confirm"));

    assert!(reader::read_one(shop.db()).expect("it can be read"));
    let page = waiting.look().await;
    assert!(page.says("Import 10,500 orders"), "{}", page.words());
    assert!(!page.has("#import[hx-get]"), "it is told no more");
    assert!(!reader::read_one(shop.db()).expect("nothing waits"));
}

#[actix_web::test]
async fn a_reading_that_ended_with_its_server_is_told_as_far_as_it_came_and_taken_up_again() {
    let shop = Shop::open().await;
    let waiting = Waiting::of(&shop).await;
    ends_after(&shop, 5_000);
    reader::read_one(shop.db()).expect_err("it ends in the middle");

    let page = waiting.look().await;
    assert!(
        page.says("5,000 of 10,500 lines are read."),
        "{}",
        page.words()
    );

    goes_on(&shop);
    assert!(reader::read_one(shop.db()).expect("it can be read"));
    let page = waiting.look().await;
    assert!(page.says("Import 10,500 orders"), "{}", page.words());
    let rows: i64 = shop.read(|conn| Ok(import_orders::table.count().get_result(conn)?));
    assert_eq!(rows, 10_500);
}

#[actix_web::test]
async fn a_reading_that_never_comes_to_its_end_is_given_up_until_somebody_asks_again() {
    let shop = Shop::open().await;
    let waiting = Waiting::of(&shop).await;
    ends_after(&shop, 0);
    for _ in 0..3 {
        reader::read_one(shop.db()).expect_err("it ends");
    }
    assert!(reader::read_one(shop.db()).expect("it is given up"));

    let page = waiting.look().await;
    assert!(
        page.says("This file was not read to its end"),
        "{}",
        page.words()
    );

    goes_on(&shop);
    let page = waiting.manager.submit_form(&page.form("#choices")).await;
    assert!(page.says("as soon as it is its turn"), "{}", page.words());
    assert!(reader::read_one(shop.db()).expect("it can be read"));
    assert!(waiting.look().await.says("Import 10,500 orders"));
}

#[actix_web::test]
async fn a_file_is_discarded_in_the_middle_of_being_read_and_nothing_of_it_is_kept() {
    let shop = Shop::open().await;
    let waiting = Waiting::of(&shop).await;
    ends_after(&shop, 5_000);
    reader::read_one(shop.db()).expect_err("it ends in the middle");

    let discard = waiting.page.form("form[action$='/discard']");
    let list = waiting.manager.submit_form(&discard).await;

    assert!(list.says("shop.csv is discarded"), "{}", list.words());
    assert!(!reader::read_one(shop.db()).expect("nothing waits"));
    let kept: [i64; 2] = shop.read(|conn| {
        Ok([
            import_orders::table.count().get_result(conn)?,
            import_pieces::table.count().get_result(conn)?,
        ])
    });
    assert_eq!(kept, [0, 0]);
}

#[actix_web::test]
async fn a_file_that_is_being_read_cannot_be_confirmed_yet() {
    let shop = Shop::open().await;
    let waiting = Waiting::of(&shop).await;

    let path = format!("{}/confirmation", waiting.path);
    let refused = waiting.manager.post(&path, &[]).await;

    assert_eq!(refused.status(), 409, "{}", refused.summary());
    assert!(
        refused
            .text()
            .contains("This file is not read to its end yet.")
    );
}

#[actix_web::test]
async fn a_preview_is_leafed_through_with_as_many_statements_however_long_it_is() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let refused = |number| format!("R{number},MUG,A mug,0,2026-11-20,2.55,17850,UK\n");
    let long: String = (0..250).map(refused).collect();
    let short = preview(&manager, format!("{}{}", file(2), refused(1)).as_bytes()).await;
    let long = preview(&manager, format!("{}{long}", file(450)).as_bytes()).await;
    let path = |page: &Page| page.form("#confirm").action.replace("/confirmation", "");

    assert_eq!(long.table("Orders").rows.len(), 200);
    let at = |page: usize| format!("{}?page={page}", path(&long));
    let second = manager.page(&at(1)).await;
    assert_eq!(
        second.table("Orders").rows[0]
            .cell("Order")
            .split(' ')
            .next(),
        Some("201")
    );
    assert_eq!(second.table("Refused lines").rows.len(), 50);
    let last = manager.page(&at(2)).await;
    assert_eq!(last.table("Orders").rows.len(), 50);
    assert!(!last.has("[rel=next]"));

    let shown = async |path: String| shop.statements_of(manager.page(&path)).await.1;
    assert_eq!(shown(path(&short)).await, shown(at(1)).await);
}

#[actix_web::test]
async fn what_came_in_since_a_file_was_read_is_told_and_nothing_of_it_is_imported() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let [first, second] = [
        preview(&manager, file(3).as_bytes()).await,
        preview(&manager, file(2).as_bytes()).await,
    ];
    manager.submit_form(&second.form("#confirm")).await;

    let refused = manager.send(&first.form("#confirm")).await;

    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let page = refused.page();
    let sentence = "Nothing is imported yet: an order 1 came in since. Read the file again";
    assert!(page.says(sentence), "{}", page.words());
    let again = manager.submit_form(&page.form("#choices")).await;
    manager.submit_form(&again.form("#confirm")).await;
    let placed: i64 = shop.read(|conn| Ok(orders::table.count().get_result(conn)?));
    assert_eq!(placed, 3);
}

#[actix_web::test]
async fn a_preview_that_somebody_had_read_in_another_way_is_not_confirmed_by_who_saw_it_before() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let shown = preview(&manager, file(3).as_bytes()).await;
    let otherwise = shown.form("#choices").with("channel", "market");
    let again = manager.submit_form(&otherwise).await;

    let refused = manager.send(&shown.form("#confirm")).await;

    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let sentence = "Nothing is imported yet: it was read in another way since.";
    assert!(refused.page().says(sentence), "{}", refused.summary());
    let done = manager.submit_form(&again.form("#confirm")).await;
    assert!(done.says("3 orders are imported."), "{}", done.words());
}

#[actix_web::test]
async fn a_file_that_is_too_large_is_refused_before_any_of_it_is_kept() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let form = manager.page("/imports").await.form("#upload");
    let warehouse = form.fields.iter().find(|(name, _)| name == "warehouse");
    let fields = [("warehouse", warehouse.expect("a choice").1.as_str())];
    let large = [file(1).into_bytes(), vec![b'a'; MOST_BYTES]].concat();

    let refused = manager
        .upload("/imports", &fields, ("file", "large.csv", &large))
        .await;

    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let kept: [i64; 3] = shop.read(|conn| {
        Ok([
            imports::table.count().get_result(conn)?,
            import_pieces::table.count().get_result(conn)?,
            import_left_out::table.count().get_result(conn)?,
        ])
    });
    assert_eq!(kept, [0, 0, 0]);
}
