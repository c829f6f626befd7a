//! One return: whose it is, what is in it, and where its units went.

use std::collections::{BTreeMap, HashMap};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::lines::{LineBack, lines_back};
use crate::catalog::{self, Warehouse};
use crate::db::history;
use crate::returns::Return;
use crate::sales::{self, Customer, Order};
use crate::schema::{orders, returns, users};
use crate::stock::{self, Assigned, MoveReason};
use crate::types::{ProductId, Quantity, ReturnId, UserId, WarehouseId};

/// One return.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn one(conn: &mut PgConnection, id: ReturnId) -> QueryResult<Return> {
    Return::query().filter(returns::id.eq(id)).first(conn)
}

/// Everything about one return.
pub struct ReturnView {
    pub of: Return,
    pub order: Order,
    pub customer: Customer,
    /// Where it is received.
    pub warehouse: Warehouse,
    pub lines: Vec<LineBack>,
    /// The number of the order that replaces it.
    pub replacement: Option<String>,
    /// Who announced it, and who received it; empty: Backfill itself.
    pub people: [String; 2],
    /// Where its units went.
    pub products: Vec<Product>,
    /// What was done, latest first.
    pub history: Vec<history::Entry>,
}

/// Reads everything about a return.
pub fn view(conn: &mut PgConnection, id: ReturnId) -> QueryResult<ReturnView> {
    let of = one(conn, id)?;
    let order = sales::order(conn, of.order_id)?;
    let lines = lines_back(conn, Some(&of), of.order_id)?;
    let replacement = of.replacement_order_id.map(|placed| {
        let placed = orders::table.filter(orders::id.eq(placed));
        placed.select(orders::number).first(conn).optional()
    });
    Ok(ReturnView {
        customer: sales::customer(conn, order.customer_id)?,
        warehouse: catalog::warehouse(conn, of.warehouse_id)?,
        lines,
        replacement: replacement.transpose()?.flatten(),
        people: [person(conn, of.created_by)?, person(conn, of.received_by)?],
        products: products(conn, &of)?,
        history: history::of(conn, of.record())?,
        order,
        of,
    })
}

fn person(conn: &mut PgConnection, id: Option<UserId>) -> QueryResult<String> {
    let Some(id) = id else {
        return Ok(String::new());
    };
    users::table.find(id).select(users::name).first(conn)
}

/// Units of a product that came back, and where they went.
pub struct Product {
    pub id: ProductId,
    pub sku: String,
    pub name: String,
    pub units: Quantity,
    /// Orders that got good ones, in queue order.
    pub orders: Vec<Assigned>,
    /// Where the others went, each with how many.
    pub went: Vec<(WentTo, Quantity)>,
}

/// Where units went that no order got.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WentTo {
    /// A bin.
    Bin(String),
    /// Where there are no bins.
    Shelf,
    /// A warehouse of defective goods.
    Defective(String),
    /// A bin whose goods are not usable.
    Quarantine(String),
    /// Away: nothing takes what is damaged.
    Scrap,
}

impl WentTo {
    /// In words: `to bin A-03`.
    pub fn words(&self) -> String {
        match self {
            Self::Bin(code) => format!("to bin {code}"),
            Self::Shelf => "to the shelf".into(),
            Self::Defective(code) => format!("to {code}"),
            Self::Quarantine(code) => format!("to quarantine {code}"),
            Self::Scrap => "scrapped".into(),
        }
    }

    /// More about it.
    pub const fn because(&self) -> &'static str {
        match self {
            Self::Bin(_) | Self::Shelf => "nobody waits for what is left",
            Self::Defective(_) | Self::Quarantine(_) => "damaged",
            Self::Scrap => "damaged, and there is no place for defective goods",
        }
    }

    const fn is_good(&self) -> bool {
        matches!(self, Self::Bin(_) | Self::Shelf)
    }
}

/// A movement of a return.
#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Moved {
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Text)]
    sku: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Integer)]
    quantity: Quantity,
    #[diesel(sql_type = Text)]
    reason: MoveReason,
    #[diesel(sql_type = Nullable<BigInt>)]
    to_id: Option<WarehouseId>,
    #[diesel(sql_type = Text)]
    warehouse: String,
    #[diesel(sql_type = Nullable<Text>)]
    bin: Option<String>,
}

impl Moved {
    fn went_to(&self, of: &Return) -> WentTo {
        let bin = self.bin.clone();
        match self.to_id {
            _ if self.reason == MoveReason::Scrap => WentTo::Scrap,
            None => WentTo::Quarantine(bin.unwrap_or_default()),
            Some(to) if to != of.warehouse_id => WentTo::Defective(self.warehouse.clone()),
            Some(_) => bin.map_or(WentTo::Shelf, WentTo::Bin),
        }
    }
}

fn moved(conn: &mut PgConnection, of: &Return) -> QueryResult<Vec<Moved>> {
    diesel::sql_query(
        "select m.product_id, p.sku, p.name, m.quantity, m.reason, m.to_warehouse_id as to_id,
           coalesce(w.code, '') as warehouse, coalesce(b.code, f.code) as bin
         from movements m
         join products p on p.id = m.product_id
         left join public.warehouses w on w.id = m.to_warehouse_id
         left join locations b on b.id = m.to_location_id
         left join locations f on f.id = m.from_location_id
         where m.return_id = $1
         order by p.sku, m.id",
    )
    .bind::<BigInt, _>(of.id)
    .load(conn)
}

fn products(conn: &mut PgConnection, of: &Return) -> QueryResult<Vec<Product>> {
    let moved = moved(conn, of)?;
    let mut assigned: HashMap<ProductId, Vec<Assigned>> = HashMap::new();
    for each in stock::assigned_by_return(conn, of.id)? {
        assigned.entry(each.product_id).or_default().push(each);
    }
    let of_product = moved.chunk_by(|one, next| one.product_id == next.product_id);
    let products = of_product.filter_map(|moved| {
        let first = moved.first()?;
        let orders = assigned.remove(&first.product_id).unwrap_or_default();
        Some(product(of, first, moved, orders))
    });
    Ok(products.collect())
}

/// What was scrapped came in first, where good units go: it is taken off there, and so is what orders
/// got.
fn product(of: &Return, first: &Moved, moved: &[Moved], orders: Vec<Assigned>) -> Product {
    let mut went: BTreeMap<WentTo, Quantity> = BTreeMap::new();
    let mut taken: Quantity = orders.iter().map(|order| order.quantity).sum();
    for each in moved {
        let to = each.went_to(of);
        if to == WentTo::Scrap {
            taken += each.quantity;
        }
        *went.entry(to).or_default() += each.quantity;
    }
    for (_, units) in went.iter_mut().filter(|(to, _)| to.is_good()) {
        let off = taken.min(*units);
        *units = units.less(off);
        taken = taken.less(off);
    }
    let came = moved.iter().filter(|each| each.reason != MoveReason::Scrap);
    Product {
        id: first.product_id,
        sku: first.sku.clone(),
        name: first.name.clone(),
        units: came.map(|each| each.quantity).sum(),
        orders,
        went: went
            .into_iter()
            .filter(|(_, units)| !units.is_zero())
            .collect(),
    }
}
