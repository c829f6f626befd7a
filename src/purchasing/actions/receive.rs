//! Receiving: goods reach the shelf and, in the same transaction, the orders that wait for them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{end_of, lines_of, lock, may_become, set_status, tell, write_lines};
use crate::db::{Act, Who, history};
use crate::purchasing::queries::lines_and_units;
use crate::purchasing::{Error, Over, PurchaseLine, PurchaseOrder, Reception, Status};
use crate::schema::{products, reception_lines, receptions};
use crate::stock::{self, Cause, CauseKind, Effect, Happening, Place};
use crate::types::{
    ProductId, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId, RequestKey, Sku, UserId,
};

const LINES_AT_ONCE: usize = 5_000;

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

/// Receives a delivery, once however often it is posted: a repetition gets the first reception.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::NothingReceived`], [`Error::NoSuchLine`],
/// [`Error::MoreThanOrdered`].
pub fn receive(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    key: &RequestKey,
    delivery: &Delivery,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<ReceptionId, Error> {
    let path = act.once(key, |act| {
        receive_now(act, id, delivery, by, at).map(|reception| reception.path())
    })?;
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
    Ok(id.expect("the answer to a delivery is the path of its reception"))
}

fn receive_now(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    delivery: &Delivery,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<Reception, Error> {
    let mut order = lock(conn, id)?;
    may_become(&order, Status::PartlyReceived, "received")?;
    let mut lines = lines_of(conn, &order)?;
    let arrived = add_up(&order, &lines, delivery)?;
    let over = over(conn, &lines, &arrived)?;
    let note = match (&delivery.accept_over, over.as_slice()) {
        (_, []) => delivery.note.clone(),
        (None, _) => return Err(Error::MoreThanOrdered(over)),
        (Some(reason), _) => [delivery.note.as_str(), &accepted(&over, reason)]
            .join("\n")
            .trim()
            .to_owned(),
    };
    let reception = insert_reception(conn, &order, &note, by, at)?;
    insert_lines(conn, &reception, &arrived)?;
    for line in &mut lines {
        if let Some(arrived) = arrived.get(&line.id) {
            line.received += arrived.quantity;
        }
    }
    let touched: Vec<PurchaseLine> = lines
        .iter()
        .filter(|line| arrived.contains_key(&line.id))
        .cloned()
        .collect();
    write_lines(conn, &touched)?;
    shelve(conn, &order, &reception, &arrived, by, at)?;
    set_status(
        conn,
        &mut order,
        end_of(&lines).unwrap_or(Status::PartlyReceived),
        at,
    )?;

    let units = arrived.values().map(|arrived| arrived.quantity).sum();
    let detail = format!(
        "{}, {}",
        reception.number,
        lines_and_units(arrived.len(), units)
    );
    history::note(conn, reception.record(), by, "Received", &note)?;
    tell(conn, &order, by, "Received", &detail)?;
    Ok(reception)
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
) -> Result<Vec<Effect>, Error> {
    let order = PurchaseOrder::query().find(id).first(conn)?;
    may_become(&order, Status::PartlyReceived, "received")?;
    let lines = lines_of(conn, &order)?;
    let arrived = add_up(&order, &lines, delivery)?;
    Ok(stock::preview(conn, at, &received(&order, &arrived, None))?)
}

/// What a delivery is to stock.
fn received(
    order: &PurchaseOrder,
    arrived: &BTreeMap<PurchaseLineId, Arrived>,
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

/// Units of a line that arrived.
#[derive(Debug, Clone, Copy)]
struct Arrived {
    product: ProductId,
    quantity: Quantity,
}

fn add_up(
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
    delivery: &Delivery,
) -> Result<BTreeMap<PurchaseLineId, Arrived>, Error> {
    let products: HashMap<PurchaseLineId, ProductId> = lines
        .iter()
        .map(|line| (line.id, line.product_id))
        .collect();
    let mut all = BTreeMap::new();
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

/// The lines of which more arrived than was to come.
fn over(
    conn: &mut PgConnection,
    lines: &[PurchaseLine],
    arrived: &BTreeMap<PurchaseLineId, Arrived>,
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
    Ok(over
        .into_iter()
        .map(|(line, quantity)| Over {
            line: line.id,
            sku: skus[&line.product_id].to_string(),
            quantity,
            to_come: line.to_come(),
        })
        .collect())
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

fn insert_reception(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    note: &str,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> QueryResult<Reception> {
    let number = diesel::dsl::sql::<diesel::sql_types::Text>(
        "'RE-' || to_char(nextval('reception_numbers'), 'FM000000')",
    );
    diesel::insert_into(receptions::table)
        .values((
            receptions::number.eq(number),
            receptions::purchase_order_id.eq(order.id),
            receptions::warehouse_id.eq(order.warehouse_id),
            receptions::note.eq(note),
            receptions::received_by.eq(by),
            receptions::received_at.eq(at),
        ))
        .returning(Reception::as_returning())
        .get_result(conn)
}

fn insert_lines(
    conn: &mut PgConnection,
    reception: &Reception,
    arrived: &BTreeMap<PurchaseLineId, Arrived>,
) -> QueryResult<()> {
    let rows: Vec<_> = arrived
        .iter()
        .map(|(line, arrived)| {
            (
                reception_lines::reception_id.eq(reception.id),
                reception_lines::purchase_order_line_id.eq(line),
                reception_lines::product_id.eq(arrived.product),
                reception_lines::quantity.eq(arrived.quantity),
            )
        })
        .collect();
    for part in rows.chunks(LINES_AT_ONCE) {
        diesel::insert_into(reception_lines::table)
            .values(part)
            .execute(conn)?;
    }
    Ok(())
}

/// Puts the units on the shelf, and from there to the orders that wait.
fn shelve(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    reception: &Reception,
    arrived: &BTreeMap<PurchaseLineId, Arrived>,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let cause = Cause::of(CauseKind::Reception)
        .of_reception(reception.id)
        .because(reception.number.clone());
    let act = &mut Act::new(conn, by.map_or(Who::BACKFILL, Who::from).at(at));
    stock::change(act, &cause, &received(order, arrived, Some(reception.id)))?;
    Ok(())
}
