//! The kinds of bad values, and to what each of them may stand.

/// A bad value.
#[derive(Debug, Clone)]
pub struct Bad {
    pub kind: &'static str,
    pub change: Change,
}

#[derive(Debug, Clone)]
pub enum Change {
    LeftOut,
    /// Once more, with this value.
    Repeated(&'static str),
    Is(String),
}

pub const NUL: &str = "NUL";

/// Where a bad value is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Body,
}

/// What stands there when all is well tells what else may be tried.
pub fn kinds(place: Place, name: &str, good: &str) -> Vec<Bad> {
    let is = |kind, value: &str| Bad {
        kind,
        change: Change::Is(value.to_owned()),
    };
    let mut kinds = vec![
        is("empty", ""),
        is(NUL, "a\0b"),
        is("control", "\u{1b}a\u{7f}\u{202e}\u{8}"),
        is("huge number", "9999999999999999999999"),
        is("largest id", "9223372036854775807"),
        is("larger than 32 bits", "2147483648"),
        is("negative", "-1"),
        is("exponent", "1e9"),
        is("other type", "12.5.3 \u{1f9e6} % ' \\"),
        is("huge text", &"x".repeat(most(place))),
    ];
    if place != Place::Path {
        kinds.push(Bad {
            kind: "missing",
            change: Change::LeftOut,
        });
        kinds.push(Bad {
            kind: "repeated",
            change: Change::Repeated("2"),
        });
    }
    if good.parse::<i64>().is_ok() {
        kinds.push(is("id of something else", "1"));
    }
    if is_day(name, good) {
        for day in DAYS {
            kinds.push(is("day out of range", day));
        }
    }
    if matches!(name, "after" | "before") {
        kinds.extend(CURSORS.map(|cursor| is("cursor of another list", cursor)));
    }
    kinds
}

/// Where lists go on that are sorted by words, numbers, days, moments, and by several.
const CURSORS: [&str; 6] = [
    "mug~1",
    "5~7",
    "7",
    "2026-11-01~7",
    "2026-11-01T00:00:00.000000Z~7",
    "1~mug~2026-11-01~7",
];

const DAYS: [&str; 7] = [
    "0000-00-00",
    "-0001-01-01",
    "1999-12-31",
    "2026-02-30",
    "9999-12-31",
    "99999-01-01",
    "+262142-12-31",
];

/// An address has its own bound, just below 64 KiB.
const fn most(place: Place) -> usize {
    match place {
        Place::Body => 65_536,
        Place::Path | Place::Query => 60_000,
    }
}

fn is_day(name: &str, good: &str) -> bool {
    let named = ["day", "date", "from", "until", "by", "on", "since"];
    let words = name.split(['_', '-']).any(|word| named.contains(&word));
    let digits = good.bytes().filter(u8::is_ascii_digit).count();
    words || (good.len() == 10 && digits == 8 && good.contains('-'))
}
