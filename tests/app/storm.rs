//! Servers and processes of the database are killed while people work. Half a minute of it here, or as long as
//! `BACKFILL_STORM_SECONDS` says.

use std::env;
use std::time::Duration;

use serde_json::Value;

use crate::support::command::backfill;

/// More than enough seconds to start, and to look what is there.
const AFTERMATH: u64 = 120;

#[test]
fn whatever_dies_nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    let seconds = env::var("BACKFILL_STORM_SECONDS").unwrap_or_else(|_| "20".into());
    let limit = seconds.parse::<u64>().expect("a number") + AFTERMATH;

    let finished = backfill(&["bench", "storm", "--seconds", &seconds, "--json"])
        .within(Duration::from_secs(limit))
        .run();

    assert!(finished.status.success(), "{finished:?}");
    let figures: Value = serde_json::from_str(&finished.output).expect("it is JSON");
    let acknowledged = figures["acknowledged"].as_u64().expect("a number");
    assert!(acknowledged > 50, "{figures}");
    let struck: u64 = ["servers", "database", "sessions"]
        .iter()
        .map(|what| figures["faults"][what].as_u64().expect("a number"))
        .sum();
    assert!(struck > 3, "{figures}");
    for nothing in ["lost", "twice", "unanswered", "findings"] {
        assert_eq!(figures[nothing], 0, "{nothing}: {figures}");
    }
}
