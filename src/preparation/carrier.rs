//! Who carries parcels, and what their tracking numbers look like.

use diesel::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use regex_lite::Regex;
use serde::Serialize;

use super::Error;
use crate::schema::carriers;
use crate::types::CarrierId;

/// What a link has where the tracking number goes.
pub const TRACKING: &str = "{tracking}";

/// Who carries parcels.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = carriers)]
pub struct Carrier {
    pub id: CarrierId,
    #[diesel(embed)]
    pub says: CarrierInput,
}

/// What a person says about a carrier, but for its shipping methods.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Insertable, AsChangeset, Queryable, Selectable,
)]
#[diesel(table_name = carriers)]
pub struct CarrierInput {
    /// Unlike that of any other, in whatever letters.
    pub name: String,
    /// A regular expression for whole tracking numbers; empty: any.
    pub tracking_pattern: String,
    /// Where a parcel is followed, with `{tracking}` in it; empty: nowhere.
    pub tracking_link: String,
    /// Whether no parcel leaves without a tracking number.
    pub needs_tracking: bool,
    /// Whether it is offered for parcels.
    pub is_active: bool,
    /// Until when it takes parcels on a day, where the company is: `16:30`; empty: nobody said.
    pub cut_off: String,
}

impl CarrierInput {
    /// A carrier of which nothing is said yet: it is offered.
    pub const fn blank() -> Self {
        Self {
            name: String::new(),
            tracking_pattern: String::new(),
            tracking_link: String::new(),
            needs_tracking: false,
            is_active: true,
            cut_off: String::new(),
        }
    }

    /// Whether a parcel may leave under a tracking number; it may be empty.
    ///
    /// # Errors
    /// [`Error::NoTracking`], [`Error::NotItsTracking`].
    pub fn takes(&self, tracking: &str) -> Result<(), Error> {
        match tracking {
            "" if self.needs_tracking => Err(Error::NoTracking(self.name.clone())),
            "" => Ok(()),
            tracking if self.knows(tracking) => Ok(()),
            tracking => Err(Error::NotItsTracking {
                carrier: self.name.clone(),
                tracking: tracking.into(),
            }),
        }
    }

    /// Whether a tracking number looks like one of its own.
    fn knows(&self, tracking: &str) -> bool {
        // What is kept was read when it was typed.
        let pattern = pattern(&self.tracking_pattern).ok();
        pattern.is_none_or(|pattern| pattern.is_match(tracking))
    }
}

/// The address where a parcel is followed, of a carrier's link; none: there is no link, or no number.
pub fn follow(link: &str, tracking: &str) -> Option<String> {
    let encoded = || utf8_percent_encode(tracking, NON_ALPHANUMERIC).to_string();
    (!link.is_empty() && !tracking.is_empty()).then(|| link.replace(TRACKING, &encoded()))
}

/// What a whole tracking number matches.
///
/// # Errors
/// Why it is no pattern.
pub fn pattern(text: &str) -> Result<Regex, regex_lite::Error> {
    match text {
        "" => Regex::new(""),
        text => Regex::new(&format!("(?i)^(?:{text})$")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carrier(tracking_pattern: &str, needs_tracking: bool) -> CarrierInput {
        CarrierInput {
            name: "UPS".into(),
            tracking_pattern: tracking_pattern.into(),
            tracking_link: "https://track.example/?n={tracking}".into(),
            needs_tracking,
            ..CarrierInput::blank()
        }
    }

    #[test]
    fn a_tracking_number_is_wholly_like_those_of_its_carrier() {
        let ups = carrier("1Z[0-9A-Z]{6}", false);

        assert_eq!(ups.takes("1z999AA1"), Ok(()));
        assert_eq!(ups.takes(""), Ok(()), "nobody asked for one");
        for other in ["1Z999AA", "x1Z999AA1", "1Z999AA12", "40063813"] {
            let refused = ups.takes(other).map_err(|error| error.to_string());
            let sentence = format!("{other} does not look like a tracking number of UPS.");
            assert_eq!(refused, Err(sentence));
        }
    }

    #[test]
    fn a_carrier_may_ask_for_any_tracking_number() {
        let post = carrier("", true);

        assert_eq!(post.takes("whatever"), Ok(()));
        assert_eq!(post.takes(""), Err(Error::NoTracking("UPS".into())));
    }

    #[test]
    fn a_parcel_is_followed_where_the_carrier_says() {
        let link = "https://track.example/?n={tracking}&l=en";

        assert_eq!(
            follow(link, "1Z 9/9").as_deref(),
            Some("https://track.example/?n=1Z%209%2F9&l=en")
        );
        assert_eq!(follow(link, ""), None);
        assert_eq!(follow("", "1Z99"), None);
    }
}
