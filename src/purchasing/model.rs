//! Purchase orders, their lines and their receptions.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::Status;
use crate::schema::{purchase_order_lines, purchase_orders, receptions};
use crate::types::{
    Money, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId, RecordRef,
    SupplierId, UserId, WarehouseId,
};

/// Goods ordered from a supplier for a warehouse.
#[derive(Debug, Clone, PartialEq, HasQuery, AsChangeset)]
#[diesel(table_name = purchase_orders, treat_none_as_null = true)]
pub struct PurchaseOrder {
    pub id: PurchaseOrderId,
    pub number: String,
    /// Who delivers.
    pub supplier_id: SupplierId,
    /// Where to.
    pub warehouse_id: WarehouseId,
    /// How far it is.
    pub status: Status,
    /// When the buyer expects it.
    pub expected_on: Option<NaiveDate>,
    /// When the supplier says it comes.
    pub confirmed_on: Option<NaiveDate>,
    /// Three letters; every amount of it is in this currency.
    pub currency: String,
    /// What one unit of the currency is worth, in millionths of the company's; none: not said yet.
    pub rate: Option<i64>,
    /// What carriage costs.
    pub shipping_cost: Money,
    /// For the supplier to read.
    pub supplier_comment: String,
    /// For colleagues.
    pub internal_note: String,
    /// Raised by every change; a form made from an older version is refused.
    pub version: i32,
    /// Who wrote it.
    pub created_by: Option<UserId>,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Since when nothing is left to come.
    pub closed_at: Option<DateTime<Utc>>,
    /// What the lead time of the supplier gave when it was sent.
    pub lead_due_on: Option<NaiveDate>,
    /// Whether what has not arrived was given up: then nothing of it comes, whatever is reversed.
    pub rest_cancelled: bool,
}

impl PurchaseOrder {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::PurchaseOrder(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// Whether goods that arrive late open it again: the supplier knew of it, and nothing is to come.
    pub const fn may_open_again(&self) -> bool {
        self.sent_at.is_some() && !self.status.is_under_way()
    }

    /// Units of a line that may arrive before more came than was ordered: those to come; when nothing
    /// is to come any more, those that were cancelled.
    pub fn awaited(&self, line: &PurchaseLine) -> Quantity {
        if self.may_open_again() {
            line.cancelled.min(line.ordered.less(line.received))
        } else {
            line.to_come()
        }
    }

    /// When a line arrives: what the supplier stated goes before what the buyer expects, which goes
    /// before what the lead time gave; of each, the line's before the order's. A draft may have no
    /// date yet. `DUE_SQL` says the same.
    pub fn due_on(&self, line: &PurchaseLine) -> Option<NaiveDate> {
        let stated = line.confirmed_on.or(self.confirmed_on);
        let expected = || line.expected_on.or(self.expected_on);
        let usual = || line.lead_due_on.or(self.lead_due_on);
        stated.or_else(expected).or_else(usual)
    }
}

/// [`PurchaseOrder::due_on`] for a purchase order `p` and its line `l`.
pub const DUE_SQL: &str = "coalesce(l.confirmed_on, p.confirmed_on, l.expected_on, p.expected_on, l.lead_due_on, p.lead_due_on)";

/// One product on a purchase order.
#[derive(Debug, Clone, PartialEq, HasQuery, QueryableByName)]
#[diesel(table_name = purchase_order_lines)]
pub struct PurchaseLine {
    pub id: PurchaseLineId,
    /// Its purchase order.
    pub purchase_order_id: PurchaseOrderId,
    /// From 1.
    pub line_number: i32,
    /// What is ordered.
    pub product_id: ProductId,
    /// What the supplier calls it; may be empty.
    pub supplier_sku: String,
    /// Units ordered.
    pub ordered: Quantity,
    /// Units that arrived; may be more.
    pub received: Quantity,
    /// Units given up.
    pub cancelled: Quantity,
    /// Price of one unit.
    pub unit_price: Money,
    /// When the buyer expects it; none: as the purchase order.
    pub expected_on: Option<NaiveDate>,
    /// When the supplier says it comes; none: as the purchase order.
    pub confirmed_on: Option<NaiveDate>,
    /// What the lead time of its product gave when it was sent; none: as the purchase order.
    pub lead_due_on: Option<NaiveDate>,
}

impl PurchaseLine {
    /// Units the supplier is asked for.
    pub fn wanted(&self) -> Quantity {
        self.ordered.less(self.cancelled)
    }

