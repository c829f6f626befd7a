//! Postage, vouchers, services: what an order holds beside its goods, as amounts.

use super::Document;
use crate::exchange::imports::orders::codes;
use crate::exchange::imports::orders::column::Column;
use crate::exchange::imports::orders::numbers::{Count, Price, currency};
use crate::exchange::imports::orders::reading::ReadAmount;
use crate::exchange::imports::orders::remarks::RemarkKind;
use crate::sheet::Row;
use crate::types::{Money, Quantity, Sku, total};

impl<'f, 'a> Document<'f, 'a> {
    /// Whether a line without a SKU, or with one the catalog does not know, is no goods: by its
    /// code, by its words, or because it takes money off.
    pub(super) fn is_amount(
        &self,
        row: &'f Row<'a>,
        sku: Option<&Sku>,
        price: Option<Price<'_>>,
    ) -> bool {
        let description = self.cell(row, Column::Description);
        let takes_off = price.is_some_and(|price| price.amount < Money::ZERO);
        match sku {
            None => takes_off || codes::speaks_of_service(description),
            Some(sku) => {
                codes::is_charge(sku.as_str())
                    || codes::is_service(description)
                    || takes_off && !self.names.is_goods(sku)
            }
        }
    }

    /// `Postage: 3 × 18.00 = 54.00`, of which the order keeps the name and the sum.
    pub(super) fn amount(
        &mut self,
        row: &'f Row<'a>,
        sku: Option<&Sku>,
        price: Option<Price<'f>>,
    ) -> Result<(), String> {
        let (units, comes_back) = match self.cell(row, Column::Quantity) {
            "" => (Quantity::new(1), false),
            _ => match self.count(row)? {
                Count::Units(units) => (units, false),
                Count::Negative(units) => (units, true),
                Count::Zero => (Quantity::ZERO, false),
            },
        };
        let each = price.map_or(Money::ZERO, |price| price.amount);
        total([(units, each.abs())]).map_err(|why| why.to_string())?;
        let sum = each.times(units).ten_thousandths();
        let amount = Money::from_ten_thousandths(if comes_back { -sum } else { sum });
        let name: String = match (self.cell(row, Column::Description), sku) {
            ("", None) if amount < Money::ZERO => "Discount".into(),
            ("", None) => "Charge".into(),
            (name, Some(sku)) if codes::is_no_name(name) => sku.to_string(),
            (name, _) => name
                .chars()
                .filter(|letter| !letter.is_control())
                .take(100)
                .collect(),
        };
        let sign = if comes_back { "\u{2212}" } else { "" };
        let text = format!("{name}: {sign}{units} \u{d7} {each} = {amount}");
        self.remark(row, RemarkKind::Charge, text);
        self.amounts.push(ReadAmount { name, amount });
        Ok(())
    }

    /// What the prices of the document are in; one document, one currency.
    pub(super) fn check_currency(
        &mut self,
        row: &'f Row<'a>,
        price: Option<Price<'f>>,
    ) -> Result<(), String> {
        let own = self.known.currency.as_str();
        let sign = price.map_or("", |price| price.currency);
        let said = match self.cell(row, Column::Currency) {
            "" => self.first(Column::Currency).map_or("", |(_, said)| said),
            said => said,
        };
        let code = match (said, sign) {
            ("", "") => return Ok(()),
            ("", sign) => currency::code(sign, own),
            (said, _) => currency::code(said, own),
        };
        let Some(code) = code else {
            return Err(format!("The currency {said:?} is not known."));
        };
        if !sign.is_empty() && currency::code(sign, &code).as_deref() != Some(code.as_str()) {
            let price = self.cell(row, Column::UnitPrice);
            return Err(format!(
                "The price {price:?} is not in {code}, which is the currency of this line."
            ));
        }
        match &self.currency {
            None => {}
            Some((_, other)) if *other == code => return Ok(()),
            Some((line, other)) => {
                let number = self.number;
                return Err(format!(
                    "Order {number} is in {other} on line {line}, and in {code} here."
                ));
            }
        }
        if self.known.is_foreign(Some(&code)) {
            self.remark(
                row,
                RemarkKind::Currency,
                format!("{code} instead of {own}"),
            );
        }
        self.currency = Some((row.line, code));
        Ok(())
    }

    /// Whether prices of the catalog are in another currency than this document.
    pub(super) fn is_foreign(&self) -> bool {
        let said = self.currency.as_ref();
        self.known.is_foreign(said.map(|(_, code)| code.as_str()))
    }
}
