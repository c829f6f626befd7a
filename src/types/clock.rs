//! The one place that asks what time it is.

use chrono::{DateTime, NaiveDate, Utc};

/// This instant.
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The day it is, in UTC.
pub fn today() -> NaiveDate {
    now().date_naive()
}
