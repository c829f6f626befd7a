//! What stands before the decimals of a column, and so what only groups thousands.

use std::cmp::Ordering;

use super::money::Figure;

/// What the numbers of a column say of how they are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    points: usize,
    commas: usize,
}

impl Evidence {
    pub fn hear(&mut self, cell: &str) {
        match Figure::read(cell).and_then(|figure| told_by(&figure.digits)) {
            Some(Decimals::Point) => self.points += 1,
            Some(Decimals::Comma) => self.commas += 1,
            None => {}
        }
    }

    /// None when no number tells, or as many say the one as the other.
    pub fn decimals(self) -> Option<Decimals> {
        match self.points.cmp(&self.commas) {
            Ordering::Greater => Some(Decimals::Point),
            Ordering::Less => Some(Decimals::Comma),
            Ordering::Equal => None,
        }
    }
}

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl Decimals {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Point => "decimal point",
            Self::Comma => "decimal comma",
        }
    }

    const fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    const fn of_mark(mark: char) -> Self {
        if mark == ',' {
            Self::Comma
        } else {
            Self::Point
        }
    }

    /// The digits before and behind the decimal mark; none when it is no number. A lone mark that
    /// is not this column's, and cannot group thousands, is a decimal one.
    pub fn parts(self, digits: &str) -> Option<(String, String)> {
        let (whole, decimals) = match last_mark(digits) {
            Some((whole, mark, rest)) if mark != BLANK => {
                let grouping = whole.contains(mark) || mark != self.mark() && is_grouped(digits);
                if grouping {
                    (digits, "")
                } else {
                    (whole, rest)
                }
            }
            _ => (digits, ""),
        };
        let is_plain = !whole.contains(MARKS) || is_grouped(whole);
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let whole = whole.replace(MARKS, "");
        let is_empty = whole.is_empty() && decimals.is_empty();
        let is_number = is_plain && is_number(&whole) && is_number(decimals) && !is_empty;
        is_number.then(|| (whole, decimals.trim_end_matches('0').to_owned()))
    }
}

/// What stands for a blank between digits.
pub const BLANK: char = '_';
const MARKS: [char; 3] = [',', '.', BLANK];

/// What a number says of its column: what is followed by anything but three digits is no group of
/// thousands, and what stands there twice is one.
fn told_by(digits: &str) -> Option<Decimals> {
    let (whole, mark, _) = last_mark(digits)?;
    if mark == BLANK {
        return None;
    }
    let mark_is = Decimals::of_mark(mark);
    if whole.contains(mark) {
        return Some(mark_is.other());
    }
    (!is_grouped(digits)).then_some(mark_is)
}

fn last_mark(digits: &str) -> Option<(&str, char, &str)> {
    let at = digits.rfind(MARKS)?;
    let (whole, rest) = digits.split_at(at);
    let mark = rest.chars().next()?;
    Some((whole, mark, &rest[mark.len_utf8()..]))
}

/// Groups of three digits after the first, with one kind of mark between them.
fn is_grouped(digits: &str) -> bool {
    let Some(mark) = digits.chars().find(|letter| MARKS.contains(letter)) else {
        return false;
    };
    let mut groups = digits.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let is_number = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    is_first && is_number(first) && groups.all(|group| group.len() == 3 && is_number(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_tells_what_its_decimals_are() {
        let of = |cells: &[&str]| {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| evidence.hear(cell));
            evidence.decimals()
        };

        assert_eq!(of(&["2.55", "1,234"]), Some(Decimals::Point));
        assert_eq!(of(&["2,55", "1.234"]), Some(Decimals::Comma));
        assert_eq!(of(&["1.234,50"]), Some(Decimals::Comma));
        assert_eq!(
            of(&["1.234 \u{20ac}", "99,50 \u{20ac}"]),
            Some(Decimals::Comma)
        );
        assert_eq!(of(&["1,234,567"]), Some(Decimals::Point));
        assert_eq!(of(&["0.375"]), Some(Decimals::Point));
        assert_eq!(of(&["1\u{202f}234,567"]), Some(Decimals::Comma));
        assert_eq!(of(&["1,234", "12", "", "soon"]), None);
    }
}
