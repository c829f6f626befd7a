//! What leaves with a carrier on a day stands on a manifest, which is closed when the driver signs it.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz};

use super::ship::Going;
use crate::catalog;
use crate::db::{Act, Document, set_based};
use crate::preparation::{Error, Manifest};
use crate::schema::manifests;
use crate::types::{CarrierId, ManifestId, ShipmentId, WarehouseId};

/// How often somebody else may close a manifest just before a parcel joins it.
const TRIES: usize = 5;

/// The manifest of each parcel: the open one of its warehouse and carrier and of this day, made if there
/// is none. It stays open until the transaction ends.
pub fn join(act: &mut Act<'_>, going: &[Going]) -> QueryResult<HashMap<ShipmentId, ManifestId>> {
    // One that was made may be closed before it is kept from others: then there is to be another.
    for _ in 0..TRIES {
        let joined = keep_open(act, going)?;
        let is_left = |each: &&Going| !joined.contains_key(&each.parcel.id);
        let without: Vec<&Going> = going.iter().filter(is_left).collect();
        if without.is_empty() {
            return Ok(joined);
        }
        open(act, &without)?;
    }
    Err(diesel::NotFound)
}

/// The open ones that there are. Closing one waits for whoever joins it, so that no parcel joins a
/// closed one.
fn keep_open(act: &mut Act<'_>, going: &[Going]) -> QueryResult<HashMap<ShipmentId, ManifestId>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Joined {
        #[diesel(sql_type = BigInt)]
        parcel: ShipmentId,
        #[diesel(sql_type = BigInt)]
        manifest: ManifestId,
    }
    let day = catalog::today(act)?;
    let joined: Vec<Joined> = set_based!(
        "select u.parcel, m.id as manifest
         from :rows join manifests m on m.warehouse_id = u.warehouse and m.day = :day
           and lower(m.carrier) = lower(u.carrier) and m.closed_at is null
         order by m.id for share of m",
        going, |each|
        parcel: BigInt = each.parcel.id,
        warehouse: BigInt = each.parcel.warehouse_id,
        carrier: Text = each.way.departure.carrier.as_str();
        day: Date = day
    )
    .load(act.conn())?;
    Ok(joined
        .into_iter()
        .map(|row| (row.parcel, row.manifest))
        .collect())
}

/// Makes one for each warehouse and carrier, unless somebody else was first.
fn open(act: &mut Act<'_>, without: &[&Going]) -> QueryResult<()> {
    let day = catalog::today(act)?;
    let mut new: BTreeMap<(WarehouseId, String), (&str, Option<CarrierId>)> = BTreeMap::new();
    for each in without {
        let carrier = each.way.departure.carrier.as_str();
        let place = (each.parcel.warehouse_id, carrier.to_lowercase());
        new.entry(place).or_insert((carrier, each.way.carrier));
    }
    let numbers = Document::Manifest.numbers(act, new.len())?;
    // In one order, so that two who make the same never wait for each other.
    set_based!(
        "insert into manifests (number, warehouse_id, carrier, carrier_id, day, created_at)
         select :columns, :day, :at from :rows order by u.warehouse, lower(u.carrier)
         on conflict (warehouse_id, day, lower(carrier)) where closed_at is null do nothing",
        new.iter().zip(&numbers).collect::<Vec<_>>(), |(((warehouse, _), (carrier, id)), number)|
        number: Text = number.as_str(),
        warehouse: BigInt = *warehouse,
        carrier: Text = *carrier,
        carrier_id: Nullable<BigInt> = *id;
        day: Date = day,
        at: Timestamptz = act.at()
    )
    .execute(act.conn())?;
    Ok(())
}

/// The driver signed: nothing joins it any more, and nothing of it is taken back.
///
/// # Errors
/// [`Error::ManifestClosed`], `NotFound`.
pub fn close_manifest(act: &mut Act<'_>, id: ManifestId) -> Result<Manifest, Error> {
    let closed = diesel::update(manifests::table.find(id))
        .filter(manifests::closed_at.is_null())
        .set((
            manifests::closed_at.eq(act.at()),
            manifests::closed_by.eq(act.by()),
        ))
        .returning(Manifest::as_returning())
        .get_result(act.conn())
        .optional()?;
    match closed {
        Some(closed) => Ok(closed),
        None => {
            let known: Manifest = Manifest::query().find(id).first(act.conn())?;
            Err(Error::ManifestClosed(known.number))
        }
    }
}
