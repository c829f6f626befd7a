//! The day of a date, in numbers or with the name of its month.

use chrono::NaiveDate;

use super::DayOrder;

/// Beginnings of the names of months, in English, German and French.
const MONTHS: &[(&str, u32)] = &[
    ("jan", 1),
    ("feb", 2),
    ("fev", 2),
    ("f\u{e9}v", 2),
    ("mar", 3),
    ("m\u{e4}r", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aou", 8),
    ("ao\u{fb}", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("d\u{e9}c", 12),
    ("dez", 12),
];

/// `31/12/2026`, `2026-12-31`, `31 Dec 2026`, `Dec-31-26`, `Thu 31 December 2026`.
pub fn day(text: &str, order: DayOrder) -> Option<NaiveDate> {
    let (year, month, day) = match numbers(text) {
        Some([first, second, third]) => match (order, first) {
            (_, 32..) => (first, second, third),
            (DayOrder::DayFirst, _) if second <= 12 => (third, second, first),
            (DayOrder::MonthFirst, _) if first > 12 => (third, second, first),
            _ => (third, first, second),
        },
        None => named(text)?,
    };
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The three numbers of a date, with one kind of mark between them; none when it is none.
pub fn numbers(text: &str) -> Option<[u32; 3]> {
    let mark = text.chars().find(|letter| "/.-".contains(*letter))?;
    let mut parts = text.split(mark);
    let mut next = || number(parts.next()?);
    let all = [next()?, next()?, next()?];
    parts.next().is_none().then_some(all)
}

/// Year, month and day of a date whose month has a name.
fn named(text: &str) -> Option<(u32, u32, u32)> {
    let text = text.to_lowercase();
    let words = text.split([' ', '-', '.', '/']);
    let words = words.filter(|word| !word.is_empty());
    let mut month = None;
    let mut numbers = Vec::new();
    for (at, word) in words.enumerate() {
        match (number(word), month_named(word)) {
            (Some(number), _) => numbers.push(number),
            (None, Some(found)) if month.is_none() => month = Some(found),
            (None, None) if at == 0 && is_weekday(word) => {}
            _ => return None,
        }
    }
    match numbers.as_slice() {
        [first, day] if *first > 31 => Some((*first, month?, *day)),
        [day, year] => Some((*year, month?, *day)),
        _ => None,
    }
}

fn month_named(word: &str) -> Option<u32> {
    let is_word = word.chars().all(char::is_alphabetic);
    let named = MONTHS.iter().find(|(name, _)| word.starts_with(name));
    named.filter(|_| is_word).map(|(_, month)| *month)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    DAYS.iter().any(|day| word.starts_with(day))
}

fn number(text: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}
