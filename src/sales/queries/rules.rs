//! The shipping rules, and what they are laid against.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use crate::catalog::{self, Warehouse};
use crate::sales::routing::{Free, Router};
use crate::sales::{Rule, RuleInput, RuleWarehouse, Way};
use crate::schema::{
    channels, levels, products, shipping_rule_warehouses, shipping_rules, supplier_products,
    suppliers, warehouses,
};
use crate::stock::Place;
use crate::types::{
    ChannelId, Limit, ProductId, Quantity, ShippingRuleId, Sku, SupplierId, WarehouseId,
};

#[derive(HasQuery)]
#[diesel(table_name = shipping_rules)]
#[diesel(base_query = shipping_rules::table
    .left_join(channels::table)
    .left_join(products::table)
    .left_join(suppliers::table))]
struct RuleRow {
    id: ShippingRuleId,
    position: i32,
    country: String,
    shipping_method: String,
    channel_id: Option<ChannelId>,
    product_id: Option<ProductId>,
    supplier_id: Option<SupplierId>,
    way: Way,
    #[diesel(select_expression = channels::name.nullable())]
    channel: Option<String>,
    #[diesel(select_expression = products::sku.nullable())]
    sku: Option<Sku>,
    #[diesel(select_expression = suppliers::name.nullable())]
    supplier: Option<String>,
}

impl RuleRow {
    fn rule(self, warehouses: Vec<RuleWarehouse>) -> Rule {
        Rule {
            id: self.id,
            number: self.position,
            says: RuleInput {
                country: self.country,
                shipping_method: self.shipping_method,
                channel_id: self.channel_id,
                product_id: self.product_id,
                supplier_id: self.supplier_id,
                way: self.way,
            },
            channel: self.channel,
            sku: self.sku,
            supplier: self.supplier,
            warehouses,
        }
    }
}

/// All rules, in their order.
pub fn rules(conn: &mut PgConnection) -> QueryResult<Vec<Rule>> {
    let rows: Vec<RuleRow> = RuleRow::query()
        .order(shipping_rules::position)
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let looked_at: Vec<(ShippingRuleId, Warehouse)> = shipping_rule_warehouses::table
        .inner_join(warehouses::table)
        .order((
            shipping_rule_warehouses::rule_id,
            shipping_rule_warehouses::position,
        ))
        .select((shipping_rule_warehouses::rule_id, Warehouse::as_select()))
        .load(conn)?;
    let mut by_rule: HashMap<ShippingRuleId, Vec<RuleWarehouse>> = HashMap::new();
    for (rule, warehouse) in looked_at {
        by_rule.entry(rule).or_default().push(RuleWarehouse {
            id: warehouse.id,
            ships: warehouse.ships(),
            sells: warehouse.counts_for_selling,
            name: warehouse.name,
        });
    }
    let rules = rows.into_iter();
    Ok(rules
        .map(|row| {
            let warehouses = by_rule.remove(&row.id).unwrap_or_default();
            row.rule(warehouses)
        })
        .collect())
}

/// Whether there is any rule.
pub fn has_rules(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        shipping_rules::table.select(shipping_rules::id),
    ))
    .get_result(conn)
}

/// The rules, with what lies free of these products where they look: for one order, or for many. They
/// find no warehouse but those of a limit.
pub fn router(
    conn: &mut PgConnection,
    of: &BTreeSet<ProductId>,
    limit: &Limit,
) -> QueryResult<Router> {
    let mut rules = rules(conn)?;
    for rule in &mut rules {
        rule.warehouses.retain(|each| limit.admits(each.id));
    }
    let shipping = catalog::warehouses(conn)?;
    let mut shipping = shipping.iter().filter(|each| limit.admits(each.id));
    let last = match shipping.find(|each| each.ships()) {
        Some(first) => first.id,
        None => catalog::primary_warehouse(conn)?.id,
    };
    if rules.is_empty() {
        return Ok(Router {
            rules,
            supplier_of: HashMap::new(),
            free: Free::default(),
            last,
        });
    }
    let bought: Vec<(ProductId, SupplierId)> = supplier_products::table
        .filter(supplier_products::product_id.eq_any(of))
        .filter(supplier_products::is_primary)
        .select((
            supplier_products::product_id,
            supplier_products::supplier_id,
        ))
        .load(conn)?;
    let looked_at: BTreeSet<WarehouseId> = rules
        .iter()
        .flat_map(|rule| rule.warehouses.iter().map(|each| each.id))
        .collect();
    Ok(Router {
        rules,
        supplier_of: bought.into_iter().collect(),
        free: free(conn, &looked_at, of)?,
        last,
    })
}

/// What lies there and no order asks for.
fn free(
    conn: &mut PgConnection,
    warehouses: &BTreeSet<WarehouseId>,
    products: &BTreeSet<ProductId>,
) -> QueryResult<Free> {
    let kits: Vec<ProductId> = products.iter().copied().collect();
    let parts: HashMap<ProductId, Vec<(ProductId, Quantity)>> =
        catalog::parts_of_kits(conn, &kits)?
            .into_iter()
            .map(|(kit, parts)| {
                let parts = parts.into_iter();
                (
                    kit,
                    parts.map(|part| (part.product_id, part.quantity)).collect(),
                )
            })
            .collect();
    let of_kits = parts.values().flatten().map(|(part, _)| *part);
    let all: BTreeSet<ProductId> = products.iter().copied().chain(of_kits).collect();
    let rows: Vec<(WarehouseId, ProductId, Quantity, Quantity)> = levels::table
        .filter(levels::warehouse_id.eq_any(warehouses))
        .filter(levels::product_id.eq_any(all))
        .select((
            levels::warehouse_id,
            levels::product_id,
            levels::on_hand,
            levels::to_ship,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    let units = rows.map(|(warehouse, product, on_hand, to_ship)| {
        (Place::new(warehouse, product), on_hand.less(to_ship))
    });
    Ok(Free {
        units: units.collect(),
        parts,
    })
}
