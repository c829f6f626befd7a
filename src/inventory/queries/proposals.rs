//! What one warehouse needs and another can spare: transfers that are proposed before anything is
//! bought.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text};
use serde::{Deserialize, Serialize};

use crate::db::{sql, words};
use crate::stock::{self, Place, SPARES_SQL, Spare};
use crate::types::{ProductId, Quantity, Sku, WarehouseId};

/// Needs that are looked at, the most urgent first.
const MOST: usize = 200;

/// What proposals are narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProposalFilter {
    /// Parts of a SKU or a name.
    pub q: String,
    /// The id of the warehouse that can spare goods.
    pub from: String,
    /// Of the one that needs them.
    pub to: String,
}

impl ProposalFilter {
    fn from(&self) -> Option<WarehouseId> {
        self.from.parse().ok()
    }

    fn to(&self) -> Option<WarehouseId> {
        self.to.parse().ok()
    }
}

/// Identifies a proposal in a form: `2-1-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProposalKey {
    pub from: WarehouseId,
    pub to: WarehouseId,
    pub product: ProductId,
}

impl fmt::Display for ProposalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.from, self.to, self.product)
    }
}

impl FromStr for ProposalKey {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or(());
        Ok(Self {
            from: next()?.parse().map_err(|_| ())?,
            to: next()?.parse().map_err(|_| ())?,
            product: next()?.parse().map_err(|_| ())?,
        })
    }
}

/// Units that could go from one warehouse to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub key: ProposalKey,
    /// Code of the warehouse that can spare them.
    pub source: String,
    /// Code of the one that needs them.
    pub target: String,
    pub sku: Sku,
    pub product: String,
    /// Units that are needed there, with what is on its way and drafted taken off.
    pub needed: Quantity,
    /// Of these, units that orders wait for.
    pub for_orders: Quantity,
    /// Units that can be spared.
    pub spare: Quantity,
    /// Units to send.
    pub units: Quantity,
}

/// What is proposed.
#[derive(Debug, Clone, Default)]
pub struct Proposals {
    pub rows: Vec<Proposal>,
    /// Whether less urgent needs were not looked at.
    pub has_more: bool,
}

/// What a place needs.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Need {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = Text)]
    warehouse: String,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Text)]
    sku: Sku,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = Integer)]
    needed: Quantity,
    #[diesel(sql_type = Integer)]
    for_orders: Quantity,
}

impl Need {
    const fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }
}

/// The transfers that a filter leaves of those that would save buying, the most urgent first.
pub fn proposals(conn: &mut PgConnection, filter: &ProposalFilter) -> QueryResult<Proposals> {
    let mut needs = needs(conn, filter)?;
    let has_more = needs.len() > MOST;
    needs.truncate(MOST);
    let mut spares = stock::spares(conn, needs.iter().map(Need::place))?;
    if let Some(from) = filter.from() {
        spares.retain(|spare| spare.source_id == from);
    }
    Ok(Proposals {
        rows: share(&needs, &spares),
        has_more,
    })
}

/// Gives each need, in its turn, what is left of what can be spared for it.
fn share(needs: &[Need], spares: &[Spare]) -> Vec<Proposal> {
    let mut by_place: HashMap<Place, Vec<&Spare>> = HashMap::new();
    for spare in spares {
        by_place.entry(spare.place()).or_default().push(spare);
    }
    let mut given: HashMap<(WarehouseId, ProductId), Quantity> = HashMap::new();
    let mut all = Vec::new();
    for need in needs {
        let mut missing = need.needed;
        for spare in by_place.get(&need.place()).into_iter().flatten() {
            let gone = given.entry((spare.source_id, need.product_id)).or_default();
            let units = missing.min(spare.units.less(*gone));
            if units.is_zero() {
                continue;
            }
            let left = spare.units.less(*gone);
            *gone += units;
            missing = missing.less(units);
            all.push(Proposal {
                key: ProposalKey {
                    from: spare.source_id,
                    to: need.warehouse_id,
                    product: need.product_id,
                },
                source: spare.source.clone(),
                target: need.warehouse.clone(),
                sku: need.sku.clone(),
                product: need.product.clone(),
                needed: need.needed,
                for_orders: need.for_orders,
                spare: left,
                units,
            });
        }
    }
    all
}

/// What places need that others could spare: units that orders wait for first.
fn needs(conn: &mut PgConnection, filter: &ProposalFilter) -> QueryResult<Vec<Need>> {
    sql!(
        &format!(
            "with drafted as materialized (
               select o.warehouse_id, l.product_id, l.ordered - l.cancelled as units
               from purchase_orders o join purchase_order_lines l on l.purchase_order_id = o.id
               where o.status = 'draft'
               union all
               select t.to_warehouse_id, l.product_id, l.quantity
               from transfers t join transfer_lines l on l.transfer_id = t.id
               where t.status = 'draft'
             ), drafts as materialized (
               select warehouse_id, product_id, sum(units) as units from drafted group by 1, 2
             )
             select n.warehouse_id, c.code as warehouse, n.product_id, p.sku, p.name as product,
               least(n.backorder_need + n.low_stock_need - n.incoming - coalesce(d.units, 0),
                 1000000000)::int4 as needed,
               greatest(0, least(n.minimum - coalesce(d.units, 0), 1000000000))::int4 as for_orders
             from levels n
             join warehouses c on c.id = n.warehouse_id and c.is_active and c.in_supply_needs
             join products p on p.id = n.product_id and p.archived_at is null
             left join drafts d on d.warehouse_id = n.warehouse_id and d.product_id = n.product_id
             where (n.backorder_need > 0 or n.low_stock_need > 0)
               and n.backorder_need + n.low_stock_need - n.incoming > coalesce(d.units, 0)
               and (:target is null or n.warehouse_id = :target)
               and not exists (select from unnest(:words) as word
                 where not (p.sku ilike word or p.name ilike word))
               and exists (
                 select from levels l join warehouses w on w.id = l.warehouse_id
                 where l.product_id = n.product_id and l.warehouse_id <> n.warehouse_id
                   and (:source is null or l.warehouse_id = :source) and {SPARES_SQL})
             order by n.minimum desc, n.warehouse_id desc, n.product_id desc
             limit :most"
        ),
        target: Nullable<BigInt> = filter.to(),
        source: Nullable<BigInt> = filter.from(),
        words: Array<Text> = words(&filter.q),
        most: BigInt = i64::try_from(MOST + 1).unwrap_or(i64::MAX),
    )
    .load(conn)
}
