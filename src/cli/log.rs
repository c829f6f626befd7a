//! Where the log goes: to standard error, as much of it as `RUST_LOG` asks for.

use std::env;
use std::io::{self, IsTerminal};

use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

/// What a server says of its day.
pub const DEFAULT: &str = "info,actix_server=warn";
/// Where a line for each request would be in the way.
pub const QUIET: &str = "warn";

/// Starts logging; `RUST_LOG` wins.
pub fn start(otherwise: &str) {
    let asked = env::var("RUST_LOG").unwrap_or_default();
    let asked = (!asked.trim().is_empty()).then(|| asked.parse().ok());
    let filter: Targets = asked
        .flatten()
        .unwrap_or_else(|| otherwise.parse().expect("it says how much of what"));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_filter(filter);
    tracing_subscriber::registry().with(lines).init();
}
