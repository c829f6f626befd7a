//! Days and moments as pages show them: `{{ crate::web::dates::day(order.placed_at) }}`.

use chrono::{DateTime, Datelike, Utc};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `23 Nov 2026`.
pub fn day(date: &impl Datelike) -> String {
    format!("{} {}", short_day(date), date.year())
}

/// `23 Nov`, where the year goes without saying.
pub fn short_day(date: &impl Datelike) -> String {
    let month = MONTHS.get(date.month0() as usize).unwrap_or(&"");
    format!("{} {month}", date.day())
}

/// `23 Nov 2026, 14:05`, in UTC.
pub fn moment(at: &DateTime<Utc>) -> String {
    format!("{}, {}", day(at), at.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_people_say_it() {
        let at: DateTime<Utc> = "2026-11-03T09:05:59Z".parse().expect("a moment");

        assert_eq!(day(&at), "3 Nov 2026");
        assert_eq!(short_day(&at.date_naive()), "3 Nov");
        assert_eq!(moment(&at), "3 Nov 2026, 09:05");
    }
}
