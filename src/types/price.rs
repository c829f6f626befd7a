//! Prices of one unit, as exact as they are.

use super::Money;

impl Money {
    /// As a page or a paper shows the price of one unit: every decimal it has, and as many as its
    /// currency is written with at least; thousands grouped: `1,234.50`, `0.4125`, in yen `1,250`.
    pub fn price(self, currency: &str) -> String {
        let (amount, unit) = (self.ten_thousandths(), 10_000);
        let whole = Self::from_ten_thousandths(amount - amount % unit).to_string();
        let whole = whole.strip_suffix(".00").unwrap_or(&whole);
        let rest = format!("{:04}", (amount % unit).unsigned_abs());
        let exact = rest.trim_end_matches('0').len();
        match exact.max(least_decimals(currency)) {
            0 => whole.to_owned(),
            decimals => format!("{whole}.{}", &rest[..decimals]),
        }
    }
}

/// How many decimals amounts of a currency are written with.
fn least_decimals(currency: &str) -> usize {
    match currency {
        "CLP" | "ISK" | "JPY" | "KRW" | "PYG" | "UGX" | "VND" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_as_exact_as_it_is_and_as_its_currency_is_written() {
        let cases = [
            ("0.4125", "EUR", "0.4125"),
            ("0.4100", "EUR", "0.41"),
            ("2.5", "EUR", "2.50"),
            ("1234567", "USD", "1,234,567.00"),
            ("1234.125", "GBP", "1,234.125"),
            ("1250", "JPY", "1,250"),
            ("1250.5", "JPY", "1,250.5"),
            ("3.5", "KWD", "3.500"),
            ("0", "JPY", "0"),
        ];
        for (typed, currency, shown) in cases {
            let price = Money::parse(typed).expect("an amount");
            assert_eq!(price.price(currency), shown, "{typed} {currency}");
        }
    }
}
