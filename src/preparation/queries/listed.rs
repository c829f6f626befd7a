//! The orders of a tab and their products, as rows.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::preparation::ShipmentStatus;
use crate::stock::{LineLook, NO_DATE, Priority, ShippingPolicy, When};
use crate::types::{Grams, OrderId, Quantity, RecordRef, ShipmentId};

/// An order in a tab.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Date)]
    required_by: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub priority: Priority,
    #[diesel(sql_type = Text)]
    pub shipping_policy: ShippingPolicy,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Text)]
    pub country: String,
    #[diesel(sql_type = Text)]
    pub shipping_method: String,
    #[diesel(sql_type = Text)]
    pub hold_reason: String,
    #[diesel(sql_type = Nullable<Date>)]
    expected_on: Option<NaiveDate>,
    /// When the first missing unit of it will be there.
    #[diesel(sql_type = Nullable<Date>)]
    first_expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub shipment_id: Option<ShipmentId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub shipment: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub status: Option<ShipmentStatus>,
    #[diesel(sql_type = Nullable<Text>)]
    pub operator: Option<String>,
    #[diesel(sql_type = Text)]
    pub carrier: String,
    #[diesel(sql_type = Text)]
    pub tracking_number: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub shipped_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    #[diesel(sql_type = Nullable<BigInt>)]
    weight_grams: Option<i64>,
}

impl Listed {
    pub fn path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }

    pub fn shipment_path(&self) -> String {
        let path = self.shipment_id.map(|id| RecordRef::Shipment(id).path());
        path.unwrap_or_default()
    }

    pub fn required_by(&self) -> Option<NaiveDate> {
        Some(self.required_by).filter(|date| *date != NO_DATE)
    }

    /// What its units weigh; none: not known of every product.
    pub fn weight(&self) -> Option<Grams> {
        self.weight_grams.map(Grams::new)
    }

    /// When all that is missing of it will be there.
    pub fn when(&self, today: NaiveDate) -> When {
        When::of_all(self.first_expected_on, self.expected_on, today)
    }

    /// The tone of the pill of its priority; `None`: not worth one.
    pub const fn priority_tone(&self) -> Option<&'static str> {
        match self.priority {
            Priority::Urgent => Some("bad"),
            Priority::High => Some("warn"),
            Priority::Normal | Priority::Low => None,
        }
    }

    pub fn is_complete_only(&self) -> bool {
        self.shipping_policy == ShippingPolicy::CompleteOnly
    }
}

/// A product of an order in a tab.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Product {
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Integer)]
    ordered: Quantity,
    #[diesel(sql_type = Integer)]
    shipped: Quantity,
    #[diesel(sql_type = Integer)]
    cancelled: Quantity,
    #[diesel(sql_type = Integer)]
    reserved: Quantity,
    #[diesel(sql_type = Integer)]
    uncovered: Quantity,
    #[diesel(sql_type = Nullable<Date>)]
    line_expected_on: Option<NaiveDate>,
    /// Units the tab is about: to ship, or shipped.
    #[diesel(sql_type = Integer)]
    pub line_units: Quantity,
}

impl Product {
    pub fn look(&self) -> LineLook {
        LineLook {
            ordered: self.ordered,
            shipped: self.shipped,
            cancelled: self.cancelled,
            reserved: self.reserved,
            uncovered: self.uncovered,
            expected_on: self.line_expected_on,
        }
    }
}
