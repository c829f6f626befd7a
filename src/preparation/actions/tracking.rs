//! A carrier's file of tracking numbers, looked at and then applied.

use diesel::prelude::*;

use super::label::label_all;
use super::way::Way;
use crate::db::Act;
use crate::preparation::files::{self, Plan};
use crate::preparation::{Departure, Error, queries};
use crate::types::{CarrierId, Limit, ShipmentId, clock};

/// What a file of a carrier comes to, for somebody who may touch so much. Writes nothing.
///
/// # Errors
/// [`Error::NoColumn`] when the file is not as the carrier's page says; `NotFound`.
pub fn read_tracking(
    conn: &mut PgConnection,
    carrier: CarrierId,
    limit: &Limit,
    text: &str,
) -> Result<Plan, Error> {
    let (known, files) = queries::carrier_with_files(conn, carrier)?;
    let asked = files::asked(&files, text).map_err(Error::NoColumn)?;
    let kind = files.import_reference_is;
    let parcels = queries::named(conn, kind, limit, &asked)?;
    let numbers: Vec<Departure> = asked.iter().map(|line| line.with(&known)).collect();
    let numbers: Vec<&Departure> = numbers.iter().collect();
    let in_use = queries::numbers_in_use(conn, &numbers, clock::now())?;
    Ok(files::judge((&known, kind), asked, (&parcels, in_use)))
}

/// Gives the parcels of a file their numbers, as somebody saw it; lines that cannot be are left out.
/// How many parcels got one.
///
/// # Errors
/// [`Error::FileMoved`] when it comes to something else meanwhile, and those of [`read_tracking`].
pub fn take_tracking(
    act: &mut Act<'_>,
    carrier: CarrierId,
    text: &str,
    agreed: &str,
) -> Result<usize, Error> {
    let limit = act.limit().clone();
    let seen = read_tracking(act, carrier, &limit, text)?;
    let ids: Vec<ShipmentId> = seen.taken().map(|(id, _)| id).collect();
    queries::lock_parcels(act, &ids)?;
    // Nobody else changes them from here on.
    let plan = read_tracking(act, carrier, &limit, text)?;
    if plan.mark() != agreed {
        return Err(Error::FileMoved);
    }
    let (known, _) = queries::carrier_with_files(act, carrier)?;
    let ways = plan.taken().map(|(id, tracking)| {
        let departure = Departure {
            carrier: known.says.name.clone(),
            tracking_number: tracking.to_owned(),
        };
        let carrier = Some(carrier);
        (id, Way { departure, carrier })
    });
    Ok(label_all(act, &ways.collect::<Vec<_>>())?)
}
