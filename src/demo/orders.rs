//! The order lines of the data set, moved to the last days.

use chrono::{DateTime, Days, TimeDelta, Utc};

use super::mark;
use crate::error::{Error, Result};
use crate::exchange::imports::orders::{self, Choices, Known, NewProduct, ReadOrder};

const FILE: &[u8] = include_bytes!("online-retail-orders.csv");

/// What the file holds, oldest order first.
pub struct File {
    pub products: Vec<NewProduct>,
    pub orders: Vec<Order>,
}

/// An order, and what becomes of it.
pub struct Order {
    pub read: ReadOrder,
    /// Whether it left before today.
    pub has_left: bool,
}

/// Orders of so many days are still open; of the older ones only a few.
const OPEN_DAYS: u64 = 3;

/// Reads the file through the import, and moves its orders so that the last one has just come in.
pub fn read(now: DateTime<Utc>) -> Result<File> {
    let choices = Choices {
        without_refused: true,
        ..Choices::default()
    };
    let reading = orders::read(FILE, &Known::default(), choices, now)
        .map_err(|error| Error::Failure(format!("the demo's order lines: {error}")))?;
    let last = reading
        .orders
        .iter()
        .map(|order| order.placed_at)
        .max()
        .unwrap_or(now);
    let later = now - TimeDelta::minutes(7) - last;
    let open_since = now.date_naive() - Days::new(OPEN_DAYS - 1);

    let mut orders: Vec<Order> = reading
        .orders
        .into_iter()
        .map(|mut read| {
            read.placed_at += later;
            let is_old = read.placed_at.date_naive() < open_since;
            let has_left = is_old && !mark(&read.number).is_multiple_of(12);
            Order { read, has_left }
        })
        .collect();
    orders.sort_by(|one, other| {
        (one.read.placed_at, &one.read.number).cmp(&(other.read.placed_at, &other.read.number))
    });
    Ok(File {
        products: reading.products,
        orders,
    })
}

impl File {
    pub fn old(&self) -> impl Iterator<Item = &ReadOrder> {
        self.orders
            .iter()
            .filter(|order| order.has_left)
            .map(|order| &order.read)
    }

    pub fn open(&self) -> impl Iterator<Item = &ReadOrder> {
        self.orders
            .iter()
            .filter(|order| !order.has_left)
            .map(|order| &order.read)
    }
}
