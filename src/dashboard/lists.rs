//! The lists that figures open.

use chrono::NaiveDate;

/// Orders of which something is missing.
pub(super) const WAITING: &str = "/orders?missing=yes";
/// Orders that can be shipped.
pub(super) const READY: &str = "/preparation";

/// Orders that waited when a day ended.
pub(super) fn waited(on: NaiveDate) -> String {
    format!("/orders?stood=waiting&on={on}")
}

/// Orders that were ready when a day ended.
pub(super) fn were_ready(on: NaiveDate) -> String {
    format!("/orders?stood=ready&on={on}")
}

/// Orders placed on a day.
pub(super) fn placed(on: NaiveDate) -> String {
    format!("/orders?from={on}&until={on}")
}

/// Orders placed on these days of which a line was not filled at once.
pub(super) fn queued(from: NaiveDate, until: NaiveDate) -> String {
    format!("/orders?missing=queued&from={from}&until={until}")
}

/// Purchase orders of which something was due on a day.
pub(super) fn due(on: NaiveDate) -> String {
    format!("/purchase-orders?from={on}&until={on}")
}

/// Purchase orders of which something due on these days did not arrive whole on its day.
pub(super) fn missed(from: NaiveDate, until: NaiveDate) -> String {
    format!("/purchase-orders?late=missed&from={from}&until={until}")
}
