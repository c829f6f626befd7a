//! Codes in the place of a SKU that stand for money and not for goods.

/// Codes of this and of many other shops.
const CHARGES: &[&str] = &[
    "POST",
    "POSTAGE",
    "DOT",
    "C2",
    "CARRIAGE",
    "SHIPPING",
    "SHIP",
    "FREIGHT",
    "DELIVERY",
    "HANDLING",
    "M",
    "MANUAL",
    "D",
    "DISCOUNT",
    "DISC",
    "COUPON",
    "VOUCHER",
    "REFUND",
    "S",
    "SAMPLES",
    "B",
    "ADJUST",
    "ADJUSTMENT",
    "BANK CHARGES",
    "AMAZONFEE",
    "FEE",
    "CRUK",
    "TAX",
    "VAT",
    "TIP",
    "ROUNDING",
    "DEPOSIT",
    "FRAIS DE PORT",
    "PORT",
    "REMISE",
    "VERSAND",
    "VERSANDKOSTEN",
    "RABATT",
];

/// Whether a SKU, in upper case, is a charge, a discount or a voucher. A product of the catalog
/// with such a SKU is goods all the same: whoever asks looks there first.
pub fn is_charge(sku: &str) -> bool {
    CHARGES.contains(&sku) || sku.starts_with("GIFT_") || sku.starts_with("GIFTCARD")
}

/// Whether a description is a service and nothing else.
pub fn is_service(description: &str) -> bool {
    const SERVICES: &[&str] = &[
        "gift wrap",
        "gift wrapping",
        "shipping",
        "postage",
        "delivery",
        "handling",
        "shipping and handling",
        "versand",
        "versandkosten",
        "geschenkverpackung",
        "frais de port",
        "livraison",
        "emballage cadeau",
    ];
    SERVICES.contains(&description.to_lowercase().trim())
}

/// Whether the words of a line that names no product speak of a service or a discount.
pub fn speaks_of_service(description: &str) -> bool {
    const BEGIN: &str = "wrap voucher coupon discount shipping postage delivery handling insurance surcharge donation \
         geschenk gutschein rabatt versand porto frais livraison remise emballage assurance";
    const WHOLE: &str = "fee fees tip tax";
    let text = description.to_lowercase();
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        let begins = BEGIN
            .split_whitespace()
            .any(|known| word.starts_with(known));
        begins || WHOLE.split_whitespace().any(|known| word == known)
    })
}

/// Whether a description is a clerk's mark and not the name of a product.
pub fn is_no_name(description: &str) -> bool {
    const MARKS: &[&str] = &[
        "amazon",
        "ebay",
        "damaged",
        "damages",
        "check",
        "missing",
        "found",
        "lost",
        "test",
        "n/a",
        "na",
        "none",
        "sample",
        "adjustment",
        "dotcom",
        "?",
    ];
    let plain = description.trim_matches(|letter: char| !letter.is_alphanumeric());
    plain.is_empty() || MARKS.contains(&plain.to_lowercase().as_str())
}

/// Whether an order number is that of a cancellation: C and digits.
pub fn is_cancellation(number: &str) -> bool {
    number.strip_prefix(['C', 'c']).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a spreadsheet made something else of a code: `1.23457E+12`, `#REF!`, `########`.
pub fn is_damaged(code: &str) -> bool {
    let shortened = code.split_once(['E', 'e']).is_some_and(|(number, power)| {
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fraction = number.split_once(['.', ',']);
        let is_number = fraction.is_some_and(|(whole, part)| digits(whole) && digits(part));
        let signed = power.strip_prefix(['+', '-']);
        is_number && signed.is_some_and(digits)
    });
    let failed = [
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!",
    ];
    let narrow = code.len() > 2 && code.bytes().all(|byte| byte == b'#');
    shortened || narrow || failed.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charges_are_told_from_goods() {
        for charge in [
            "POST",
            "DOT",
            "M",
            "D",
            "C2",
            "BANK CHARGES",
            "AMAZONFEE",
            "GIFT_0001_20",
        ] {
            assert!(is_charge(charge), "{charge}");
        }
        for goods in ["PADS", "DCGS0058", "85123A", "DISCO BALL", "SP1002", "MUG"] {
            assert!(!is_charge(goods), "{goods}");
        }
    }

    #[test]
    fn services_are_told_from_goods() {
        assert!(is_service("Gift wrapping") && !is_service("Gift wrapping paper"));
        for service in [
            "Gift wrapping",
            "Voucher welcome",
            "Express delivery",
            "Fee",
        ] {
            assert!(speaks_of_service(service), "{service}");
        }
        for goods in ["A mug", "Feet for a table", "Tipi"] {
            assert!(!speaks_of_service(goods), "{goods}");
        }
    }

    #[test]
    fn marks_of_a_clerk_are_no_names() {
        for mark in ["", "?", "??", "amazon", "Damaged", "check?"] {
            assert!(is_no_name(mark), "{mark}");
        }
        for name in [
            "SET 2 TEA TOWELS I LOVE LONDON ",
            "7\" FRAME",
            "Amazon lily",
        ] {
            assert!(!is_no_name(name), "{name}");
        }
    }

    #[test]
    fn what_a_spreadsheet_damaged_is_known() {
        for damaged in ["1.23457E+12", "1,2E+05", "5.0e-7", "#REF!", "########"] {
            assert!(is_damaged(damaged), "{damaged}");
        }
        for whole in ["1E12", "E+12", "1.5", "PRE+12", "#1001", "2.5E", "#"] {
            assert!(!is_damaged(whole), "{whole}");
        }
    }

    #[test]
    fn a_cancellation_is_c_and_digits() {
        assert!(is_cancellation("C536379") && is_cancellation("c1"));
        assert!(!is_cancellation("C") && !is_cancellation("CA-12") && !is_cancellation("536379"));
    }
}
