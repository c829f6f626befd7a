//! What things weigh.

use std::fmt;

/// A weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grams(i64);

impl Grams {
    /// One unit weighs no more: ten tons.
    pub const MOST: i32 = 10_000_000;

    pub const fn new(grams: i64) -> Self {
        Self(grams)
    }

    /// In kilograms, with as many decimals as it takes: `1.25`
    pub fn kilograms(self) -> String {
        let (whole, rest) = (self.0 / 1000, format!("{:03}", self.0 % 1000));
        match rest.trim_end_matches('0') {
            "" => whole.to_string(),
            rest => format!("{whole}.{rest}"),
        }
    }
}

/// `1.25 kg`
impl fmt::Display for Grams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} kg", self.kilograms())
    }
}

#[cfg(test)]
mod tests {
    use super::Grams;

    #[test]
    fn a_weight_has_no_more_decimals_than_it_takes() {
        for (grams, words) in [
            (0, "0 kg"),
            (5, "0.005 kg"),
            (320, "0.32 kg"),
            (1250, "1.25 kg"),
            (12_000, "12 kg"),
            (10_000_001, "10000.001 kg"),
        ] {
            assert_eq!(Grams::new(grams).to_string(), words);
        }
    }
}
