//! Where the log goes: to standard error, as much of it as `RUST_LOG` asks for.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

const DEFAULT: &str = "info,actix_server=warn";

/// Starts logging.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .init();
}
