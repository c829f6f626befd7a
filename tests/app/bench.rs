//! Figures: that they are measured, and that they take as many statements whatever the size.

use crate::support::command::backfill;
use crate::support::database::TestDatabase;

#[test]
fn a_reception_takes_as_many_statements_however_large_the_backlog_it_serves() {
    let measured = |orders: &str| {
        let database = TestDatabase::create();
        measured(
            &database,
            &["allocation", "--orders", orders, "--kits", "10"],
        )
    };

    let (few, many) = (measured("40"), measured("400"));

    assert_eq!((&few["orders"], &many["orders"]), (&40.into(), &400.into()));
    assert!(few["lines_changed"].as_u64() < many["lines_changed"].as_u64());
    assert_eq!(few["statements"], many["statements"]);
    assert_eq!(many["kits"], 10, "a tenth of the lines");
    for figure in [
        "settle_ms",
        "floor_ms",
        "ratio",
        "raw_ms",
        "raw_ratio",
        "update_floor_ms",
    ] {
        assert!(many[figure].as_f64().is_some_and(|ms| ms > 0.0), "{many}");
    }
}

#[test]
fn lists_counts_and_files_take_as_many_statements_however_much_lies_there() {
    let measured = |products: &str| {
        let database = TestDatabase::create();
        let size = [
            "--products",
            products,
            "--movements",
            "12",
            "--requests",
            "2",
        ];
        let figures = measured(&database, &[&["inventory"][..], &size].concat());
        let verified = backfill(&["verify"])
            .with_env("DATABASE_URL", &database.url())
            .run();
        assert!(verified.status.success(), "{verified:?}");
        figures
    };
    let (few, many) = (measured("200"), measured("2000"));

    assert_eq!(
        (&few["products"], &many["products"]),
        (&200.into(), &2_000.into())
    );
    assert_eq!(of(&few, "pages", "page"), of(&many, "pages", "page"));
    assert_eq!(
        of(&few, "pages", "statements"),
        of(&many, "pages", "statements")
    );
    for figure in ["begin_statements", "review_statements", "apply_statements"] {
        let taken = of(&many, "counts", figure);
        assert_eq!((&taken[0], &taken[2]), (&taken[1], &taken[3]), "{figure}");
    }
    assert_eq!(of(&many, "counts", "lines")[..2], [200, 2_000]);
    let files = of(&many, "files", "statements");
    assert_eq!(files[0], files[1]);
    for (part, figure) in [
        ("pages", "p99_ms"),
        ("counts", "begin_seconds"),
        ("counts", "scan_ms"),
        ("counts", "review_ms"),
        ("counts", "effects_seconds"),
        ("counts", "apply_seconds"),
        ("files", "read_seconds"),
        ("files", "preview_seconds"),
        ("files", "confirm_seconds"),
    ] {
        for each in of(&many, part, figure) {
            assert!(each.as_f64().is_some_and(|took| took > 0.0), "{many}");
        }
    }
}

#[test]
fn pages_take_as_many_statements_however_much_is_written_down() {
    let measured = |notes: &str| {
        let database = TestDatabase::create();
        let asked = ["--orders", "60", "--requests", "2", "--notes", notes];
        measured(&database, &[&["pages"][..], &asked].concat())
    };

    let (few, many) = (measured("40"), measured("400"));

    assert_eq!((&few["notes"], &many["notes"]), (&40.into(), &400.into()));
    let pages = of(&many, "pages", "page");
    for page in ["organizer", "organizer, deep", "organizer, by words"] {
        assert!(pages.contains(&page.into()), "{pages:?}");
    }
    assert_eq!(of(&few, "pages", "page"), pages);
    let statements = |figures| of(figures, "pages", "statements");
    assert_eq!(statements(&few), statements(&many));
}

/// One figure of each of a part.
fn of(figures: &serde_json::Value, part: &str, figure: &str) -> Vec<serde_json::Value> {
    let all = figures[part].as_array().expect("a list");
    all.iter().map(|each| each[figure].clone()).collect()
}

/// What a bench on an empty database answers.
fn measured(database: &TestDatabase, what: &[&str]) -> serde_json::Value {
    let finished = backfill(&[&["bench"], what, &["--json"]].concat())
        .with_env("DATABASE_URL", &database.url())
        .run();
    assert!(finished.status.success(), "{finished:?}");
    serde_json::from_str(&finished.output).expect("one JSON object")
}
