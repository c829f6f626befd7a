//! Ranges of codes: `A-01-01` to `A-04-20` are eighty, counted as an odometer does.

use super::codes::{self, Run};

/// The most that are made at once.
pub const MOST: u64 = 5_000;
/// A run of more digits counts nothing.
const MOST_DIGITS: usize = 9;

/// The codes from one to another of the same shape: each run of digits or of letters that differs
/// counts up, the last one fastest; leading zeros stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    runs: Vec<Counted>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Counted {
    /// It stands in each of them.
    Fixed(String),
    Digits {
        from: u64,
        to: u64,
        width: usize,
    },
    /// Letters count as digits do, from A to Z.
    Letters {
        from: u64,
        to: u64,
        width: usize,
    },
}

impl Range {
    /// Reads the first and the last code.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub fn parse(from: &str, to: &str) -> Result<Self, String> {
        let (from, to) = (codes::runs(from), codes::runs(to));
        if from.len() != to.len() {
            return Err(shape());
        }
        let pairs = from.into_iter().zip(to);
        let runs = pairs
            .map(|(from, to)| Counted::parse(from, to))
            .collect::<Result<_, _>>()?;
        let range = Self { runs };
        match range.count() {
            count if count > MOST => Err(format!(
                "These are {count} locations; at most 5,000 are made at once."
            )),
            _ => Ok(range),
        }
    }

    /// How many codes it has.
    pub fn count(&self) -> u64 {
        self.runs
            .iter()
            .map(Counted::count)
            .fold(1, u64::saturating_mul)
    }

    /// Its codes in their order.
    pub fn codes(&self) -> Vec<String> {
        self.runs.iter().fold(vec![String::new()], |begun, run| {
            let longer = begun
                .iter()
                .flat_map(|code| run.all().map(move |text| format!("{code}{text}")));
            longer.collect()
        })
    }

    /// Its codes in the order they are walked past: with `serpentine`, every second aisle is walked
    /// backwards. An aisle is what has the same value in the first run that counts, if others count
    /// within it.
    pub fn walked(&self, serpentine: bool) -> Vec<String> {
        let mut codes = self.codes();
        let in_aisle = self.in_aisle();
        if serpentine && in_aisle > 0 {
            codes
                .chunks_mut(in_aisle)
                .skip(1)
                .step_by(2)
                .for_each(<[String]>::reverse);
        }
        codes
    }

    /// How many codes an aisle has; 0: there are no aisles.
    pub fn in_aisle(&self) -> usize {
        let mut counting = self
            .runs
            .iter()
            .map(Counted::count)
            .filter(|count| *count > 1);
        let aisles = counting.next().unwrap_or(1);
        let within = counting.fold(1, u64::saturating_mul);
        match aisles > 1 && within > 1 {
            true => usize::try_from(within).unwrap_or_default(),
            false => 0,
        }
    }
}

impl Counted {
    fn parse(from: Run<'_>, to: Run<'_>) -> Result<Self, String> {
        if from == to {
            return Ok(Self::Fixed(from.text().to_owned()));
        }
        let width = from.text().len();
        let counted = match (from, to) {
            (Run::Digits(from), Run::Digits(to)) => {
                let (from, to) = (number(from)?, number(to)?);
                Self::Digits { from, to, width }
            }
            (Run::Letters(from), Run::Letters(to)) if from.len() == to.len() => {
                let (from, to) = (letters(from)?, letters(to)?);
                Self::Letters { from, to, width }
            }
            _ => return Err(shape()),
        };
        if counted.last() != to.text() {
            return Err(shape());
        }
        match counted.count() {
            0 => Err(format!(
                "{} comes after {}: name the first location first, then the last.",
                from.text(),
                to.text()
            )),
            _ => Ok(counted),
        }
    }

    const fn bounds(&self) -> (u64, u64) {
        match self {
            Self::Fixed(_) => (0, 0),
            Self::Digits { from, to, .. } | Self::Letters { from, to, .. } => (*from, *to),
        }
    }

    fn count(&self) -> u64 {
        let (from, to) = self.bounds();
        (to + 1).saturating_sub(from)
    }

