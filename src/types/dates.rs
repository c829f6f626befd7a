//! Days and moments as people read them. Pages tell instants through their
//! [`Shell`](crate::web::Shell), which knows the zone.

use chrono::{DateTime, NaiveDate, Utc};

use super::Zone;

/// `23 Nov 2026`.
pub fn day(date: &NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// `from 27 Oct 2026 to 25 Nov 2026`, `on 25 Nov 2026`
pub fn period(from: &NaiveDate, until: &NaiveDate) -> String {
    if from == until {
        format!("on {}", day(from))
    } else {
        format!("from {} to {}", day(from), day(until))
    }
}

/// `23 Nov`, where the year goes without saying.
pub fn short_day(date: &NaiveDate) -> String {
    date.format("%-d %b").to_string()
}

/// `23 Nov 2026, 14:05`.
pub fn moment(at: DateTime<Utc>, zone: Zone) -> String {
    let wall = zone.wall(at);
    format!("{}, {}", day(&wall.date()), wall.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_people_say_it() {
        let at: DateTime<Utc> = "2026-11-03T23:05:59Z".parse().expect("a moment");

        assert_eq!(day(&at.date_naive()), "3 Nov 2026");
        assert_eq!(short_day(&at.date_naive()), "3 Nov");
        assert_eq!(moment(at, Zone::UTC), "3 Nov 2026, 23:05");
        let paris = "Europe/Paris".parse().expect("a zone");
        assert_eq!(moment(at, paris), "4 Nov 2026, 00:05");
    }
}
