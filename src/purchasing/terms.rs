//! How a supplier sells a product: a fewest number of units, and whole packs.

use crate::types::Quantity;

/// What a supplier takes an order for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The fewest units.
    pub least: Quantity,
    /// Units of a pack; whole packs are sold.
    pub pack: Quantity,
}

impl Default for Terms {
    /// Any number of units.
    fn default() -> Self {
        Self {
            least: Quantity::new(1),
            pack: Quantity::new(1),
        }
    }
}

impl Terms {
    /// The terms of a supplier, where one is known.
    pub fn of(least: Option<Quantity>, pack: Option<Quantity>) -> Self {
        let any = Self::default();
        Self {
            least: least.unwrap_or(any.least),
            pack: pack.unwrap_or(any.pack),
        }
    }

    /// `units` as they are sold: the next number that fits. Nothing stays nothing.
    pub fn as_sold(self, units: Quantity) -> Quantity {
        if units.is_zero() {
            return units;
        }
        let pack = self.pack.get().max(1);
        let packs = units.max(self.least).get().div_ceil(pack);
        Quantity::new(packs.saturating_mul(pack))
    }

    /// What is wrong with a number of units, and the next that fits; none: nothing is.
    pub fn misfit(self, units: Quantity) -> Option<Misfit> {
        let next = self.as_sold(units);
        (next != units).then_some(Misfit { terms: self, next })
    }
}

/// A number of units that the supplier does not sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit {
    terms: Terms,
    /// The next number that fits.
    pub next: Quantity,
}

impl Misfit {
    /// `Sold from 15 on, in packs of 10.`
    pub fn words(self) -> String {
        let (least, pack) = (self.terms.least.get(), self.terms.pack.get());
        match (least > 1, pack > 1) {
            (true, true) => format!("Sold from {least} on, in packs of {pack}."),
            (false, true) => format!("Sold in packs of {pack}."),
            _ => format!("Sold from {least} on."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(least: u32, pack: u32) -> Terms {
        Terms::of(Some(Quantity::new(least)), Some(Quantity::new(pack)))
    }

    #[test]
    fn suppliers_sell_a_minimum_and_whole_packs() {
        let cases = [
            // units, least, pack, as sold
            (0, 50, 12, 0),
            (1, 1, 1, 1),
            (7, 10, 1, 10),
            (7, 1, 6, 12),
            (12, 1, 6, 12),
            (7, 10, 6, 12),
            (13, 10, 6, 18),
        ];
        for (units, least, pack, expected) in cases {
            assert_eq!(
                terms(least, pack).as_sold(Quantity::new(units)),
                Quantity::new(expected),
                "{units} of at least {least} in packs of {pack}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_says_why_and_what_does() {
        let cases = [
            (7, 15, 10, Some((20, "Sold from 15 on, in packs of 10."))),
            (11, 1, 6, Some((12, "Sold in packs of 6."))),
            (3, 5, 1, Some((5, "Sold from 5 on."))),
            (12, 10, 6, None),
            (0, 10, 6, None),
        ];
        for (units, least, pack, expected) in cases {
            let misfit = terms(least, pack).misfit(Quantity::new(units));
            let said = misfit.map(|misfit| (misfit.next.get(), misfit.words()));
            let expected = expected.map(|(next, words)| (next, words.to_owned()));
            assert_eq!(said, expected, "{units}");
        }
    }
}
