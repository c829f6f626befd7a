//! The forms of purchasing: rows of boxes, named after what they stand for (`qty-12`).

mod order;
mod rate;

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use super::letter::Letter;
use super::needs::RowKey;
use super::{Chosen, Delivery};
use crate::types::{
    EmailList, FieldErrors, PurchaseLineId, Quantity, optional_text, required_text,
};

pub use rate::shown_rate;

/// What a browser sent, by name; the first value of a name counts.
#[derive(Debug, Clone, Default)]
pub struct Typed(HashMap<String, String>);

impl Typed {
    /// Of the fields of a form.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        let mut typed = HashMap::with_capacity(fields.len());
        for (name, value) in fields {
            typed.entry(name).or_insert(value);
        }
        Self(typed)
    }

    /// What was typed; an empty text if nothing was.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// What was typed, or what stands there before anybody types.
    pub fn or(&self, name: &str, kept: impl Display) -> String {
        match self.0.get(name) {
            Some(typed) => typed.clone(),
            None => kept.to_string(),
        }
    }

    /// The same without the boxes of a line.
    pub fn without_line(&self, line: PurchaseLineId) -> Self {
        let of_line = format!("-{line}");
        let boxes = self.0.iter().filter(|(name, _)| !name.ends_with(&of_line));
        Self(
            boxes
                .map(|(name, typed)| (name.clone(), typed.clone()))
                .collect(),
        )
    }

    /// Whether a box is ticked.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The boxes of all rows, as `qty-12`: row, name of the box, what was typed.
    fn rows<'a, Id: FromStr>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (Id, &'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| {
            let row = name.strip_prefix(prefix)?.parse().ok()?;
            Some((row, name.as_str(), value.as_str()))
        })
    }

    /// The version of the record the form was made from; -1 when the form says none.
    pub fn version(&self) -> i32 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// What the form of the receiving desk says; an empty box is nothing.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn delivery(&self) -> Result<Delivery, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut lines: Vec<(PurchaseLineId, Quantity)> = self
            .rows("qty-")
            .filter(|(_, _, quantity)| !quantity.trim().is_empty())
            .filter_map(|(line, name, quantity)| {
                Some((line, errors.field(name, Quantity::parse(quantity))?))
            })
            .collect();
        lines.sort_unstable();
        let note = errors.field("note", optional_text(self.get("note"), 2000));
        let reason = if self.has("over") {
            errors
                .field("reason", required_text(self.get("reason"), 500))
                .map(Some)
        } else {
            Some(None)
        };
        match (note, reason) {
            (Some(note), Some(accept_over)) if errors.is_empty() => Ok(Delivery {
                lines,
                note,
                accept_over,
            }),
            _ => Err(errors),
        }
    }

    /// The mail as somebody looked through it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn letter(&self) -> Result<Letter, FieldErrors> {
        let mut errors = FieldErrors::default();
        let recipients = errors.field("recipients", EmailList::parse(self.get("recipients")));
        let subject = errors.field("subject", required_text(self.get("subject"), 300));
        let text = errors.field("text", required_text(self.get("text"), 20_000));
        match (recipients, subject, text) {
            (Some(recipients), Some(subject), Some(text)) => Ok(Letter {
                recipients,
                subject,
                text,
            }),
            _ => Err(errors),
        }
    }

    /// What was typed into the boxes of the replenishment page; an empty box takes a choice back.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn chosen(&self) -> Result<Vec<Chosen>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let chosen = self
            .rows("choice-")
            .filter_map(|(row, name, quantity): (RowKey, _, _)| {
                let quantity = match quantity.trim() {
                    "" => Quantity::ZERO,
                    typed => errors.field(name, Quantity::parse(typed))?,
                };
                Some(Chosen { row, quantity })
            })
            .collect();
        if errors.is_empty() {
            Ok(chosen)
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let owned = fields
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        Typed::of(owned.collect())
    }

    #[test]
    fn every_complaint_stands_beside_its_box() {
        let form = typed(&[
            ("qty-3", "0"),
            ("price-3", "x"),
            ("date-3", ""),
            ("expected_on", "?"),
        ]);

        let errors = form.draft_edit().expect_err("three complaints");

        for name in ["qty-3", "price-3", "expected_on"] {
            assert!(!errors.get(name).is_empty(), "{name}: {errors}");
        }
    }

    #[test]
    fn an_empty_box_of_the_receiving_desk_is_nothing_and_accepting_more_needs_a_reason() {
        let delivery = typed(&[("qty-1", ""), ("qty-2", " 7 ")])
            .delivery()
            .expect("a delivery");
        let line = "2".parse().expect("an id");
        assert_eq!(delivery.lines, [(line, Quantity::new(7))]);

        let errors = typed(&[("qty-2", "7"), ("over", "true"), ("reason", " ")])
            .delivery()
            .expect_err("no reason");
        assert!(!errors.get("reason").is_empty());
    }
}
