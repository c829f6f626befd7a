//! What a file of orders comes to: every line of it is in exactly one place.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::found::Found;
use super::left_out::{ClosedCount, Refusal, Skipped};
use super::remarks::Remark;
use super::sums::Sums;
use crate::types::{Money, Quantity, Sku};

/// What the reader may choose about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Take unknown products into the catalog, instead of refusing their lines.
    pub create_products: bool,
    /// Import an order without its refused lines, instead of leaving it out as a whole.
    pub without_refused: bool,
    /// Import what is cancelled, refunded or completed, instead of leaving it out.
    pub with_closed: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            create_products: true,
            without_refused: false,
            with_closed: false,
        }
    }
}

/// How a file was read, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// Such as UTF-8.
    pub encoding: String,
    /// What stands between two cells.
    pub separator: String,
    /// How numbers are written.
    pub decimals: String,
    /// How dates are written, when it matters.
    pub dates: Option<String>,
    /// What prices are in that name no currency; may be empty.
    pub currency: String,
    /// Where times are told that name no zone.
    pub zone: String,
    /// Columns nobody knows what to do with.
    pub unused: Vec<String>,
}

/// What a file of orders comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// How it was read.
    pub format: Format,
    /// Lines below the head that say anything.
    pub lines: usize,
    /// What would be imported.
    pub orders: Vec<ReadOrder>,
    /// Products the catalog does not know, and that come with these orders.
    pub products: Vec<NewProduct>,
    /// Lines that cannot be imported, by line.
    pub refusals: Vec<Refusal>,
    /// Documents left out as a whole, by line.
    pub skipped: Vec<Skipped>,
    /// Decisions taken about what is imported, by kind and line.
    pub remarks: Vec<Remark>,
}

impl Reading {
    pub(super) fn of(
        format: Format,
        lines: usize,
        mut found: Found,
        products: Vec<NewProduct>,
    ) -> Self {
        found.refusals.sort_by_key(|refusal| refusal.line);
        found.skipped.sort_by_key(|document| document.line);
        found
            .remarks
            .sort_by_key(|remark| (remark.kind, remark.line));
        Self {
            format,
            lines,
            orders: found.orders,
            products,
            refusals: found.refusals,
            skipped: found.skipped,
            remarks: found.remarks,
        }
    }

    /// Order lines that would be imported.
    pub fn order_lines(&self) -> usize {
        self.orders.iter().map(|order| order.lines.len()).sum()
    }

    /// Lines of the file that were left out with their document.
    pub fn lines_skipped(&self) -> usize {
        self.sums().lines_skipped
    }

    /// What the orders come to.
    pub fn total(&self) -> Money {
        self.orders.iter().map(ReadOrder::total).sum()
    }

    /// What needs nothing more, by what it is.
    pub fn closed(&self) -> Vec<ClosedCount> {
        self.sums().closed
    }

    /// What the orders come to, by currency.
    pub fn totals(&self) -> String {
        self.sums().totals()
    }

    /// Orders that are left out because of a refused line, their own or one beside them.
    pub fn incomplete(&self) -> usize {
        self.sums().incomplete
    }

    fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        sums.add_orders(&self.orders, &self.format.currency);
        sums.add_skipped(&self.skipped);
        sums
    }
}

/// An order of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadOrder {
    /// Its first line.
    pub line: usize,
    /// What the shop calls it.
    pub number: String,
    /// When it was placed.
    pub placed_at: DateTime<Utc>,
    /// Who ordered; none: a guest.
    pub customer: Option<ReadCustomer>,
    /// Where it goes; may be empty.
    pub ship_to: String,
    /// Which country it goes to; may be empty.
    pub country: String,
    /// When the customer needs it.
    pub required_by: Option<NaiveDate>,
    /// What the customer said; may be empty.
    pub note: String,
    /// Goods.
    pub lines: Vec<ReadLine>,
    /// Postage, fees, discounts.
    pub amounts: Vec<ReadAmount>,
    /// Lines of the file that took each other back.
    pub netted: usize,
    /// What its prices are in, if the file says so.
    pub currency: Option<String>,
}

impl ReadOrder {
    /// Its goods and its amounts.
    pub fn total(&self) -> Money {
        let goods = self.lines.iter();
        let goods = goods.map(|line| line.unit_price.times(line.quantity));
        goods.chain(self.amounts.iter().map(|one| one.amount)).sum()
    }

    /// The address it was placed with; may be empty.
    pub fn email(&self) -> &str {
        self.customer
            .as_ref()
            .map_or("", |customer| &customer.email)
    }

    /// Who ordered, for a reader.
    pub fn customer_name(&self) -> &str {
        self.customer
            .as_ref()
            .map_or("Guest", |customer| &customer.name)
    }
}

/// Who ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCustomer {
    /// Their number in the shop.
    pub code: String,
    /// Their name; their number when the file has no names.
    pub name: String,
    /// May be empty.
    pub email: String,
}

/// Goods of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadLine {
    /// The first line of the file that asks for it.
    pub line: usize,
    pub sku: Sku,
    /// What the catalog calls it, or will.
    pub name: String,
    pub quantity: Quantity,
    /// For how much each.
    pub unit_price: Money,
    /// Lines of the file this one stands for.
    pub merged: usize,
}

/// What an order holds beside its goods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadAmount {
    /// What it is for.
    pub name: String,
    /// Below zero for a discount.
    pub amount: Money,
}

/// A product that comes with the orders.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProduct {
    pub sku: Sku,
    /// The name most lines give it; its SKU when none does.
    pub name: String,
    /// The price most lines give it.
    pub price: Money,
}
