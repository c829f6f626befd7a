//! Channels come with their first order or customer.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::set_based;
use crate::types::ChannelId;

/// The channels of these names, compared without case, by the names given; unknown ones are made.
pub(super) fn channels_named<'a>(
    conn: &mut PgConnection,
    names: impl Iterator<Item = &'a str>,
) -> QueryResult<HashMap<String, ChannelId>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Named {
        #[diesel(sql_type = Text)]
        given: String,
        #[diesel(sql_type = BigInt)]
        id: ChannelId,
    }
    let names: BTreeSet<&str> = names.collect();
    let names: Vec<&str> = names.into_iter().collect();
    set_based!(
        "insert into channels (name) select btrim(u.name) from :rows
         where not exists (select from channels c where lower(c.name) = lower(btrim(u.name)))
         on conflict do nothing",
        &names, |given| name: Text = *given
    )
    .execute(conn)?;
    let named: Vec<Named> = set_based!(
        "select u.name as given, c.id from :rows join channels c on lower(c.name) = lower(btrim(u.name))",
        &names, |given| name: Text = *given
    )
    .load(conn)?;
    Ok(named
        .into_iter()
        .map(|each| (each.given, each.id))
        .collect())
}

/// The channel of this name; made if there is none.
pub(super) fn channel_named(conn: &mut PgConnection, name: &str) -> QueryResult<ChannelId> {
    let named = channels_named(conn, std::iter::once(name))?;
    named.get(name).copied().ok_or(diesel::NotFound)
}
