//! What the page of a purchase order shows, and what its filters offer.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::receptions::{ReceptionListed, of_order};
use crate::db::history;
use crate::outbox::{self, MailLine};
use crate::purchasing::letter::{self, PaperLine, Papers};
use crate::purchasing::rate::known_rate;
use crate::purchasing::{PurchaseLine, Terms};
use crate::schema::{purchase_order_lines, supplier_products, users};
use crate::stock::When;
use crate::types::{ProductId, PurchaseLineId, PurchaseOrderId, Quantity, SupplierId};

/// Everything about one purchase order, but of its lines some more than of others: of those shown.
#[derive(Debug, Clone)]
pub struct OrderView {
    /// The purchase order, its lines, supplier and warehouse.
    pub papers: Papers,
    /// Places of the lines that are shown, among all.
    shown: Range<usize>,
    /// Who wrote it; may be empty.
    pub created_by: String,
    /// The rate of its currency: its own, else the one to propose.
    pub rate: Option<i64>,
    /// For how many orders a line that is shown is.
    orders: HashMap<PurchaseLineId, i64>,
    /// How the supplier sells what the lines that are shown order.
    pub terms: HashMap<ProductId, Terms>,
    /// What arrived, latest first.
    pub receptions: Vec<ReceptionListed>,
    /// What was written to the supplier, latest first.
    pub mails: Vec<MailLine>,
    /// What was done, latest first.
    pub history: Vec<history::Entry>,
}

impl OrderView {
    /// The lines that are shown.
    pub fn shown(&self) -> &[PaperLine] {
        &self.papers.lines[self.shown.clone()]
    }

    /// When the first of what is still to come is due; nothing is to come of a draft.
    pub fn first_due(&self, today: NaiveDate) -> When {
        let order = &self.papers.order;
        let lines = self.papers.lines.iter().map(|line| &line.line);
        let to_come = lines.filter(|line| !line.to_come().is_zero());
        let first = to_come.filter_map(|line| order.due_on(line)).min();
        When::seen(first.filter(|_| order.status.is_under_way()), today)
    }

    /// When a line is due.
    pub fn due_on(&self, line: &PaperLine) -> Option<NaiveDate> {
        self.papers.order.due_on(&line.line)
    }

    /// For how many orders a line is.
    pub fn orders_of(&self, line: &PaperLine) -> i64 {
        *self.orders.get(&line.line.id).unwrap_or(&0)
    }

    /// Units that arrived.
    pub fn received(&self) -> Quantity {
        self.papers
            .lines
            .iter()
            .map(|line| line.line.received)
            .sum()
    }
}

/// Reads everything about a purchase order; as many statements however many lines it has. `shown` says
/// which of so many lines are shown.
pub fn order_view(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    today: NaiveDate,
    shown: impl FnOnce(usize) -> Range<usize>,
) -> QueryResult<OrderView> {
    let papers = letter::papers(conn, id, today)?;
    let shown = shown(papers.lines.len());
    let lines = &papers.lines[shown.clone()];
    let record = papers.order.record();
    let created_by = match papers.order.created_by {
        Some(user) => users::table.find(user).select(users::name).first(conn)?,
        None => String::new(),
    };
    let rate = match papers.order.rate {
        None => known_rate(conn, &papers.order.currency)?,
        said => said,
    };
    Ok(OrderView {
        rate,
        created_by,
        orders: orders_by_line(conn, id, lines)?,
        terms: terms(conn, papers.order.supplier_id, lines)?,
        receptions: of_order(conn, id)?,
        mails: outbox::of_record(conn, record)?,
        history: history::of(conn, record)?,
        shown,
        papers,
    })
}

/// Units still to come of each line of a purchase order, in the order of its lines.
pub fn to_come(conn: &mut PgConnection, id: PurchaseOrderId) -> QueryResult<Vec<Quantity>> {
    let lines = PurchaseLine::query()
        .filter(purchase_order_lines::purchase_order_id.eq(id))
        .order(purchase_order_lines::line_number);
    let lines: Vec<PurchaseLine> = lines.load(conn)?;
    Ok(lines.iter().map(PurchaseLine::to_come).collect())
}

/// How a supplier sells what these lines order.
pub fn terms<'a>(
    conn: &mut PgConnection,
    supplier: SupplierId,
    lines: impl IntoIterator<Item = &'a PaperLine>,
) -> QueryResult<HashMap<ProductId, Terms>> {
    let products = lines.into_iter().map(|line| line.line.product_id);
    let rows: Vec<(ProductId, Quantity, Quantity)> = supplier_products::table
        .filter(supplier_products::supplier_id.eq(supplier))
        .filter(supplier_products::product_id.eq_any(products))
        .select((
            supplier_products::product_id,
            supplier_products::minimum_quantity,
            supplier_products::pack_size,
        ))
        .load(conn)?;
    let terms = rows
        .into_iter()
        .map(|(product, least, pack)| (product, Terms { least, pack }));
    Ok(terms.collect())
}

/// How many orders wait for each of these lines: those it is promised to, or those that need it while it is a
/// draft.
fn orders_by_line(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    lines: &[PaperLine],
) -> QueryResult<HashMap<PurchaseLineId, i64>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = BigInt)]
        line: PurchaseLineId,
        #[diesel(sql_type = BigInt)]
        orders: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select l.id as line, count(distinct d.order_id) as orders
         from purchase_orders p
         join purchase_order_lines l on l.purchase_order_id = p.id
         join demand d on d.warehouse_id = p.warehouse_id and d.product_id = l.product_id
         left join supply s on s.id = d.supply_id
         where p.id = $1 and l.id = any($2)
           and (s.purchase_order_line_id = l.id or p.status = 'draft' and d.uncovered > 0)
         group by 1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.line.id).collect::<Vec<_>>())
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.line, row.orders)).collect())
}

/// A choice of a filter.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Choice {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// What the filters of the lists of purchasing offer.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub warehouses: Vec<(String, String)>,
    pub suppliers: Vec<(String, String)>,
}

/// The warehouses in use and the suppliers that are not archived, in one statement.
pub fn options(conn: &mut PgConnection) -> QueryResult<Options> {
    let rows: Vec<Choice> = diesel::sql_query(
        "select 'warehouse' as kind, id::text, name,
           case when is_primary then '' else code end as place
         from warehouses where is_active
         union all
         select 'supplier', id::text, name, lower(name) from suppliers where archived_at is null
         order by kind, place, id",
    )
    .load(conn)?;
    let mut options = Options::default();
    for row in rows {
        let list = if row.kind == "warehouse" {
            &mut options.warehouses
        } else {
            &mut options.suppliers
        };
        list.push((row.id, row.name));
    }
    Ok(options)
}
