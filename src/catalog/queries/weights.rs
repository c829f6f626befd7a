//! What products weigh.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use crate::schema::products;
use crate::types::{Grams, ProductId};

/// What a kit weighs is what its parts do.
pub(super) const WEIGHT: &str = "case products.kind when 'kit' then (
    select case when bool_and(part.weight_grams > 0) then sum(k.quantity::int8 * part.weight_grams)::int8 end
    from kit_parts k join products part on part.id = k.part_id where k.kit_id = products.id)
    else nullif(products.weight_grams, 0)::int8 end";

/// What one unit of a product weighs; none: not known.
pub fn weight(conn: &mut PgConnection, id: ProductId) -> QueryResult<Option<Grams>> {
    let grams: Option<i64> = products::table
        .find(id)
        .select(sql::<Nullable<BigInt>>(WEIGHT))
        .first(conn)?;
    Ok(grams.map(Grams::new))
}
