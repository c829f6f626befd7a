//! Receiving: goods reach the shelf and, in the same transaction, the orders that wait for them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::{becomes, end_of, lines_of, lock, may_become, save, tell, write_lines};
use crate::db::{Act, Document, set_based};
use crate::purchasing::{Error, Over, PurchaseLine, PurchaseOrder, Reception, Status};
use crate::schema::{products, receptions};
use crate::stock::{self, Cause, CauseKind, Effects, Happening, Place};
use crate::types::{Event, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId, Sku};

/// What a lorry brought.
#[derive(Debug, Clone, Default)]
pub struct Delivery {
    /// Units by line; what is named twice adds up.
    pub lines: Vec<(PurchaseLineId, Quantity)>,
    /// About the delivery; may be empty.
    pub note: String,
    /// Why more than was ordered is accepted; none: it is not.
    pub accept_over: Option<String>,
}

/// Receives a delivery.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::NothingReceived`], [`Error::NoSuchLine`],
/// [`Error::MoreThanOrdered`].
pub fn receive(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    delivery: &Delivery,
) -> Result<ReceptionId, Error> {
    let mut order = lock(act, id)?;
    may_become(&order, Status::PartlyReceived, "received")?;
    let mut lines = lines_of(act, &order)?;
    let arrived = add_up(&order, &lines, delivery)?;
    let note = note(act, &lines, &arrived, delivery)?;
    let reception = insert(act, &order, note, &arrived)?;
    let mut touched = Vec::with_capacity(arrived.len());
    for line in &mut lines {
        if let Some(arrived) = arrived.get(&line.id) {
            line.received += arrived.quantity;
            touched.push(line.clone());
        }
    }
    write_lines(act, &touched)?;
    let cause = Cause::of(CauseKind::Reception)
        .of_reception(reception.id)
        .because(&reception.number);
    stock::change(
        act,
        &cause,
        &happenings(&order, &arrived, Some(reception.id)),
    )?;
    let status = end_of(&lines).unwrap_or(Status::PartlyReceived);
    becomes(&mut order, status, act.at());
    save(act, &mut order)?;

    let (record, note) = (reception.record(), reception.note);
    act.note(record, &Event::Received { note })?;
    let received = Event::DeliveryReceived {
        reception: reception.number,
        lines: arrived.len(),
        units: arrived.values().map(|arrived| arrived.quantity).sum(),
    };
    tell(act, &order, &received)?;
    Ok(reception.id)
}

/// Where the units of a delivery would go: which orders would gain, and by how much. More than was
/// ordered is weighed as well, whether it is accepted or not.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::NothingReceived`], [`Error::NoSuchLine`].
pub fn preview_receive(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    delivery: &Delivery,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let order = PurchaseOrder::query().find(id).first(conn)?;
    may_become(&order, Status::PartlyReceived, "received")?;
    let lines = lines_of(conn, &order)?;
    let arrived = add_up(&order, &lines, delivery)?;
    Ok(stock::preview(
        conn,
        at,
        &happenings(&order, &arrived, None),
    )?)
}

/// Units by line.
type AllArrived = BTreeMap<PurchaseLineId, Arrived>;

/// Units of a line that arrived.
#[derive(Debug, Clone, Copy)]
struct Arrived {
    product: ProductId,
    quantity: Quantity,
}

/// What a delivery is to stock.
fn happenings(
    order: &PurchaseOrder,
    arrived: &AllArrived,
    reception: Option<ReceptionId>,
) -> Vec<Happening> {
    let lines = arrived.iter().map(|(line, arrived)| Happening::Receive {
        line: *line,
        place: Place::new(order.warehouse_id, arrived.product),
        quantity: arrived.quantity,
        reception,
    });
    lines.collect()
}

fn add_up(
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
    delivery: &Delivery,
) -> Result<AllArrived, Error> {
    let products: HashMap<PurchaseLineId, ProductId> = lines
        .iter()
        .map(|line| (line.id, line.product_id))
        .collect();
    let mut all = AllArrived::new();
    for (line, quantity) in delivery.lines.iter().filter(|(_, units)| !units.is_zero()) {
        let product = *products
            .get(line)
            .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
        let arrived = all.entry(*line).or_insert(Arrived {
            product,
            quantity: Quantity::ZERO,
        });
        arrived.quantity += *quantity;
    }
    if all.is_empty() {
        return Err(Error::NothingReceived);
    }
    Ok(all)
}

/// What is kept about the delivery in words: also why more than was ordered is accepted, if it is.
fn note(
    conn: &mut PgConnection,
    lines: &[PurchaseLine],
    arrived: &AllArrived,
    delivery: &Delivery,
) -> Result<String, Error> {
    let over = over(conn, lines, arrived)?;
    if over.is_empty() {
        return Ok(delivery.note.clone());
    }
    let Some(reason) = &delivery.accept_over else {
        return Err(Error::MoreThanOrdered(over));
    };
    let note = format!("{}\n{}", delivery.note, accepted(&over, reason));
    Ok(note.trim().to_owned())
}

/// The lines of which more arrived than was to come.
fn over(
    conn: &mut PgConnection,
    lines: &[PurchaseLine],
    arrived: &AllArrived,
) -> QueryResult<Vec<Over>> {
    let over: Vec<(&PurchaseLine, Quantity)> = lines
        .iter()
        .filter_map(|line| Some((line, arrived.get(&line.id)?.quantity)))
        .filter(|(line, quantity)| *quantity > line.to_come())
        .collect();
    if over.is_empty() {
        return Ok(Vec::new());
    }
    let skus: HashMap<ProductId, Sku> = products::table
        .filter(products::id.eq_any(over.iter().map(|(line, _)| line.product_id)))
        .select((products::id, products::sku))
        .load(conn)?
        .into_iter()
        .collect();
    let over = over.into_iter().map(|(line, quantity)| Over {
        line: line.id,
        sku: skus[&line.product_id].to_string(),
        quantity,
        to_come: line.to_come(),
    });
    Ok(over.collect())
}

/// `More than ordered accepted (3 of 85123A): the supplier rounds up to packs`.
fn accepted(over: &[Over], reason: &str) -> String {
    let units: Vec<String> = over
        .iter()
        .map(|each| format!("{} of {}", each.quantity.less(each.to_come), each.sku))
        .collect();
    format!(
        "More than ordered accepted ({}): {reason}",
        units.join(", ")
    )
}

fn insert(
    act: &mut Act<'_>,
    order: &PurchaseOrder,
    note: String,
    arrived: &AllArrived,
) -> QueryResult<Reception> {
    let number = Document::Reception.number(act)?;
    let reception: Reception = diesel::insert_into(receptions::table)
        .values((
            receptions::number.eq(number),
            receptions::purchase_order_id.eq(order.id),
            receptions::warehouse_id.eq(order.warehouse_id),
            receptions::note.eq(note),
            receptions::received_by.eq(act.by()),
            receptions::received_at.eq(act.at()),
        ))
        .returning(Reception::as_returning())
        .get_result(act.conn())?;
    set_based!(
        "insert into reception_lines
           (reception_id, purchase_order_line_id, product_id, quantity)
         select :reception, u.line, u.product, u.units from :rows order by u.line",
        arrived, |(line, arrived)| line: BigInt = line, product: BigInt = arrived.product,
        units: Integer = arrived.quantity;
        reception: BigInt = reception.id
    )
    .execute(act.conn())?;
    Ok(reception)
}
