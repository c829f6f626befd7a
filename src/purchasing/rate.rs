//! Rates of currencies, in millionths.

use diesel::prelude::*;

use super::{Error, PurchaseOrder};
use crate::catalog;
use crate::schema::purchase_orders;

/// Of the currency of the company.
const OWN: i64 = 1_000_000;

/// The rate of a currency: 1 of the company's, else the one that was used last; none: nobody said
/// one yet.
pub fn known_rate(conn: &mut PgConnection, currency: &str) -> QueryResult<Option<i64>> {
    if catalog::company(conn)?.currency == currency {
        return Ok(Some(OWN));
    }
    // A foreign rate of exactly 1 was written by itself once, and said by nobody.
    let used = purchase_orders::table
        .filter(purchase_orders::currency.eq(currency))
        .filter(purchase_orders::rate.is_not_null())
        .filter(purchase_orders::rate.ne(OWN))
        .order(purchase_orders::id.desc())
        .select(purchase_orders::rate)
        .first(conn)
        .optional()?;
    Ok(used.flatten())
}

/// Refuses to send a purchase order before somebody said what its currency is worth.
///
/// # Errors
/// [`Error::NoRate`].
pub fn must_have_rate(order: &PurchaseOrder) -> Result<(), Error> {
    match order.rate {
        Some(_) => Ok(()),
        None => Err(Error::NoRate(order.currency.clone())),
    }
}

/// `1.0825`, as millionths.
pub fn parse_rate(text: &str) -> Result<i64, String> {
    let sentence = || "Enter a rate such as 1.0825.".to_owned();
    let text = text.trim().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || whole.len() > 6 || decimals.len() > 6 {
        return Err(sentence());
    }
    match format!("{whole}{decimals:0<6}").parse() {
        Ok(rate) if rate > 0 => Ok(rate),
        _ => Err(sentence()),
    }
}

/// Millionths, as `1.0825`.
pub fn shown_rate(rate: i64) -> String {
    let text = format!("{}.{:06}", rate / 1_000_000, rate % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_and_shown_exactly() {
        for (text, rate) in [("1", 1_000_000), ("1.0825", 1_082_500), ("0,000001", 1)] {
            assert_eq!(parse_rate(text), Ok(rate), "{text}");
            assert_eq!(shown_rate(rate), text.replace(',', "."));
        }
        for bad in ["", "0", "-1", "1.1234567", "x"] {
            assert!(parse_rate(bad).is_err(), "{bad}");
        }
    }
}
