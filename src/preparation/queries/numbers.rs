//! Which parcels have which tracking numbers.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};

use crate::db::set_based;
use crate::preparation::{Departure, Numbers};
use crate::types::ShipmentId;

/// Carriers give a number again after so many days.
const GIVEN_AGAIN: i64 = 180;

/// The parcels under way, or not long gone, that have one of these numbers of these carriers.
pub fn numbers_in_use(
    conn: &mut PgConnection,
    departures: &[&Departure],
    now: DateTime<Utc>,
) -> QueryResult<Numbers> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Used {
        #[diesel(sql_type = Text)]
        carrier: String,
        #[diesel(sql_type = Text)]
        tracking: String,
        #[diesel(sql_type = BigInt)]
        id: ShipmentId,
        #[diesel(sql_type = Text)]
        number: String,
    }
    let asked = departures.iter().map(|departure| Numbers::key(departure));
    let asked: Vec<(String, String)> = asked.filter(|(_, number)| !number.is_empty()).collect();
    if asked.is_empty() {
        return Ok(Numbers::default());
    }
    let used: Vec<Used> = set_based!(
        "select u.carrier, u.tracking, s.id, s.number
         from :rows join shipments s on upper(s.tracking_number) = u.tracking and s.tracking_number <> ''
         where lower(s.carrier) = u.carrier and s.status <> 'cancelled' and s.created_at > :since
         order by s.id",
        &asked, |(carrier, tracking)|
        carrier: Text = carrier.as_str(), tracking: Text = tracking.as_str();
        since: Timestamptz = now - TimeDelta::days(GIVEN_AGAIN)
    )
    .load(conn)?;
    let mut in_use = Numbers::default();
    for Used {
        carrier,
        tracking,
        id,
        number,
    } in used
    {
        in_use.keep((carrier, tracking), (id, number));
    }
    Ok(in_use)
}
