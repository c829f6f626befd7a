//! The numbers of documents: `SO-000042`.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::act::Act;

/// A kind of document that Backfill numbers by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// `SO-000042`; orders of a shop keep the numbers they come with.
    Order,
    /// `PO-000042`.
    PurchaseOrder,
    /// `RE-000042`.
    Reception,
    /// `SH-000042`.
    Shipment,
    /// `TR-000042`.
    Transfer,
    /// `CT-000042`.
    Count,
    /// `BA-000042`.
    Batch,
    /// `MA-000042`.
    Manifest,
    /// `RT-000042`.
    Return,
}

impl Document {
    /// What its numbers begin with, the sequence they are drawn from, and the table they stand in.
    const fn source(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Order => ("SO", "order_numbers", "orders"),
            Self::PurchaseOrder => ("PO", "purchase_order_numbers", "purchase_orders"),
            Self::Reception => ("RE", "reception_numbers", "receptions"),
            Self::Shipment => ("SH", "shipment_numbers", "shipments"),
            Self::Transfer => ("TR", "transfer_numbers", "transfers"),
            Self::Count => ("CT", "count_numbers", "counts"),
            Self::Batch => ("BA", "batch_numbers", "batches"),
            Self::Manifest => ("MA", "manifest_numbers", "manifests"),
            Self::Return => ("RT", "return_numbers", "returns"),
        }
    }

    /// Those whose pages are found by what they are called.
    const ALL: [Self; 8] = [
        Self::Order,
        Self::PurchaseOrder,
        Self::Reception,
        Self::Shipment,
        Self::Transfer,
        Self::Count,
        Self::Batch,
        Self::Return,
    ];

    /// Whether a word is a number as it is written, if not with all its zeros: `PO-12`.
    pub fn is_number(word: &str) -> bool {
        let word = word.to_uppercase();
        Self::ALL.iter().any(|document| {
            let digits = word.strip_prefix(document.source().0);
            let digits = digits.and_then(|rest| rest.strip_prefix('-'));
            digits.is_some_and(|digits| digits.parse::<u64>().is_ok())
        })
    }

    /// The number somebody means who leaves out its zeros or its hyphen: `po12` is `PO-000012`. Any
    /// other text in capitals.
    pub fn whole_number(text: &str) -> String {
        let text = text.trim().to_uppercase();
        let whole = Self::ALL.iter().find_map(|document| {
            let prefix = document.source().0;
            let digits = text.strip_prefix(prefix)?.trim_start_matches(['-', ' ']);
            let number: u64 = digits.parse().ok()?;
            Some(format!("{prefix}-{number:06}"))
        });
        whole.unwrap_or(text)
    }

    /// So many numbers that no document bears, lowest first. Six digits, and more where six do not
    /// hold them.
    pub fn numbers(self, act: &mut Act<'_>, many: usize) -> QueryResult<Vec<String>> {
        #[derive(QueryableByName)]
        #[diesel(check_for_backend(diesel::pg::Pg))]
        struct Free {
            #[diesel(sql_type = Text)]
            number: String,
        }
        let (prefix, sequence, table) = self.source();
        let mut numbers = Vec::with_capacity(many);
        while numbers.len() < many {
            let missing = i64::try_from(many - numbers.len()).unwrap_or(i64::MAX);
            let free: Vec<Free> = diesel::sql_query(format!(
                "select number from (
                   select n, '{prefix}-' || lpad(n::text, greatest(6, length(n::text)), '0') as number
                   from (select nextval('{sequence}') as n from generate_series(1, $1)) drawn
                 ) numbered
                 where not exists (select from {table} t where t.number = numbered.number)
                 order by n"
            ))
            .bind::<BigInt, _>(missing)
            .load(act.conn())?;
            numbers.extend(free.into_iter().map(|free| free.number));
        }
        Ok(numbers)
    }

    /// The next number that no document bears.
    pub fn number(self, act: &mut Act<'_>) -> QueryResult<String> {
        Ok(self.numbers(act, 1)?.pop().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_meant_with_its_zeros() {
        assert_eq!(Document::whole_number("po12"), "PO-000012");
        assert_eq!(Document::whole_number("SH-1234567"), "SH-1234567");
        assert_eq!(Document::whole_number(" re 7 "), "RE-000007");
        assert_eq!(Document::whole_number("post"), "POST");
        assert!(Document::is_number("PO-12") && Document::is_number("so-000001"));
        assert!(!Document::is_number("PO-") && !Document::is_number("PO12"));
    }
}
