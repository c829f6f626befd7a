//! What a buyer typed on the replenishment page, kept until it is ordered or cleared.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::query::RowKey;
use super::{Fill, NeedFilter, needs_for_export};
use crate::db::{Act, set_based};
use crate::purchasing::actions::{NewLine, NewPurchaseOrder, draft};
use crate::purchasing::{Error, PurchaseOrder};
use crate::schema::replenishment_choices as choices;
use crate::types::{Money, ProductId, Quantity, SupplierId, UserId, WarehouseId, first_few};

/// Units of a product to order for a warehouse; 0: none after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Where, and what.
    pub row: RowKey,
    pub quantity: Quantity,
}

/// Keeps what a buyer typed.
pub fn choose(act: &mut Act<'_>, buyer: UserId, chosen: &[Chosen]) -> QueryResult<()> {
    set_based!(
        "with typed as (
           select distinct on (w, p) w, p, q from :rows
         ), emptied as (
           delete from replenishment_choices c using typed
           where c.user_id = :buyer and c.warehouse_id = w and c.product_id = p and q = 0
         )
         insert into replenishment_choices (user_id, warehouse_id, product_id, quantity)
         select :buyer, w, p, q from typed where q > 0 order by w, p
         on conflict (user_id, warehouse_id, product_id) do update set quantity = excluded.quantity",
        chosen, |each| w: BigInt = each.row.0, p: BigInt = each.row.1, q: Integer = each.quantity;
        buyer: BigInt = buyer
    )
    .execute(act.conn())?;
    Ok(())
}

/// Chooses the minimum or the suggestion for everything a filter leaves; answers how many.
pub fn fill(
    act: &mut Act<'_>,
    buyer: UserId,
    filter: &NeedFilter,
    with: Fill,
) -> QueryResult<usize> {
    let chosen: Vec<Chosen> = needs_for_export(act, buyer, filter)?
        .iter()
        .map(|need| Chosen {
            row: need.key(),
            quantity: with.of(&need.figures()),
        })
        .filter(|chosen| !chosen.quantity.is_zero())
        .collect();
    choose(act, buyer, &chosen)?;
    Ok(chosen.len())
}

/// Forgets what a buyer chose.
pub fn clear_choices(act: &mut Act<'_>, buyer: UserId) -> QueryResult<()> {
    diesel::delete(choices::table.filter(choices::user_id.eq(buyer))).execute(act.conn())?;
    Ok(())
}

/// What a buyer has chosen so far.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Products, each once per warehouse.
    pub products: i64,
    /// Of these, products that nobody supplies.
    pub without_supplier: i64,
    /// What they cost, by currency.
    pub values: Vec<(String, Money)>,
}

impl Summary {
    /// `1,234.50 EUR + 80.00 USD`.
    pub fn value(&self) -> String {
        let amounts: Vec<String> = self
            .values
            .iter()
            .map(|(currency, amount)| format!("{amount} {currency}"))
            .collect();
        amounts.join(" + ")
    }
}

/// Sums up what a buyer chose.
pub fn summary(conn: &mut PgConnection, buyer: UserId) -> QueryResult<Summary> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        currency: Option<String>,
        #[diesel(sql_type = BigInt)]
        products: i64,
        #[diesel(sql_type = BigInt)]
        value: Money,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select s.currency, count(*) as products,
           coalesce(sum(c.quantity * t.price), 0)::int8 as value
         from replenishment_choices c
         left join supplier_products t on t.product_id = c.product_id and t.is_primary
         left join suppliers s on s.id = t.supplier_id and s.archived_at is null
         where c.user_id = $1 group by 1 order by 1",
    )
    .bind::<BigInt, _>(buyer)
    .load(conn)?;
    Ok(Summary {
        products: rows.iter().map(|row| row.products).sum(),
        without_supplier: rows
            .iter()
            .filter(|row| row.currency.is_none())
            .map(|row| row.products)
            .sum(),
        values: rows
            .into_iter()
            .filter_map(|row| Some((row.currency?, row.value)))
            .collect(),
    })
}

/// What became of the choices of a buyer.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// The drafts.
    pub orders: Vec<PurchaseOrder>,
    /// SKUs that stay chosen, as nobody supplies them.
    pub left: Vec<String>,
}

/// Drafts a purchase order for each supplier and warehouse of what a buyer chose. What nobody
/// supplies stays chosen.
///
/// # Errors
/// [`Error::NothingToOrder`], and those of [`draft`].
pub fn order_choices(act: &mut Act<'_>, buyer: UserId) -> Result<Ordered, Error> {
    let (mut groups, mut left) = (BTreeMap::<_, Vec<NewLine>>::new(), Vec::new());
    for choice in locked(act, buyer)? {
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
