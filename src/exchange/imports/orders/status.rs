//! What shops say of how far an order is.

use super::columns;
use crate::types::text_enum;

text_enum! {
    /// Why an order, or a line of it, needs nothing more.
    Closing {
        /// It was given up.
        Cancelled = "cancelled", "cancelled";
        /// It was paid back.
        Refunded = "refunded", "refunded";
        /// It left.
        Completed = "completed", "completed";
    }
}

/// How far an order or a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is to be shipped.
    Open,
    /// A part of it left, or was paid back.
    Partly,
    /// Nothing is left to do.
    Closed(Closing),
    /// Nobody here knows the word.
    Unknown,
}

/// The words, each with its letters only, lower case and without accents.
const CANCELLED: &str = "cancelled canceled cancelledbycustomer voided void failed trash draft checkoutdraft rejected \
     declined expired annule annulee annulees storniert abgebrochen fehlgeschlagen";
const REFUNDED: &str =
    "refunded returned chargeback erstattet zuruckerstattet ruckerstattet rembourse remboursee";
const COMPLETED: &str = "completed complete fulfilled shipped dispatched delivered closed archived done collected \
     pickedup abgeschlossen versendet versandt geliefert zugestellt fertig termine terminee expedie expediee livre \
     livree";
const PARTLY: &str = "partial partially partlyshipped partiallyfulfilled partiallyshipped partlyrefunded \
     partiallyrefunded partlydelivered partiallydelivered teilweiseversendet partiellementexpediee";
const OPEN: &str = "open new pending pendingpayment pendingfulfillment processing inprogress confirmed accepted \
     approved paid unpaid partiallypaid authorized unfulfilled unshipped notshipped backorder backordered onhold hold \
     scheduled ready readytoship readyforpickup awaiting awaitingshipment awaitingfulfillment awaitingpayment invoiced \
     restocked none offen neu bezahlt unbezahlt inbearbeitung ausstehend encours enattente payee nouvelle";

/// What a word says; an empty one says that all is to do.
pub fn progress(word: &str) -> Progress {
    let plain = columns::plain(word);
    let plain = plain.strip_prefix("wc").unwrap_or(&plain);
    let is_in = |words: &str| words.split_whitespace().any(|known| known == plain);
    if plain.is_empty() || is_in(OPEN) {
        Progress::Open
    } else if is_in(PARTLY) {
        Progress::Partly
    } else if is_in(CANCELLED) {
        Progress::Closed(Closing::Cancelled)
    } else if is_in(REFUNDED) {
        Progress::Closed(Closing::Refunded)
    } else if is_in(COMPLETED) {
        Progress::Closed(Closing::Completed)
    } else {
        Progress::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_shops_are_understood() {
        for (word, expected) in [
            ("", Progress::Open),
            ("Processing", Progress::Open),
            ("wc-on-hold", Progress::Open),
            ("Partially Fulfilled", Progress::Partly),
            ("CANCELED", Progress::Closed(Closing::Cancelled)),
            ("Annul\u{e9}e", Progress::Closed(Closing::Cancelled)),
            ("wc-refunded", Progress::Closed(Closing::Refunded)),
            ("Shipped", Progress::Closed(Closing::Completed)),
            ("Exp\u{e9}di\u{e9}e", Progress::Closed(Closing::Completed)),
            ("in the moon", Progress::Unknown),
        ] {
            assert_eq!(progress(word), expected, "{word}");
        }
    }
}
