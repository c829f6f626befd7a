//! How long pages take that people open all day, over HTTP, from a running server.

use std::net::{SocketAddr, TcpListener};
use std::thread;

use actix_web::HttpServer;
use actix_web::rt::System;
use diesel::prelude::*;
use serde::Serialize;

use super::client::Client;
use super::memory;
use super::notes;
use super::shop::{self, LOGIN, Shop};
use super::stats::percentile;
use crate::app::{self, Parts};
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::preparation::Tab;

/// Asked for before, and not counted: a connection is opened, a plan is made.
const BEFORE: usize = 10;
/// How many pages deep "deep" is.
pub(super) const DEEP: usize = 100;

/// How much there is, and how often it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Busy {
    pub orders: usize,
    /// Notes and tasks in the organizer.
    pub notes: usize,
    /// Requests for each page.
    pub requests: usize,
}

/// What was measured of one page.
#[derive(Debug, Clone, Serialize)]
pub struct PageTime {
    pub page: String,
    /// Half of its requests took at most so many milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 took at most so many.
    pub p99_ms: f64,
    /// Statements of one request.
    pub statements: usize,
    /// Bytes of HTML, not compressed.
    pub bytes: usize,
}

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Pages {
    /// Open orders.
    pub orders: i64,
    /// Lines that stand in a queue.
    pub lines: i64,
    /// Notes and tasks in the organizer.
    pub notes: usize,
    /// Requests for each page.
    pub requests: usize,
    /// Each page.
    pub pages: Vec<PageTime>,
    /// The most memory the server had while it answered, in MiB.
    pub server_peak_rss_mb: u64,
}

/// Fills an empty, migrated database with a busy shop of so many orders and notes, serves it, and asks
/// for its pages.
///
/// # Errors
/// Those of the actions and of the server; none is expected.
pub fn pages(db: &Db, config: Config, busy: Busy, tell: &mut dyn FnMut(&str)) -> Result<Pages> {
    let shop = shop::open(db, busy.orders, tell)?;
    if busy.notes > 0 {
        tell("notes and tasks");
        notes::write(&mut *db.connection()?, busy.notes)?;
    }
    let (orders, lines) = db.read_now(|conn| {
        use crate::schema::{demand, orders};
        let open = orders::table.filter(orders::closed_at.is_null());
        Ok((
            open.count().get_result(conn)?,
            demand::table.count().get_result(conn)?,
        ))
    })?;
    memory::forget_peak();
    let client = Client::sign_in(serve(db, config)?, LOGIN.0, LOGIN.1)?;
    let mut pages = Vec::new();
    let mut asked = paths(&client, &shop)?;
    if busy.notes > 0 {
        asked.extend(notes::paths(&client)?);
    }
    for (page, path) in asked {
        tell(&page);
        pages.push(measure(db, &client, (page, &path), busy.requests)?);
    }
    Ok(Pages {
        orders,
        lines,
        notes: busy.notes,
        requests: busy.requests,
        pages,
        server_peak_rss_mb: memory::peak_mb(),
    })
}

/// Asks for a page, which has a name and a path, so many times.
pub(super) fn measure(
    db: &Db,
    client: &Client,
    (page, path): (String, &str),
    times: usize,
) -> Result<PageTime> {
    for _ in 1..BEFORE {
        client.get(path)?;
    }
    let sent = db.statements();
    let bytes = client.get(path)?.body.len();
    let statements = db.statements() - sent;
    let times = (0..times)
        .map(|_| Ok(client.get(path)?.ms))
        .collect::<Result<Vec<f64>>>()?;
    Ok(PageTime {
        page,
        p50_ms: percentile(&times, 50),
        p99_ms: percentile(&times, 99),
        statements,
        bytes,
    })
}

/// What people open all day: how it is called, and where it is.
pub(super) fn paths(client: &Client, shop: &Shop) -> Result<Vec<(String, String)>> {
    let mut paths = vec![
        ("orders".to_owned(), "/orders".to_owned()),
        (
            format!("orders, {DEEP} pages deep"),
            deep(client, "/orders")?,
        ),
        (
            "orders with missing goods".into(),
            "/orders?missing=yes".into(),
        ),
        (
            "orders by number".into(),
            format!("/orders?q={}", shop.number),
        ),
        (
            "orders of a customer".into(),
            format!("/orders?q={}", shop.customer.replace(' ', "+")),
        ),
    ];
    paths.extend(Tab::ALL.iter().map(|tab| {
        let path = format!(
            "/preparation?warehouse={}&tab={}",
            shop.warehouse,
            tab.as_str()
        );
        (format!("preparation, {}", tab.label()), path)
    }));
    paths.extend([
        ("replenishment".into(), "/replenishment".into()),
        (
            format!("an order with {} lines", shop.lines_of_large_order),
            format!("/orders/{}", shop.large_order),
        ),
        (
            format!("the queue of a product, {} claimants", shop.claimants),
            format!("/products/{}/queue", shop.wanted_product),
        ),
        (
            "why a line waits".into(),
            format!("/orders/{}/lines/{}/why", shop.last.0, shop.last.1),
        ),
        ("dashboard".into(), "/".into()),
    ]);
    Ok(paths)
}

/// The path of the page so many pages after the first.
pub(super) fn deep(client: &Client, path: &str) -> Result<String> {
    let mut here = path.to_owned();
    for _ in 1..DEEP {
        let body = client.get(&here)?.body;
        let next = body.split("rel=\"next\"").nth(1);
        let next = next.and_then(|rest| rest.split('"').nth(1));
        match next {
            Some(query) => here = format!("{path}{}", query.replace("&amp;", "&")),
            None => break,
        }
    }
    Ok(here)
}

/// Serves until the process ends.
pub(super) fn serve(db: &Db, config: Config) -> Result<SocketAddr> {
    let failed = |error: std::io::Error| Error::Failure(format!("nothing can listen: {error}"));
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let parts = Parts::new(config, db.clone());
    thread::spawn(move || {
        let server = HttpServer::new(move || app::build(&parts))
            .workers(2)
            .disable_signals()
            .listen(listener)?;
        System::new().block_on(server.run())
    });
    Ok(address)
}
