//! Texts and dates as people type them.

use std::fmt::Display;

use chrono::NaiveDate;

/// A text that must be there, trimmed, of at most `most` characters.
///
/// # Errors
/// A sentence for the reader.
pub fn required_text(text: &str, most: usize) -> Result<String, String> {
    match optional_text(text, most)? {
        text if text.is_empty() => Err("This cannot be empty.".into()),
        text => Ok(text),
    }
}

/// A text that may be empty, trimmed, of at most `most` characters.
///
/// # Errors
/// A sentence for the reader.
pub fn optional_text(text: &str, most: usize) -> Result<String, String> {
    // PostgreSQL stores no NUL.
    let text = text.trim().replace('\0', "").replace("\r\n", "\n");
    if text.chars().count() > most {
        return Err(format!("At most {most} characters."));
    }
    Ok(text)
}

/// The first few of many names: `PO-1, PO-2 and 4 more`. `all` is how many there are.
pub fn first_few(first: &[String], all: i64) -> String {
    let more = all - i64::try_from(first.len()).unwrap_or(all);
    let names = first.join(", ");
    if more > 0 {
        format!("{names} and {more} more")
    } else {
        names
    }
}

/// `1 order`, `3 orders`.
pub fn counted(count: impl Display, one: &str) -> String {
    match count.to_string().as_str() {
        "1" => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}

/// A currency by its three letters, such as `EUR`.
///
/// # Errors
/// A sentence for the reader.
pub fn currency(text: &str) -> Result<String, String> {
    let code = text.trim().to_uppercase();
    if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(code)
    } else {
        Err("Enter the three letters of a currency, such as EUR.".into())
    }
}

/// A number of days, at most `most`.
///
/// # Errors
/// A sentence for the reader.
pub fn days(text: &str, most: i32) -> Result<i32, String> {
    match text.trim().parse() {
        Ok(days) if (0..=most).contains(&days) => Ok(days),
        _ => Err(format!("Enter a number of days from 0 to {most}.")),
    }
}

/// A date such as `2026-11-23`, between 2000 and 2100.
///
/// # Errors
/// A sentence for the reader.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    use chrono::Datelike;
    match text.trim().parse::<NaiveDate>() {
        Ok(date) if (2000..2100).contains(&date.year()) => Ok(date),
        Ok(_) => Err("This date is too far away.".into()),
        Err(_) => Err("Enter a date such as 2026-11-23.".into()),
    }
}

/// A date, or none when left empty.
///
/// # Errors
/// A sentence for the reader.
pub fn optional_date(text: &str) -> Result<Option<NaiveDate>, String> {
    optional(text, date)
}

/// What is parsed unless it was left empty.
///
/// # Errors
/// Those of `parse`.
pub fn optional<T, E>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, E> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}
