//! Decisions the reader of a file should know of: nothing is wrong, something was decided.

use serde::{Deserialize, Serialize};

use crate::types::text_enum;

text_enum! {
    /// What was decided, for all remarks of the kind.
    RemarkKind {
        /// No order number.
        Continued = "continued", "No order number: taken as a line of the order above";
        /// Several lines, one product, one price.
        Merged = "merged", "Lines merged: the same product at the same price, several times in one order";
        /// Several lines, one product, several prices.
        TwoPrices = "two_prices", "Lines kept apart: the same product at two prices in one order";
        /// Postage and the like.
        Charge = "charge", "Charges and discounts: no goods, amounts of the order and in its total";
        /// Units that come back.
        Netted = "netted", "Returned units: taken off the same product of the order";
        /// A row of sums.
        Totals = "totals", "Rows that add up their order: no goods";
        /// Below the table.
        Footer = "footer", "Below the table: taken for no lines";
        /// More than four decimals.
        Rounded = "rounded", "Prices with more than four decimals: rounded to four";
        /// Another currency than the company's.
        Currency = "currency", "Another currency: kept on the order, at the amounts of the file; new products get no price";
        /// Some of it left or was paid back.
        Partly = "partly", "Partly shipped or refunded: imported with all units of the file, please look at them once";
        /// A status nobody knows.
        UnknownStatus = "unknown_status", "A status that is not known: imported";
        /// No customer.
        Guest = "guest", "No customer: imported for the customer \u{201c}Guest\u{201d}";
        /// A price of 0.
        Free = "free", "Price 0: imported, free of charge";
        /// No price.
        PriceFromCatalog = "price_from_catalog", "No price: the price of the catalog is taken";
        /// No description.
        Unnamed = "unnamed", "No description: the known name of the product is taken, or its SKU";
        /// Lower case, or letters nobody sees.
        SkuForm = "sku_form", "SKU written otherwise: the same product, in upper case and without letters nobody sees";
        /// Letters of another alphabet.
        Lookalike = "lookalike", "SKUs that look alike: taken as two products, please look at them once";
        /// One order, several dates.
        TwoDates = "two_dates", "Several dates in one order: the earliest is taken";
        /// No date.
        NoDate = "no_date", "No date in the file: the moment of the import is taken";
        /// One order, several countries.
        TwoCountries = "two_countries", "Several countries in one order: the first is taken";
        /// Dates that could be read otherwise.
        DayOrder = "day_order", "Dates that could be read in two ways";
        /// A thousand or more.
        Large = "large", "Large quantities: imported, please look at them once";
    }
}

/// A decision about one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Which line of the file.
    pub line: usize,
    /// Its order; empty for the whole file.
    pub order: String,
    /// What was decided.
    pub kind: RemarkKind,
    /// The particulars.
    pub text: String,
}
