//! Dates as files write them.

mod calendar;
mod clock;
mod serial;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};

use clock::Clock;

use crate::types::Zone;

/// Which of two numbers before the year is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
}

/// What the dates of a file say of their order: a number above 12 is a day, and where points stand
/// between the numbers the day is first.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayEvidence {
    day_first: usize,
    month_first: usize,
    either: usize,
    /// Whether hours are written as am and pm.
    in_halves: bool,
}

impl DayEvidence {
    pub fn hear(&mut self, date: &str) {
        let text = plain(date);
        let (day, clock) = parts(&text);
        let Some([first, second, _]) = calendar::numbers(day) else {
            return;
        };
        if first > 31 {
            return;
        }
        self.either += 1;
        self.day_first += usize::from(first > 12 || second <= 12 && day.contains('.'));
        self.month_first += usize::from(second > 12);
        self.in_halves |= Clock::read(clock).is_some_and(|clock| clock.in_halves);
    }

    /// Without evidence the day is first, unless hours are written as am and pm. The second value:
    /// whether that was a guess about dates that could be either.
    pub const fn order(self) -> (DayOrder, bool) {
        let guess = self.either > 0 && self.day_first == 0 && self.month_first == 0;
        let month = self.month_first > self.day_first || guess && self.in_halves;
        match month {
            true => (DayOrder::MonthFirst, guess),
            false => (DayOrder::DayFirst, guess),
        }
    }
}

impl DayOrder {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::DayFirst => "day/month/year",
            Self::MonthFirst => "month/day/year",
        }
    }
}

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    day: NaiveDate,
    /// None: only a day.
    clock: Option<Clock>,
}

impl Written {
    fn read(text: &str, order: DayOrder) -> Option<Self> {
        let text = plain(text);
        if let Some((day, time)) = serial::read(&text) {
            let clock = time.map(Clock::local);
            return Some(Self { day, clock });
        }
        let (day, clock) = parts(&text);
        Some(Self {
            day: calendar::day(day, order)?,
            clock: if clock.is_empty() {
                None
            } else {
                Some(Clock::read(clock)?)
            },
        })
    }

    /// None: a time that the clock there skips.
    fn instant(self, zone: Zone) -> Option<DateTime<Utc>> {
        let Some(clock) = self.clock else {
            return Some(zone.begin(self.day));
        };
        let wall = self.day.and_time(clock.time);
        match clock.ahead {
            None => zone.instant(wall),
            Some(ahead) => {
                let ahead = Duration::seconds(ahead.into());
                Some(wall.checked_sub_signed(ahead)?.and_utc())
            }
        }
    }
}

