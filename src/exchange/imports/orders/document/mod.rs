//! One document of the file: an order, or what looks like one.

mod amounts;
mod lines;
mod order;
mod progress;
mod returns;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::codes;
use super::column::{COUNT as COLUMNS, Column, every};
use super::found::Found;
use super::grouping::Group;
use super::judge::refusal;
use super::known::Known;
use super::layout::Layout;
use super::left_out::{Refusal, Skipped, Why};
use super::names::Names;
use super::numbers::{Count, Price};
use super::reading::{Choices, ReadAmount, ReadLine};
use super::remarks::{Remark, RemarkKind};
use super::room::Room;
use crate::sheet::Row;
use crate::types::{Money, Quantity, Sku, TooMuch, cut, total};

/// Letters of a remark that quotes what a file says.
const LONGEST_REMARK: usize = 300;

/// The lines of one order number, and what they are judged by.
pub(super) struct Document<'f, 'a> {
    file: &'f Layout,
    names: &'f Names,
    known: &'f Known,
    choices: Choices,
    now: DateTime<Utc>,
    rows: Vec<&'f Row<'a>>,
    number: &'f str,
    beside: Option<usize>,
    firsts: [Option<(usize, &'f str)>; COLUMNS],
    lines: Vec<ReadLine>,
    places: HashMap<Sku, Vec<usize>>,
    returned: Vec<returns::Returned<'f, 'a>>,
    totals: Vec<&'f Row<'a>>,
    netted: usize,
    amounts: Vec<ReadAmount>,
    /// What its prices are in, and the line that says so.
    currency: Option<(usize, String)>,
    placed_at: Option<DateTime<Utc>>,
    required_by: Option<NaiveDate>,
    refusals: Vec<Refusal>,
    remarks: Vec<Remark>,
    /// What is said once of an order and was said of this one.
    said_once: Vec<RemarkKind>,
}

impl<'f, 'a> Document<'f, 'a> {
    pub(super) fn new(
        file: &'f Layout,
        names: &'f Names,
        known: &'f Known,
        choices: Choices,
        now: DateTime<Utc>,
        group: Group<'f, 'a>,
    ) -> Self {
        Self {
            file,
            names,
            known,
            choices,
            now,
            number: group.number,
            beside: group.beside,
            firsts: firsts(file, &group.rows),
            rows: group.rows,
            lines: Vec::new(),
            places: HashMap::new(),
            returned: Vec::new(),
            totals: Vec::new(),
            netted: 0,
            amounts: Vec::new(),
            currency: None,
            placed_at: None,
            required_by: None,
            refusals: Vec::new(),
            remarks: Vec::new(),
            said_once: Vec::new(),
        }
    }

    /// Adds what the document comes to.
    pub(super) fn judge(mut self, found: &mut Found, room: &mut Room) {
        if self.known.orders.contains(self.number) {
            let skipped = self.skipped(Why::AlreadyImported);
            found.skipped.push(skipped);
            return;
        }
        if codes::is_cancellation(self.number) && self.asks_for_nothing() {
            let skipped = self.skipped(Why::Cancellation);
            found.skipped.push(skipped);
            return;
        }
        found.skipped.extend(self.take_closed());
        if self.rows.is_empty() {
            return;
        }
        if self.is_correction() {
            let reason = "No customer and nothing to pay: a stock correction, not an order.";
            let refused = self.rows.iter();
            found
                .refusals
                .extend(refused.map(|row| refusal(row, self.number, reason)));
            return;
        }
        for row in self.rows.clone() {
            if let Err(reason) = self.line(row) {
                self.refusals.push(refusal(row, self.number, reason));
            }
        }
        self.check_totals();
        self.net_returns();
        self.date_all();
        let left_out = self.left_out();
        match left_out.or_else(|| room.take(&self.lines).map(Why::Crowded)) {
            None => {
                found.orders.push(self.order());
                found.remarks.append(&mut self.remarks);
            }
            Some(_) if self.refusals.len() == self.rows.len() => {}
            Some(why) => {
                let skipped = self.skipped(why);
                found.skipped.push(skipped);
            }
        }
        found.refusals.append(&mut self.refusals);
    }

    /// Why it is left out as a whole; none: it is imported.
    fn left_out(&self) -> Option<Why> {
        let refused = self.refusals.len();
        let whole = !self.choices.without_refused;
        if refused > 0 && (whole || self.lines.is_empty()) {
            Some(Why::Incomplete { refused })
        } else if let Some(line) = self.beside.filter(|_| whole) {
            Some(Why::Beside { line })
        } else if !self.lines.is_empty() {
            self.adds_up().err().map(Why::TooMuch)
        } else if self.netted > 0 {
            Some(Why::Returned)
        } else {
            Some(Why::OnlyCharges)
        }
    }

    /// Each line comes to what can be written down; so must all of them, and what is taken off them.
    fn adds_up(&self) -> Result<Money, TooMuch> {
        let goods = self.lines.iter();
        let goods = goods.map(|line| (line.quantity, line.unit_price));
        let amounts = self.amounts.iter();
        let amounts = amounts.map(|one| (Quantity::new(1), one.amount.abs()));
        total(goods.chain(amounts))
    }

    fn cell(&self, row: &'f Row<'a>, column: Column) -> &'f str {
        self.file.cell(row, column)
    }

    /// The first thing any line says in a column, and on which line.
    fn first(&self, column: Column) -> Option<(usize, &'f str)> {
        self.firsts[column as usize]
    }

    fn count(&self, row: &'f Row<'a>) -> Result<Count, String> {
        self.file.count(row)
    }

    /// None when the line says none.
    fn price(&self, row: &'f Row<'a>) -> Result<Option<Price<'f>>, String> {
        self.file.price(row)
    }

