//! The shop in a file, and back.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::MigrationHarness;

use crate::db::cluster::home::TestHome;
use crate::support::app::Shop;
use crate::support::command::{Finished, Typed, backfill};
use crate::support::database::{TestDatabase, migrations};

#[actix_web::test]
async fn a_shop_is_restored_by_somebody_who_only_owns_the_new_database() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let supplier = shop.new_supplier("CUPS");
    shop.buys_at(&mug, &supplier);
    shop.has(&mug, 7);
    for number in ["SO-1", "SO-2", "SO-3"] {
        shop.sells(number, &mug, 5);
    }
    shop.drafts(&supplier, &mug, 8);
    let folder = TestHome::new();
    let file = folder.path.join("shop.dump");
    let empty = TestDatabase::without_migrations();

    let kept = back_up(shop.parts().config.database.url.reveal(), &file);
    let restored = restore(&of_shopkeeper(&empty), &file);

    assert!(kept.status.success(), "{}", kept.errors);
    assert!(kept.output.contains("shop.dump"), "{}", kept.output);
    assert!(restored.status.success(), "{}", restored.errors);
    let said = &restored.output;
    assert!(said.contains("The database was up to date."), "{said}");
    assert!(said.contains("Everything that must be true is."), "{said}");
    assert_eq!(records(&mut empty.connect()), records(&mut shop.connect()));
}

#[test]
fn a_backup_becomes_a_demo_in_a_new_folder() {
    let folder = TestHome::new();
    let database = TestDatabase::create();
    back_up(&database.url(), &folder.path.join("shop.dump"));
    let typed = |words: &[&str]| backfill(words).in_folder(&folder.path).run();

    let restored = typed(&["restore", "shop.dump", "--data", "new"]);
    let again = typed(&["backup", "again.dump", "--data", "new"]);

    assert!(restored.status.success(), "{}", restored.errors);
    assert!(again.status.success(), "{}", again.errors);
    assert!(folder.path.join("again.dump").exists());
}

#[test]
fn a_backup_of_an_older_program_is_brought_up_to_date() {
    let (folder, old) = (TestHome::new(), TestDatabase::create());
    let mut conn = old.connect();
    conn.batch_execute("drop schema limited cascade")
        .expect("the views go");
    conn.revert_last_migration(migrations())
        .expect("it goes down");
    let file = folder.path.join("old.dump");
    back_up(&old.url(), &file);
    let empty = TestDatabase::without_migrations();

    let restored = restore(&empty.url(), &file);

    assert!(restored.status.success(), "{}", restored.errors);
    assert!(
        restored.output.contains("1 migration was applied."),
        "{}",
        restored.output
    );
}

#[test]
fn a_backup_of_a_newer_program_is_refused() {
    let (folder, new) = (TestHome::new(), TestDatabase::create());
    new.connect()
        .batch_execute("insert into __diesel_schema_migrations (version) values ('99991231235959')")
        .expect("a migration of the future is noted");
    let file = folder.path.join("new.dump");
    back_up(&new.url(), &file);
    let empty = TestDatabase::without_migrations();

    let refused = restore(&empty.url(), &file);

    assert!(!refused.status.success());
    assert!(
        refused.errors.contains("made by a newer Backfill"),
        "{}",
        refused.errors
    );
    assert_eq!(records(&mut empty.connect()), BTreeMap::new());
}

#[test]
fn no_server_is_made_for_a_file_that_is_not_there() {
    let folder = TestHome::new();

    let refused = backfill(&["restore", "nowhere.dump", "--data", "new"])
        .in_folder(&folder.path)
        .run();

    assert!(
        refused.errors.contains("nowhere.dump cannot be read"),
        "{}",
        refused.errors
    );
    assert_eq!(files_in(&folder.path), Vec::<PathBuf>::new());
}

#[test]
fn nothing_is_restored_over_a_shop() {
    let (folder, database) = (TestHome::new(), TestDatabase::create());
    let file = folder.path.join("shop.dump");
    back_up(&database.url(), &file);

    let refused = restore(&database.url(), &file);

    assert!(!refused.status.success());
    assert!(
        refused.errors.contains("into an empty database only"),
        "{}",
        refused.errors
    );
}

