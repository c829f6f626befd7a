//! Days written as one number: `20261231`, and the days that spreadsheets count.

use chrono::{Duration, NaiveDate, NaiveTime};

/// The days of this century, as spreadsheets count them.
const CENTURY: std::ops::Range<i64> = 36_526..73_051;
const DAY: f64 = 86_400.0;

/// The day, and the time if it has one; none when it is no such number.
pub fn read(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    if text.len() == 8 && text.bytes().all(is_digit) {
        return Some((NaiveDate::parse_from_str(text, "%Y%m%d").ok()?, None));
    }
    let (days, part) = text.split_once('.').unwrap_or((text, ""));
    if days.len() != 5 || !days.bytes().all(is_digit) || !part.bytes().all(is_digit) {
        return None;
    }
    let days: i64 = days.parse().ok().filter(|days| CENTURY.contains(days))?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(Duration::days(days))?;
    let part: f64 = format!("0.{part}0").parse().ok()?;
    let seconds = (part * DAY).round().min(DAY - 1.0);
    let time = Duration::seconds(seconds as i64);
    Some((day, (seconds > 0.0).then(|| NaiveTime::MIN + time)))
}
