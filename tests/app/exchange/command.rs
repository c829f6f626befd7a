//! `backfill import orders`, as typed.

use std::path::PathBuf;
use std::{env, fs, process};

use backfill::schema::orders;
use diesel::prelude::*;

use super::reading::HEAD;
use crate::support::command::{Finished, backfill};
use crate::support::database::TestDatabase;

/// A file that disappears with this value.
struct Csv(PathBuf);

impl Csv {
    fn with(name: &str, lines: &[&str]) -> Csv {
        let path = env::temp_dir().join(format!("backfill-{}-{name}.csv", process::id()));
        fs::write(&path, format!("{HEAD}\n{}\n", lines.join("\n"))).expect("it can be written");
        Csv(path)
    }

    fn import(&self, database: &TestDatabase, more: &[&str]) -> Finished {
        let path = self.0.display().to_string();
        let mut words = vec!["import", "orders", path.as_str()];
        words.extend(more);
        backfill(&words)
            .with_env("DATABASE_URL", &database.url())
            .run()
    }
}

impl Drop for Csv {
    fn drop(&mut self) {
        _ = fs::remove_file(&self.0);
    }
}

fn order_count(database: &TestDatabase) -> i64 {
    let counted = orders::table.count().get_result(&mut database.connect());
    counted.expect("the database answers")
}

const LINES: &[&str] = &[
    "1001,MUG,A mug,6,2026-11-20,2.55,17850,UK",
    "1002,MUG,A mug,-2,2026-11-20,2.55,17850,UK",
    "C9,MUG,A mug,-2,2026-11-20,2.55,17850,UK",
];

#[test]
fn without_yes_a_file_is_shown_and_nothing_written() {
    let database = TestDatabase::create();
    let csv = Csv::with("shown", LINES);

    let shown = csv.import(&database, &[]);

    assert!(shown.status.success(), "{shown:?}");
    for sentence in [
        "line 3, order 1002: The quantity is negative",
        "C9 is a cancellation: not imported.",
        "Nothing is imported yet.",
    ] {
        assert!(shown.output.contains(sentence), "{sentence}: {shown:?}");
    }
    assert_eq!(order_count(&database), 0);
}

#[test]
fn with_yes_a_file_is_imported_once_however_often_it_is_typed() {
    let database = TestDatabase::create();
    let csv = Csv::with("imported", LINES);

    let first = csv.import(&database, &["--yes", "--warehouse", "main"]);
    let second = csv.import(&database, &["--yes"]);

    assert!(
        first.output.contains("1 orders with 1 lines are imported"),
        "{first:?}"
    );
    assert!(
        second.output.contains("An order 1001 is here already"),
        "{second:?}"
    );
    assert_eq!(order_count(&database), 1);
}

#[test]
fn what_cannot_be_read_is_said_in_a_sentence() {
    let database = TestDatabase::create();
    let csv = Csv::with("refused", LINES);

    let nowhere = csv.import(&database, &["--warehouse", "MOON"]);
    let nothing = backfill(&["import", "orders", "/no/such/file.csv"])
        .with_env("DATABASE_URL", &database.url())
        .run();

    assert!(
        nowhere
            .errors
            .contains("no warehouse MOON ships orders; those that do: MAIN"),
        "{nowhere:?}"
    );
    assert!(
        nothing.errors.contains("/no/such/file.csv cannot be read"),
        "{nothing:?}"
    );
}
