//! A real Chromium, driven in the words of a person: what is written on things, not how they are marked up.
//!
//! Every verb waits until it can be done, and fails with what is to be seen instead. One Chromium serves the whole test
//! process; each [`Page`] has cookies and storage of its own. A page that is dropped with an error on its console
//! fails its test, since a script that was blocked or broken is a fault whatever the page looks like.

mod complaints;
mod devtools;
mod keys;
mod page;
mod part;
mod tab;
mod tests;

use std::io::Write;
use std::sync::{Arc, OnceLock};
use std::{env, io, thread};

use devtools::Devtools;

pub use page::Page;

/// A new page on the application at this address; none where Chromium is missing, and then the test is to end.
///
/// With `BACKFILL_REQUIRE_BROWSER=1` a missing Chromium is a failure.
#[must_use = "without a page, the test is skipped"]
pub fn open(address: &str) -> Option<Page> {
    if let Some(browser) = browser() {
        return Some(Page::new(browser, address));
    }
    let required = env::var("BACKFILL_REQUIRE_BROWSER").is_ok_and(|value| value == "1");
    assert!(
        !required,
        "there is no Chromium on this machine: install it (Debian: apt-get install chromium)"
    );
    let test = thread::current().name().unwrap_or("a test").to_owned();
    // Not by the macro: what that prints is hidden while tests pass.
    _ = writeln!(
        io::stderr(),
        "skipped {test}: no Chromium here (Debian: apt-get install chromium)"
    );
    None
}

fn browser() -> Option<Arc<Devtools>> {
    static BROWSER: OnceLock<Option<Arc<Devtools>>> = OnceLock::new();
    BROWSER
        .get_or_init(|| devtools::installed().map(|program| Devtools::start(&program)))
        .clone()
}