/// Reads a moment: without a zone it is told in the given one, without a time the day begins.
///
/// # Errors
/// A sentence for the reader, also for a year that cannot be meant, for a day to come and for a time
/// that clocks skip.
pub fn moment(
    text: &str,
    order: DayOrder,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, String> {
    let Some(written) = Written::read(text, order) else {
        return Err(format!("The date {text:?} cannot be read."));
    };
    let day = written.day;
    if day.year() < 2000 {
        return Err(format!("The date {day} is before the year 2000."));
    }
    let Some(at) = written.instant(zone) else {
        let zone = zone.name();
        return Err(format!(
            "The date {text:?} is a time that clocks skip in {zone}."
        ));
    };
    if at > now + Duration::days(1) {
        return Err(format!("The date {day} is still to come."));
    }
    Ok(at)
}

/// Reads a day to come: the day as it is written, whatever clock and zone stand behind it.
///
/// # Errors
/// A sentence for the reader.
pub fn day(text: &str, order: DayOrder) -> Result<NaiveDate, String> {
    match Written::read(text, order) {
        Some(written) if (2000..2100).contains(&written.day.year()) => Ok(written.day),
        Some(_) => Err(format!("The required date {text:?} is too far away.")),
        None => Err(format!("The required date {text:?} cannot be read.")),
    }
}

/// One kind of blank and none at the ends; no comma, which only separates.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter == ',');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The day and what stands behind it: a word that holds a colon begins the clock, and so does a T
/// between two digits.
fn parts(text: &str) -> (&str, &str) {
    let colon = text.find(':').unwrap_or(text.len());
    let before = text.get(..colon).unwrap_or(text);
    match before.rfind([' ', 'T', 't']) {
        Some(at) if colon < text.len() => (text[..at].trim(), text[at + 1..].trim()),
        _ => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().expect("a moment")
    }

    fn at(text: &str, order: DayOrder) -> String {
        moment(text, order, Zone::UTC, now())
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
            ("12/31/2010, 1:05:00 p.m.", "2010-12-31T13:05:00"),
            ("2010-12-31 01:05:00\u{202f}PM", "2010-12-31T13:05:00"),
            ("2010-12-01T08:26:00+0530", "2010-12-01T02:56:00"),
            ("2010-12-01 08:26:00.000000", "2010-12-01T08:26:00"),
            ("2 Dec 2010", "2010-12-02T00:00:00"),
            ("Dec 2, 2010", "2010-12-02T00:00:00"),
            ("Dec-02-10 08:26", "2010-12-02T08:26:00"),
            ("Thu, 02 Dec 2010 08:26:00 GMT", "2010-12-02T08:26:00"),
            ("2. D\u{e9}cembre 2010", "2010-12-02T00:00:00"),
            ("40513.5625", "2010-12-01T13:30:00"),
            ("20101201", "2010-12-01T00:00:00"),
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
            "99999.35",
            "2010-12-01 14:05-r\u{e9}f",
            "2010-12-01 14:05+\u{e9}\u{e9}",
            "2010-12-01 14:05 CET",
            "\u{661}/\u{662}/2010",
            "00/00/0000",
            "2010-12-01T25:00",
        ] {
            let read = moment(bad, DayOrder::DayFirst, Zone::UTC, now());
            assert!(read.is_err(), "{bad}");
        }
        assert_eq!(
            at("2026-11-25", DayOrder::DayFirst),
            "The date 2026-11-25 is still to come."
        );
    }

    #[test]
    fn a_time_without_zone_is_told_where_the_company_is() {
        let paris = "Europe/Paris".parse().expect("a zone");
        let at = |text| moment(text, DayOrder::DayFirst, paris, now()).map(|at| at.to_rfc3339());

        assert_eq!(
            at("2026-11-02 00:30"),
            Ok("2026-11-01T23:30:00+00:00".into())
        );
        assert_eq!(at("2026-07-02"), Ok("2026-07-01T22:00:00+00:00".into()));
        assert_eq!(
            at("2026-11-02 00:30 -0500"),
            Ok("2026-11-02T05:30:00+00:00".into())
        );
        let skipped = "The date \"2026-03-29 02:30\" is a time that clocks skip in Europe/Paris.";
        assert_eq!(at("2026-03-29 02:30"), Err(skipped.into()));
    }

    #[test]
    fn a_day_is_the_day_as_it_is_written() {
        for text in [
            "2026-12-01",
            "2026-12-01 00:00:00 +0100",
            "2026-12-01T00:00:00+01:00",
            "2026-12-01 23:59:59 -0500",
        ] {
            let day = day(text, DayOrder::DayFirst).map(|day| day.to_string());
            assert_eq!(day, Ok("2026-12-01".into()), "{text}");
        }
    }

    #[test]
    fn a_file_tells_whether_the_day_is_first() {
        let of = |dates: &[&str]| {
            let mut evidence = DayEvidence::default();
            dates.iter().for_each(|date| evidence.hear(date));
            evidence.order()
        };

        assert_eq!(
            of(&["1/12/2010", "31/12/2010"]),
            (DayOrder::DayFirst, false)
        );
        assert_eq!(
            of(&["1/12/2010 8:26", "12/31/2010 8:26"]),
            (DayOrder::MonthFirst, false)
        );
        assert_eq!(of(&["1/12/2010"]), (DayOrder::DayFirst, true));
        assert_eq!(of(&["1.12.2010"]), (DayOrder::DayFirst, false));
        assert_eq!(of(&["1/12/2010 8:26 AM"]), (DayOrder::MonthFirst, true));
        assert_eq!(of(&["2010-12-01"]), (DayOrder::DayFirst, false));
    }
}
