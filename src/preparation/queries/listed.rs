//! The orders of a tab and their products, as rows.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Text, Timestamptz};

use crate::preparation::{ShipmentStatus, Tab};
use crate::stock::{LineLook, NO_DATE, Priority, ShippingPolicy};
use crate::types::{OrderId, Quantity, RecordRef, ShipmentId};

/// An order in a tab.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(in crate::preparation) struct Listed {
    #[diesel(sql_type = BigInt)]
    pub(in crate::preparation) order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) number: String,
    #[diesel(sql_type = SmallInt)]
    priority_rank: i16,
    #[diesel(sql_type = Date)]
    required_by: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    pub(in crate::preparation) placed_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) priority: Priority,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) shipping_policy: ShippingPolicy,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) customer: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) country: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) shipping_method: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) hold_reason: String,
    #[diesel(sql_type = Nullable<Date>)]
    pub(in crate::preparation) expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(in crate::preparation) shipment_id: Option<ShipmentId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(in crate::preparation) shipment: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(in crate::preparation) status: Option<ShipmentStatus>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(in crate::preparation) operator: Option<String>,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) carrier: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) tracking_number: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub(in crate::preparation) shipped_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub(in crate::preparation) lines: i64,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) units: Quantity,
}

impl Listed {
    pub(in crate::preparation) fn path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }

    pub(in crate::preparation) fn shipment_path(&self) -> String {
        let path = self.shipment_id.map(|id| RecordRef::Shipment(id).path());
        path.unwrap_or_default()
    }

    pub(in crate::preparation) fn required_by(&self) -> Option<NaiveDate> {
        Some(self.required_by).filter(|date| *date != NO_DATE)
    }

    pub(in crate::preparation) fn is_complete_only(&self) -> bool {
        self.shipping_policy == ShippingPolicy::CompleteOnly
    }

    /// Its place in the queue, as the URL of a page has it.
    pub(super) fn key(&self, tab: Tab) -> (String, String) {
        let micros = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
        if tab == Tab::Shipped {
            let id = self.shipment_id.map_or(0, i64::from);
            return (
                self.shipped_at.map(micros).unwrap_or_default(),
                id.to_string(),
            );
        }
        let queue = format!(
            "{}_{}_{}",
            self.priority_rank,
            self.required_by,
            micros(self.placed_at)
        );
        (queue, self.order_id.to_string())
    }
}

/// A product of an order in a tab.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(in crate::preparation) struct Product {
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) sku: String,
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
    pub(in crate::preparation) line_units: Quantity,
}

impl Product {
    pub(in crate::preparation) fn look(&self) -> LineLook {
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
