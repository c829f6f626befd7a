//! Dates as files write them.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};

/// Which of two numbers before the year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
}

impl DayOrder {
    /// Judged by the dates of a file: a number above 12 is a day. Without evidence the day is
    /// first, unless hours are written as am and pm. The second value: whether that was a guess
    /// about dates that could be either.
    pub fn of<'a>(dates: impl Iterator<Item = &'a str>) -> (Self, bool) {
        let (mut day_first, mut month_first, mut either, mut halves) =
            (0_usize, 0_usize, 0_usize, false);
        for text in dates {
            let Some([first, second, _]) = numbers(text) else {
                continue;
            };
            if first > 31 {
                continue;
            }
            either += 1;
            day_first += usize::from(first > 12);
            month_first += usize::from(second > 12);
            halves |= is_half_day(text);
        }
        let guess = either > 0 && day_first == 0 && month_first == 0;
        let month = month_first > day_first || guess && halves;
        (
            if month {
                Self::MonthFirst
            } else {
                Self::DayFirst
            },
            guess,
        )
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::DayFirst => "day/month/year",
            Self::MonthFirst => "month/day/year",
        }
    }
}

/// Reads a moment; without a zone it is UTC, without a time it is midnight.
///
/// # Errors
/// A sentence for the reader, also for a year that cannot be meant and for a day to come.
pub fn moment(text: &str, order: DayOrder, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    let at = read(text, order).ok_or_else(|| format!("The date {text:?} cannot be read."))?;
    if at.year() < 2000 {
        return Err(format!(
            "The date {} is before the year 2000.",
            at.date_naive()
        ));
    }
    if at > now + Duration::days(1) {
        return Err(format!("The date {} is still to come.", at.date_naive()));
    }
    Ok(at)
}

/// Reads a day to come.
///
/// # Errors
/// A sentence for the reader.
pub fn day(text: &str, order: DayOrder) -> Result<NaiveDate, String> {
    match read(text, order) {
        Some(at) if (2000..2100).contains(&at.year()) => Ok(at.date_naive()),
        Some(_) => Err("The required date is too far away.".into()),
        None => Err(format!("The required date {text:?} cannot be read.")),
    }
}

fn read(text: &str, order: DayOrder) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let (date, rest) = match text.find([' ', 'T']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let [first, second, third] = numbers(date)?;
    let (year, month, day) = match (order, first) {
        (_, 32..) => (first, second, third),
        (DayOrder::DayFirst, _) if second <= 12 => (third, second, first),
        (DayOrder::MonthFirst, _) if first > 12 => (third, second, first),
        _ => (third, first, second),
    };
    let year = if year < 100 { year + 2000 } else { year };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    time(date, rest)
}

fn time(date: NaiveDate, text: &str) -> Option<DateTime<Utc>> {
    if text.is_empty() {
        return Some(date.and_time(NaiveTime::MIN).and_utc());
    }
    let (text, zone) = match text.rfind(['+', '-', 'Z']) {
        Some(at) => (text[..at].trim(), &text[at..]),
        None => (text.trim_end_matches("UTC").trim(), ""),
    };
    let upper = text.to_ascii_uppercase();
    let clock = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M%p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&upper, format).ok())?;
    let at = date.and_time(clock).and_utc();
    if zone.is_empty() || zone == "Z" {
        return Some(at);
    }
    let digits: String = zone[1..].chars().filter(|letter| *letter != ':').collect();
    let minutes = match digits.len() {
        2 => digits.parse::<i64>().ok()? * 60,
        4 => digits[..2].parse::<i64>().ok()? * 60 + digits[2..].parse::<i64>().ok()?,
        _ => return None,
    };
    let ahead = if zone.starts_with('-') {
        -minutes
    } else {
        minutes
    };
    at.checked_sub_signed(Duration::minutes(ahead))
}

/// The three numbers of a date, whatever stands between them; none when it is none.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let date = text.split([' ', 'T']).next()?;
    let mark = date.find(['/', '.', '-'])?;
    let mut parts = date.split(char::from(date.as_bytes()[mark]));
    let mut number = || {
        let part = parts.next()?;
        (part.len() <= 4).then(|| part.parse().ok())?
    };
    let all = [number()?, number()?, number()?];
    parts.next().is_none().then_some(all)
}

fn is_half_day(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.ends_with("am") || text.ends_with("pm")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().expect("a moment")
    }

    fn at(text: &str, order: DayOrder) -> String {
        moment(text, order, now())
            .map_or_else(|why| why, |at| at.format("%Y-%m-%dT%H:%M:%S").to_string())
    }

    #[test]
    fn a_moment_is_read_however_it_is_written() {
        for (text, expected) in [
            ("2010-12-01T08:26", "2010-12-01T08:26:00"),
            ("2010-12-01 08:26:13", "2010-12-01T08:26:13"),
            ("2010-12-01T08:26:13.250Z", "2010-12-01T08:26:13"),
            ("2010-12-01T08:26:00+02:00", "2010-12-01T06:26:00"),
            ("2010-12-01 08:26 -0500", "2010-12-01T13:26:00"),
            ("2010-12-01 08:26:00 UTC", "2010-12-01T08:26:00"),
            ("2010-12-01", "2010-12-01T00:00:00"),
            ("2010/12/01 8:26", "2010-12-01T08:26:00"),
            ("1/12/2010 8:26", "2010-12-01T08:26:00"),
            ("01.12.2010", "2010-12-01T00:00:00"),
            ("1-12-10 08:26", "2010-12-01T08:26:00"),
            ("12/31/2010 1:05 pm", "2010-12-31T13:05:00"),
        ] {
            assert_eq!(at(text, DayOrder::DayFirst), expected, "{text}");
        }
        assert_eq!(
            at("12/1/2010 8:26", DayOrder::MonthFirst),
            "2010-12-01T08:26:00"
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused_in_words() {
        for bad in [
            "1899-12-30",
            "2126-01-01",
            "2010-02-30",
            "yesterday",
            "40513.35",
            "00/00/0000",
            "2010-12-01T25:00",
        ] {
            assert!(moment(bad, DayOrder::DayFirst, now()).is_err(), "{bad}");
        }
        assert_eq!(
            at("2026-11-25", DayOrder::DayFirst),
            "The date 2026-11-25 is still to come."
        );
    }

    #[test]
    fn a_file_tells_whether_the_day_is_first() {
        let of = |dates: &[&str]| DayOrder::of(dates.iter().copied());

        assert_eq!(
            of(&["1/12/2010", "31/12/2010"]),
            (DayOrder::DayFirst, false)
        );
        assert_eq!(
            of(&["1/12/2010 8:26", "12/31/2010 8:26"]),
            (DayOrder::MonthFirst, false)
        );
        assert_eq!(of(&["1/12/2010"]), (DayOrder::DayFirst, true));
        assert_eq!(of(&["1/12/2010 8:26 AM"]), (DayOrder::MonthFirst, true));
        assert_eq!(of(&["2010-12-01"]), (DayOrder::DayFirst, false));
    }
}