    /// Units still to come.
    pub fn to_come(&self) -> Quantity {
        self.wanted().less(self.received)
    }

    /// What the units asked for cost.
    pub fn amount(&self) -> Money {
        self.unit_price.times(self.wanted())
    }
}

/// A delivery. Never edited.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = receptions)]
pub struct Reception {
    pub id: ReceptionId,
    pub number: String,
    /// What it delivers.
    pub purchase_order_id: PurchaseOrderId,
    /// Where it arrived.
    pub warehouse_id: WarehouseId,
    /// What was said about it; may be empty.
    pub note: String,
    /// Who counted.
    pub received_by: Option<UserId>,
    pub received_at: DateTime<Utc>,
}

impl Reception {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Reception(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).expect("a date")
    }

    fn order() -> PurchaseOrder {
        PurchaseOrder {
            id: "1".parse().expect("an id"),
            number: "PO-000001".into(),
            supplier_id: "1".parse().expect("an id"),
            warehouse_id: "1".parse().expect("an id"),
            status: Status::Sent,
            expected_on: None,
            confirmed_on: None,
            currency: "EUR".into(),
            rate: Some(1_000_000),
            shipping_cost: Money::ZERO,
            supplier_comment: String::new(),
            internal_note: String::new(),
            version: 0,
            created_by: None,
            created_at: DateTime::UNIX_EPOCH,
            sent_at: Some(date(1).and_hms_opt(12, 0, 0).expect("a time").and_utc()),
            closed_at: None,
            lead_due_on: Some(date(8)),
            rest_cancelled: false,
        }
    }

    fn line() -> PurchaseLine {
        PurchaseLine {
            id: "1".parse().expect("an id"),
            purchase_order_id: "1".parse().expect("an id"),
            line_number: 1,
            product_id: "1".parse().expect("an id"),
            supplier_sku: String::new(),
            ordered: Quantity::new(15),
            received: Quantity::new(10),
            cancelled: Quantity::ZERO,
            unit_price: Money::from_ten_thousandths(20_000),
            expected_on: None,
            confirmed_on: None,
            lead_due_on: None,
        }
    }

    #[test]
    fn what_the_supplier_stated_goes_before_what_the_buyer_expects_and_that_before_the_lead_time() {
        let (mut order, mut line) = (order(), line());
        assert_eq!(order.due_on(&line), Some(date(8)));

        line.lead_due_on = Some(date(30));
        assert_eq!(order.due_on(&line), Some(date(30)));

        order.expected_on = Some(date(9));
        assert_eq!(order.due_on(&line), Some(date(9)));

        line.expected_on = Some(date(10));
        assert_eq!(order.due_on(&line), Some(date(10)));

        order.confirmed_on = Some(date(20));
        assert_eq!(order.due_on(&line), Some(date(20)));

        line.confirmed_on = Some(date(15));
        assert_eq!(order.due_on(&line), Some(date(15)));
    }

    #[test]
    fn what_was_given_up_is_neither_to_come_nor_to_be_paid() {
        let mut line = line();
        assert_eq!(line.to_come(), Quantity::new(5));

        line.cancelled = Quantity::new(5);

        assert_eq!(line.to_come(), Quantity::ZERO);
        assert_eq!(line.amount(), Money::from_ten_thousandths(200_000));
    }
}