    fn all(&self) -> impl Iterator<Item = String> + '_ {
        let (from, to) = self.bounds();
        (from..=to).map(|value| self.text(value))
    }

    fn last(&self) -> String {
        self.text(self.bounds().1)
    }

    fn text(&self, value: u64) -> String {
        match self {
            Self::Fixed(text) => text.clone(),
            Self::Digits { width, .. } => format!("{value:0width$}", width = *width),
            Self::Letters { width, .. } => spelled(value, *width),
        }
    }
}

fn shape() -> String {
    "The first and the last code must be of the same shape, as A-01-01 and A-04-20 are.".into()
}

fn number(digits: &str) -> Result<u64, String> {
    match digits.parse() {
        Ok(number) if digits.len() <= MOST_DIGITS => Ok(number),
        _ => Err(format!("{digits} has too many digits to be counted.")),
    }
}

/// `A` is 0, `Z` 25, `BA` 26.
fn letters(text: &str) -> Result<u64, String> {
    if text.len() > MOST_DIGITS {
        return Err(format!("{text} has too many letters to be counted."));
    }
    let values = text
        .bytes()
        .map(|letter| u64::from(letter.to_ascii_uppercase() - b'A'));
    Ok(values.fold(0, |sum, value| sum * 26 + value))
}

fn spelled(value: u64, width: usize) -> String {
    let mut rest = value;
    let mut letters = vec!['A'; width];
    for letter in letters.iter_mut().rev() {
        *letter = u8::try_from(rest % 26).map_or('A', |value| char::from(b'A' + value));
        rest /= 26;
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::Range;

    fn range(from: &str, to: &str) -> Range {
        Range::parse(from, to).unwrap_or_else(|why| panic!("{from} to {to}: {why}"))
    }

    fn words(range: &Range) -> String {
        range.codes().join(" ")
    }

    #[test]
    fn the_last_run_counts_fastest_and_keeps_its_zeros() {
        let shelves = range("A-01-01", "A-04-20");

        assert_eq!(shelves.count(), 80);
        let codes = shelves.codes();
        assert_eq!(codes.len(), 80);
        assert_eq!(codes[..2], ["A-01-01", "A-01-02"]);
        assert_eq!(codes[19..21], ["A-01-20", "A-02-01"]);
        assert_eq!(codes[79], "A-04-20");
    }

    #[test]
    fn letters_count_too() {
        assert_eq!(words(&range("A1", "C2")), "A1 A2 B1 B2 C1 C2");
        assert_eq!(words(&range("R-AY", "R-BB")), "R-AY R-AZ R-BA R-BB");
    }

    #[test]
    fn numbers_without_zeros_grow() {
        assert_eq!(words(&range("P9", "P11")), "P9 P10 P11");
        assert_eq!(words(&range("P08", "P10")), "P08 P09 P10");
        assert_eq!(words(&range("DOCK", "DOCK")), "DOCK");
    }

    #[test]
    fn every_second_aisle_is_walked_backwards() {
        let aisles = range("A1", "C2");

        assert_eq!(aisles.walked(false), aisles.codes());
        assert_eq!(aisles.walked(true).join(" "), "A1 A2 B2 B1 C1 C2");
        assert_eq!(range("A1", "A3").walked(true).join(" "), "A1 A2 A3");
        assert_eq!(range("A1", "A3").in_aisle(), 0);
    }

    #[test]
    fn codes_of_another_shape_and_the_wrong_way_round_are_refused_in_words() {
        for (from, to) in [
            ("A-01", "A-01-01"),
            ("A-01", "A/02"),
            ("A-01", "A-B"),
            ("A-01", "AB-01"),
            ("8", "012"),
            ("DOCK", "SHELF"),
        ] {
            let why = Range::parse(from, to).expect_err(from);
            assert!(why.contains("same shape"), "{from} to {to}: {why}");
        }
        let why = Range::parse("A-05-01", "A-04-20").expect_err("backwards");
        assert!(why.starts_with("05 comes after 04"), "{why}");
        assert!(Range::parse("A1234567890", "A1234567891").is_err());
    }

    #[test]
    fn no_more_than_five_thousand_are_made_at_once() {
        assert_eq!(range("A-0001", "A-5000").count(), 5_000);

        let why = Range::parse("A-0001", "A-5001").expect_err("too many");
        assert!(why.starts_with("These are 5001 locations"), "{why}");
        assert!(
            Range::parse(
                "A-000000000-000000000-000000000",
                "Z-999999999-999999999-999999999"
            )
            .is_err()
        );
    }
}
