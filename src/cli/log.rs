//! Where the log goes: to standard error, as much of it as `RUST_LOG` asks for.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// What a server says of its day.
pub const DEFAULT: &str = "info,actix_server=warn";
/// Where a line for each request would be in the way.
pub const QUIET: &str = "warn";

/// Starts logging; `RUST_LOG` wins.
pub fn start(otherwise: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(otherwise));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .init();
}
