//! Large files that several people look at, on a server of its own: sent, read, leafed through, and one
//! of them confirmed.

use std::fmt::Write;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::client::Client;
use super::memory;
use super::random::{Random, Zipf};
use super::servers::Servers;
use super::shop::{self, LOGIN};
use super::stats::percentile;
use super::together::at_once;
use crate::db::Db;
use crate::error::{Error, Result};

/// People who look at a file each.
const PEOPLE: usize = 3;
/// Orders that wait in the shop already, half of what the files ask for among them.
const WAITING: usize = 5_000;
/// Products of the shop that files ask for, as drawn by Zipf's law; others are new.
const PRODUCTS: usize = 2_000;
/// How often each of them leafs.
const LOOKS: usize = 40;
/// How often somebody looks whether a file is read.
const AGAIN: Duration = Duration::from_millis(200);

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Previews {
    /// Files that are looked at, each by somebody else.
    pub files: usize,
    /// Orders of each.
    pub orders: usize,
    pub file_mb: f64,
    /// From the first byte sent to the last of the previews.
    pub seconds: f64,
    /// A look at any page of a preview.
    pub page_p50_ms: f64,
    pub page_p99_ms: f64,
    /// What the server had before.
    pub server_rss_mb: u64,
    /// The most it had until all were looked at.
    pub server_peak_rss_mb: u64,
    /// How long one of them took to be confirmed.
    pub confirmed_in_seconds: f64,
    /// The most it had until then.
    pub server_peak_rss_confirmed_mb: u64,
}

/// Has people look at files of so many orders each, in a shop where some wait.
///
/// # Errors
/// Those of the actions and of the server; none is expected.
pub fn previews(
    (db, url): (&Db, &str),
    orders: usize,
    tell: &mut dyn FnMut(&str),
) -> Result<Previews> {
    shop::open(db, WAITING.min(orders.max(10)), tell)?;
    let servers = Servers::start(url, 1)?;
    let (address, process) = (servers.address(0), servers.process(0));
    let files: Vec<Vec<u8>> = (0..PEOPLE)
        .map(|person| file(person, orders).into_bytes())
        .collect();
    let sign_in = |content| Ok((Client::sign_in(address, LOGIN.0, LOGIN.1)?, content));
    let people: Vec<(Client, Vec<u8>)> = files.into_iter().map(sign_in).collect::<Result<_>>()?;
    let (server_rss_mb, file_mb) = (memory::resident_mb(process), people[0].1.len() as f64 / 1e6);
    tell("files are sent and read");
    let started = Instant::now();
    let previews = at_once(&people, |person, (client, content)| {
        preview(client, person, content)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    tell("people leaf through them");
    let of_each: Vec<(&Client, &String)> = people
        .iter()
        .map(|(client, _)| client)
        .zip(&previews)
        .collect();
    let times = at_once(&of_each, |person, (client, path)| {
        leaf(client, path, person, orders)
    })?;
    let times = times.concat();
    let server_peak_rss_mb = memory::peak_of_mb(process);
    tell("one is confirmed");
    let confirming = Instant::now();
    confirm(&people[0].0, &previews[0])?;
    Ok(Previews {
        files: PEOPLE,
        orders,
        file_mb,
        seconds,
        page_p50_ms: percentile(&times, 50),
        page_p99_ms: percentile(&times, 99),
        server_rss_mb,
        server_peak_rss_mb,
        confirmed_in_seconds: confirming.elapsed().as_secs_f64(),
        server_peak_rss_confirmed_mb: memory::peak_of_mb(process),
    })
}

/// Sends a file and waits until its preview is there; the path of it.
fn preview(client: &Client, person: usize, content: &[u8]) -> Result<String> {
    let name = format!("shop{person}.csv");
    let channel = format!("shop {person}");
    let fields = [("channel", channel.as_str()), ("create_products", "true")];
    let path = client.upload("/imports", &fields, (&name, content))?;
    loop {
        let page = client.get(&path)?.body;
        if page.contains("id=\"confirm\"") {
            return Ok(path);
        }
        if !page.contains("<progress") {
            return Err(Error::Failure(format!(
                "{path} is neither read nor being read"
            )));
        }
        thread::sleep(AGAIN);
    }
}

fn leaf(client: &Client, path: &str, person: usize, orders: usize) -> Result<Vec<f64>> {
    let pages = (orders as u64).div_ceil(200);
    let mut random = Random::new(person as u64);
    (0..LOOKS)
        .map(|_| {
            Ok(client
                .get(&format!("{path}?page={}", random.below(pages)))?
                .ms)
        })
        .collect()
}

fn confirm(client: &Client, path: &str) -> Result<()> {
    let page = client.get(path)?.body;
    let agreed = page.split("name=\"agreed\" value=\"").nth(1);
    let agreed = agreed
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default();
    client.post(&format!("{path}/confirmation"), &[("agreed", agreed)])
}

/// A file as shops export them: of each order several lines, each with all that its order says.
fn file(person: usize, orders: usize) -> String {
    let (zipf, mut random) = (Zipf::over(PRODUCTS), Random::new(person as u64 + 1));
    let opened: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let mut file = String::from(
        "order,placed_at,customer,customer_name,email,shipping_address,country,sku,product,quantity,price\n",
    );
    for number in 0..orders {
        let placed = opened + TimeDelta::seconds(i64::try_from(number).unwrap_or(i64::MAX));
        let placed = placed.format("%Y-%m-%d %H:%M:%S");
        let customer = random.below(1 + orders as u64 / 4);
        for _ in 0..3 + random.below(3) {
            let (product, units) = (zipf.draw(&mut random), 1 + random.below(5));
            // Writing to a text does not fail.
            let _ = writeln!(
                file,
                "S{person}-{number},{placed},C-{customer},Customer number {customer} of the shop,\
                 customer.{customer}@mail.shop.example,\"{customer} Long Lane, Block {units}, 75011 Paris\",France,\
                 P{product},A product called {product},{units},9.90"
            );
        }
    }
    file
}
