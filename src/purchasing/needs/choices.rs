//! What a buyer typed on the replenishment page, kept until it is ordered or cleared.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::query::RowKey;
use super::{Fill, NeedFilter, needs_for_export};
use crate::db::{Act, set_based};
use crate::purchasing::{Error, Misfit, Terms};
use crate::schema::{replenishment_choices as choices, supplier_products};
use crate::stock;
use crate::types::{Money, ProductId, Quantity, UserId};

/// Units of a product to order for a warehouse; 0: none after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Where, and what.
    pub row: RowKey,
    pub quantity: Quantity,
    /// [`Figures::cover`](super::Figures::cover) of the place, as the page showed it; none: not known.
    pub cover: Option<i32>,
}

/// Keeps what a buyer typed.
///
/// # Errors
/// [`stock::Error::NotYours`], and those of the database.
pub fn choose(act: &mut Act<'_>, buyer: UserId, chosen: &[Chosen]) -> Result<(), Error> {
    stock::must_reach(act, chosen.iter().map(|each| each.row.0))?;
    set_based!(
        "with typed as (
           select distinct on (w, p) w, p, q, seen from :rows
         ), emptied as (
           delete from replenishment_choices c using typed
           where c.user_id = :buyer and c.warehouse_id = w and c.product_id = p and q = 0
         )
         insert into replenishment_choices (user_id, warehouse_id, product_id, quantity, cover)
         select :buyer, w, p, q, seen from typed where q > 0 order by w, p
         on conflict (user_id, warehouse_id, product_id)
           do update set quantity = excluded.quantity, cover = excluded.cover",
        chosen, |each| w: BigInt = each.row.0, p: BigInt = each.row.1, q: Integer = each.quantity,
        seen: Nullable<Integer> = each.cover;
        buyer: BigInt = buyer
    )
    .execute(act.conn())?;
    Ok(())
}

/// What is wrong with the units that were chosen, row by row, where anything is.
pub fn misfits(
    conn: &mut PgConnection,
    chosen: &[Chosen],
) -> QueryResult<Vec<(RowKey, Option<Misfit>)>> {
    let products = chosen.iter().map(|each| each.row.1);
    let rows: Vec<(ProductId, Quantity, Quantity)> = supplier_products::table
        .filter(supplier_products::product_id.eq_any(products))
        .filter(supplier_products::is_primary)
        .select((
            supplier_products::product_id,
            supplier_products::minimum_quantity,
            supplier_products::pack_size,
        ))
        .load(conn)?;
    let terms: HashMap<ProductId, Terms> = rows
        .into_iter()
        .map(|(product, least, pack)| (product, Terms { least, pack }))
        .collect();
    let of = |each: &Chosen| terms.get(&each.row.1)?.misfit(each.quantity);
    Ok(chosen.iter().map(|each| (each.row, of(each))).collect())
}

/// Chooses what is left of the minimum or of the suggestion for everything a filter leaves; answers
/// for how many something is.
pub fn fill(
    act: &mut Act<'_>,
    buyer: UserId,
    filter: &NeedFilter,
    with: Fill,
) -> Result<usize, Error> {
    let chosen: Vec<Chosen> = needs_for_export(act, buyer, filter)?
        .iter()
        .filter(|need| act.limit().admits(need.key().0))
        .map(|need| Chosen {
            row: need.key(),
            quantity: with.of(&need.figures()),
            cover: Some(need.figures().cover()),
        })
        .collect();
    choose(act, buyer, &chosen)?;
    let filled = chosen.iter().filter(|each| !each.quantity.is_zero());
    Ok(filled.count())
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
           least(coalesce(sum(c.quantity::numeric * t.price), 0), 9223372036854775807)::int8 as value
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