    fn asks_for_nothing(&self) -> bool {
        let mut counts = self.rows.iter().map(|row| self.count(row));
        !counts.any(|count| matches!(count, Ok(Count::Units(_))))
    }

    /// Goods that nobody ordered and nobody pays: how shops write found, lost and broken units.
    fn is_correction(&self) -> bool {
        let unpaid = |&row: &&'f Row<'a>| {
            let price = self.price(row);
            !row.is_broken
                && matches!(
                    price,
                    Ok(Some(Price {
                        amount: Money::ZERO,
                        ..
                    }))
                )
        };
        self.customer_key().is_none() && self.rows.iter().all(unpaid)
    }

    fn customer_key(&self) -> Option<(usize, &'f str)> {
        self.first(Column::Customer)
            .or_else(|| self.first(Column::Email))
            .or_else(|| self.first(Column::CustomerName))
    }

    fn remark(&mut self, row: &Row<'a>, kind: RemarkKind, text: String) {
        self.remarks.push(Remark {
            line: row.line,
            order: self.number.to_owned(),
            kind,
            text: cut(&text, LONGEST_REMARK).into_owned(),
        });
    }

    /// Says something of the order once, where it is first true.
    fn remark_once(&mut self, row: &Row<'a>, kind: RemarkKind, text: impl FnOnce() -> String) {
        if !self.said_once.contains(&kind) {
            self.said_once.push(kind);
            self.remark(row, kind, text());
        }
    }

    fn skipped(&self, why: Why) -> Skipped {
        let lines = self.rows.len() - self.refusals.len();
        skipped(self.number, &self.rows, lines, why)
    }
}

fn skipped(number: &str, rows: &[&Row<'_>], lines: usize, why: Why) -> Skipped {
    let line = |row: Option<&&Row<'_>>| row.map_or(0, |row| row.line);
    Skipped {
        line: line(rows.first()),
        last: line(rows.last()),
        order: number.to_owned(),
        lines,
        why,
    }
}

/// The first thing any line says in each column, and on which line.
fn firsts<'f>(file: &Layout, rows: &[&'f Row<'_>]) -> [Option<(usize, &'f str)>; COLUMNS] {
    let mut firsts = [None; COLUMNS];
    for row in rows {
        for column in every() {
            let cell = file.cell(row, column);
            if firsts[column as usize].is_none() && !cell.is_empty() {
                firsts[column as usize] = Some((row.line, cell));
            }
        }
    }
    firsts
}
