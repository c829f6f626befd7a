//! What a document as a whole says: its dates, its customer, the order it comes to.

use std::collections::HashSet;

use super::Document;
use crate::exchange::imports::orders::column::Column;
use crate::exchange::imports::orders::dates;
use crate::exchange::imports::orders::judge::refusal;
use crate::exchange::imports::orders::left_out::Refusal;
use crate::exchange::imports::orders::reading::{ReadCustomer, ReadOrder};
use crate::exchange::imports::orders::remarks::RemarkKind;
use crate::sheet::Row;
use crate::types::Email;

impl<'f, 'a> Document<'f, 'a> {
    pub(super) fn date(&mut self, row: &'f Row<'a>) -> Result<(), String> {
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
        let at = dates::moment(written, self.file.day_order, self.known.zone, self.now)?;
        if let Some(other) = self.placed_at.filter(|other| *other != at) {
            let earliest = at.min(other);
            let told = |at| self.known.zone.wall(at).format("%Y-%m-%d %H:%M");
            let text = format!("{} here; {} is taken", told(at), told(earliest));
            self.remark(row, RemarkKind::TwoDates, text);
        }
        self.placed_at = Some(self.placed_at.map_or(at, |other| other.min(at)));
        Ok(())
    }

    /// An order whose only date stands on a refused line has none.
    pub(super) fn date_all(&mut self) {
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

    pub(super) fn order(&mut self) -> ReadOrder {
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
            amounts: std::mem::take(&mut self.amounts),
            netted: self.netted,
            currency: self.currency.take().map(|(_, code)| code),
        }
    }

    fn customer(&self) -> Option<ReadCustomer> {
        let (_, key) = self.customer_key()?;
        // Spreadsheets turn numbers into 17850.0.
        let code = match key.strip_suffix(".0") {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits,
            _ => key,
        };
        let email = |text: &str| Email::parse(text).map(|email| email.to_string());
        let code = email(code).unwrap_or_else(|_| code.to_owned());
        let code = short(Some((0, &code)), 64);
        let name = match self.first(Column::CustomerName) {
            None => code.clone(),
            name => short(name, 200),
        };
        let written = self.first(Column::Email).map_or("", |(_, email)| email);
        let email = email(written).unwrap_or_default();
        Some(ReadCustomer { code, name, email })
    }
}

/// Without control characters, as long as its column takes.
fn short(said: Option<(usize, &str)>, most: usize) -> String {
    let text = said.map_or("", |(_, text)| text);
    let letters = text
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n');
    letters.take(most).collect::<String>().trim().to_owned()
}
