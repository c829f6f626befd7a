//! What a scan takes over HTTP while many orders are in progress.

use diesel::prelude::*;
use serde::Serialize;

use super::Floor;
use crate::bench::backlog;
use crate::bench::client::Client;
use crate::bench::pages::serve;
use crate::bench::shop::LOGIN;
use crate::bench::stats::percentile;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;
use crate::preparation::{self, ShipmentStatus};
use crate::schema::shipments;
use crate::types::{OrderId, ShipmentId};

/// Orders that are packed in a browser.
const SCANNED: i64 = 500;

/// How long scans took.
#[derive(Debug, Clone, Serialize)]
pub struct ScanTime {
    pub in_progress: usize,
    pub scans: usize,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// Many orders are picked and lie on the bench; somebody scans them into packages in a browser.
pub(super) fn measure(floor: &Floor, db: &Db, config: Config, many: usize) -> Result<ScanTime> {
    let ready = floor.ready(db, many)?;
    for part in ready.chunks(backlog::AT_ONCE) {
        let orders: Vec<OrderId> = part.iter().map(|order| order.id).collect();
        db.write_now(floor.person, |act| {
            let begun = preparation::prepare_all(act, &orders, floor.warehouse)?.begun;
            for parcel in begun {
                preparation::mark_picked(act, parcel)?;
            }
            Ok(())
        })?;
    }
    diesel::sql_query("vacuum analyze").execute(&mut *db.connection()?)?;
    let client = Client::sign_in(serve(db, config)?, LOGIN.0, LOGIN.1)?;
    let codes = db.read_now(|conn| codes(conn, SCANNED))?;
    let warehouse = floor.warehouse.to_string();
    let mut times = Vec::with_capacity(codes.len());
    for code in &codes {
        let fields = [("warehouse", warehouse.as_str()), ("code", code)];
        times.push(client.scan("/packing/scans", "station", &fields)?);
    }
    Ok(ScanTime {
        in_progress: many,
        scans: times.len(),
        p50_ms: percentile(&times, 50),
        p99_ms: percentile(&times, 99),
    })
}

/// What is scanned to pack so many orders from the middle of those in progress: each number, then each unit.
fn codes(conn: &mut PgConnection, orders: i64) -> Result<Vec<String>> {
    let picked = shipments::table.filter(shipments::status.eq(ShipmentStatus::Picked));
    let many: i64 = picked.count().get_result(conn)?;
    let some: Vec<(ShipmentId, String)> = picked
        .order(shipments::id)
        .offset(many / 2)
        .limit(orders)
        .select((shipments::id, shipments::number))
        .load(conn)?;
    let mut codes = Vec::new();
    for (parcel, number) in some {
        codes.push(number);
        for line in preparation::to_pack(conn, parcel)? {
            let each = std::iter::repeat_n(line.sku.to_string(), line.units.get() as usize);
            codes.extend(each);
        }
    }
    Ok(codes)
}
