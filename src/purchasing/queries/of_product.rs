//! The purchase orders of a product.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text};

use crate::purchasing::Status;
use crate::purchasing::model::DUE_SQL;
use crate::types::{Money, ProductId, PurchaseOrderId, Quantity, RecordRef};

/// A line of a purchase order, on the page of its product.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ProductLine {
    #[diesel(sql_type = BigInt)]
    order_id: PurchaseOrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub status: Status,
    #[diesel(sql_type = Text)]
    pub supplier: String,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Integer)]
    pub ordered: Quantity,
    #[diesel(sql_type = Integer)]
    pub received: Quantity,
    #[diesel(sql_type = Integer)]
    pub cancelled: Quantity,
    #[diesel(sql_type = BigInt)]
    pub unit_price: Money,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
}

impl ProductLine {
    /// Units it still has to bring.
    pub fn to_come(&self) -> Quantity {
        match self.status.is_under_way() {
            true => self.ordered.less(self.received + self.cancelled),
            false => Quantity::ZERO,
        }
    }

    pub fn path(&self) -> String {
        RecordRef::PurchaseOrder(self.order_id).path()
    }
}

/// The latest lines of purchase orders for a product, newest first.
pub fn lines_of_product(
    conn: &mut PgConnection,
    product: ProductId,
    most: i64,
) -> QueryResult<Vec<ProductLine>> {
    diesel::sql_query(format!(
        "select p.id as order_id, p.number, p.status, s.name as supplier, w.code as warehouse, l.ordered,
           l.received, l.cancelled, l.unit_price, p.currency, {DUE_SQL} as due_on
         from purchase_order_lines l
         join purchase_orders p on p.id = l.purchase_order_id
         join suppliers s on s.id = p.supplier_id
         join warehouses w on w.id = p.warehouse_id
         where l.product_id = $1
         order by l.id desc limit $2"
    ))
    .bind::<BigInt, _>(product)
    .bind::<BigInt, _>(most)
    .load(conn)
}
