//! Bytes of a file as text, whatever program wrote it.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{CoderResult, Encoding};

use super::bounds::{Lines, MOST_HELD, MOST_LINES};
use super::encoding::{encoding_of, name};
use super::{Spool, Spooling, Unreadable};
use crate::types::is_unseen;

/// The most a file may have; a larger one is split by whoever exports it.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Bytes read at a time.
const PIECE: usize = 16 * 1024;
/// The beginning of a file, which tells what it is.
const START: u64 = 2_000;

/// A file as text.
#[derive(Debug)]
pub struct Text {
    /// What it says, without a byte order mark.
    pub text: String,
    /// How it was written.
    pub encoding: &'static str,
}

/// A file as text that is not held in memory: UTF-8, without a byte order mark.
#[derive(Debug, Clone)]
pub struct LongText {
    pub text: Spool,
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
/// [`Unreadable::Empty`], [`Unreadable::TooLarge`], [`Unreadable::NotText`], and those of a file with
/// more lines than can be held, or one that never ends.
pub fn decode(bytes: &[u8]) -> Result<Text, Unreadable> {
    let mut text = String::with_capacity(bytes.len().min(MOST_BYTES));
    let whole = (bytes.len(), MOST_HELD);
    let encoding = spell(whole, || bytes, &mut |piece| {
        text.push_str(piece);
        Ok(())
    })?;
    Ok(Text { text, encoding })
}

/// The same of what may be large, piece by piece.
///
/// # Errors
/// Those of [`decode`], and [`Unreadable::NotNow`].
pub fn spell_out(content: &Spool) -> Result<LongText, Unreadable> {
    let mut text = Spooling::default();
    let whole = (content.length(), MOST_LINES);
    let encoding = spell(whole, || content.reader(), &mut |piece| {
        text.add(piece.as_bytes())
    })?;
    Ok(LongText {
        text: text.finish(),
        encoding,
    })
}

fn spell<R: Read>(
    (length, most_lines): (usize, usize),
    open: impl Fn() -> R,
    write: &mut dyn FnMut(&str) -> io::Result<()>,
) -> Result<&'static str, Unreadable> {
    if length > MOST_BYTES {
        return Err(Unreadable::TooLarge(length));
    }
    let mut start = Vec::new();
    open().take(START).read_to_end(&mut start)?;
    if let Some((_, what)) = NO_TEXT.iter().find(|(begin, _)| start.starts_with(begin)) {
        return Err(Unreadable::NotText(what));
    }
    let encoding = encoding_of(&start, open())?;
    let (mut heard, mut lines) = (Heard::default(), Lines::at_most(most_lines));
    decoded(open(), encoding, &mut |piece| {
        heard.hear(piece);
        lines.hear(piece)?;
        Ok(write(&legible(piece))?)
    })?;
    heard.check()?;
    Ok(name(encoding))
}

fn decoded(
    mut bytes: impl Read,
    encoding: &'static Encoding,
    write: &mut dyn FnMut(&str) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut decoder = encoding.new_decoder();
    let (mut piece, mut text) = ([0; PIECE], String::with_capacity(4 * PIECE));
    loop {
        let length = bytes.read(&mut piece)?;
        let mut rest = &piece[..length];
        loop {
            let (result, read, _) = decoder.decode_to_string(rest, &mut text, length == 0);
            rest = &rest[read..];
            write(&text)?;
            text.clear();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if length == 0 {
            return Ok(());
        }
    }
}

/// Without marks that only turn or begin a text, and what old systems end a page or a file with.
/// A character that nobody can have typed is one that cannot be read: it costs its line.
fn legible(text: &str) -> Cow<'_, str> {
    let is_kept = |letter: char| matches!(letter, '\n' | '\r' | '\t') || !is_unseen(letter);
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let letters = text.chars().filter_map(|letter| match letter {
        letter if is_kept(letter) => Some(letter),
        '\u{c}' | '\u{1a}' => None,
        letter if letter.is_control() => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    });
    Cow::Owned(letters.collect())
}

/// Whether a file says anything, and whether its first letters are such as a person could have typed.
#[derive(Default)]
struct Heard {
    says_anything: bool,
    letters: usize,
    odd: usize,
}

impl Heard {
    /// So many letters tell.
    const ENOUGH: usize = 20_000;

    fn hear(&mut self, text: &str) {
        self.says_anything |= !text.trim().is_empty();
        for letter in text.chars().take(Self::ENOUGH - self.letters) {
            self.letters += 1;
            let typed = matches!(letter, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}');
            self.odd += usize::from(letter.is_control() && !typed);
        }
    }

    /// More than a stray character in a hundred is noise.
    const fn check(&self) -> Result<(), Unreadable> {
        if !self.says_anything {
            Err(Unreadable::Empty)
        } else if self.odd > 8 && self.odd * 100 > self.letters {
            Err(Unreadable::NotText("a binary file"))
        } else {
            Ok(())
        }
    }
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
                (read.text.as_str(), read.encoding),
                (TEXT, encoding),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn what_is_read_piece_by_piece_says_the_same() {
        let text = "order;sku;qty\n1;CAF\u{c9} \u{1f600};2\n".repeat(3_000);
        let stray = [text.as_bytes(), b"\xff"].concat();
        for bytes in [text.into_bytes(), stray] {
            let read = decode(&bytes).expect("text");

            let long = spell_out(&bytes.into()).expect("text");

            let spelled = long.text.to_vec().expect("it is in memory");
            assert_eq!(long.encoding, read.encoding);
            assert!(spelled == read.text.as_bytes(), "{}", read.encoding);
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
