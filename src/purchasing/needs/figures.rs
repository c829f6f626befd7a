//! The formulas of supply needs.

use crate::purchasing::Terms;
use crate::types::{Quantity, text_enum};

text_enum! {
    /// How urgent a need is, the most urgent first.
    NeedStatus {
        /// Orders wait for units that nobody brings.
        Backorders = "backorders", "Backorders";
        /// The stock falls below its warning level.
        LowStock = "low_stock", "Low stock";
        /// Everything needed is on its way.
        WaitingForReception = "waiting", "Waiting for reception";
    }
}

impl NeedStatus {
    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Backorders => "bad",
            Self::LowStock => "warn",
            Self::WaitingForReception => "info",
        }
    }
}

/// What a need follows from: one product in one warehouse, and the terms of its primary supplier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Usable units.
    pub on_hand: Quantity,
    /// Units that order lines ask for.
    pub to_ship: Quantity,
    /// Units on their way to this warehouse.
    pub incoming: Quantity,
    /// Units that drafts of purchase orders and transfers bring to this warehouse.
    pub drafted: Quantity,
    /// Below this the product is replenished.
    pub warning: Quantity,
    /// Up to this.
    pub ideal: Quantity,
    /// How the supplier sells it.
    pub terms: Terms,
}

impl Figures {
    /// Units that can still be sold.
    pub const fn available(&self) -> Quantity {
        self.on_hand.less(self.to_ship)
    }

    /// Units that open orders lack.
    pub const fn backorder_need(&self) -> Quantity {
        self.to_ship.less(self.on_hand)
    }

    /// Units up to the ideal level, once the warning level is undercut.
    pub fn low_stock_need(&self) -> Quantity {
        if self.available() < self.warning {
            self.ideal.less(self.available())
        } else {
            Quantity::ZERO
        }
    }

    /// Units to order so that every order can be served.
    pub const fn minimum(&self) -> Quantity {
        self.backorder_need().less(self.incoming)
    }

    /// Units to order so that the stock reaches its ideal level as well, as the supplier sells them.
    pub fn suggested(&self) -> Quantity {
        self.terms.as_sold(self.wanted())
    }

    /// Of the minimum, what no draft orders, as the supplier sells it.
    pub fn minimum_left(&self) -> Quantity {
        self.terms.as_sold(self.minimum().less(self.drafted))
    }

    /// Of the suggestion, what no draft orders, as the supplier sells it.
    pub fn suggested_left(&self) -> Quantity {
        self.terms.as_sold(self.wanted().less(self.drafted))
    }

    /// The units that what lies there, comes and is drafted has over what orders ask for; negative
    /// when it has not enough. It rises with everything that makes buying less urgent.
    pub fn cover(&self) -> i32 {
        let has = self.on_hand + self.incoming + self.drafted;
        has.as_i32().saturating_sub(self.to_ship.as_i32())
    }

    fn wanted(&self) -> Quantity {
        (self.backorder_need() + self.low_stock_need()).less(self.incoming)
    }

    /// How urgent it is.
    pub fn status(&self) -> NeedStatus {
        if !self.minimum().is_zero() {
            NeedStatus::Backorders
        } else if !self.suggested().is_zero() {
            NeedStatus::LowStock
        } else {
            NeedStatus::WaitingForReception
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(units: u32) -> Quantity {
        Quantity::new(units)
    }

    fn stock(on_hand: u32, to_ship: u32, incoming: u32) -> Figures {
        Figures {
            on_hand: q(on_hand),
            to_ship: q(to_ship),
            incoming: q(incoming),
            ..Figures::default()
        }
    }

    #[test]
    fn below_the_warning_level_a_product_is_replenished_up_to_the_ideal_level() {
        for (available, need) in [(50, 0), (40, 0), (39, 61), (30, 70), (10, 90)] {
            let figures = Figures {
                warning: q(40),
                ideal: q(100),
                ..stock(available, 0, 0)
            };

            assert_eq!(figures.low_stock_need(), q(need), "available {available}");
        }
    }

    #[test]
    fn a_need_of_15_waits_for_its_purchase_order_and_comes_back_when_the_rest_is_cancelled() {
        let draft = stock(0, 15, 0);
        assert_eq!(
            (draft.status(), draft.minimum()),
            (NeedStatus::Backorders, q(15))
        );

        let sent = stock(0, 15, 15);
        assert_eq!(
            (sent.status(), sent.minimum()),
            (NeedStatus::WaitingForReception, q(0))
        );

        let ten_received = stock(10, 15, 5);
        assert_eq!(ten_received.status(), NeedStatus::WaitingForReception);
        assert_eq!(ten_received.backorder_need(), q(5));

        let rest_cancelled = stock(10, 15, 0);
        assert_eq!(
            (rest_cancelled.status(), rest_cancelled.minimum()),
            (NeedStatus::Backorders, q(5))
        );
    }

    #[test]
    fn orders_and_the_ideal_level_are_bought_together_less_what_is_on_its_way() {
        let figures = Figures {
            warning: q(40),
            ideal: q(100),
            ..stock(5, 20, 30)
        };

        assert_eq!(figures.backorder_need(), q(15));
        assert_eq!(figures.low_stock_need(), q(100));
        assert_eq!(figures.minimum(), q(0));
        assert_eq!(figures.suggested(), q(85));
        assert_eq!(figures.status(), NeedStatus::LowStock);
    }

    #[test]
    fn what_is_drafted_is_not_filled_in_again_and_the_need_stays_urgent_until_it_is_sent() {
        let drafted = |units, pack| Figures {
            drafted: q(units),
            terms: Terms::of(None, Some(q(pack))),
            ..stock(0, 72, 0)
        };
        let cases = [
            // drafted, pack, minimum and suggestion filled in
            (0, 1, 72),
            (60, 1, 12),
            (78, 1, 0),
            (72, 5, 0),
            (71, 5, 5),
        ];
        for (units, pack, left) in cases {
            let figures = drafted(units, pack);

            assert_eq!(
                figures.minimum_left(),
                q(left),
                "{units} in packs of {pack}"
            );
            assert_eq!(
                figures.suggested_left(),
                q(left),
                "{units} in packs of {pack}"
            );
            assert_eq!(figures.minimum(), q(72));
            assert_eq!(figures.status(), NeedStatus::Backorders);
        }
    }

    #[test]
    fn the_cover_rises_with_what_is_drafted_and_comes_and_lies_there() {
        let figures = Figures {
            drafted: q(10),
            ..stock(1, 72, 5)
        };

        assert_eq!(figures.cover(), -56);
    }

    #[test]
    fn more_on_its_way_than_needed_is_no_negative_need() {
        let figures = stock(0, 5, 50);

        assert_eq!((figures.minimum(), figures.suggested()), (q(0), q(0)));
    }
}
