//! What a file of orders comes to: every line of it is in exactly one place.

use chrono::{DateTime, NaiveDate, Utc};

use super::remarks::Remark;
use crate::types::{Money, Quantity, Sku};

/// What the reader may choose about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Take unknown products into the catalog, instead of refusing their lines.
    pub create_products: bool,
    /// Import an order without its refused lines, instead of leaving it out as a whole.
    pub without_refused: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            create_products: true,
            without_refused: false,
        }
    }
}

/// How a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// Such as UTF-8.
    pub encoding: &'static str,
    /// What stands between two cells, in words.
    pub separator: &'static str,
    /// How numbers are written.
    pub decimals: &'static str,
    /// How dates are written, when it matters.
    pub dates: Option<&'static str>,
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
    /// Order lines that would be imported.
    pub fn order_lines(&self) -> usize {
        self.orders.iter().map(|order| order.lines.len()).sum()
    }

    /// Lines of the file that were left out with their document.
    pub fn lines_skipped(&self) -> usize {
        self.skipped.iter().map(|document| document.lines).sum()
    }

    /// What the orders come to.
    pub fn total(&self) -> Money {
        self.orders.iter().map(ReadOrder::total).sum()
    }

    /// Orders that are left out because of a refused line, their own or one beside them.
    pub fn incomplete(&self) -> usize {
        let incomplete = |document: &&Skipped| {
            matches!(document.why, Why::Incomplete { .. } | Why::Beside { .. })
        };
        self.skipped.iter().filter(incomplete).count()
    }
}

/// An order of the file.
#[derive(Debug, Clone, PartialEq)]
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
    /// Postage, fees, discounts: kept in words.
    pub charges: Vec<String>,
}

impl ReadOrder {
    /// Its goods.
    pub fn total(&self) -> Money {
        let amounts = self
            .lines
            .iter()
            .map(|line| line.unit_price.times(line.quantity));
        amounts.sum()
    }

    /// The customer's words and the charges.
    pub fn notes(&self) -> String {
        let mut notes: Vec<&str> = Vec::new();
        if !self.note.is_empty() {
            notes.push(&self.note);
        }
        notes.extend(self.charges.iter().map(String::as_str));
        notes.join("\n")
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadCustomer {
    /// Their number in the shop.
    pub code: String,
    /// Their name; their number when the file has no names.
    pub name: String,
    /// May be empty.
    pub email: String,
}

/// Goods of an order.
#[derive(Debug, Clone, PartialEq)]
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

/// A product that comes with the orders.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProduct {
    pub sku: Sku,
    /// The name most lines give it; its SKU when none does.
    pub name: String,
    /// The price most lines give it.
    pub price: Money,
}

/// A line that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its number, as an editor shows it.
    pub line: usize,
    /// Its order; may be empty.
    pub order: String,
    /// What it says.
    pub says: String,
    /// Why it cannot be.
    pub reason: String,
}

/// A document left out as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its first line.
    pub line: usize,
    /// Its last line.
    pub last: usize,
    pub order: String,
    /// How many lines go with it; refused ones are not counted.
    pub lines: usize,
    /// Why.
    pub why: Why,
}

/// Why a document is left out as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It takes an order back.
    Cancellation,
    /// An order with this number is here.
    AlreadyImported,
    /// Nothing in it can be shipped.
    OnlyCharges,
    /// Some of its lines were refused.
    Incomplete { refused: usize },
    /// A line beside it belongs to no order, and so perhaps to it.
    Beside { line: usize },
}

impl Skipped {
    /// Why, in a sentence.
    pub fn reason(&self) -> String {
        let order = &self.order;
        match self.why {
            Why::Cancellation => format!("{order} is a cancellation: not imported."),
            Why::AlreadyImported => {
                format!("An order {order} is here already: not imported again.")
            }
            Why::OnlyCharges => format!("{order} holds charges and no goods: nothing to ship."),
            Why::Incomplete { refused: 1 } => {
                format!(
                    "{order} has a refused line: left out, so that no order is imported incomplete."
                )
            }
            Why::Beside { line } => format!(
                "{order} stands beside line {line}, which names no order: left out, since that line may be its own."
            ),
            Why::Incomplete { refused } => {
                format!(
                    "{order} has {refused} refused lines: left out, so that no order is imported incomplete."
                )
            }
        }
    }

    /// The lines of the file it begins and ends on.
    pub fn place(&self) -> String {
        if self.line == self.last {
            self.line.to_string()
        } else {
            format!("{}\u{2013}{}", self.line, self.last)
        }
    }
}
