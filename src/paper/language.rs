//! The languages of papers: their words, dates, amounts.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

const MINUS: char = '\u{2212}';

/// The language a paper is written in: that of whoever reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    En,
    Fr,
}

impl Language {
    /// As in HTML and PDF: `en`, `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// "23 November 2026", "1er décembre 2026".
    pub fn date(self, date: NaiveDate) -> String {
        let month = self.words().months[date.month0() as usize];
        let day = match (self, date.day()) {
            (Self::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        };
        format!("{day} {month} {}", date.year())
    }

    /// A decimal such as `1,234.50`, grouped or not, as the reader would group and point it.
    pub fn amount(self, amount: impl Display) -> String {
        let plain = amount.to_string().replace(',', "");
        let digits = plain.trim_start_matches(['-', MINUS]);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let (group, point) = match self {
            Self::En => (",", "."),
            Self::Fr => ("\u{a0}", ","),
        };

        let mut written = String::new();
        if digits.len() < plain.len() {
            written.push(MINUS);
        }
        let length = whole.chars().count();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (length - at).is_multiple_of(3) {
                written.push_str(group);
            }
            written.push(digit);
        }
        if let Some(fraction) = fraction {
            written.push_str(point);
            written.push_str(fraction);
        }
        written
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::En => &ENGLISH,
            Self::Fr => &FRENCH,
        }
    }

    pub(super) fn page_of(self) -> fn(usize, usize) -> String {
        match self {
            Self::En => |page, of| format!("Page {page} of {of}"),
            Self::Fr => |page, of| format!("Page {page} sur {of}"),
        }
    }
}

/// Every word that stands on a paper by itself.
pub(super) struct Words {
    pub purchase_order: &'static str,
    pub supplier: &'static str,
    pub deliver_to: &'static str,
    pub order_date: &'static str,
    pub deliver_by: &'static str,
    pub currency: &'static str,
    pub supplier_sku: &'static str,
    pub our_sku: &'static str,
    pub description: &'static str,
    pub quantity: &'static str,
    pub unit_price: &'static str,
    pub amount: &'static str,
    pub units: &'static str,
    pub net: &'static str,
    pub shipping: &'static str,
    pub extra: &'static str,
    pub total: &'static str,
    pub comments: &'static str,
    pub pick_list: &'static str,
    pub into: &'static str,
    pub bin: &'static str,
    pub from: &'static str,
    pub shipping_method: &'static str,
    pub picked_by: &'static str,
    pub for_kit: &'static str,
    pub packing_slip: &'static str,
    pub ship_to: &'static str,
    pub order: &'static str,
    pub shipment: &'static str,
    pub date: &'static str,
    pub sku: &'static str,
    pub ordered: &'static str,
    pub in_this_parcel: &'static str,
    pub still_to_come: &'static str,
    pub rest_follows: &'static str,
    pub note: &'static str,
    pub manifest: &'static str,
    pub carrier: &'static str,
    pub parcels: &'static str,
    pub weight: &'static str,
    pub driver_signature: &'static str,
    months: [&'static str; 12],
}

const ENGLISH: Words = Words {
    purchase_order: "Purchase order",
    supplier: "Supplier",
    deliver_to: "Deliver to",
    order_date: "Order date",
    deliver_by: "Deliver by",
    currency: "Currency",
    supplier_sku: "Your SKU",
    our_sku: "Our SKU",
    description: "Description",
    quantity: "Quantity",
    unit_price: "Unit price",
    amount: "Amount",
    units: "Units",
    net: "Net",
    shipping: "Shipping",
    extra: "Extra charges",
    total: "Total",
    comments: "Comments",
    pick_list: "Pick list",
    into: "Into",
    bin: "Bin",
    from: "From",
    shipping_method: "Shipping method",
    picked_by: "Picked by",
    for_kit: "for kit",
    packing_slip: "Packing slip",
    ship_to: "Ship to",
    order: "Order",
    shipment: "Shipment",
    date: "Date",
    sku: "SKU",
    ordered: "Ordered",
    in_this_parcel: "In this parcel",
    still_to_come: "Still to come",
    rest_follows: "What is still to come follows in another parcel.",
    note: "Note",
    manifest: "Manifest",
    carrier: "Carrier",
    parcels: "Parcels",
    weight: "Weight",
    driver_signature: "Name and signature of the driver, date and time",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const FRENCH: Words = Words {
    purchase_order: "Bon de commande",
    supplier: "Fournisseur",
    deliver_to: "Livrer à",
    order_date: "Date de commande",
    deliver_by: "À livrer d’ici le",
    currency: "Devise",
    supplier_sku: "Votre référence",
    our_sku: "Notre référence",
    description: "Désignation",
    quantity: "Quantité",
    unit_price: "Prix unitaire",
    amount: "Montant",
    units: "Unités",
    net: "Net",
    shipping: "Frais de port",
    extra: "Frais divers",
    total: "Total",
    comments: "Commentaires",
    pick_list: "Liste de prélèvement",
    into: "Dans",
    bin: "Emplacement",
    from: "Depuis",
    shipping_method: "Mode d’expédition",
    picked_by: "Prélevé par",
    for_kit: "pour le lot",
    packing_slip: "Bon de livraison",
    ship_to: "Destinataire",
    order: "Commande",
    shipment: "Expédition",
    date: "Date",
    sku: "Référence",
    ordered: "Commandé",
    in_this_parcel: "Dans ce colis",
    still_to_come: "Reste à livrer",
    rest_follows: "Le reste à livrer suivra dans un autre colis.",
    note: "Remarque",
    manifest: "Bordereau de remise",
    carrier: "Transporteur",
    parcels: "Colis",
    weight: "Poids",
    driver_signature: "Nom et signature du chauffeur, date et heure",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the calendar")
    }

    #[test]
    fn dates_are_written_as_the_reader_writes_them() {
        assert_eq!(Language::En.date(day(11, 23)), "23 November 2026");
        assert_eq!(Language::Fr.date(day(8, 23)), "23 août 2026");
        assert_eq!(Language::Fr.date(day(12, 1)), "1er décembre 2026");
    }

    #[test]
    fn amounts_are_grouped_and_pointed_as_the_reader_expects() {
        assert_eq!(Language::En.amount("1234567.50"), "1,234,567.50");
        assert_eq!(Language::Fr.amount("1234567.50"), "1\u{a0}234\u{a0}567,50");
        assert_eq!(Language::Fr.amount("1,234.50"), "1\u{a0}234,50");
        assert_eq!(Language::En.amount("-100.00"), "\u{2212}100.00");
        assert_eq!(Language::Fr.amount("\u{2212}9.50"), "\u{2212}9,50");
        assert_eq!(Language::En.amount(1000), "1,000");
    }
}
