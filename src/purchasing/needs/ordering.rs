//! What a buyer chose becomes drafts, unless somebody else ordered it meanwhile.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text};

use super::overtaken::{Seen, overtaken};
use crate::db::Act;
use crate::purchasing::actions::{NewLine, NewPurchaseOrder, draft};
use crate::purchasing::{Error, PurchaseOrder};
use crate::schema::replenishment_choices as choices;
use crate::types::{ProductId, Quantity, SupplierId, UserId, WarehouseId, first_few};

/// What became of the choices of a buyer.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// The drafts.
    pub orders: Vec<PurchaseOrder>,
    /// SKUs that stay chosen, as nobody supplies them.
    pub left: Vec<String>,
}

/// Drafts a purchase order for each supplier and warehouse of what a buyer chose. What nobody
/// supplies stays chosen. Where more covers a need than when it was chosen, the buyer must have
/// `seen` it.
///
/// # Errors
/// [`Error::Overtaken`], [`Error::NothingToOrder`], and those of [`draft`].
pub fn order_choices(act: &mut Act<'_>, buyer: UserId, seen: &[Seen]) -> Result<Ordered, Error> {
    let mut chosen = locked(act, buyer)?;
    chosen.retain(|choice| act.limit().admits(choice.warehouse_id));
    one_at_a_time(act, &chosen)?;
    let mut unseen = overtaken(act, buyer)?;
    unseen.retain(|each| act.limit().admits(each.key().0) && !each.is_seen(seen));
    if !unseen.is_empty() {
        return Err(Error::Overtaken(
            unseen.into_iter().map(|each| each.sku).collect(),
        ));
    }
    let (mut groups, mut left) = (BTreeMap::<_, Vec<NewLine>>::new(), Vec::new());
    for choice in chosen {
        match choice.supplier_id {
            Some(supplier) => groups
                .entry((supplier, choice.warehouse_id))
                .or_default()
                .push(choice.line()),
            None => left.push(choice.sku),
        }
    }
    if groups.is_empty() {
        return Err(Error::NothingToOrder(nothing(&left)));
    }
    let mut orders = Vec::new();
    for ((supplier, warehouse), lines) in groups {
        let ordered: Vec<ProductId> = lines.iter().map(|line| line.product).collect();
        let new = NewPurchaseOrder::of(supplier, warehouse, lines);
        orders.push(draft(act, &new)?);
        let mine = choices::table.filter(choices::user_id.eq(buyer));
        let of_it = mine
            .filter(choices::warehouse_id.eq(warehouse))
            .filter(choices::product_id.eq_any(ordered));
        diesel::delete(of_it).execute(act.conn())?;
    }
    Ok(Ordered { orders, left })
}

fn nothing(left: &[String]) -> String {
    if left.is_empty() {
        return "Enter the quantity of at least one product first.".into();
    }
    let all = i64::try_from(left.len()).unwrap_or(i64::MAX);
    format!(
        "Nobody supplies {}: add a supplier on the page of the product first.",
        first_few(&left[..left.len().min(5)], all)
    )
}

/// A choice with who supplies it.
#[derive(Debug, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Choice {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Integer)]
    quantity: Quantity,
    #[diesel(sql_type = Text)]
    sku: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    supplier_id: Option<SupplierId>,
}

impl Choice {
    const fn line(&self) -> NewLine {
        NewLine {
            product: self.product_id,
            quantity: self.quantity,
        }
    }
}

/// The choices, kept from being ordered twice by two windows at once.
fn locked(conn: &mut PgConnection, buyer: UserId) -> QueryResult<Vec<Choice>> {
    diesel::sql_query(
        "select c.warehouse_id, c.product_id, c.quantity, p.sku, s.id as supplier_id
         from replenishment_choices c
         join products p on p.id = c.product_id
         left join supplier_products t on t.product_id = c.product_id and t.is_primary
         left join suppliers s on s.id = t.supplier_id and s.archived_at is null
         where c.user_id = $1 and p.archived_at is null
         order by c.warehouse_id, p.sku for update of c",
    )
    .bind::<BigInt, _>(buyer)
    .load(conn)
}

/// Whoever orders for the same warehouses waits until this is done, and sees its drafts then.
fn one_at_a_time(conn: &mut PgConnection, chosen: &[Choice]) -> QueryResult<()> {
    let warehouses: Vec<WarehouseId> = chosen.iter().map(|choice| choice.warehouse_id).collect();
    diesel::sql_query("select from warehouses where id = any($1) order by id for no key update")
        .bind::<Array<BigInt>, _>(warehouses)
        .execute(conn)?;
    Ok(())
}
