//! The time zone that days and times of day are told in.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Serialize, Serializer};

use super::clock;

/// A zone of the IANA database, such as `Europe/Paris`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Zone(Tz);

impl Zone {
    pub const UTC: Self = Self(Tz::UTC);

    /// That of the machine, as its operating system says; UTC where it says nothing.
    pub fn of_machine() -> Self {
        let name = iana_time_zone::get_timezone();
        name.map_or(Self::UTC, |name| name.parse().unwrap_or_default())
    }

    /// The zones to choose from: UTC, then those named after a place, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        const ABBREVIATED: [&str; 3] = ["Etc", "SystemV", "US"];
        let is_place = |zone: &&Tz| {
            let area = zone.name().split_once('/').map(|(area, _)| area);
            area.is_some_and(|area| !ABBREVIATED.contains(&area))
        };
        let places = TZ_VARIANTS.iter().filter(is_place);
        std::iter::once(Self::UTC).chain(places.copied().map(Self))
    }

    /// `Europe/Paris`
    pub fn name(&self) -> &'static str {
        match self.0 {
            Tz::UTC => "UTC",
            zone => zone.name(),
        }
    }

    /// The day it is there at an instant.
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        self.wall(at).date()
    }

    /// The day it is there now.
    pub fn today(self) -> NaiveDate {
        self.day(clock::now())
    }

    /// What calendar and clock there show at an instant.
    pub fn wall(self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// The instant at which clock and calendar there show this: the first of two where the clock was
    /// set back, none where it was set forward over it.
    pub fn instant(self, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
        Some(self.0.from_local_datetime(&wall).earliest()?.to_utc())
    }

    /// When a day begins there. Where clocks are set forward at midnight it begins an hour later.
    pub fn begin(self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        let hours = (0..24).map(|hours| midnight + chrono::TimeDelta::hours(hours));
        hours
            .into_iter()
            .find_map(|wall| self.instant(wall))
            .unwrap_or_else(|| midnight.and_utc())
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::UTC
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let zone = name.trim().parse().map(Self);
        zone.map_err(|_| "Choose a time zone of the list.".to_owned())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl ToSql<Text, Pg> for Zone {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Text, Pg>::to_sql(self.name(), &mut out.reborrow())
    }
}

impl FromSql<Text, Pg> for Zone {
    /// A name that is not known, or none, is UTC: no page fails for it.
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let name = <String as FromSql<Text, Pg>>::from_sql(bytes)?;
        Ok(name.parse().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().expect("a zone")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().expect("a time of day")
    }

    #[test]
    fn the_same_instant_is_another_day_elsewhere() {
        let late = at("2026-11-30T23:30:00Z");

        assert_eq!(Zone::UTC.day(late).to_string(), "2026-11-30");
        assert_eq!(zone("Europe/Paris").day(late).to_string(), "2026-12-01");
        assert_eq!(zone("America/New_York").day(late).to_string(), "2026-11-30");
    }

    #[test]
    fn a_time_the_clock_skips_is_no_instant_and_one_it_shows_twice_is_the_first() {
        let paris = zone("Europe/Paris");

        assert_eq!(paris.instant(wall("2026-03-29T02:30:00")), None);
        assert_eq!(
            paris.instant(wall("2026-10-25T02:30:00")),
            Some(at("2026-10-25T00:30:00Z"))
        );
    }

    #[test]
    fn a_day_begins_where_it_begins() {
        let day = |text: &str| text.parse().expect("a day");

        assert_eq!(
            zone("Asia/Tokyo").begin(day("2026-11-25")),
            at("2026-11-24T15:00:00Z")
        );
        // Clocks were set forward at midnight.
        assert_eq!(
            zone("America/Sao_Paulo").begin(day("2018-11-04")),
            at("2018-11-04T03:00:00Z")
        );
    }

    #[test]
    fn the_zones_to_choose_from_read_back_as_themselves() {
        let all: Vec<Zone> = Zone::all().collect();

        assert!(all.len() > 300);
        assert!(all.iter().all(|each| each.name().parse() == Ok(*each)));
        assert!("Europe/Atlantis".parse::<Zone>().is_err());
    }
}
