//! The one place that asks what time it is.

use chrono::{DateTime, Utc};

/// This instant. Which day that is depends on where: ask a [`Zone`](super::Zone).
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
