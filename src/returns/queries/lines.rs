//! Lines of an order, as far as they may come back.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use crate::db::sql;
use crate::returns::{Return, ReturnReason};
use crate::types::{
    LocationId, Money, OrderId, OrderLineId, ProductId, Quantity, ReturnId, Sku, WarehouseId,
};

/// A line of an order, with what a return says of it.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct LineBack {
    #[diesel(sql_type = BigInt)]
    pub line: OrderLineId,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    /// The warehouse that shipped it.
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub unit_price: Money,
    #[diesel(sql_type = Bool)]
    pub is_kit: bool,
    /// Units that left and did not come back.
    #[diesel(sql_type = Integer)]
    pub may_come_back: Quantity,
    /// Of these, units that other returns wait for.
    #[diesel(sql_type = Integer)]
    pub elsewhere: Quantity,
    /// Whether the return speaks of it.
    #[diesel(sql_type = Bool)]
    pub is_named: bool,
    #[diesel(sql_type = Integer)]
    pub announced: Quantity,
    #[diesel(sql_type = Integer)]
    pub good: Quantity,
    #[diesel(sql_type = Integer)]
    pub damaged: Quantity,
    #[diesel(sql_type = Integer)]
    pub missing: Quantity,
    #[diesel(sql_type = Text)]
    pub reason: ReturnReason,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub bin_id: Option<LocationId>,
    /// Its code; empty: the dock, or there are no bins.
    #[diesel(sql_type = Text)]
    pub bin: String,
}

impl LineBack {
    /// Units that are back.
    pub fn back(&self) -> Quantity {
        self.good + self.damaged
    }

    /// Whether anything was found of it, or missed.
    pub fn is_said(&self) -> bool {
        !(self.back() + self.missing).is_zero()
    }

    /// The name of a box for it.
    pub fn field(&self, name: &str) -> String {
        format!("{name}-{}", self.line)
    }
}

/// What may come back of an order, and what a return of it speaks of: that first, in the order of its
/// lines. Parts of whole sets are in the line of their kit, and a broken kit in the lines of its parts.
pub fn lines_back(
    conn: &mut PgConnection,
    of: Option<&Return>,
    order: OrderId,
) -> QueryResult<Vec<LineBack>> {
    load(conn, of.map(|of| of.id), order, None)
}

/// The same of one product.
pub fn lines_of_product(
    conn: &mut PgConnection,
    of: &Return,
    product: ProductId,
) -> QueryResult<Vec<LineBack>> {
    load(conn, Some(of.id), of.order_id, Some(product))
}

fn load(
    conn: &mut PgConnection,
    of: Option<ReturnId>,
    order: OrderId,
    product: Option<ProductId>,
) -> QueryResult<Vec<LineBack>> {
    sql!(
        "select l.id as line, l.product_id, l.warehouse_id, p.sku, p.name, l.unit_price, l.is_kit,
           l.shipped - l.returned as may_come_back,
           (select coalesce(sum(greatest(x.announced, x.good + x.damaged)), 0)::int4
            from return_lines x join returns r on r.id = x.return_id
            where x.order_line_id = l.id and r.status = 'announced'
              and r.id is distinct from :of) as elsewhere,
           b.return_id is not null as is_named,
           coalesce(b.announced, 0) as announced, coalesce(b.good, 0) as good,
           coalesce(b.damaged, 0) as damaged, coalesce(b.missing, 0) as missing,
           coalesce(b.reason, 'other') as reason, b.location_id as bin_id,
           coalesce(k.code, '') as bin
         from order_lines l
         join products p on p.id = l.product_id
         left join return_lines b on b.order_line_id = l.id and b.return_id = :of
         left join locations k on k.id = b.location_id
         where l.order_id = :from and (:product is null or l.product_id = :product)
           and (b.return_id is not null
             or l.shipped > l.returned and l.parts_in_kit is null and l.broken_at is null)
         order by b.return_id is null, l.line_number",
        of: Nullable<BigInt> = of,
        from: BigInt = order,
        product: Nullable<BigInt> = product,
    )
    .load(conn)
}
