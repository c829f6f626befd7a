//! Whoever takes too long is told so and holds nothing; whoever meets a server that takes no changes finds another.

use std::time::Duration;

use backfill::config::{Database, Times};
use backfill::db::{Db, Who};
use backfill::error::Error;
use backfill::schema::company;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::support::app::Shop;
use crate::support::database::TestDatabase;
use crate::support::requests::Reply;

/// A shop whose pages and actions may take a second.
async fn hurried() -> Shop {
    Shop::open_with(|config| {
        let time = Some(Duration::from_secs(1));
        config.database.times = Times {
            page: time,
            action: time,
            import: None,
        };
    })
    .await
}

/// How many transactions of the shop wait for their next statement, or for a lock.
fn held(shop: &Shop) -> i64 {
    diesel::select(sql::<BigInt>(
        "(select count(*) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid()
             and application_name <> 'locks' and (state like 'idle in%' or wait_event_type = 'Lock'))",
    ))
    .get_result(&mut shop.connect())
    .expect("the database answers")
}

/// Somebody who holds a table for as long as this lives.
fn locks(shop: &Shop, table: &str) -> PgConnection {
    let mut conn = shop.connect();
    conn.batch_execute(&format!(
        "set application_name = 'locks'; begin; lock table {table} in access exclusive mode"
    ))
    .expect("nobody else has it");
    conn
}

fn is_told_to_try_again(reply: &Reply) {
    assert_eq!(reply.status(), 503);
    assert_eq!(reply.header("retry-after"), Some("2"));
    let page = reply.page();
    assert!(
        page.says("This took longer than it may"),
        "{}",
        page.words()
    );
    assert!(page.says("Nothing was changed."), "{}", page.words());
}

#[actix_web::test]
async fn a_page_that_takes_longer_than_it_may_is_given_up_and_holds_nothing() {
    let shop = hurried().await;
    let user = shop.user().await;
    let lock = locks(&shop, "suppliers");

    let slow = user.get("/suppliers").await;

    is_told_to_try_again(&slow);
    assert_eq!(held(&shop), 0);
    drop(lock);
    assert_eq!(user.get("/suppliers").await.status(), 200);
}

#[actix_web::test]
async fn an_action_that_takes_longer_than_it_may_changed_nothing_and_may_be_done_again() {
    let shop = hurried().await;
    let admin = shop.admin().await;
    let page = admin.page("/settings").await;
    let form = page.form("#company-form").with("name", "Harbour & Hearth");
    let mut lock = shop.connect();
    lock.batch_execute("set application_name = 'locks'; begin; select from company for update")
        .expect("nobody else has it");

    let slow = admin.send(&form).await;

    is_told_to_try_again(&slow);
    assert_eq!(held(&shop), 0);
    drop(lock);
    let named = shop.read(|conn| Ok(company::table.select(company::name).first::<String>(conn)?));
    assert_ne!(named, "Harbour & Hearth");
    let page = admin.submit_form(&form).await;
    assert_eq!(page.text(".company"), "Harbour & Hearth");
}

#[test]
fn what_nobody_waits_for_takes_as_long_as_it_likes() {
    let database = TestDatabase::create();
    let mut at = Database::at(database.url(), 1);
    at.times.page = Some(Duration::from_millis(100));
    at.times.import = Some(Duration::from_secs(30));
    let db = Db::connect(&at).expect("the database answers");
    let long = |db: &Db| db.read_now(|conn| Ok(conn.batch_execute("select pg_sleep(0.3)")?));

    assert!(matches!(long(&db), Err(Error::TooSlow(_))));
    long(&db.patient()).expect("files take their time");
    long(&db.unhurried()).expect("nobody waits");
}

#[test]
fn a_pool_behind_a_pooler_prepares_nothing_that_lasts() {
    let database = TestDatabase::create();
    let mut at = Database::at(database.url(), 1);
    let prepared = |at: &Database| {
        let db = Db::connect(at).expect("the database answers");
        let count = || {
            db.read_now(|conn| {
                company::table.select(company::name).first::<String>(conn)?;
                let names =
                    sql::<BigInt>("(select count(*) from pg_prepared_statements where name <> '')");
                Ok(diesel::select(names).get_result::<i64>(conn)?)
            })
        };
        count().expect("it answers");
        count().expect("it answers")
    };

    let usual = prepared(&at);
    at.prepares = false;
    let behind_a_pooler = prepared(&at);

    assert!(usual > 0);
    assert_eq!(behind_a_pooler, 0);
}

#[test]
fn no_statement_is_compiled_whatever_the_database_does_by_itself() {
    let database = TestDatabase::create();
    database
        .connect()
        .batch_execute(
            "do $$ begin execute format('alter database %I set jit = on', current_database()); end $$",
        )
        .expect("it can be told");
    let db = Db::connect(&Database::at(database.url(), 1)).expect("the database answers");

    let jit = db.read_now(|conn| {
        let setting = sql::<diesel::sql_types::Text>("current_setting('jit')");
        Ok(diesel::select(setting).get_result::<String>(conn)?)
    });

    assert_eq!(jit.expect("it answers"), "off");
}

#[actix_web::test]
async fn a_server_that_takes_no_changes_any_more_is_left_for_one_that_does() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let page = admin.page("/settings").await;
    let form = page.form("#company-form").with("name", "Harbour & Hearth");
    takes_changes(&shop, false);

    let refused = admin.send(&form).await;
    takes_changes(&shop, true);
    let done = admin.submit_form(&form).await;

    assert_eq!(refused.status(), 503, "{}", refused.summary());
    let page = refused.page();
    assert!(
        page.says("The database cannot be reached."),
        "{}",
        page.words()
    );
    assert_eq!(done.text(".company"), "Harbour & Hearth");
}

#[test]
fn what_only_reads_by_promise_fails_by_its_own_fault_when_it_writes() {
    let database = TestDatabase::create();
    let db = Db::connect(&Database::at(database.url(), 1)).expect("the database answers");

    let wrote = db.read_now(|conn| {
        Ok(diesel::update(company::table)
            .set(company::name.eq("Nobody"))
            .execute(conn)?)
    });

    assert!(matches!(wrote, Err(Error::Db(_))), "{wrote:?}");
    db.write_now(Who::BACKFILL, |_| Ok(())).expect("it goes on");
}

/// Makes the server of a shop one that takes changes, or none; as after a switch, sessions begin anew.
pub(super) fn takes_changes(shop: &Shop, does: bool) {
    let mut conn = shop.connect();
    let verb = if does { "off" } else { "on" };
    conn.batch_execute(&format!(
        "set transaction_read_only = off;
         do $$ begin
           execute format('alter database %I set default_transaction_read_only = {verb}', current_database());
         end $$"
    ))
    .expect("it can be told");
    if !does {
        conn.batch_execute(
            "do $$
             declare others integer[] := array(select pid from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid());
             begin
               perform pg_terminate_backend(pid) from unnest(others) as pid;
               while exists (select from pg_stat_activity where pid = any(others)) loop
                 perform pg_stat_clear_snapshot();
               end loop;
             end $$",
        )
        .expect("sessions end");
    }
}
