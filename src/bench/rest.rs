//! What a server keeps in memory when people have signed in and looked at pages.

use serde::Serialize;

use super::client::Client;
use super::memory;
use super::pages::paths;
use super::servers::Servers;
use super::shop::{self, LOGIN};
use super::together::at_once;
use crate::db::Db;
use crate::error::Result;

/// So many sign in at the same moment.
const PEOPLE: usize = 6;

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Rest {
    /// Orders that wait.
    pub orders: usize,
    /// How many signed in, all at once.
    pub sign_ins: usize,
    /// How many pages they looked at.
    pub pages: usize,
    /// What the server had in memory before anybody came, in MiB.
    pub at_start_mb: u64,
    /// What it had afterwards.
    pub at_rest_mb: u64,
    /// The most it ever had.
    pub peak_mb: u64,
}

/// Fills an empty, migrated database, serves it by a process of its own, and lets people in.
///
/// # Errors
/// Those of the actions and of the server; none is expected.
pub fn rest(
    (db, url): (&Db, &str),
    (orders, pages): (usize, usize),
    tell: &mut dyn FnMut(&str),
) -> Result<Rest> {
    let shop = shop::open(db, orders, tell)?;
    let servers = Servers::start(url, 1)?;
    let at_start_mb = memory::resident_mb(servers.process(0));
    tell("people sign in");
    let address = servers.address(0);
    let clients = at_once(&[(); PEOPLE], |_, ()| {
        Client::sign_in(address, LOGIN.0, LOGIN.1)
    })?;
    tell("they look at pages");
    let paths = paths(&clients[0], &shop)?;
    for at in 0..pages {
        clients[at % PEOPLE].get(&paths[at % paths.len()].1)?;
    }
    Ok(Rest {
        orders,
        sign_ins: PEOPLE,
        pages,
        at_start_mb,
        at_rest_mb: memory::resident_mb(servers.process(0)),
        peak_mb: memory::peak_of_mb(servers.process(0)),
    })
}
