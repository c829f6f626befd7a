//! A reception was a mistake: its goods are taken back out.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::{becomes, end_of, expected, lines_of, lock, save, tell, write_lines};
use crate::db::Act;
use crate::purchasing::queries;
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder, Reception, Status};
use crate::schema::{products, reception_lines, reception_reversals};
use crate::stock::{self, Cause, CauseKind, Effects, Happening, Place};
use crate::types::{Event, ProductId, PurchaseLineId, Quantity, ReceptionId, Sku};

/// Takes the goods of a reception back out and serves the queues anew; what it brought is on its way
/// again, unless the rest of its purchase order was cancelled. The opposite movements are written;
/// nothing is erased.
///
/// # Errors
/// [`Error::Reversed`] when it was, [`Error::Left`] when units left already or are in parcels.
pub fn reverse(act: &mut Act<'_>, id: ReceptionId, reason: &str) -> Result<(), Error> {
    let reception = queries::reception(act, id)?;
    let mut order = lock(act, reception.purchase_order_id)?;
    let undone = Undone::read(act, &order, reception)?;
    diesel::insert_into(reception_reversals::table)
        .values((
            reception_reversals::reception_id.eq(id),
            reception_reversals::reason.eq(reason),
            reception_reversals::reversed_by.eq(act.by()),
            reception_reversals::reversed_at.eq(act.at()),
        ))
        .execute(act.conn())?;
    write_lines(act, &undone.lines)?;

    let (reception, reason) = (undone.reception.number.clone(), reason.to_owned());
    let cause = Cause::of(CauseKind::Reversal).because(format!("{reception}: {reason}"));
    let happenings = undone.happenings(&order);
    let taken_out = stock::change(act, &cause, &happenings);
    taken_out.map_err(|refusal| undone.in_words(act, refusal))?;

    if order.status != Status::Cancelled {
        let status = undone.status(&order);
        becomes(&mut order, status, act.at());
        save(act, &mut order)?;
    }
    let record = undone.reception.record();
    act.note(
        record,
        &Event::Reversed {
            reason: reason.clone(),
        },
    )?;
    tell(act, &order, &Event::ReceptionReversed { reception, reason })?;
    Ok(())
}

/// Which orders would become short, or wait longer, by reversing a reception.
///
/// # Errors
/// Those of [`reverse`].
pub fn preview_reversal(
    conn: &mut PgConnection,
    id: ReceptionId,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let reception = queries::reception(conn, id)?;
    let order = PurchaseOrder::query()
        .find(reception.purchase_order_id)
        .first(conn)?;
    let undone = Undone::read(conn, &order, reception)?;
    let weighed = stock::preview(conn, at, &undone.happenings(&order));
    weighed.map_err(|refusal| undone.in_words(conn, refusal))
}

/// A reception, and the lines of its purchase order as they are without it.
struct Undone {
    reception: Reception,
    lines: Vec<PurchaseLine>,
    units: Vec<Brought>,
}

/// Units of a line that a reception brought.
struct Brought {
    line: PurchaseLineId,
    product: ProductId,
    sku: Sku,
    quantity: Quantity,
}

impl Undone {
    fn read(
        conn: &mut PgConnection,
        order: &PurchaseOrder,
        reception: Reception,
    ) -> Result<Self, Error> {
        let reversed = reception_reversals::table.find(reception.id);
        if diesel::select(diesel::dsl::exists(reversed)).get_result(conn)? {
            return Err(Error::Reversed(reception.number));
        }
        let units: Vec<(PurchaseLineId, ProductId, Sku, Quantity)> = reception_lines::table
            .inner_join(products::table)
            .filter(reception_lines::reception_id.eq(reception.id))
            .order(reception_lines::id)
            .select((
                reception_lines::purchase_order_line_id,
                reception_lines::product_id,
                products::sku,
                reception_lines::quantity,
            ))
            .load(conn)?;
        let units: Vec<Brought> = units
            .into_iter()
            .map(|(line, product, sku, quantity)| Brought {
                line,
                product,
                sku,
                quantity,
            })
            .collect();
        let mut lines = lines_of(conn, order)?;
        for line in &mut lines {
            let mine = units.iter().filter(|brought| brought.line == line.id);
            let arrived = mine.map(|brought| brought.quantity).sum();
            line.received = line.received.less(arrived);
            if order.rest_cancelled {
                super::without_rest(line);
            }
        }
        Ok(Self {
            reception,
            lines,
            units,
        })
    }

    /// Its goods leave, and what its purchase order brings is on its way again.
    fn happenings(&self, order: &PurchaseOrder) -> Vec<Happening> {
        let reception = &self.reception;
        let out = self.units.iter().map(|brought| Happening::TakeOut {
            place: Place::new(reception.warehouse_id, brought.product),
            quantity: brought.quantity,
            reception: reception.id,
        });
        let mut all: Vec<Happening> = out.collect();
        all.extend(expected(order, &self.lines));
        all
    }

    /// The refusal, with the names of the orders whose units left.
    fn in_words(&self, conn: &mut PgConnection, refusal: stock::Error) -> Error {
        let stock::Error::NotEnough { place, .. } = refusal else {
            return refusal.into();
        };
        let brought = self
            .units
            .iter()
            .find(|brought| brought.product == place.product);
        let Some(sku) = brought.map(|brought| brought.sku.clone()) else {
            return refusal.into();
        };
        match holders(conn, self.reception.id, &sku) {
            Ok(holders) => Error::Left {
                reception: self.reception.number.clone(),
                sku,
                holders,
            },
            Err(failure) => failure.into(),
        }
    }

    fn status(&self, order: &PurchaseOrder) -> Status {
        if let Some(end) = end_of(&self.lines) {
            return end;
        }
        if self.lines.iter().any(|line| !line.received.is_zero()) {
            Status::PartlyReceived
        } else if order.confirmed_on.is_some() {
            Status::Confirmed
        } else {
            Status::Sent
        }
    }
}

/// The orders that got units of a product from a reception and took them away: into a parcel, or out
/// of the house.
fn holders(conn: &mut PgConnection, reception: ReceptionId, sku: &Sku) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Holder {
        #[diesel(sql_type = Array<Text>)]
        numbers: Vec<String>,
    }
    let holder: Holder = diesel::sql_query(
        "select coalesce(array_agg(distinct o.number), '{}') as numbers
         from decisions d
         join reservation_entries e on e.decision_id = d.id and e.change > 0
         join shipment_lines l on l.order_line_id = e.order_line_id
         join shipments s on s.id = l.shipment_id and s.status <> 'cancelled'
         join orders o on o.id = s.order_id
         join products p on p.id = l.product_id
         where d.reception_id = $1 and p.sku = $2",
    )
    .bind::<BigInt, _>(reception)
    .bind::<Text, _>(sku)
    .get_result(conn)?;
    Ok(holder.numbers)
}
