//! The packing desk: the parcel that is open there, and what the last scan came to.

use askama::Template;
use diesel::PgConnection;

use super::picking::In;
use super::places::places;
use crate::catalog::{self, Warehouse};
use crate::db::Act;
use crate::error::Error;
use crate::preparation::queries::{self, Last, Package, Parcel, ToPack};
use crate::preparation::{Outcome, ShipmentStatus};
use crate::types::{FieldErrors, Quantity, RecordRef, ShipmentId, WarehouseId};
use crate::web::{Result, Right, Sheet, Shell, view};

/// Lines of a parcel that are shown at once.
const LINES: usize = 100;

#[derive(Template)]
#[template(path = "preparation/packing/show.html", blocks = ["station"])]
pub(super) struct PackingDesk {
    shell: Shell,
    errors: FieldErrors,
    warehouses: Vec<Warehouse>,
    warehouse: Option<WarehouseId>,
    open: Option<Open>,
    last: Option<Last>,
    /// The parcel that was scanned last, which somebody else has open.
    taken: Option<ShipmentId>,
    /// Whether units may be counted without a scan each.
    unscanned: bool,
}
view!(PackingDesk; station => as_station);

/// The parcel that is open.
struct Open {
    parcel: Parcel,
    lines: Vec<ToPack>,
    packages: Vec<Package>,
    /// Who takes it.
    carrier: String,
    /// Whether it cannot leave without a tracking number, and has none yet.
    needs_tracking: bool,
}

impl Open {
    fn load(conn: &mut PgConnection, id: ShipmentId) -> Result<Self> {
        let parcel = queries::parcel(conn, id)?;
        let carrier = match parcel.shipment.carrier.as_str() {
            "" => queries::carrier_of(conn, &parcel.shipping_method)?,
            own => own.to_owned(),
        };
        let ours = queries::carrier_called(conn, &carrier)?;
        Ok(Self {
            lines: queries::to_pack(conn, id)?,
            packages: queries::packages_of(conn, id)?,
            needs_tracking: parcel.shipment.tracking_number.is_empty()
                && ours.is_some_and(|carrier| carrier.says.needs_tracking),
            carrier,
            parcel,
        })
    }

    fn is_packed(&self) -> bool {
        self.parcel.shipment.status == ShipmentStatus::Packed
    }

    fn left(&self) -> Quantity {
        self.lines.iter().map(ToPack::left).sum()
    }

    fn units(&self) -> Quantity {
        self.lines.iter().map(|line| line.units).sum()
    }

    /// The lines that are shown: of a long parcel the first that are not packed.
    fn shown(&self) -> Vec<&ToPack> {
        let mut lines: Vec<&ToPack> = self.lines.iter().collect();
        if lines.len() > LINES {
            lines.sort_by_key(|line| line.left().is_zero());
            lines.truncate(LINES);
        }
        lines
    }

    /// Lines that are not shown.
    fn more(&self) -> usize {
        self.lines.len().saturating_sub(LINES)
    }

    fn path(&self) -> String {
        format!("/packing/{}", self.parcel.shipment.id)
    }

    fn order_path(&self) -> String {
        RecordRef::Order(self.parcel.shipment.order_id).path()
    }

    fn picture(&self, line: &ToPack) -> String {
        format!(
            "{}/picture/small",
            RecordRef::Product(line.product_id).path()
        )
    }

    fn package_path(&self, package: &Package) -> String {
        format!("{}/packages/{}", self.path(), package.number)
    }
}

impl PackingDesk {
    pub(super) fn load(conn: &mut PgConnection, sheet: Sheet, at: &In) -> Result<Self> {
        let visitor = sheet.shell.visitor_id().ok_or(Error::SignInRequired)?;
        let (warehouses, warehouse) = places(conn, visitor, &at.warehouse)?;
        let id = queries::open_of(conn, visitor)?;
        let open = id.map(|id| Open::load(conn, id)).transpose()?;
        let of_open = open.as_ref();
        let of_open = of_open.map(|open| open.parcel.shipment.warehouse_id);
        let last = queries::last_packed_by(conn, visitor)?;
        let refused = last
            .as_ref()
            .filter(|last| last.outcome == Outcome::Refused);
        let taken = match refused.and_then(|last| last.shipment_id) {
            Some(id) if queries::is_open_elsewhere(conn, id, visitor)? => Some(id),
            _ => None,
        };
        Ok(Self {
            warehouse: of_open.or(warehouse),
            warehouses,
            open,
            last,
            taken,
            unscanned: may_unscanned(conn, &sheet.shell)?,
            shell: sheet.shell,
            errors: sheet.errors,
        })
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse == Some(warehouse.id)
    }

    fn warehouse_id(&self) -> String {
        self.warehouse.map_or_else(String::new, |id| id.to_string())
    }

    fn seen(&self) -> String {
        let open = self.open.as_ref();
        open.map_or_else(String::new, |open| open.parcel.shipment.id.to_string())
    }
}

/// Whether whoever looks may pack and ship what was not scanned.
pub(super) fn may_unscanned(conn: &mut PgConnection, shell: &Shell) -> Result<bool> {
    Ok(shell.may(Right::PackUnscanned) && catalog::company(conn)?.ships_unscanned)
}

/// Whether whoever acts may do so without a scan of each unit.
pub(super) fn is_unscanned(act: &mut Act<'_>, has_right: bool) -> Result<bool> {
    Ok(has_right && catalog::company(act)?.ships_unscanned)
}
