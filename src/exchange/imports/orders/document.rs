//! One document of the file: an order, or what looks like one.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::codes;
use super::columns::{COUNT as COLUMNS, Column, EVERY};
use super::dates;
use super::judge::{File, refusal};
use super::known::Known;
use super::names::Names;
use super::numbers::{self, Count};
use super::reading::{Choices, ReadCustomer, ReadLine, ReadOrder, Reading, Refusal, Skipped, Why};
use super::remarks::{Remark, RemarkKind};
use crate::exchange::sheet::Row;
use crate::types::{Email, Money, Quantity, Sku};

/// From how many units on a line is worth a look.
const LARGE: u32 = 1_000;

/// The lines of one order number, and what they are judged by.
pub(super) struct Document<'f, 'a> {
    file: &'f File<'a>,
    names: &'f Names<'f>,
    known: &'f Known,
    choices: Choices,
    now: DateTime<Utc>,
    rows: Vec<&'f Row<'a>>,
    number: &'f str,
    firsts: [Option<(usize, &'f str)>; COLUMNS],
    lines: Vec<ReadLine>,
    places: HashMap<Sku, Vec<usize>>,
    charges: Vec<String>,
    placed_at: Option<DateTime<Utc>>,
    required_by: Option<NaiveDate>,
    refusals: Vec<Refusal>,
    remarks: Vec<Remark>,
}

impl<'f, 'a> Document<'f, 'a> {
    pub(super) fn new(
        file: &'f File<'a>,
        names: &'f Names<'f>,
        known: &'f Known,
        choices: Choices,
        now: DateTime<Utc>,
        rows: Vec<&'f Row<'a>>,
    ) -> Self {
        let number = rows.first().map_or("", |row| file.cell(row, Column::Order));
        Self {
            file,
            names,
            known,
            choices,
            now,
            number,
            firsts: firsts(file, &rows),
            rows,
            lines: Vec::new(),
            places: HashMap::new(),
            charges: Vec::new(),
            placed_at: None,
            required_by: None,
            refusals: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Adds what the document comes to.
    pub(super) fn judge(mut self, reading: &mut Reading) {
        if self.known.orders.contains(self.number) {
            let skipped = self.skipped(Why::AlreadyImported);
            reading.skipped.push(skipped);
            return;
        }
        if codes::is_cancellation(self.number) && self.asks_for_nothing() {
            let skipped = self.skipped(Why::Cancellation);
            reading.skipped.push(skipped);
            return;
        }
        if self.is_correction() {
            let reason = "No customer and nothing to pay: a stock correction, not an order.";
            let refused = self.rows.iter();
            reading
                .refusals
                .extend(refused.map(|row| refusal(row, self.number, reason)));
            return;
        }
        for row in self.rows.clone() {
            if let Err(reason) = self.line(row) {
                self.refusals.push(refusal(row, self.number, reason));
            }
        }
        self.date_all();
        let refused = self.refusals.len();
        let leave_out = if refused > 0 && !self.choices.without_refused {
            Some(Why::Incomplete { refused })
        } else if self.lines.is_empty() {
            Some(if refused > 0 {
                Why::Incomplete { refused }
            } else {
                Why::OnlyCharges
            })
        } else {
            None
        };
        match leave_out {
            None => {
                reading.orders.push(self.order());
                reading.remarks.append(&mut self.remarks);
            }
            Some(_) if refused == self.rows.len() => {}
            Some(why) => {
                let skipped = self.skipped(why);
                reading.skipped.push(skipped);
            }
        }
        reading.refusals.append(&mut self.refusals);
    }

    fn cell(&self, row: &'f Row<'a>, column: Column) -> &'f str {
        self.file.cell(row, column)
    }

    /// The first thing any line says in a column, and on which line.
    fn first(&self, column: Column) -> Option<(usize, &'f str)> {
        self.firsts[column as usize]
    }

    fn count(&self, row: &'f Row<'a>) -> Result<Count, String> {
        numbers::quantity(self.cell(row, Column::Quantity), self.file.decimals)
    }

    fn asks_for_nothing(&self) -> bool {
        let mut counts = self.rows.iter().map(|row| self.count(row));
        !counts.any(|count| matches!(count, Ok(Count::Units(_))))
    }

    /// Goods that nobody ordered and nobody pays: how shops write found, lost and broken units.
    fn is_correction(&self) -> bool {
        let unpaid = |row: &&Row<'a>| {
            let price = self.file.cell(row, Column::UnitPrice);
            !row.is_broken && numbers::price(price, self.file.decimals) == Ok(Money::ZERO)
        };
        self.customer_key().is_none() && self.rows.iter().all(unpaid)
    }

    fn customer_key(&self) -> Option<(usize, &'f str)> {
        self.first(Column::Customer)
            .or_else(|| self.first(Column::Email))
            .or_else(|| self.first(Column::CustomerName))
    }

    /// Takes a line in, as goods or as a charge.
    fn line(&mut self, row: &'f Row<'a>) -> Result<(), String> {
        self.check_form(row)?;
        self.check_customer(row)?;
        self.date(row)?;
        let written = self.cell(row, Column::Sku);
        if written.is_empty() {
            return Err("The SKU is missing.".into());
        }
        let sku = Sku::parse(written)?;
        let product = self.known.products.get(sku.as_str());
        if product.is_none() && codes::is_charge(sku.as_str()) {
            return self.charge(row, &sku);
        }
        let quantity = match self.count(row)? {
            Count::Units(units) => units,
            Count::Zero => return Err("The quantity is 0.".into()),
            Count::Negative => {
                return Err(
                    "The quantity is negative: a return or a correction, not an order.".into(),
                );
            }
        };
        let price = self.cell(row, Column::UnitPrice);
        let unit_price = match product {
            Some(product) if price.is_empty() => {
                let text = format!("{sku} at {}", product.price);
                self.remark(row, RemarkKind::PriceFromCatalog, text);
                product.price
            }
            None if price.is_empty() => {
                return Err(format!(
                    "The price is missing, and {sku} is not in the catalog."
                ));
            }
            _ => numbers::price(price, self.file.decimals)?,
        };
        if product.is_some_and(|product| product.is_archived) {
            return Err(format!("{sku} is archived: restore the product first."));
        }
        if product.is_none() && !self.choices.create_products {
            return Err(format!("{sku} is not in the catalog."));
        }
        self.goods(row, sku, quantity, unit_price)
    }

    fn goods(
        &mut self,
        row: &'f Row<'a>,
        sku: Sku,
        quantity: Quantity,
        unit_price: Money,
    ) -> Result<(), String> {
        let others = self.places.entry(sku.clone()).or_default();
        let same = others
            .iter()
            .copied()
            .find(|at| self.lines[*at].unit_price == unit_price);
        let other_price = others
            .first()
            .map(|at| (self.lines[*at].line, self.lines[*at].unit_price));
        if let Some(at) = same {
            let line = &self.lines[at];
            let (first, sum) = (line.line, line.quantity + quantity);
            if sum.get() > Quantity::MAX_TYPED {
                return Err(format!(
                    "With line {first} this is more than 1,000,000 units of {sku}."
                ));
            }
            self.lines[at].quantity = sum;
            self.lines[at].merged += 1;
            let text = format!("{quantity} \u{d7} {sku} added to line {first}: {sum} in all");
            self.remark(row, RemarkKind::Merged, text);
        } else {
            if let Some((line, price)) = other_price {
                let text = format!("{sku} at {unit_price} here, and at {price} on line {line}");
                self.remark(row, RemarkKind::TwoPrices, text);
            }
            self.places
                .entry(sku.clone())
                .or_default()
                .push(self.lines.len());
            self.lines.push(ReadLine {
                line: row.line,
                sku: sku.clone(),
                name: self.name(&sku),
                quantity,
                unit_price,
                merged: 1,
            });
        }
        self.remark_goods(row, &sku, quantity, unit_price);
        Ok(())
    }

    fn remark_goods(&mut self, row: &'f Row<'a>, sku: &Sku, quantity: Quantity, unit_price: Money) {
        let written = self.cell(row, Column::Sku);
        if written != sku.as_str() {
            self.remark(row, RemarkKind::SkuCase, format!("{written} is {sku}"));
        }
        let has_names = self.file.columns.has(Column::Description);
        if has_names && codes::is_no_name(self.cell(row, Column::Description)) {
            self.remark(
                row,
                RemarkKind::Unnamed,
                format!("{sku}: {}", self.name(sku)),
            );
        }
        if unit_price == Money::ZERO {
            self.remark(row, RemarkKind::Free, format!("{quantity} \u{d7} {sku}"));
        }
        if quantity.get() >= LARGE {
            self.remark(row, RemarkKind::Large, format!("{quantity} \u{d7} {sku}"));
        }
    }

    fn name(&self, sku: &Sku) -> String {
        match self.known.products.get(sku.as_str()) {
            Some(product) => product.name.clone(),
            None => self.names.name(sku),
        }
    }

    /// `Postage: 3 × 18.00 (POST)`, as a note.
    fn charge(&mut self, row: &'f Row<'a>, sku: &Sku) -> Result<(), String> {
        let sign = match self.count(row)? {
            Count::Negative => "\u{2212}",
            Count::Units(_) | Count::Zero => "",
        };
        let quantity = self
            .cell(row, Column::Quantity)
            .trim_start_matches(['-', '+', '\u{2212}']);
        let price = self.cell(row, Column::UnitPrice);
        let name = match self.cell(row, Column::Description) {
            name if codes::is_no_name(name) => sku.to_string(),
            name => name
                .chars()
                .filter(|letter| !letter.is_control())
                .take(100)
                .collect(),
        };
        let amount = match numbers::price(price.trim_start_matches('-'), self.file.decimals) {
            Ok(amount) if price.starts_with('-') => format!("\u{2212}{amount}"),
            Ok(amount) => amount.to_string(),
            Err(_) if price.is_empty() => "no price".to_owned(),
            Err(why) => return Err(why),
        };
        let text = format!("{name}: {sign}{quantity} \u{d7} {amount} ({sku})");
        self.remark(row, RemarkKind::Charge, text.clone());
        self.charges.push(text);
        Ok(())
    }

    fn check_form(&self, row: &Row<'a>) -> Result<(), String> {
        if row.is_broken {
            return Err("A quote is opened on this line and not closed.".into());
        }
        let known = self.file.columns.count;
        if row.cells.iter().skip(known).any(|cell| !cell.is_empty()) {
            let found = row.cells.len();
            return Err(format!(
                "The line has {found} cells and the head names {known} columns: a text that holds the separator \
                 must stand in quotes."
            ));
        }
        let unreadable = |letter: char| letter == '\0' || letter == '\u{fffd}';
        if row.cells.iter().any(|cell| cell.contains(unreadable)) {
            return Err("The line holds characters that cannot be read.".into());
        }
        Ok(())
    }

    /// One order, one customer.
    fn check_customer(&self, row: &'f Row<'a>) -> Result<(), String> {
        for column in [Column::Customer, Column::Email] {
            let here = self.cell(row, column);
            if here.chars().count() > 64 && column == Column::Customer {
                return Err("A customer number has at most 64 characters.".into());
            }
            if let Some((line, there)) = self.first(column)
                && !here.is_empty()
                && here != there
            {
                let number = self.number;
                return Err(format!(
                    "Order {number} is of customer {there} on line {line}, and of {here} here."
                ));
            }
        }
        Ok(())
    }

    fn date(&mut self, row: &'f Row<'a>) -> Result<(), String> {
        let required = self.cell(row, Column::RequiredBy);
        if !required.is_empty() {
            let day = dates::day(required, self.file.day_order)?;
            self.required_by = Some(self.required_by.map_or(day, |other| other.min(day)));
        }
        let written = self.cell(row, Column::PlacedAt);
        if written.is_empty() {
            let dated =
                self.first(Column::PlacedAt).is_some() || !self.file.columns.has(Column::PlacedAt);
            return if dated {
                Ok(())
            } else {
                Err("The date is missing.".into())
            };
        }
        let at = dates::moment(written, self.file.day_order, self.now)?;
        if let Some(other) = self.placed_at.filter(|other| *other != at) {
            let earliest = at.min(other);
            let text = format!(
                "{} here; {} is taken",
                at.format("%Y-%m-%d %H:%M"),
                earliest.format("%Y-%m-%d %H:%M")
            );
            self.remark(row, RemarkKind::TwoDates, text);
        }
        self.placed_at = Some(self.placed_at.map_or(at, |other| other.min(at)));
        Ok(())
    }

    /// An order whose only date stands on a refused line has none.
    fn date_all(&mut self) {
        if self.placed_at.is_none() && self.file.columns.has(Column::PlacedAt) {
            let refused: HashSet<usize> =
                self.refusals.iter().map(|refusal| refusal.line).collect();
            let undated = self.rows.iter().filter(|row| !refused.contains(&row.line));
            let undated: Vec<Refusal> = undated
                .map(|row| refusal(row, self.number, "The date is missing."))
                .collect();
            self.refusals.extend(undated);
            self.lines.clear();
        }
    }

    fn remark(&mut self, row: &Row<'a>, kind: RemarkKind, text: String) {
        self.remarks.push(Remark {
            line: row.line,
            order: self.number.to_owned(),
            kind,
            text,
        });
    }

    fn skipped(&self, why: Why) -> Skipped {
        let line = |row: Option<&&Row<'a>>| row.map_or(0, |row| row.line);
        Skipped {
            line: line(self.rows.first()),
            last: line(self.rows.last()),
            order: self.number.to_owned(),
            lines: self.rows.len() - self.refusals.len(),
            why,
        }
    }

    fn order(&mut self) -> ReadOrder {
        let first = self.rows[0];
        let customer = self.customer();
        if customer.is_none() {
            self.remark(first, RemarkKind::Guest, String::new());
        }
        let country = self
            .first(Column::Country)
            .map_or("", |(_, country)| country);
        let elsewhere = self.rows.iter().find(|row| {
            let here = self.cell(row, Column::Country);
            !here.is_empty() && here != country
        });
        if let Some(&row) = elsewhere {
            let text = format!(
                "{} here; {country} is taken",
                self.cell(row, Column::Country)
            );
            self.remark(row, RemarkKind::TwoCountries, text);
        }
        ReadOrder {
            line: first.line,
            number: self.number.to_owned(),
            placed_at: self.placed_at.unwrap_or(self.now),
            customer,
            ship_to: short(self.first(Column::Address), 500),
            country: short(Some((0, country)), 80),
            required_by: self.required_by,
            note: short(self.first(Column::Note), 1_000),
            lines: std::mem::take(&mut self.lines),
            charges: std::mem::take(&mut self.charges),
        }
    }

    fn customer(&self) -> Option<ReadCustomer> {
        let (_, key) = self.customer_key()?;
        // Spreadsheets turn numbers into 17850.0.
        let code = match key.strip_suffix(".0") {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits,
            _ => key,
        };
        let code = short(Some((0, code)), 64);
        let name = match self.first(Column::CustomerName) {
            None => code.clone(),
            name => short(name, 200),
        };
        let email = self.first(Column::Email).map_or("", |(_, email)| email);
        let email = Email::parse(email).map_or(String::new(), |email| email.to_string());
        Some(ReadCustomer { code, name, email })
    }
}

/// The first thing any line says in each column, and on which line.
fn firsts<'f>(file: &'f File<'_>, rows: &[&'f Row<'_>]) -> [Option<(usize, &'f str)>; COLUMNS] {
    let mut firsts = [None; COLUMNS];
    for row in rows {
        for column in EVERY {
            let cell = file.cell(row, *column);
            if firsts[*column as usize].is_none() && !cell.is_empty() {
                firsts[*column as usize] = Some((row.line, cell));
            }
        }
    }
    firsts
}

/// Without control characters, as long as its column takes.
fn short(said: Option<(usize, &str)>, most: usize) -> String {
    let text = said.map_or("", |(_, text)| text);
    let letters = text
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n');
    letters.take(most).collect::<String>().trim().to_owned()
}
