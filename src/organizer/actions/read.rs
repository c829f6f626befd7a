//! Notes that warn are read.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Timestamptz};

use crate::db::{Act, set_based};
use crate::organizer::Error;
use crate::types::EntryId;

/// Keeps that who acts has read some notes, each as it was in a version: it does not stop them again
/// until somebody changes it.
pub fn read(act: &mut Act<'_>, notes: &[(EntryId, i32)]) -> Result<(), Error> {
    let Some(reader) = act.by() else {
        return Ok(());
    };
    let at = act.at();
    let kept = set_based!(
        "insert into organizer_reads (entry_id, user_id, version, read_at)
         select e.id, :reader, max(u.version), :at from :rows
         join organizer_entries e on e.id = u.entry_id group by e.id
         on conflict (entry_id, user_id)
           do update set version = excluded.version, read_at = excluded.read_at",
        notes, |(entry, version)|
        entry_id: BigInt = *entry,
        version: Integer = *version;
        reader: BigInt = reader,
        at: Timestamptz = at
    )
    .execute(act.conn());
    Ok(kept.map(drop)?)
}
