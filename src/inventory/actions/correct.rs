//! A movement was a mistake: its opposite is written, and both know each other.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::adjust::{REASONS, check_comes};
use crate::db::Act;
use crate::inventory::Error;
use crate::schema::movements;
use crate::stock::{self, Cause, CauseKind, Effects, Happening, MoveReason, Place};
use crate::types::{
    Change, Event, LocationId, MovementId, ProductId, Quantity, RecordRef, WarehouseId,
};

/// Writes the opposite of a movement that was written by hand, once. Units that come back go to the
/// orders that wait; units that are gone are lost by the last in the queue.
///
/// # Errors
/// [`Error::NotByHand`], [`Error::Corrected`], [`Error::Archived`], [`Error::NotActive`], and those
/// of the books: more leaves than lies there outside of parcels.
pub fn correct(act: &mut Act<'_>, id: MovementId, reason: &str) -> Result<MovementId, Error> {
    // Kept from others: whoever corrects the same sees what became of it.
    movements::table
        .find(id)
        .select(movements::id)
        .for_no_key_update()
        .first::<MovementId>(act.conn())?;
    let wrong = Wrong::read(act, id)?;
    let cause = Cause::of(CauseKind::Adjustment).because(reason);
    let outcome = stock::change(act, &cause, &[wrong.opposite(reason)])?;
    let movement = outcome.movements.first().copied();
    let movement = movement.ok_or(diesel::NotFound)?;
    let corrected = Event::StockCorrected {
        change: wrong.change,
        note: reason.to_owned(),
    };
    act.note(RecordRef::Product(wrong.place.product), &corrected)?;
    tracing::info!(%movement, of = %id, changes = outcome.lines.len(), "a movement was corrected");
    Ok(movement)
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of [`correct`].
pub fn preview_correction(
    conn: &mut PgConnection,
    id: MovementId,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let wrong = Wrong::read(conn, id)?;
    Ok(stock::preview(conn, at, &[wrong.opposite("")])?)
}

/// A movement that is to be corrected: where it happened, and what its opposite changes.
struct Wrong {
    id: MovementId,
    place: Place,
    /// Where in it.
    bin: Option<LocationId>,
    change: Change,
    reason: MoveReason,
}

diesel::define_sql_function! {
    fn coalesce(to: Nullable<BigInt>, from: Nullable<BigInt>) -> Nullable<BigInt>;
}

/// Units, where they left, where they came to, why, and what it corrects itself.
type Row = (
    ProductId,
    Quantity,
    Option<WarehouseId>,
    Option<WarehouseId>,
    Option<LocationId>,
    MoveReason,
    Option<MovementId>,
);

impl Wrong {
    fn read(conn: &mut PgConnection, id: MovementId) -> Result<Self, Error> {
        let row = movements::table.find(id).select((
            movements::product_id,
            movements::quantity,
            movements::from_warehouse_id,
            movements::to_warehouse_id,
            coalesce(movements::to_location_id, movements::from_location_id),
            movements::reason,
            movements::corrects_id,
        ));
        let (product, quantity, from, to, bin, reason, corrects): Row = row.first(conn)?;
        // What is written by hand touches one warehouse.
        let (Some(warehouse), true, None) = (to.or(from), REASONS.contains(&reason), corrects)
        else {
            return Err(Error::NotByHand);
        };
        let opposite = movements::table.filter(movements::corrects_id.eq(id));
        if diesel::select(diesel::dsl::exists(opposite)).get_result(conn)? {
            return Err(Error::Corrected);
        }
        let came = Change::new(quantity.as_i32());
        let change = if to.is_some() { came.opposite() } else { came };
        let place = Place::new(warehouse, product);
        if change.get() > 0 {
            check_comes(conn, place)?;
        }
        Ok(Self {
            id,
            place,
            bin,
            change,
            reason,
        })
    }

    fn opposite(&self, note: &str) -> Happening {
        Happening::Correct {
            movement: self.id,
            place: self.place,
            bin: self.bin,
            change: self.change,
            reason: self.reason,
            note: note.to_owned(),
        }
    }
}
