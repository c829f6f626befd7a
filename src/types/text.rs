//! Texts and dates as people type them.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt::Display;

use chrono::NaiveDate;

/// The text without what nobody types and no database keeps: control characters but for tabs and
/// line breaks, marks that turn the direction of what follows, byte order marks. Every line break
/// is `\n`; what separates the fields of a scan becomes its picture, `\u{241d}`.
pub fn legible(text: &str) -> Cow<'_, str> {
    let is_kept = |letter: char| matches!(letter, '\n' | '\t') || !is_unseen(letter);
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{c}', '\u{85}'], "\n")
        .replace('\u{1d}', "\u{241d}");
    Cow::Owned(text.chars().filter(|letter| is_kept(*letter)).collect())
}

/// Makes a text legible; whether that took anything out.
pub fn make_legible(text: &mut String) -> bool {
    let kept = match legible(text) {
        Cow::Borrowed(_) => return false,
        Cow::Owned(kept) => kept,
    };
    *text = kept;
    true
}

/// Whether a letter is a control character, or a mark that only turns or begins a text.
pub fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
        )
}

/// Letters of a mail that somebody looked through: a line for each of the longest document.
pub const LONGEST_LETTER: usize = 400_000;

/// Whether a box is ticked: one that is not is not sent.
///
/// # Errors
/// None.
pub fn ticked(sent: &str) -> Result<bool, Infallible> {
    Ok(!sent.is_empty())
}

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
    let text = legible(text).trim().to_owned();
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

/// No more than so many letters of a text that somebody else wrote, to be quoted in a sentence.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}\u{2026}", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// A whole number with its thousands apart, where people read large ones: `40,000`.
pub fn grouped(number: impl Display) -> String {
    let written = number.to_string();
    let (sign, digits) = written.split_at(usize::from(written.starts_with('-')));
    let mut text = String::with_capacity(written.len() + digits.len() / 3);
    text.push_str(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 order`, `3 orders`, `40,000 orders`.
pub fn counted(count: impl Display, one: &str) -> String {
    match grouped(count).as_str() {
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

#[cfg(test)]
mod tests {
    use super::legible;

    #[test]
    fn a_text_keeps_its_lines_and_loses_what_nobody_typed() {
        for (text, expected) in [
            ("A mug", "A mug"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("two\r\nlines\rthree", "two\nlines\nthree"),
            ("A\0 \u{1b}mug\u{7f}", "A mug"),
            ("\u{feff}A \u{202e}mug\u{2069}", "A mug"),
            (
                "caf\u{e9} \u{1f469}\u{200d}\u{1f373}",
                "caf\u{e9} \u{1f469}\u{200d}\u{1f373}",
            ),
        ] {
            assert_eq!(legible(text), expected, "{text:?}");
        }
    }
}
