//! What a GS1 symbol says: GS1-128 on cases, GS1 DataMatrix on small goods, as a scanner types it.
//!
//! An *element string* is a chain of fields, each an *application identifier* and what it says. Fields
//! of most kinds end at a separator, or with the text; some have a length of their own (GS1 General
//! Specifications, "element strings with predefined length using application identifiers").

/// What stands between two fields: the character FNC1 as a scanner types it, as its picture, or as
/// people write it.
const SEPARATORS: [&str; 4] = ["\u{1d}", "\u{241d}", "{GS}", "<GS>"];
/// How scanners tell which kind of symbol follows.
const SYMBOLS: [&str; 5] = ["]C1", "]d2", "]Q3", "]e0", "]J1"];
/// Digits of a trade item.
const GTIN: usize = 14;

/// A product, and how many units of what its number stands for are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its number, 14 digits, of which the last is right.
    gtin: String,
    /// How many; none: one.
    count: Option<u32>,
}

impl Element {
    /// What an element string says about a product; `None` when it is none, or names no product.
    pub fn read(text: &str) -> Option<Self> {
        let mut said = Self {
            gtin: String::new(),
            count: None,
        };
        let mut rest = unbracketed(bare(text.trim()))?;
        while !rest.is_empty() {
            let (field, further) = next(&rest)?;
            said.take(field)?;
            rest = further;
        }
        (!said.gtin.is_empty()).then_some(said)
    }

    fn take(&mut self, field: &str) -> Option<()> {
        match field.split_at_checked(2)? {
            // A product, or the products in a case.
            ("01" | "02", gtin) => self.gtin = checked(gtin)?.into(),
            ("30" | "37", count) => {
                self.count = Some(count.parse().ok().filter(|count| *count > 0)?)
            }
            _ => {}
        }
        Some(())
    }

    /// How many.
    pub fn count(&self) -> u32 {
        self.count.unwrap_or(1)
    }

    /// Its number as barcodes have it: as it is, and as the shorter codes are written whose number it is
    /// (EAN-13, UPC-A, EAN-8).
    pub fn codes(&self) -> Vec<&str> {
        let shorter = [13, 12, 8].into_iter();
        let shorter = shorter.filter_map(|digits| {
            let (zeros, code) = self.gtin.split_at(GTIN - digits);
            zeros.bytes().all(|digit| digit == b'0').then_some(code)
        });
        [self.gtin.as_str()].into_iter().chain(shorter).collect()
    }
}

/// Without what tells the kind of symbol, and without a separator before the first field.
fn bare(text: &str) -> &str {
    let symbol = SYMBOLS.iter().find_map(|kind| text.strip_prefix(kind));
    let text = symbol.unwrap_or(text);
    let separator = SEPARATORS.iter().find_map(|each| text.strip_prefix(each));
    separator.unwrap_or(text)
}

/// As a scanner types it, where a person wrote it with brackets: `(01)09521234543213(37)12`.
fn unbracketed(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('(') else {
        return Some(text.to_owned());
    };
    let fields = inner.split('(').map(|field| field.split_once(')'));
    let fields: Option<Vec<(&str, &str)>> = fields.collect();
    let whole = fields?.into_iter().map(|(of, said)| format!("{of}{said}"));
    Some(whole.collect::<Vec<_>>().join(SEPARATORS[0]))
}

/// The next field, and what follows it.
fn next(text: &str) -> Option<(&str, String)> {
    let (field, rest) = match length(text) {
        Some(length) => text.split_at_checked(length)?,
        None => {
            let ends = SEPARATORS.iter().filter_map(|each| text.find(each));
            text.split_at(ends.min().unwrap_or(text.len()))
        }
    };
    let rest = SEPARATORS
        .iter()
        .find_map(|each| rest.strip_prefix(each))
        .unwrap_or(rest);
    Some((field, rest.to_owned()))
}

/// Letters of a field that has a length of its own, its identifier among them.
fn length(text: &str) -> Option<usize> {
    let kind: u32 = text.get(..2)?.parse().ok()?;
    match kind {
        0 => Some(20),
        1..=3 => Some(16),
        4 => Some(18),
        11..=19 => Some(8),
        20 => Some(4),
        31..=36 => Some(10),
        41 => Some(16),
        _ => None,
    }
}

/// A number whose last digit is right: with weights 3 and 1 in turn, all digits add up to tens.
fn checked(gtin: &str) -> Option<&str> {
    let digits: Option<Vec<u32>> = gtin.chars().map(|digit| digit.to_digit(10)).collect();
    let digits = digits.filter(|digits| digits.len() == GTIN)?;
    let weighed = digits.iter().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| digit * weight).sum();
    sum.is_multiple_of(10).then_some(gtin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, u32)> {
        Element::read(text).map(|said| (said.gtin.clone(), said.count()))
    }

    fn of(gtin: &str, count: u32) -> Option<(String, u32)> {
        Some((gtin.into(), count))
    }

    #[test]
    fn a_case_says_what_is_in_it_and_how_many() {
        let said = of("04006381333931", 24);

        assert_eq!(
            read("]C10204006381333931372410LOT7"),
            None,
            "37 goes on to the end"
        );
        assert_eq!(read("]C102040063813339313724\u{1d}10LOT7"), said);
        assert_eq!(read("02040063813339313724{GS}10LOT7"), said);
        assert_eq!(read("(02)04006381333931(37)24(10)LOT7"), said);
    }

    #[test]
    fn a_symbol_on_the_goods_says_one_unless_it_says_how_many() {
        let lot_and_day = "]d201040063813339311726053110LOT7";

        assert_eq!(read(lot_and_day), of("04006381333931", 1));
        assert_eq!(read("]d201040063813339313012"), of("04006381333931", 12));
        assert_eq!(
            read("]d210LOT7\u{241d}0104006381333931"),
            of("04006381333931", 1)
        );
    }

    #[test]
    fn what_is_no_element_string_is_none() {
        for text in [
            "",
            "4006381333931",
            "A-1001",
            "01A",
            "0104006381333932",
            "010400638133393",
            "]d210LOT7",
            "]d201040063813339313000",
            "01é4006381333931é",
            "(01",
            "(01)04006381333931(37",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_found_as_shorter_codes_have_it() {
        let codes = |text| Element::read(text).map(|said| said.codes().join(" "));

        assert_eq!(
            codes("0104006381333931").as_deref(),
            Some("04006381333931 4006381333931")
        );
        assert_eq!(codes("0114006381333938").as_deref(), Some("14006381333938"));
        assert_eq!(
            codes("0100036000291452").as_deref(),
            Some("00036000291452 0036000291452 036000291452")
        );
    }
}
