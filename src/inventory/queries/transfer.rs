//! What the pages of one transfer show.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::arrivals::{Arrival, LossListed, arrivals, losses};
use crate::catalog::{self, Warehouse};
use crate::db::history;
use crate::inventory::{NotFree, Transfer, TransferLine};
use crate::schema::{levels, products, transfer_lines, users};
use crate::types::{ProductId, Quantity, Sku, TransferId};

/// A transfer with the ends of its way and its lines.
#[derive(Debug, Clone)]
pub struct TransferPapers {
    pub transfer: Transfer,
    /// Where its goods come from.
    pub source: Warehouse,
    /// Where they go.
    pub target: Warehouse,
    pub lines: Vec<PaperLine>,
}

/// A line, with what people call its product.
#[derive(Debug, Clone)]
pub struct PaperLine {
    pub line: TransferLine,
    pub sku: Sku,
    /// What the product is called.
    pub name: String,
    /// Units that belong to nobody where it comes from.
    pub free: Quantity,
}

impl PaperLine {
    /// What would be taken from orders.
    pub fn beyond_free(&self) -> Quantity {
        self.line.quantity.less(self.free)
    }

    /// The name of its quantity box.
    pub fn qty(&self) -> String {
        format!("qty-{}", self.line.id)
    }
}

/// Everything about one transfer.
#[derive(Debug, Clone)]
pub struct TransferView {
    pub papers: TransferPapers,
    /// Who wrote it; may be empty.
    pub created_by: String,
    /// For how many orders each product is.
    orders: HashMap<ProductId, i64>,
    /// What arrived or came back, latest first, with where it went.
    pub arrivals: Vec<Arrival>,
    /// What was written off, latest first.
    pub losses: Vec<LossListed>,
    /// What was done, latest first.
    pub history: Vec<history::Entry>,
}

impl TransferView {
    /// For how many orders a line is.
    pub fn orders_of(&self, line: &PaperLine) -> i64 {
        *self.orders.get(&line.line.product_id).unwrap_or(&0)
    }
}

/// A line, SKU and name of its product, and what lies and is reserved where it comes from, if any does.
type Row = (
    TransferLine,
    Sku,
    String,
    Option<Quantity>,
    Option<Quantity>,
);

/// A transfer, its warehouses and its lines.
pub fn transfer_papers(conn: &mut PgConnection, id: TransferId) -> QueryResult<TransferPapers> {
    let transfer: Transfer = Transfer::query().find(id).first(conn)?;
    let rows: Vec<Row> = transfer_lines::table
        .inner_join(products::table)
        .left_join(
            levels::table.on(levels::product_id
                .eq(transfer_lines::product_id)
                .and(levels::warehouse_id.eq(transfer.from_warehouse_id))),
        )
        .filter(transfer_lines::transfer_id.eq(id))
        .order(transfer_lines::line_number)
        .select((
            TransferLine::as_select(),
            products::sku,
            products::name,
            levels::on_hand.nullable(),
            levels::reserved.nullable(),
        ))
        .load(conn)?;
    let lines = rows
        .into_iter()
        .map(|(line, sku, name, on_hand, reserved)| PaperLine {
            line,
            sku,
            name,
            free: on_hand
                .unwrap_or_default()
                .less(reserved.unwrap_or_default()),
        });
    Ok(TransferPapers {
        lines: lines.collect(),
        source: catalog::any_warehouse(conn, transfer.from_warehouse_id)?,
        target: catalog::any_warehouse(conn, transfer.to_warehouse_id)?,
        transfer,
    })
}

/// Reads everything about a transfer; as many statements however many lines it has.
pub fn transfer_view(conn: &mut PgConnection, id: TransferId) -> QueryResult<TransferView> {
    let papers = transfer_papers(conn, id)?;
    let created_by = match papers.transfer.created_by {
        Some(user) => users::table.find(user).select(users::name).first(conn)?,
        None => String::new(),
    };
    Ok(TransferView {
        created_by,
        orders: orders_by_product(conn, id)?,
        arrivals: arrivals(conn, id)?,
        losses: losses(conn, id)?,
        history: history::of(conn, papers.transfer.record())?,
        papers,
    })
}

/// The lines of a draft that ask for more than is free, by SKU.
pub fn not_free(conn: &mut PgConnection, id: TransferId) -> QueryResult<Vec<NotFree>> {
    diesel::sql_query(
        "select p.sku, l.quantity, coalesce(s.on_hand - s.reserved, 0) as free
         from transfers t
         join transfer_lines l on l.transfer_id = t.id
         join products p on p.id = l.product_id
         left join levels s on s.warehouse_id = t.from_warehouse_id and s.product_id = l.product_id
         where t.id = $1 and l.quantity > coalesce(s.on_hand - s.reserved, 0)
         order by p.sku",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
}

/// How many orders wait for each product: those it is promised to, or those that need it while the
/// transfer is a draft.
fn orders_by_product(
    conn: &mut PgConnection,
    id: TransferId,
) -> QueryResult<HashMap<ProductId, i64>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = BigInt)]
        product: ProductId,
        #[diesel(sql_type = BigInt)]
        orders: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select l.product_id as product, count(distinct d.order_id) as orders
         from transfers t
         join transfer_lines l on l.transfer_id = t.id
         join demand d on d.warehouse_id = t.to_warehouse_id and d.product_id = l.product_id
         left join supply s on s.id = d.supply_id
         where t.id = $1
           and (s.transfer_line_id = l.id or t.status = 'draft' and d.uncovered > 0)
         group by 1",
    )
    .bind::<BigInt, _>(id)
    .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows.map(|row| (row.product, row.orders)).collect())
}
