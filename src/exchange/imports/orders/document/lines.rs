//! The lines of a document, as goods or as charges.

use super::Document;
use crate::exchange::imports::orders::codes;
use crate::exchange::imports::orders::column::Column;
use crate::exchange::imports::orders::numbers::{self, Count};
use crate::exchange::imports::orders::reading::ReadLine;
use crate::exchange::imports::orders::remarks::RemarkKind;
use crate::exchange::sheet::Row;
use crate::types::{Money, Quantity, Sku};

/// From how many units on a line is worth a look.
const LARGE: u32 = 1_000;

impl<'f, 'a> Document<'f, 'a> {
    /// Takes a line in, as goods or as a charge.
    pub(super) fn line(&mut self, row: &'f Row<'a>) -> Result<(), String> {
        self.check_form(row)?;
        self.check_codes(row)?;
        self.check_customer(row)?;
        if self.cell(row, Column::Order).is_empty() {
            self.remark(row, RemarkKind::Continued, String::new());
        }
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
        if let Some(flaw) = self.file.flaw(row) {
            return Err(flaw);
        }
        let unreadable = |letter: char| letter == '\0' || letter == '\u{fffd}';
        if row.cells.iter().any(|cell| cell.contains(unreadable)) {
            return Err("The line holds characters that cannot be read.".into());
        }
        Ok(())
    }

    /// What a spreadsheet made of a number cannot be turned back.
    fn check_codes(&self, row: &'f Row<'a>) -> Result<(), String> {
        let codes = [Column::Order, Column::Sku, Column::Customer];
        let damaged = codes
            .into_iter()
            .find(|column| codes::is_damaged(self.cell(row, *column)));
        damaged.map_or(Ok(()), |column| {
            let (name, value) = (self.file.columns.name(column), self.cell(row, column));
            Err(format!(
                "The column {name} says {value}: a spreadsheet changed it. Export the file again and keep this \
                 column as text."
            ))
        })
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
                && here.to_lowercase() != there.to_lowercase()
            {
                let number = self.number;
                return Err(format!(
                    "Order {number} is of customer {there} on line {line}, and of {here} here."
                ));
            }
        }
        Ok(())
    }
}
