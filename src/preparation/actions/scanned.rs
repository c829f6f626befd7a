//! Each scan is kept, also what was refused.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::db::{Act, sql};
use crate::preparation::{Answer, Outcome, Stage};
use crate::types::{
    BatchId, LocationId, ProductId, Quantity, ShipmentId, ShipmentLineId, WarehouseId,
};

/// A scan as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    pub stage: Stage,
    pub warehouse_id: WarehouseId,
    pub batch_id: Option<BatchId>,
    pub shipment_id: Option<ShipmentId>,
    pub code: String,
    pub product_id: Option<ProductId>,
    pub units: Quantity,
    pub location_id: Option<LocationId>,
    /// Whether the units went into the package of its parcel that was begun last.
    pub in_package: bool,
}

impl Scan {
    /// Of a code, about nothing yet.
    pub(super) fn of(stage: Stage, warehouse: WarehouseId, code: &str) -> Self {
        Self {
            stage,
            warehouse_id: warehouse,
            batch_id: None,
            shipment_id: None,
            code: code.chars().take(400).collect(),
            product_id: None,
            units: Quantity::ZERO,
            location_id: None,
            in_package: false,
        }
    }

    /// Keeps it with what the floor is told, and the lines it counted for.
    pub(super) fn keep(
        self,
        act: &mut Act<'_>,
        answer: Answer,
        counted: &[(ShipmentLineId, Quantity)],
    ) -> QueryResult<Answer> {
        let is_counted = matches!(answer.outcome, Outcome::Counted | Outcome::Short);
        let units = if is_counted {
            self.units
        } else {
            Quantity::ZERO
        };
        let (lines, of_lines): (Vec<ShipmentLineId>, Vec<Quantity>) =
            counted.iter().copied().unzip();
        sql!(
            "with scan as (
               insert into scans (stage, warehouse_id, batch_id, shipment_id, code, product_id, units, location_id, package,
                 outcome, answer, user_id, at)
               select :stage, :warehouse, :batch, :parcel, :code, :product, :units, :bin,
                 case when :in_package then coalesce((select max(p.number) from packages p where p.shipment_id = :parcel), 1) end,
                 :outcome, :answer, :user, :at
               returning id
             )
             insert into scan_lines (scan_id, shipment_line_id, units)
             select scan.id, u.line, u.units from scan, unnest(:lines, :of_lines) as u (line, units)",
            stage: Text = self.stage,
            warehouse: BigInt = self.warehouse_id,
            batch: Nullable<BigInt> = self.batch_id,
            parcel: Nullable<BigInt> = self.shipment_id,
            code: Text = &self.code,
            product: Nullable<BigInt> = self.product_id,
            units: Integer = units,
            bin: Nullable<BigInt> = self.location_id,
            in_package: Bool = self.in_package,
            outcome: Text = answer.outcome,
            answer: Text = &answer.words,
            user: Nullable<BigInt> = act.by(),
            at: Timestamptz = act.at(),
            lines: Array<BigInt> = lines,
            of_lines: Array<Integer> = of_lines,
        )
        .execute(act.conn())?;
        Ok(answer)
    }
}

/// Shares units out among lines, each with what it may take, in their order.
pub(super) fn shared_out<Line: PartialEq>(
    room: impl Iterator<Item = (Line, Quantity)>,
    units: Quantity,
) -> Vec<(Line, Quantity)> {
    let mut left = units;
    let mut shares: Vec<(Line, Quantity)> = Vec::new();
    for (line, most) in room {
        let part = most.min(left);
        left = left.less(part);
        match shares.last_mut() {
            Some((last, units)) if *last == line => *units += part,
            _ if part.is_zero() => {}
            _ => shares.push((line, part)),
        }
    }
    shares
}
