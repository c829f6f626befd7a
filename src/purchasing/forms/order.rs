//! The form of a purchase order: as a draft, and when it is under way.

use chrono::NaiveDate;

use super::Typed;
use super::rate::parse_rate;
use crate::purchasing::{DraftEdit, DraftLine, LineEdit, RestEdit, RestLine};
use crate::types::{FieldErrors, Money, PurchaseLineId, Quantity, optional_date, optional_text};

impl Typed {
    /// What the form of a draft says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn draft_edit(&self) -> Result<DraftEdit, FieldErrors> {
        let mut errors = FieldErrors::default();
        let lines: Vec<Option<DraftLine>> = self
            .rows("qty-")
            .map(|(line, name, quantity)| {
                let quantity = errors.field(name, Quantity::parse_positive(quantity));
                let unit_price = self.price(line, &mut errors);
                let expected_on = self.line_date(line, &mut errors);
                Some(DraftLine {
                    line,
                    edit: LineEdit {
                        quantity: quantity?,
                        unit_price: unit_price?,
                        expected_on: expected_on?,
                    },
                })
            })
            .collect();
        let expected_on = self.date("expected_on", &mut errors);
        let shipping_cost = self.shipping_cost(&mut errors);
        let comment = errors.field(
            "supplier_comment",
            optional_text(self.get("supplier_comment"), 4000),
        );
        let note = errors.field(
            "internal_note",
            optional_text(self.get("internal_note"), 4000),
        );
        let rate = self.rate(&mut errors);
        match (
            lines.into_iter().collect(),
            expected_on,
            shipping_cost,
            comment,
            note,
            rate,
        ) {
            (
                Some(lines),
                Some(expected_on),
                Some(shipping_cost),
                Some(supplier_comment),
                Some(internal_note),
                Some(rate),
            ) => Ok(DraftEdit {
                version: self.version(),
                expected_on,
                shipping_cost,
                supplier_comment,
                internal_note,
                rate,
                lines,
            }),
            _ => Err(errors),
        }
    }

    /// What the form of a purchase order under way says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn rest_edit(&self) -> Result<RestEdit, FieldErrors> {
        let mut errors = FieldErrors::default();
        let lines: Vec<Option<RestLine>> = self
            .rows("qty-")
            .map(|(line, name, quantity)| {
                let wanted = errors.field(name, Quantity::parse(quantity));
                let expected_on = self.line_date(line, &mut errors);
                Some(RestLine {
                    line,
                    wanted: wanted?,
                    expected_on: expected_on?,
                })
            })
            .collect();
        let expected_on = self.date("expected_on", &mut errors);
        let confirmed_on = self.date("confirmed_on", &mut errors);
        let shipping_cost = self.shipping_cost(&mut errors);
        let note = errors.field(
            "internal_note",
            optional_text(self.get("internal_note"), 4000),
        );
        match (
            lines.into_iter().collect(),
            expected_on,
            confirmed_on,
            shipping_cost,
            note,
        ) {
            (
                Some(lines),
                Some(expected_on),
                Some(confirmed_on),
                Some(shipping_cost),
                Some(internal_note),
            ) => Ok(RestEdit {
                version: self.version(),
                expected_on,
                confirmed_on,
                shipping_cost,
                internal_note,
                lines,
            }),
            _ => Err(errors),
        }
    }

    fn price(&self, line: PurchaseLineId, errors: &mut FieldErrors) -> Option<Money> {
        let name = format!("price-{line}");
        errors.field(&name, Money::parse(self.get(&name)))
    }

    fn line_date(
        &self,
        line: PurchaseLineId,
        errors: &mut FieldErrors,
    ) -> Option<Option<NaiveDate>> {
        self.date(&format!("date-{line}"), errors)
    }

    fn date(&self, name: &str, errors: &mut FieldErrors) -> Option<Option<NaiveDate>> {
        errors.field(name, optional_date(self.get(name)))
    }

    fn shipping_cost(&self, errors: &mut FieldErrors) -> Option<Money> {
        match self.get("shipping_cost").trim() {
            "" => Some(Money::ZERO),
            typed => errors.field("shipping_cost", Money::parse(typed)),
        }
    }

    /// A rate such as `1.0825`, in millionths; none where the form asks for none.
    fn rate(&self, errors: &mut FieldErrors) -> Option<Option<i64>> {
        if !self.has("rate") {
            return Some(None);
        }
        errors.field("rate", parse_rate(self.get("rate"))).map(Some)
    }
}
