//! What a unit costs, as far as anybody knows: what stock is worth.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use crate::schema::products;
use crate::types::{Money, ProductId};

/// The cost of a unit of `products.id` in the currency of the company, in SQL: what it cost in the
/// purchase order sent last, at the rate written there; else what its primary supplier asks, where
/// that is in this currency. Null: nobody knows.
pub const COST: &str = "coalesce((
    select as_money(pl.unit_price::numeric * po.rate / 1000000)
    from purchase_order_lines pl join purchase_orders po on po.id = pl.purchase_order_id
    where pl.product_id = products.id and po.sent_at is not null and po.rate is not null
    order by pl.id desc limit 1
  ), (
    select sp.price
    from supplier_products sp join suppliers su on su.id = sp.supplier_id join company c on c.currency = su.currency
    where sp.product_id = products.id and sp.is_primary
  ))";

/// What a unit of a product costs; none: nobody knows.
pub fn cost_of(conn: &mut PgConnection, product: ProductId) -> QueryResult<Option<Money>> {
    let row = products::table.find(product);
    row.select(sql::<Nullable<BigInt>>(COST)).first(conn)
}
