//! The orders that a list names for one decision about all of them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::tabs::path;
use crate::preparation::{Error, Tab, forms, queries};
use crate::stock::pages::{Decision, Question};
use crate::types::{Fields, OrderId, WarehouseId, counted, first_few};
use crate::web::{Result, Sheet};

/// Orders whose numbers a dialog says.
const SAID: usize = 3;

/// The chosen orders, each with its number.
pub(super) struct Named(Vec<(OrderId, String)>);

impl Named {
    /// Those that a request names, each itself or by its parcel.
    ///
    /// # Errors
    /// [`Error::NothingChosen`]; `NotFound` where the reader is not shown one of them.
    pub fn read(conn: &mut PgConnection, form: &Fields) -> Result<Self> {
        let mut orders = forms::orders(form);
        orders.extend(queries::orders_of_parcels(conn, &forms::parcels(form))?);
        orders.sort_unstable();
        orders.dedup();
        if orders.is_empty() {
            return Err(Error::NothingChosen.into());
        }
        let mut numbers: HashMap<OrderId, String> = queries::numbers(conn, orders.clone())?;
        let named = orders.into_iter().map(|order| {
            let number = numbers.remove(&order).ok_or(crate::Error::NotFound)?;
            Ok((order, number))
        });
        Ok(Self(named.collect::<Result<_>>()?))
    }

    pub fn ids(&self) -> Vec<OrderId> {
        self.0.iter().map(|(order, _)| *order).collect()
    }

    /// A decision about all of them, which is called `Hold 3 orders`.
    pub fn decision(
        &self,
        sheet: Sheet,
        verb: &str,
        action: &'static str,
        meaning: &str,
    ) -> Decision {
        let numbers: Vec<String> = self.0.iter().map(|(_, number)| number.clone()).collect();
        let said = numbers.get(..SAID).unwrap_or(&numbers);
        let many = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
        let (title, words) = match &numbers[..] {
            [one] => (format!("{verb} {one}"), meaning.to_owned()),
            _ => (
                format!("{verb} {}", counted(numbers.len(), "order")),
                format!("{}. {meaning}", first_few(said, many)),
            ),
        };
        let from = ["warehouse", "tab"].map(|name| Question::Kept {
            name,
            value: sheet.typed.get(name).to_owned(),
        });
        let list = match back(&sheet.typed) {
            path if path.starts_with("/orders") => ("Orders", path),
            path => ("Order preparation", path),
        };
        let decision = Decision::new(sheet, title, action)
            .about(list.0, list.1)
            .meaning(words.trim())
            .asking(Question::Each {
                name: "order",
                values: self.0.iter().map(|(order, _)| order.to_string()).collect(),
            });
        from.into_iter().fold(decision, Decision::asking)
    }
}

/// The list they were chosen in.
pub(super) fn back(form: &Fields) -> String {
    match form.get("warehouse").parse::<WarehouseId>() {
        Ok(warehouse) => path(warehouse, form.get("tab").parse().unwrap_or(Tab::InStock)),
        Err(_) => "/orders".to_owned(),
    }
}
