//! Parcels and the way they go.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{Error, Slot};
use crate::schema::shipments;
use crate::types::{
    BatchId, CarrierId, OrderId, RecordRef, ShipmentId, UserId, WarehouseId, text_enum,
};

text_enum! {
    /// How far a parcel is.
    ShipmentStatus {
        /// Its units are set aside and wait for a picker.
        ToPick = "to_pick", "To pick";
        /// They were taken off the shelves.
        Picked = "picked", "Picked";
        /// They are in a closed parcel.
        Packed = "packed", "Packed";
        /// They left.
        Shipped = "shipped", "Shipped";
        /// They went back to the queue.
        Cancelled = "cancelled", "Given back";
    }
}

impl ShipmentStatus {
    /// The way of a parcel, in order; a small shop goes it in one step.
    pub const STEPS: [Self; 4] = [Self::ToPick, Self::Picked, Self::Packed, Self::Shipped];

    /// Whether a parcel may go from here to there: the one table of its steps. The last scan may be taken back, and
    /// with it the step it made, and a parcel that did not leave, as long as its carrier did not take it.
    pub const fn can_become(self, next: Self) -> bool {
        use ShipmentStatus::{Cancelled, Packed, Picked, Shipped, ToPick};
        matches!(
            (self, next),
            (ToPick, Picked)
                | (Picked, Packed | ToPick)
                | (Packed, Picked)
                | (ToPick | Picked | Packed, Shipped | Cancelled)
                | (Shipped, Packed)
        )
    }

    /// The states from which a parcel may become this one.
    pub fn before(self) -> Vec<Self> {
        let all = Self::ALL.iter().copied();
        all.filter(|status| status.can_become(self)).collect()
    }

    /// Whether somebody is at work on it.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::ToPick | Self::Picked | Self::Packed)
    }

    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::ToPick => "info",
            Self::Picked | Self::Packed => "warn",
            Self::Shipped => "done",
            Self::Cancelled => "quiet",
        }
    }
}

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = shipments)]
pub struct Shipment {
    pub id: ShipmentId,
    /// What people call it: SH-000123.
    pub number: String,
    /// The order it serves.
    pub order_id: OrderId,
    pub warehouse_id: WarehouseId,
    pub status: ShipmentStatus,
    pub operator_id: Option<UserId>,
    /// Who carries it, as it was called then; may be empty.
    pub carrier: String,
    /// One of our carriers.
    pub carrier_id: Option<CarrierId>,
    /// What the carrier calls it; may be empty.
    pub tracking_number: String,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was picked, if somebody said so.
    pub picked_at: Option<DateTime<Utc>>,
    /// When it was packed, if somebody said so.
    pub packed_at: Option<DateTime<Utc>>,
    /// When it left.
    pub shipped_at: Option<DateTime<Utc>>,
    /// When it was given back.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// With which others it is picked.
    pub batch_id: Option<BatchId>,
    /// Its place on the cart there.
    pub slot: Option<Slot>,
    /// Who has it open at a packing desk.
    pub packer_id: Option<UserId>,
    /// Since when.
    pub packing_since: Option<DateTime<Utc>>,
}

impl Shipment {
    pub const fn record(&self) -> RecordRef {
        RecordRef::Shipment(self.id)
    }

    /// Why it takes no such step.
    pub(super) fn refuses(self, to: ShipmentStatus) -> Error {
        Error::Step {
            number: self.number,
            from: self.status,
            to,
        }
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// What open pages that show it listen to.
    pub fn topics(&self) -> Vec<String> {
        vec![
            format!("order:{}", self.order_id),
            format!("warehouse:{}", self.warehouse_id),
        ]
    }
}

/// How a parcel leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Departure {
    /// Who carries it; may be empty.
    pub carrier: String,
    /// What the carrier calls it; may be empty.
    pub tracking_number: String,
}

#[cfg(test)]
mod tests {
    use super::ShipmentStatus::{self, Cancelled, Packed, Picked, Shipped, ToPick};

    #[test]
    fn a_parcel_goes_forward_or_back_to_the_queue_and_nowhere_else() {
        let allowed = [
            (ToPick, Picked),
            (ToPick, Shipped),
            (ToPick, Cancelled),
            (Picked, Packed),
            (Picked, ToPick),
            (Packed, Picked),
            (Picked, Shipped),
            (Picked, Cancelled),
            (Packed, Shipped),
            (Packed, Cancelled),
            (Shipped, Packed),
        ];

        for from in ShipmentStatus::ALL {
            for to in ShipmentStatus::ALL {
                let listed = allowed.contains(&(*from, *to));
                assert_eq!(from.can_become(*to), listed, "{from} to {to}");
            }
        }
    }

    #[test]
    fn only_a_parcel_somebody_is_at_work_on_may_leave() {
        assert_eq!(Shipped.before(), [ToPick, Picked, Packed]);
        assert!(Shipped.before().iter().all(|status| status.is_under_way()));
    }
}
