//! Currencies as files write them.

/// Signs that mean one currency.
const SIGNS: &[(&str, &str)] = &[
    ("\u{20ac}", "EUR"),
    ("EURO", "EUR"),
    ("\u{a3}", "GBP"),
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("MX$", "MXN"),
    ("Z\u{141}", "PLN"),
    ("K\u{10c}", "CZK"),
    ("FT", "HUF"),
    ("FR", "CHF"),
    ("FR.", "CHF"),
    ("SFR.", "CHF"),
    ("LEI", "RON"),
    ("\u{20b9}", "INR"),
    ("\u{20ba}", "TRY"),
    ("\u{20bd}", "RUB"),
    ("\u{20a9}", "KRW"),
    ("\u{20b4}", "UAH"),
    ("\u{20aa}", "ILS"),
];

/// Signs of several currencies; the first is meant unless the company has another of them.
const SHARED: &[(&str, &[&str])] = &[
    (
        "$",
        &[
            "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD",
        ],
    ),
    ("\u{a5}", &["JPY", "CNY"]),
    ("KR", &["SEK", "NOK", "DKK", "ISK"]),
    ("KR.", &["DKK", "SEK", "NOK", "ISK"]),
];

/// The currencies of ISO 4217 that money is counted in.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
     CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD \
     HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
     MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
     QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD \
     TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Whether a text is the sign or the code of a currency.
pub fn is_currency(text: &str) -> bool {
    code(text, "").is_some()
}

/// The three letters of a currency; `own` is the company's, which a sign of several means first.
pub fn code(text: &str, own: &str) -> Option<String> {
    let text = text.trim().to_uppercase();
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == text) {
        return Some((*code).to_owned());
    }
    if let Some((_, codes)) = SHARED.iter().find(|(sign, _)| *sign == text) {
        let meant = codes.iter().find(|code| **code == own);
        return meant.or(codes.first()).map(|code| (*code).to_owned());
    }
    CODES.split(' ').any(|code| code == text).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_known_by_its_sign_or_its_letters() {
        for (text, own, expected) in [
            ("\u{20ac}", "USD", Some("EUR")),
            ("eur", "USD", Some("EUR")),
            ("$", "EUR", Some("USD")),
            ("$", "CAD", Some("CAD")),
            ("kr", "NOK", Some("NOK")),
            ("z\u{142}", "EUR", Some("PLN")),
            ("pcs", "EUR", None),
            ("", "EUR", None),
        ] {
            assert_eq!(
                code(text, own).as_deref(),
                expected,
                "{text} at home in {own}"
            );
        }
    }
}
