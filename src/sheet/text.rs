//! Bytes of a file as text, whatever program wrote it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Unreadable;
use crate::types::is_unseen;

/// The most a file may have; a larger one is split by whoever exports it.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// A file as text.
#[derive(Debug)]
pub struct Text<'a> {
    /// What it says, without a byte order mark.
    pub text: Cow<'a, str>,
    /// How it was written.
    pub encoding: &'static str,
}

/// Beginnings of files that people take for a CSV, or send by mistake.
const NO_TEXT: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
];

/// Reads UTF-8 and UTF-16 with or without a byte order mark; what is neither is Windows-1252,
/// which every byte can be and which Latin-1 is a part of.
///
/// # Errors
/// [`Unreadable::Empty`], [`Unreadable::TooLarge`], [`Unreadable::NotText`].
pub fn decode(bytes: &[u8]) -> Result<Text<'_>, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge(bytes.len()));
    }
    if let Some((_, what)) = NO_TEXT.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Unreadable::NotText(what));
    }
    let encoding = encoding_of(bytes);
    let (text, encoding, _) = encoding.decode(bytes);
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    if is_noise(&text) {
        return Err(Unreadable::NotText("a binary file"));
    }
    Ok(Text {
        text: legible(text),
        encoding: name(encoding),
    })
}

/// Without marks that only turn or begin a text, and what old systems end a page or a file with.
/// A character that nobody can have typed is one that cannot be read: it costs its line.
fn legible(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_kept = |letter: char| matches!(letter, '\n' | '\r' | '\t') || !is_unseen(letter);
    if text.chars().all(is_kept) {
        return text;
    }
    let letters = text.chars().filter_map(|letter| match letter {
        letter if is_kept(letter) => Some(letter),
        '\u{c}' | '\u{1a}' => None,
        letter if letter.is_control() => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    });
    Cow::Owned(letters.collect())
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // Latin letters in UTF-16 have a zero beside each of them.
    let start = &bytes[..bytes.len().min(2_000) & !1];
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let half = start.len() / 2;
    if half > 2 && zeros(1) * 10 > half * 8 && zeros(0) == 0 {
        UTF_16LE
    } else if half > 2 && zeros(0) * 10 > half * 8 && zeros(1) == 0 {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "windows-1252" => "Windows-1252",
        "UTF-16LE" | "UTF-16BE" => "UTF-16",
        name => name,
    }
}

/// Whether more than a stray character in a hundred is none that a person could have typed.
fn is_noise(text: &str) -> bool {
    let (mut all, mut odd) = (0_usize, 0_usize);
    for letter in text.chars().take(20_000) {
        all += 1;
        let typed = matches!(letter, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}');
        if letter.is_control() && !typed {
            odd += 1;
        }
    }
    odd > 8 && odd * 100 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "order;sku;qty\n1;CAF\u{c9};2\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn the_usual_encodings_say_the_same() {
        let latin: Vec<u8> = TEXT.chars().map(|letter| letter as u8).collect();
        let cases = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{TEXT}").into_bytes(), "UTF-8"),
            (latin, "Windows-1252"),
            (utf16(TEXT, true), "UTF-16"),
            (utf16(TEXT, false), "UTF-16"),
            (utf16(&format!("\u{feff}{TEXT}"), true), "UTF-16"),
            (utf16(&format!("\u{feff}{TEXT}"), false), "UTF-16"),
        ];
        for (bytes, encoding) in cases {
            let read = decode(&bytes).expect(encoding);

            assert_eq!(
                (read.text.as_ref(), read.encoding),
                (TEXT, encoding),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn the_euro_sign_of_windows_is_read() {
        assert_eq!(
            decode(b"a;b\n\x80;1").expect("text").text,
            "a;b\n\u{20ac};1"
        );
    }

    #[test]
    fn what_nobody_typed_is_taken_out_or_marked() {
        let text = "\u{feff}order\n\u{feff}1\u{202e}2,A\0B\u{1b}\n\u{1a}";

        let read = decode(text.as_bytes()).expect("text").text;

        assert_eq!(read, "order\n12,A\u{fffd}B\u{fffd}\n");
    }

    #[test]
    fn what_is_no_text_is_named() {
        let noise: Vec<u8> = (0..4_000_u32).map(|at| (at * 37 % 251) as u8).collect();

        assert_eq!(
            decode(b"PK\x03\x04...").expect_err("a workbook"),
            Unreadable::NotText("a workbook or an archive")
        );
        assert_eq!(
            decode(&noise).expect_err("noise"),
            Unreadable::NotText("a binary file")
        );
        for nothing in [&b""[..], b"\xef\xbb\xbf", b" \r\n\r\n"] {
            assert_eq!(decode(nothing).expect_err("nothing"), Unreadable::Empty);
        }
    }

    #[test]
    fn a_file_of_a_hundred_megabytes_is_refused_before_it_is_looked_at() {
        let large = vec![b'a'; MOST_BYTES + 1];

        let refusal = decode(&large).expect_err("too large");

        assert_eq!(refusal, Unreadable::TooLarge(MOST_BYTES + 1));
        assert!(refusal.to_string().contains("32 MB"), "{refusal}");
    }
}
