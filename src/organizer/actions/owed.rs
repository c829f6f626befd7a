//! Who is to be told of what, by mail.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

use crate::db::{Act, set_based};
use crate::organizer::Error;
use crate::types::{EntryId, UserId};

/// Keeps that somebody is to be told of entries that are theirs to do now.
pub(super) fn owe_assigned(
    act: &mut Act<'_>,
    entries: &[EntryId],
    assignee: Option<UserId>,
) -> Result<(), Error> {
    let all: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some((*entry, assignee?)))
        .collect();
    owe(act, "assigned", &all)
}

/// Keeps that somebody is to be told of an entry that names them now.
pub(super) fn owe_named(act: &mut Act<'_>, entry: EntryId, people: &[UserId]) -> Result<(), Error> {
    let all: Vec<_> = people.iter().map(|person| (entry, *person)).collect();
    owe(act, "mentioned", &all)
}

/// Nobody is told of what they did themselves, or twice of the same; who wants no mail gets none.
fn owe(act: &mut Act<'_>, why: &str, all: &[(EntryId, UserId)]) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    let (by, at) = (act.by(), act.at());
    let kept = set_based!(
        "insert into organizer_tellings (entry_id, user_id, why, told_by, noted_at)
         select distinct u.entry_id, u.user_id, :why, :by, :at from :rows
         join users p on p.id = u.user_id
         where p.organizer_mail <> 'never' and p.disabled_at is null and p.id is distinct from :by
           and not exists (
             select from organizer_tellings n
             where n.entry_id = u.entry_id and n.user_id = u.user_id and n.told_at is null)",
        all, |(entry, person)|
        entry_id: BigInt = *entry,
        user_id: BigInt = *person;
        why: Text = why,
        by: Nullable<BigInt> = by,
        at: Timestamptz = at
    )
    .execute(act.conn());
    Ok(kept.map(drop)?)
}
