//! How the letters of a file are written.

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes read at a time.
const PIECE: usize = 16 * 1024;

/// Told by its beginning, else by all of it: what is not UTF-8 is Windows-1252.
pub fn encoding_of(start: &[u8], all: impl Read) -> io::Result<&'static Encoding> {
    Ok(match encoding_by(start) {
        Some(encoding) => encoding,
        None if is_utf8(all)? => UTF_8,
        None => WINDOWS_1252,
    })
}

/// What the beginning of a file tells of its encoding.
fn encoding_by(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Some(encoding);
    }
    // Latin letters in UTF-16 have a zero beside each of them.
    let start = &start[..start.len() & !1];
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
        Some(UTF_16LE)
    } else if half > 2 && zeros(0) * 10 > half * 8 && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_utf8(mut bytes: impl Read) -> io::Result<bool> {
    let (mut piece, mut begun) = ([0; PIECE], 0);
    loop {
        let length = bytes.read(&mut piece[begun..])?;
        let read = &piece[..begun + length];
        let valid = match std::str::from_utf8(read) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        if length == 0 {
            return Ok(valid == read.len());
        }
        // A letter that goes on in the next piece.
        begun = read.len() - valid;
        piece.copy_within(valid..valid + begun, 0);
    }
}

pub fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "windows-1252" => "Windows-1252",
        "UTF-16LE" | "UTF-16BE" => "UTF-16",
        name => name,
    }
}
