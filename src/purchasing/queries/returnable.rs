//! What of a reception can be taken back out: what is not reversed yet, lies on the shelf, and is in no
//! parcel.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Text};

use crate::purchasing::Reception;
use crate::types::{ProductId, PurchaseLineId, Quantity, ReceptionLineId, Sku, first_few};

/// Parcels that stand in the way and are named.
const NAMED: usize = 3;

/// A line of a reception, as far as it is not reversed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returnable {
    pub reception_line: ReceptionLineId,
    /// Of the purchase order.
    pub line: PurchaseLineId,
    pub product: ProductId,
    pub sku: Sku,
    pub name: String,
    /// Units it brought, less those reversed earlier.
    pub units: Quantity,
    /// Of these, units that can be taken back out now.
    pub back: Quantity,
    /// Why the others cannot; empty where all can.
    pub why: String,
}

impl Returnable {
    /// Units that cannot be taken back out.
    pub fn stay(&self) -> Quantity {
        self.units.less(self.back)
    }

    /// What stands in the way: `5 of MUG stay (5 in SH-000001 for SO-000001)`.
    pub fn in_words(&self) -> String {
        format!("{} of {} stay ({})", self.stay(), self.sku, self.why)
    }
}

/// What of a reception can be taken back out, line by line; lines that are reversed whole are not
/// among them. As things are: somebody may take units meanwhile.
pub fn returnable(conn: &mut PgConnection, of: &Reception) -> QueryResult<Vec<Returnable>> {
    let rows = rows(conn, of)?;
    let products = rows.iter().map(|row| row.product_id).collect();
    let mut places: HashMap<ProductId, Place> = HashMap::new();
    for holder in holders(conn, of, products)? {
        places.entry(holder.product_id).or_default().add(&holder);
    }
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let place = places.entry(row.product_id).or_default();
        let back = row.units.min(row.on_hand.less(place.gone));
        // Another line may be of the same product.
        place.gone += back;
        lines.push(Returnable {
            why: match back < row.units {
                true => place.why(),
                false => String::new(),
            },
            back,
            reception_line: row.id,
            line: row.purchase_order_line_id,
            product: row.product_id,
            sku: row.sku,
            name: row.name,
            units: row.units,
        });
    }
    Ok(lines)
}

/// What stands in the way for a product.
#[derive(Default)]
struct Place {
    /// Units on hand that cannot be taken: in parcels, or for a line before.
    gone: Quantity,
    /// Parcels that have units of it.
    parcels: Vec<String>,
}

impl Place {
    fn add(&mut self, holder: &Holder) {
        let Holder {
            parcel,
            order,
            units,
            ..
        } = holder;
        let held = if holder.has_left { "left with" } else { "in" };
        self.parcels
            .push(format!("{units} {held} {parcel} for {order}"));
        if !holder.has_left {
            self.gone += *units;
        }
    }

    fn why(&self) -> String {
        if self.parcels.is_empty() {
            return "not on the shelf any more".into();
        }
        let first = &self.parcels[..self.parcels.len().min(NAMED)];
        first_few(first, i64::try_from(self.parcels.len()).unwrap_or(i64::MAX))
    }
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: ReceptionLineId,
    #[diesel(sql_type = BigInt)]
    purchase_order_line_id: PurchaseLineId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Text)]
    sku: Sku,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Integer)]
    units: Quantity,
    #[diesel(sql_type = Integer)]
    on_hand: Quantity,
}

fn rows(conn: &mut PgConnection, of: &Reception) -> QueryResult<Vec<Row>> {
    diesel::sql_query(
        "select l.id, l.purchase_order_line_id, l.product_id, p.sku, p.name, left_over.units,
           coalesce(v.on_hand, 0) as on_hand
         from reception_lines l
         join products p on p.id = l.product_id
         left join levels v on v.warehouse_id = $2 and v.product_id = l.product_id
         cross join lateral (
           select (l.quantity - coalesce(sum(quantity), 0))::int4 as units
           from reversal_lines where reception_line_id = l.id
         ) left_over
         where l.reception_id = $1 and left_over.units > 0
         order by l.id",
    )
    .bind::<BigInt, _>(of.id)
    .bind::<BigInt, _>(of.warehouse_id)
    .load(conn)
}

/// A parcel that has units of a product.
#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Holder {
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Text)]
    parcel: String,
    #[diesel(sql_type = Text)]
    order: String,
    #[diesel(sql_type = Integer)]
    units: Quantity,
    /// Whether it is out of the house.
    #[diesel(sql_type = Bool)]
    has_left: bool,
}

/// The parcels being prepared with these products, then those that left with units of the reception.
fn holders(
    conn: &mut PgConnection,
    of: &Reception,
    products: Vec<ProductId>,
) -> QueryResult<Vec<Holder>> {
    diesel::sql_query(
        "with held as (
           select l.shipment_id, l.product_id, l.quantity
           from shipments s join shipment_lines l on l.shipment_id = s.id
           where s.warehouse_id = $2 and s.status in ('to_pick', 'picked', 'packed') and l.product_id = any($3)
           union all
           select l.shipment_id, l.product_id, l.quantity
           from shipment_lines l join shipments s on s.id = l.shipment_id and s.status = 'shipped'
           where s.warehouse_id = $2 and l.product_id = any($3) and l.order_line_id in (
             select e.order_line_id
             from decisions d join reservation_entries e on e.decision_id = d.id and e.change > 0
             where d.reception_id = $1)
         )
         select h.product_id, s.number as parcel, o.number as \"order\", sum(h.quantity)::int4 as units,
           s.status = 'shipped' as has_left
         from held h join shipments s on s.id = h.shipment_id join orders o on o.id = s.order_id
         group by h.product_id, s.id, s.number, s.status, o.number
         order by has_left, s.id",
    )
    .bind::<BigInt, _>(of.id)
    .bind::<BigInt, _>(of.warehouse_id)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}
