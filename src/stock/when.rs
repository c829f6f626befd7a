//! When what is missing will be there, as every page says it. A day that has passed promises nothing.

use chrono::NaiveDate;

use crate::types::{counted, dates};

/// When missing units will be there, seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nobody brings them.
    NotOnOrder,
    On(NaiveDate),
    /// They should have been there; nobody said another day.
    Late {
        was: NaiveDate,
        /// Days since then; at least 1.
        days: i64,
    },
}

impl When {
    /// Of one line, or of a purchase order: what is expected on a day, seen from today.
    pub fn seen(expected_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        match expected_on {
            None => Self::NotOnOrder,
            Some(day) if day >= today => Self::On(day),
            Some(was) => Self::Late {
                was,
                days: (today - was).num_days(),
            },
        }
    }

    /// Of several lines together: the day of the last, unless the first is late already.
    pub fn of_all(first: Option<NaiveDate>, last: Option<NaiveDate>, today: NaiveDate) -> Self {
        match (Self::seen(first, today), last) {
            (late @ Self::Late { .. }, Some(_)) => late,
            _ => Self::seen(last, today),
        }
    }

    pub const fn is_late(self) -> bool {
        matches!(self, Self::Late { .. })
    }

    /// The day that still holds.
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::NotOnOrder | Self::Late { .. } => None,
        }
    }

    /// `12 Dec`, `late, was 22 Nov (3 days)`, `not on order`.
    pub fn words(self) -> String {
        match self {
            Self::NotOnOrder => "not on order".into(),
            Self::On(day) => dates::short_day(&day),
            Self::Late { was, days } => {
                let days = counted(days, "day");
                format!("late, was {} ({days})", dates::short_day(&was))
            }
        }
    }

    /// The same with the year of a day to come: `12 Dec 2026`.
    pub fn in_full(self) -> String {
        match self {
            Self::On(day) => dates::day(&day),
            other => other.words(),
        }
    }

    /// The words of what is late; else empty.
    pub fn late_words(self) -> String {
        match self {
            Self::Late { .. } => self.words(),
            Self::NotOnOrder | Self::On(_) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::stock::when::When;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
    }

    #[test]
    fn a_day_that_has_passed_is_late_and_today_is_not() {
        let seen = |on: u32| When::seen(Some(day(on)), day(25));

        assert_eq!(seen(26).words(), "26 Nov");
        assert_eq!(seen(25).words(), "25 Nov");
        assert_eq!(seen(24).words(), "late, was 24 Nov (1 day)");
        assert_eq!(seen(22).words(), "late, was 22 Nov (3 days)");
        assert_eq!(seen(22).in_full(), seen(22).words());
        assert_eq!(seen(26).in_full(), "26 Nov 2026");
        assert_eq!(When::seen(None, day(25)).words(), "not on order");
        assert_eq!((seen(22).day(), seen(25).day()), (None, Some(day(25))));
    }

    #[test]
    fn an_order_comes_with_its_last_line_unless_one_is_late_or_not_on_order() {
        let all = |first, last| When::of_all(Some(day(first)), last, day(25)).words();

        assert_eq!(all(26, Some(day(28))), "28 Nov");
        assert_eq!(all(22, Some(day(28))), "late, was 22 Nov (3 days)");
        assert_eq!(all(22, None), "not on order");
    }
}
