//! Purchase orders, their lines and their receptions.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;

use crate::schema::{purchase_order_lines, purchase_orders, receptions};
use crate::types::{
    Money, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId, RecordRef,
    SupplierId, UserId, WarehouseId, text_enum,
};

text_enum! {
    /// How far a purchase order is.
    Status {
        /// Being written; the supplier knows nothing of it.
        Draft = "draft", "Draft";
        /// The supplier has it.
        Sent = "sent", "Sent";
        /// The supplier said when.
        Confirmed = "confirmed", "Confirmed";
        /// Some of it arrived.
        PartlyReceived = "partly_received", "Partly received";
        /// Nothing is left to come.
        Received = "received", "Received";
        /// Given up; what had not arrived will not.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl Status {
    /// The statuses of purchase orders that something is still to become of.
    pub const OPEN: [Self; 4] = [
        Self::Draft,
        Self::Sent,
        Self::Confirmed,
        Self::PartlyReceived,
    ];

    /// The table of statuses.
    pub const fn can_become(self, next: Self) -> bool {
        use Status::{Cancelled, Confirmed, Draft, PartlyReceived, Received, Sent};
        matches!(
            (self, next),
            (Draft, Sent | Cancelled)
                | (Sent, Confirmed | PartlyReceived | Received | Cancelled)
                | (Confirmed, Confirmed | PartlyReceived | Received | Cancelled)
                | (PartlyReceived, PartlyReceived | Received | Cancelled)
        )
    }

    /// Whether what it orders counts as on its way.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Sent | Self::Confirmed | Self::PartlyReceived)
    }

    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Cancelled => "quiet",
            Self::Sent | Self::Confirmed => "info",
            Self::PartlyReceived => "warn",
            Self::Received => "done",
        }
    }
}

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
    /// When the supplier says it comes; goes before `expected_on`.
    pub confirmed_on: Option<NaiveDate>,
    /// Three letters; every amount of it is in this currency.
    pub currency: String,
    /// What one unit of the currency is worth, in millionths of the company's.
    pub rate: i64,
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
}

impl PurchaseOrder {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::PurchaseOrder(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// When a line arrives: its own date, else the supplier's, else the buyer's, else the lead time
    /// after it is sent, which is today for a draft.
    pub fn due_on(
        &self,
        own: Option<NaiveDate>,
        lead_time_days: i32,
        today: NaiveDate,
    ) -> NaiveDate {
        let sent_on = self.sent_at.map_or(today, |at| at.date_naive());
        own.or(self.confirmed_on)
            .or(self.expected_on)
            .unwrap_or_else(|| sent_on + Days::new(u64::from(lead_time_days.unsigned_abs())))
    }
}

/// One product on a purchase order.
#[derive(Debug, Clone, PartialEq, HasQuery)]
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
    /// Own date; none: that of the purchase order.
    pub expected_on: Option<NaiveDate>,
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
            rate: 1_000_000,
            shipping_cost: Money::ZERO,
            supplier_comment: String::new(),
            internal_note: String::new(),
            version: 0,
            created_by: None,
            created_at: DateTime::UNIX_EPOCH,
            sent_at: Some(date(1).and_hms_opt(12, 0, 0).expect("a time").and_utc()),
            closed_at: None,
        }
    }

    #[test]
    fn a_line_is_due_on_its_own_date_else_the_suppliers_else_the_buyers_else_after_the_lead_time() {
        let mut order = order();

        assert_eq!(order.due_on(None, 7, date(20)), date(8));

        order.expected_on = Some(date(10));
        assert_eq!(order.due_on(None, 7, date(20)), date(10));

        order.confirmed_on = Some(date(12));
        assert_eq!(order.due_on(None, 7, date(20)), date(12));
        assert_eq!(order.due_on(Some(date(9)), 7, date(20)), date(9));
    }

    #[test]
    fn a_draft_would_be_due_the_lead_time_from_today() {
        let mut order = order();
        order.sent_at = None;

        assert_eq!(order.due_on(None, 7, date(20)), date(27));
    }

    #[test]
    fn what_is_received_or_cancelled_stays_so() {
        for end in [Status::Received, Status::Cancelled] {
            for next in Status::ALL {
                assert!(!end.can_become(*next), "{end} to {next}");
            }
        }
        assert!(!Status::Draft.can_become(Status::PartlyReceived));
        assert!(!Status::PartlyReceived.can_become(Status::Sent));
        assert!(Status::PartlyReceived.can_become(Status::Cancelled));
    }

    #[test]
    fn what_was_given_up_is_neither_to_come_nor_to_be_paid() {
        let mut line = PurchaseLine {
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
        };
        assert_eq!(line.to_come(), Quantity::new(5));

        line.cancelled = Quantity::new(5);

        assert_eq!(line.to_come(), Quantity::ZERO);
        assert_eq!(line.amount(), Money::from_ten_thousandths(200_000));
    }
}
