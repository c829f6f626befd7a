//! Many locations written at once: a constant number of statements however many they are.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use super::{taken, what_happened};
use crate::db::{Act, announce, set_based};
use crate::inventory::Error;
use crate::inventory::locations::entry::Entry;
use crate::inventory::locations::file::Changed;
use crate::types::{Event, LocationId, RecordRef, WarehouseId};

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Inserted {
    #[diesel(sql_type = BigInt)]
    id: LocationId,
}

/// Makes locations, all or none, in their order.
pub fn insert(act: &mut Act<'_>, warehouse: WarehouseId, entries: &[Entry]) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let at = act.at();
    let inserted: Vec<Inserted> = set_based!(
        "insert into locations (:columns, warehouse_id, created_at)
         select :columns, :warehouse, :at from :rows returning id",
        entries, |entry|
        code: Text = &entry.code,
        barcode: Text = &entry.barcode,
        kind: Text = entry.kind,
        zone: Text = &entry.zone,
        walk: Integer = entry.walk,
        capacity: Nullable<Integer> = entry.capacity,
        is_active: Bool = entry.is_active;
        warehouse: BigInt = warehouse,
        at: Timestamptz = at
    )
    .load(act.conn())
    .map_err(taken)?;
    let records = inserted.iter().map(|row| RecordRef::Location(row.id));
    act.note_all(&records.collect::<Vec<_>>(), &Event::Created)?;
    announce(act, &["locations".into()])?;
    Ok(())
}

/// Writes locations over what was said of them before, all or none.
pub fn update(act: &mut Act<'_>, changed: &[Changed]) -> Result<(), Error> {
    if changed.is_empty() {
        return Ok(());
    }
    set_based!(
        "update locations l set barcode = u.barcode, kind = u.kind, zone = u.zone, walk = u.walk,
           capacity = u.capacity, is_active = u.is_active, version = version + 1
         from :rows where l.id = u.id",
        changed, |change|
        id: BigInt = change.id,
        barcode: Text = &change.after.barcode,
        kind: Text = change.after.kind,
        zone: Text = &change.after.zone,
        walk: Integer = change.after.walk,
        capacity: Nullable<Integer> = change.after.capacity,
        is_active: Bool = change.after.is_active
    )
    .execute(act.conn())
    .map_err(taken)?;
    let events = changed.iter().map(|change| {
        let happened = what_happened(change.before.is_active, change.after.is_active);
        (RecordRef::Location(change.id), happened)
    });
    act.note_each(&events.collect::<Vec<_>>())?;
    announce(act, &["locations".into()])?;
    Ok(())
}
