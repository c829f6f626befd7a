//! Orders are sent in another way.

use diesel::prelude::*;

use super::Together;
use crate::db::Act;
use crate::db::announce::{announce, topics};
use crate::sales::Error;
use crate::schema::{consignments, orders};
use crate::types::{Event, OrderChange, OrderId, WarehouseId};

/// Gives orders another shipping method, as an edit of each would; parcels that are being prepared may
/// still leave in another way. A constant number of statements.
///
/// # Errors
/// Those of the database; an order that is closed or has the method already is in the answer.
pub fn send_all_by(act: &mut Act<'_>, ids: &[OrderId], method: &str) -> Result<Together, Error> {
    let mut changed = Together::lock(act, ids)?;
    changed.refuse(|order| {
        let is_same = order.shipping_method == method;
        is_same.then(|| Error::SameMethod(method.to_owned()))
    });
    if changed.is_empty() {
        return Ok(changed);
    }
    diesel::update(orders::table.filter(orders::id.eq_any(changed.ids())))
        .set((
            orders::shipping_method.eq(method),
            orders::version.eq(orders::version + 1),
        ))
        .execute(act.conn())?;
    let changes = vec![OrderChange::ShippingMethod { now: method.into() }];
    let edited = Event::OrderEdited {
        changes,
        reason: String::new(),
    };
    act.note_all(&changed.records(), &edited)?;
    tell(act, &changed.ids())?;
    Ok(changed)
}

/// Tells the pages that show them; stock has nothing to say of it.
fn tell(conn: &mut PgConnection, ids: &[OrderId]) -> QueryResult<()> {
    let places: Vec<WarehouseId> = consignments::table
        .filter(consignments::order_id.eq_any(ids))
        .select(consignments::warehouse_id)
        .distinct()
        .load(conn)?;
    let mut all = topics("order", ids);
    all.extend(topics("warehouse", places));
    all.push("orders".into());
    announce(conn, &all)
}
