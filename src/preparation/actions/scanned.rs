//! Each scan is kept, also what was refused.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::{Act, set_based};
use crate::preparation::{Answer, Outcome, Stage};
use crate::schema::scans;
use crate::types::{
    BatchId, LocationId, ProductId, Quantity, ScanId, ShipmentId, ShipmentLineId, WarehouseId,
};

/// A scan as it is kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = scans)]
pub(super) struct Scan {
    pub stage: Stage,
    pub warehouse_id: WarehouseId,
    pub batch_id: Option<BatchId>,
    pub shipment_id: Option<ShipmentId>,
    pub code: String,
    pub product_id: Option<ProductId>,
    pub units: Quantity,
    pub location_id: Option<LocationId>,
    pub package: Option<i32>,
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
            package: None,
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
        let scan = Self { units, ..self };
        let id: ScanId = diesel::insert_into(scans::table)
            .values((
                &scan,
                scans::outcome.eq(answer.outcome),
                scans::answer.eq(&answer.words),
                scans::user_id.eq(act.by()),
                scans::at.eq(act.at()),
            ))
            .returning(scans::id)
            .get_result(act.conn())?;
        if !counted.is_empty() {
            set_based!(
                "insert into scan_lines (scan_id, shipment_line_id, units)
                 select :scan, u.line, u.units from :rows",
                counted, |(line, units)| line: BigInt = *line, units: Integer = *units;
                scan: BigInt = id
            )
            .execute(act.conn())?;
        }
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
