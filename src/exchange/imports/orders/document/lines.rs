//! The lines of a document, as goods.

use super::Document;
use super::returns::Returned;
use crate::exchange::imports::orders::codes;
use crate::exchange::imports::orders::column::Column;
use crate::exchange::imports::orders::numbers::Count;
use crate::exchange::imports::orders::reading::ReadLine;
use crate::exchange::imports::orders::remarks::RemarkKind;
use crate::sheet::Row;
use crate::types::{Money, Quantity, Sku, total};

pub(super) const NO_SKU: &str = "The SKU is missing.";
/// From how many units on a line is worth a look.
const LARGE: u32 = 1_000;

impl<'f, 'a> Document<'f, 'a> {
    /// Takes a line in, as goods or as an amount.
    pub(super) fn line(&mut self, row: &'f Row<'a>) -> Result<(), String> {
        self.check_form(row)?;
        self.check_codes(row)?;
        self.check_customer(row)?;
        if self.cell(row, Column::Order).is_empty() {
            self.remark(row, RemarkKind::Continued, String::new());
        }
        self.date(row)?;
        self.remark_progress(row);
        let price = self.price(row)?;
        self.check_currency(row, price)?;
        let written = self.cell(row, Column::Sku);
        let sku = match written {
            "" if self.is_amount(row, None, price) => return self.amount(row, None, price),
            "" if price.is_none() && self.cell(row, Column::Description).is_empty() => {
                self.totals.push(row);
                return Ok(());
            }
            "" => return Err(NO_SKU.into()),
            written => Sku::parse(written)?,
        };
        let product = self.known.products.get(sku.as_str());
        if product.is_none() && self.is_amount(row, Some(&sku), price) {
            return self.amount(row, Some(&sku), price);
        }
        if price.is_some_and(|price| price.amount < Money::ZERO) {
            let price = self.cell(row, Column::UnitPrice);
            return Err(format!("The price {price:?} is negative."));
        }
        let quantity = match self.count(row)? {
            Count::Units(units) => units,
            Count::Zero => return Err("The quantity is 0.".into()),
            Count::Negative(units) => {
                self.returned.push(Returned { row, sku, units });
                return Ok(());
            }
        };
        let unit_price = match (price, product) {
            (Some(price), _) => {
                if price.is_rounded {
                    let written = self.cell(row, Column::UnitPrice);
                    self.remark_once(row, RemarkKind::Rounded, || {
                        format!("{written} is read as {}", price.amount.input())
                    });
                }
                price.amount
            }
            (None, Some(product)) if !self.is_foreign() => {
                let text = format!("{sku} at {}", product.price);
                self.remark(row, RemarkKind::PriceFromCatalog, text);
                product.price
            }
            (None, Some(_)) => {
                return Err(format!(
                    "The price is missing, and the catalog has that of {sku} in another currency."
                ));
            }
            (None, None) => {
                return Err(format!(
                    "The price is missing, and {sku} is not in the catalog."
                ));
            }
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
            total([(sum, unit_price)]).map_err(|why| why.to_string())?;
            self.lines[at].quantity = sum;
            self.lines[at].merged += 1;
            let text = format!("{quantity} \u{d7} {sku} added to line {first}: {sum} in all");
            self.remark(row, RemarkKind::Merged, text);
        } else {
            total([(quantity, unit_price)]).map_err(|why| why.to_string())?;
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
            self.remark(row, RemarkKind::SkuForm, format!("{written} is {sku}"));
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

    fn check_form(&self, row: &Row<'a>) -> Result<(), String> {
        if let Some(flaw) = self.file.flaw(row) {
            return Err(flaw);
        }
        if let Some(column) = self.file.columns.overfull(row) {
            let name = self.file.columns.name(column);
            return Err(format!(
                "The column {name} has more than 1,000 letters here."
            ));
        }
        if row
            .cells
            .iter()
            .any(|cell| cell.contains(char::REPLACEMENT_CHARACTER))
        {
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
