//! How far a purchase order is.

use crate::types::text_enum;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
