//! What a tab is narrowed to.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::preparation::tabs::Tab;
use crate::preparation::{By, Choice};
use crate::stock::SERVED_SQL;
use crate::types::{ReceptionId, UserId, WarehouseId, text_enum};

text_enum! {
    /// How much there is to do for an order.
    Size {
        /// One unit of one product.
        OneUnit = "one-unit", "One unit";
        /// One product, however many of it.
        OneLine = "one-line", "One line";
        /// Several products.
        ManyLines = "many-lines", "Many lines";
    }
}

/// Days or hours that are looked back.
const MOST: i64 = 100_000;

/// Which tab, and what it is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TabFilter {
    pub warehouse: String,
    pub tab: String,
    /// Part of an order number or a customer's name, or how a SKU begins.
    pub q: String,
    /// How it is sent, as the order writes it, in whatever letters.
    pub method: String,
    /// Where it goes, as the order writes it, in whatever letters.
    pub country: String,
    /// A [`Size`]; empty: any.
    pub size: String,
    /// Placed more than so many days ago.
    pub age: String,
    /// In this tab for more than so many hours.
    pub ready: String,
    /// Of those that got units of a reception.
    pub reception: String,
    /// Taken by whom, as [`By`] reads it; `None`: as it was last.
    pub by: Option<String>,
    /// The same as it is understood.
    #[serde(skip)]
    pub operator: Option<UserId>,
}

impl TabFilter {
    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    pub fn tab(&self) -> Tab {
        self.tab.parse().unwrap_or(Tab::InStock)
    }

    pub fn size(&self) -> Option<Size> {
        self.size.parse().ok()
    }

    pub fn reception(&self) -> Option<ReceptionId> {
        self.reception.parse().ok()
    }

    /// Whether it is narrowed at all.
    pub fn is_narrow(&self) -> bool {
        let all = [
            &self.q,
            &self.method,
            &self.country,
            &self.size,
            &self.age,
            &self.ready,
            &self.reception,
        ];
        self.operator.is_some() || all.iter().any(|text| !text.trim().is_empty())
    }

    /// Whether it is narrowed by what is asked for rarely.
    pub fn is_narrow_rarely(&self) -> bool {
        let rare = [&self.country, &self.age, &self.ready];
        self.operator.is_some() || rare.iter().any(|text| !text.trim().is_empty())
    }

    pub fn by(&self) -> By {
        By::read(self.by.as_deref().unwrap_or_default())
    }

    /// The same, with what was looked at last where it says nothing.
    #[must_use]
    pub fn or_kept(mut self, kept: Option<&Choice>) -> Self {
        let Some(kept) = kept else {
            return self;
        };
        self.by.get_or_insert_with(|| kept.by.text());
        match self.warehouse() {
            Some(_) => self,
            None => self.of(kept.warehouse),
        }
    }

    /// What it says of where and whose, to be kept for the next time.
    pub fn choice(&self) -> Option<Choice> {
        let by = self.by();
        self.warehouse().map(|warehouse| Choice { warehouse, by })
    }

    /// The same, as it is understood, of a warehouse.
    pub fn of(&self, warehouse: WarehouseId) -> Self {
        Self {
            warehouse: warehouse.to_string(),
            tab: self.tab().to_string(),
            q: self.q.trim().to_owned(),
            ..self.clone()
        }
    }

    /// The same, seen by somebody: those who took parcels count only where there are any.
    #[must_use]
    pub fn seen_by(mut self, visitor: UserId) -> Self {
        let whose = self.by().seen_by(visitor);
        self.operator = whose.filter(|_| self.tab().has_parcels());
        self
    }

    pub(super) fn placed_before(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        ago(now, Duration::try_days, &self.age)
    }

    pub(super) fn ready_before(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        ago(now, Duration::try_hours, &self.ready)
    }
}

/// So many days or hours ago, within what a shop remembers.
fn ago(now: DateTime<Utc>, unit: fn(i64) -> Option<Duration>, many: &str) -> Option<DateTime<Utc>> {
    let many = many.parse().ok().filter(|many| (0..=MOST).contains(many))?;
    Some(now - unit(many)?)
}

/// What was typed, if anything was.
pub(super) fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Of consignments `c` with their orders `o`, customers `cu` and parcels `s`: those that are asked for.
/// What is left to ship makes the size of an order; of one that left, what left.
pub(super) fn narrowed() -> String {
    format!(
        "and (:text is null or o.number ilike :text or cu.name ilike :text or exists (
           select from order_lines wanted join products p on p.id = wanted.product_id
           where wanted.order_id = c.order_id and wanted.warehouse_id = :warehouse and p.sku like :sku))
         and (:method is null or lower(o.shipping_method) = lower(:method))
         and (:country is null or lower(o.country) = lower(:country))
         and (:placed_before is null or c.placed_at < :placed_before)
         and (:ready_before is null or c.changed_at < :ready_before)
         and (:reception is null or c.order_id in {SERVED_SQL})
         and (:operator is null or s.operator_id = :operator)
         and (:size is null or :size = (
           select case when count(*) > 1 then 'many-lines' when sum(own.units) = 1 then 'one-unit'
             else 'one-line' end
           from (
             select case when c.state = 'done' then l.shipped
               else l.ordered - l.shipped - l.cancelled end as units
             from order_lines l
             where l.order_id = c.order_id and l.warehouse_id = c.warehouse_id and not l.is_kit
           ) own
           where own.units > 0))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::clock;

    #[test]
    fn days_and_hours_that_no_calendar_has_narrow_nothing() {
        let now = clock::now();
        for text in [
            "",
            "soon",
            "-1",
            "100001",
            "4294967297",
            "9223372036854775807",
        ] {
            let filter = TabFilter {
                age: text.into(),
                ready: text.into(),
                ..TabFilter::default()
            };
            assert_eq!(
                (filter.placed_before(now), filter.ready_before(now)),
                (None, None),
                "{text}"
            );
        }
    }

    #[test]
    fn whose_parcels_are_asked_for_counts_only_where_there_are_any() {
        let visitor = UserId::unwritten(1);
        let theirs = |tab: Tab| {
            let filter = TabFilter {
                tab: tab.to_string(),
                by: Some("me".into()),
                ..TabFilter::default()
            };
            filter.seen_by(visitor).operator
        };

        assert_eq!(theirs(Tab::InProgress), Some(visitor));
        assert_eq!(theirs(Tab::InStock), None);
    }
}
