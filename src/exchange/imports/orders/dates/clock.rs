//! The time of a day, with or without its zone.

use chrono::NaiveTime;

/// What stands behind the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub time: NaiveTime,
    /// Seconds ahead of UTC; none: no zone is named.
    pub ahead: Option<i32>,
    /// Whether it is written with am or pm.
    pub in_halves: bool,
}

impl Clock {
    /// A time that names no zone.
    pub const fn local(time: NaiveTime) -> Self {
        Self {
            time,
            ahead: None,
            in_halves: false,
        }
    }

    /// `8:26`, `08:26:13.250`, `1:05 pm`, each with `Z`, `UTC`, `GMT`, `+02:00` or `-0500` or
    /// nothing behind it; none when anything else stands there.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        let (clock, rest) = split(&text, |letter| {
            letter.is_ascii_digit() || ":.".contains(letter)
        });
        let (half, rest) = match rest.strip_prefix("AM").or(rest.strip_prefix("A.M.")) {
            Some(rest) => ("AM", rest),
            None => match rest.strip_prefix("PM").or(rest.strip_prefix("P.M.")) {
                Some(rest) => ("PM", rest),
                None => ("", rest),
            },
        };
        let formats: &[&str] = if half.is_empty() {
            &["%H:%M:%S%.f", "%H:%M"]
        } else {
            &["%I:%M:%S%.f %p", "%I:%M %p"]
        };
        let whole = format!("{clock} {half}");
        let read = |format: &&str| NaiveTime::parse_from_str(whole.trim(), format).ok();
        Some(Self {
            time: formats.iter().find_map(read)?,
            ahead: zone(rest.trim())?,
            in_halves: !half.is_empty(),
        })
    }
}

/// Seconds ahead of UTC; the outer none: it is no zone.
fn zone(text: &str) -> Option<Option<i32>> {
    let (sign, digits) = match text {
        "" => return Some(None),
        "Z" | "UTC" | "GMT" => return Some(Some(0)),
        _ => match text.strip_prefix('+') {
            Some(digits) => (1, digits),
            None => (-1, text.strip_prefix('-')?),
        },
    };
    let digits = digits.replace(':', "");
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = match digits.len() {
        2 => (number, 0),
        4 => (number / 100, number % 100),
        _ => return None,
    };
    let is_zone = hours <= 15 && minutes < 60;
    is_zone.then_some(Some(sign * (hours * 3_600 + minutes * 60)))
}

/// The beginning of which every letter fits, and the trimmed rest.
fn split(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|letter| !fits(letter)).unwrap_or(text.len());
    let (begin, rest) = text.split_at(end);
    (begin, rest.trim())
}
