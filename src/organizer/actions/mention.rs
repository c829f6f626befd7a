//! Whom an entry names is kept beside it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::owed::owe_named;
use crate::db::{Act, set_based};
use crate::organizer::mentions::{Person, named_in};
use crate::organizer::{Entry, Error};
use crate::schema::organizer_mentions;
use crate::types::UserId;

/// Keeps whom a new entry names.
pub(super) fn mention(act: &mut Act<'_>, entry: &Entry, people: &[Person]) -> Result<(), Error> {
    name(act, entry, people, &[])
}

/// `known` were named before, and are not told again.
fn name(
    act: &mut Act<'_>,
    entry: &Entry,
    people: &[Person],
    known: &[UserId],
) -> Result<(), Error> {
    let named = named_in(&entry.text, people);
    if named.is_empty() {
        return Ok(());
    }
    let written = set_based!(
        "insert into organizer_mentions (:columns, entry_id) select :columns, :entry from :rows",
        &named, |(written, user)|
        written: Text = written,
        user_id: BigInt = *user;
        entry: BigInt = entry.id
    )
    .execute(act.conn());
    written.map(drop)?;
    let fresh = named.iter().map(|(_, user)| *user);
    let fresh: Vec<UserId> = fresh.filter(|user| !known.contains(user)).collect();
    owe_named(act, entry.id, &fresh)
}

/// The same of one that says something else now.
pub(super) fn mention_anew(
    act: &mut Act<'_>,
    entry: &Entry,
    people: &[Person],
) -> Result<(), Error> {
    let before = organizer_mentions::table.filter(organizer_mentions::entry_id.eq(entry.id));
    let known: Vec<UserId> = diesel::delete(before)
        .returning(organizer_mentions::user_id)
        .get_results(act.conn())?;
    name(act, entry, people, &known)
}
