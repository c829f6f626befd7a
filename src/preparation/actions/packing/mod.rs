//! Units go into packages at a desk, scan by scan. Whoever opens a parcel has it alone.

mod by_hand;
mod called;
mod count;
mod label;
mod open;
mod packages;
mod scan;
mod short;
mod undo;

pub use by_hand::{count_by_hand, pack_unscanned};
pub use open::{put_aside, take_over};
pub use packages::{PackageInput, add_package, edit_package};
pub use scan::scan_pack;
pub use short::pack_short;
pub use undo::undo_pack;

use diesel::prelude::*;

use super::scanned::Scan;
use crate::db::Act;
use crate::preparation::{Error, Shipment, ShipmentStatus, Stage};
use crate::schema::{shipments, users};
use crate::types::{Quantity, ShipmentId, WarehouseId};

/// A packing desk, as its page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Station {
    pub warehouse: WarehouseId,
    /// The parcel its page showed when something was scanned.
    pub seen: Option<ShipmentId>,
    /// Whether who packs may do so without scanning each unit.
    pub unscanned: bool,
}

impl Station {
    fn scan(&self, parcel: Option<&Shipment>, code: &str) -> Scan {
        Scan {
            shipment_id: parcel.map(|parcel| parcel.id),
            batch_id: parcel.and_then(|parcel| parcel.batch_id),
            ..Scan::of(Stage::Pack, self.warehouse, code)
        }
    }
}

/// The parcel that whoever acts has open, kept from others.
fn opened(act: &mut Act<'_>) -> QueryResult<Option<Shipment>> {
    Shipment::query()
        .filter(shipments::packer_id.eq(act.by()))
        .filter(shipments::status.eq_any(ShipmentStatus::Shipped.before()))
        .for_update()
        .first(act.conn())
        .optional()
}

/// The same, of what can be done to an open parcel only.
///
/// # Errors
/// [`Error::NothingOpen`].
fn must_have_open(act: &mut Act<'_>, parcel: ShipmentId) -> Result<Shipment, Error> {
    let open = opened(act)?.filter(|open| open.id == parcel);
    open.ok_or(Error::NothingOpen)
}

/// A line of a parcel, and what of it is packed.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = crate::schema::shipment_lines)]
struct Line {
    id: crate::types::ShipmentLineId,
    product_id: crate::types::ProductId,
    quantity: Quantity,
    packed: Quantity,
}

impl Line {
    fn left(&self) -> Quantity {
        self.quantity.less(self.packed)
    }
}

fn lines(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<Vec<Line>> {
    use crate::schema::shipment_lines;
    Line::query()
        .filter(shipment_lines::shipment_id.eq(parcel))
        .order(shipment_lines::id)
        .load(conn)
}

fn name_of(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<String> {
    let Some(packer) = parcel.packer_id else {
        return Ok("Nobody".into());
    };
    users::table
        .find(packer)
        .select(users::name)
        .first(act.conn())
}
