//! Whether products are anywhere, and what becomes of their levels when they are not to be any more.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text};

use super::read;
use crate::db::{Act, sql};
use crate::types::{ProductId, Quantity};

/// A product in a warehouse where something of it is, is asked for or is on its way.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct InUse {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Integer)]
    pub on_hand: Quantity,
    #[diesel(sql_type = Integer)]
    pub to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    pub incoming: Quantity,
    /// Units that are not usable, and not on hand.
    #[diesel(sql_type = Integer)]
    pub quarantined: Quantity,
}

impl InUse {
    /// `5 on hand and 3 to ship in MAIN`, each that is not nothing.
    pub fn in_words(&self) -> String {
        let figures = [
            (self.on_hand, "on hand"),
            (self.to_ship, "to ship"),
            (self.incoming, "incoming"),
            (self.quarantined, "in quarantine"),
        ];
        let named = figures.iter().filter(|(units, _)| !units.is_zero());
        let named: Vec<String> = named
            .map(|(units, what)| format!("{units} {what}"))
            .collect();
        format!("{} in {}", named.join(" and "), self.warehouse)
    }
}

/// Lets nobody plan, and nothing move, until the transaction ends: what is [`in_use`] stays so.
///
/// # Errors
/// Those of the database.
pub fn pause(act: &mut Act<'_>) -> QueryResult<()> {
    read::suspend(act)
}

/// Where something of some products is, in one statement; nothing: they are nowhere.
pub fn in_use(conn: &mut PgConnection, products: &[ProductId]) -> QueryResult<Vec<InUse>> {
    sql!(
        "select l.product_id, w.code as warehouse, l.on_hand + l.doubted as on_hand, l.to_ship, l.incoming,
           coalesce(q.units, 0)::int4 as quarantined
         from levels l
         join warehouses w on w.id = l.warehouse_id
         left join lateral (
           select sum(c.quantity) as units
           from bin_contents c join locations b on b.id = c.location_id and b.kind = 'quarantine'
           where c.warehouse_id = l.warehouse_id and c.product_id = l.product_id
         ) q on true
         where l.product_id = any(:products)
           and (l.on_hand + l.doubted > 0 or l.to_ship > 0 or l.incoming > 0 or q.units > 0)
         order by l.product_id, w.is_primary desc, w.code",
        products: Array<BigInt> = products,
    )
    .load(conn)
}

/// Products that are kept nowhere have levels of nothing, and belong in no bin; those that are again
/// have the levels of each warehouse.
///
/// # Errors
/// Those of the database.
pub fn set_kept(act: &mut Act<'_>, products: &[ProductId], are_kept: bool) -> QueryResult<()> {
    let level = (!are_kept).then_some(Quantity::ZERO);
    sql!(
        "update levels set warning_level = :level, ideal_level = :level, usual_location_id = null
         where product_id = any(:products)",
        level: Nullable<Integer> = level,
        products: Array<BigInt> = products,
    )
    .execute(act.conn())?;
    Ok(())
}