#[test]
fn a_file_that_is_cut_off_is_refused_and_leaves_the_database_empty() {
    let (folder, database) = (TestHome::new(), TestDatabase::create());
    let file = folder.path.join("shop.dump");
    back_up(&database.url(), &file);
    let whole = fs::read(&file).expect("it is there");
    let empty = TestDatabase::without_migrations();

    for length in [0, 100, whole.len() / 2, whole.len() - 20] {
        let cut_off = folder.path.join("cut-off.dump");
        fs::write(&cut_off, &whole[..length]).expect("it is written");

        let refused = restore(&empty.url(), &cut_off);

        assert!(!refused.status.success(), "{length}: {}", refused.output);
        assert!(
            refused.errors.contains("is damaged") || refused.errors.contains("changed nothing"),
            "{length}: {}",
            refused.errors
        );
        assert_eq!(records(&mut empty.connect()), BTreeMap::new(), "{length}");
    }
}

#[test]
fn a_backup_replaces_a_file_only_when_told_to_and_is_for_its_owner() {
    let (folder, database) = (TestHome::new(), TestDatabase::create());
    let file = folder.path.join("shop.dump");
    fs::write(&file, "of last year").expect("it is written");

    let refused = back_up(&database.url(), &file);
    let left = fs::read_to_string(&file).expect("it is text");
    let replaced = backup_of(&database.url())
        .with_word("--force")
        .with_word(&file)
        .run();

    assert!(!refused.status.success());
    assert!(refused.errors.contains("--force"), "{}", refused.errors);
    assert_eq!(left, "of last year");
    assert!(replaced.status.success(), "{}", replaced.errors);
    let written = fs::metadata(&file).expect("it is there");
    assert!(written.len() > 10_000, "{} bytes", written.len());
    assert_eq!(written.permissions().mode() & 0o777, 0o600);
    assert_eq!(files_in(&folder.path), [file]);
}

#[test]
fn what_is_no_shop_is_not_backed_up() {
    let (folder, bare) = (TestHome::new(), TestDatabase::without_migrations());

    let refused = back_up(&bare.url(), &folder.path.join("shop.dump"));

    assert!(!refused.status.success());
    assert!(
        refused.errors.contains("never migrated"),
        "{}",
        refused.errors
    );
    assert_eq!(files_in(&folder.path), Vec::<PathBuf>::new());
}

fn backup_of(url: &str) -> Typed {
    backfill(&["backup"]).with_env("DATABASE_URL", url)
}

fn back_up(url: &str, file: &Path) -> Finished {
    backup_of(url).with_word(file).run()
}

fn restore(url: &str, file: &Path) -> Finished {
    backfill(&["restore"])
        .with_env("DATABASE_URL", url)
        .with_word(file)
        .run()
}

/// The address at which whoever calls is no superuser, and owns the database.
fn of_shopkeeper(database: &TestDatabase) -> String {
    let role = "backfill_test_shopkeeper";
    let mut conn = database.connect();
    conn.batch_execute(&format!(
        "do $$ begin create role {role}; exception when duplicate_object then null; end $$;
         do $$ begin execute format('alter database %I owner to {role}', current_database()); end $$"
    ))
    .expect("it is theirs");
    let url = database.url();
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}options=-c%20role%3D{role}")
}

/// How many rows each table has, but for the checks that were run.
fn records(conn: &mut PgConnection) -> BTreeMap<String, i64> {
    let tables: Vec<String> = sql::<Text>(
        "select tablename::text from pg_tables
         where schemaname = 'public' and tablename <> 'integrity_runs'",
    )
    .load(conn)
    .expect("the catalog answers");
    let counted = tables.into_iter().map(|table| {
        let count = sql::<BigInt>(&format!("select count(*) from {table}")).get_result(conn);
        (table, count.expect("a table can be counted"))
    });
    counted.collect()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.flatten().map(|entry| entry.path()).collect()
}
