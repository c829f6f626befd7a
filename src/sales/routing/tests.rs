//! Rules, and where lines go by them.

use super::{Asked, AskedLine, Free, Router};
use crate::sales::{Rule, RuleInput, RuleWarehouse, Way};
use crate::stock::Place;
use crate::types::{ProductId, Quantity, ShippingRuleId, Sku, SupplierId, WarehouseId};

const NORTH: u32 = 1;
const SOUTH: u32 = 2;
const MAIN: u32 = 3;
const MUG: u32 = 1;
const CUP: u32 = 2;
/// Two mugs and a cup.
const SET: u32 = 3;

fn rule(number: u32, way: Way, warehouses: &[u32]) -> Rule {
    let of = |nth: &u32| RuleWarehouse {
        id: WarehouseId::unwritten(*nth),
        name: format!("W{nth}"),
        ships: true,
        sells: true,
    };
    Rule {
        id: ShippingRuleId::unwritten(number),
        number: i32::try_from(number).expect("it is small"),
        says: RuleInput {
            country: String::new(),
            shipping_method: String::new(),
            channel_id: None,
            product_id: None,
            supplier_id: None,
            way,
        },
        channel: None,
        sku: None,
        supplier: None,
        warehouses: warehouses.iter().map(of).collect(),
    }
}

/// Rules, and what lies free: warehouse, product, units.
fn router(rules: Vec<Rule>, free: &[(u32, u32, u32)]) -> Router {
    let place = |warehouse, product| {
        Place::new(
            WarehouseId::unwritten(warehouse),
            ProductId::unwritten(product),
        )
    };
    let free = free.iter();
    Router {
        rules,
        supplier_of: [(ProductId::unwritten(MUG), SupplierId::unwritten(1))].into(),
        free: Free {
            units: free
                .map(|(warehouse, product, units)| {
                    (place(*warehouse, *product), Quantity::new(*units))
                })
                .collect(),
            parts: [(
                ProductId::unwritten(SET),
                vec![
                    (ProductId::unwritten(MUG), Quantity::new(2)),
                    (ProductId::unwritten(CUP), Quantity::new(1)),
                ],
            )]
            .into(),
        },
        last: WarehouseId::unwritten(MAIN),
    }
}

fn order(country: &'static str, lines: &[(u32, u32)]) -> Asked<'static> {
    let line = |(product, units): &(u32, u32)| AskedLine {
        product: Some(ProductId::unwritten(*product)),
        units: Quantity::new(*units),
        warehouse: None,
    };
    Asked {
        country,
        shipping_method: "Parcel",
        channel: "web",
        lines: lines.iter().map(line).collect(),
    }
}

/// Where the lines go, and by what.
fn routed(router: &mut Router, asked: &Asked<'_>) -> Vec<(u32, String)> {
    let to = |id: WarehouseId| {
        [NORTH, SOUTH, MAIN]
            .into_iter()
            .find(|nth| WarehouseId::unwritten(*nth) == id)
    };
    let routed = router.decide(asked).into_iter();
    routed
        .map(|routed| (to(routed.warehouse).expect("it is one of them"), routed.by))
        .collect()
}

#[test]
fn without_rules_the_primary_warehouse_ships_and_nothing_is_said() {
    let mut router = router(Vec::new(), &[]);

    assert_eq!(
        routed(&mut router, &order("CH", &[(MUG, 1)])),
        [(MAIN, String::new())]
    );
}

#[test]
fn the_first_rule_that_reaches_an_order_decides() {
    let mut to_ch = rule(1, Way::Named, &[NORTH]);
    to_ch.says.country = "CH, Switzerland".into();
    let mut of_express = rule(2, Way::Named, &[SOUTH]);
    of_express.says.shipping_method = "Express".into();
    let mut router = router(vec![to_ch, of_express], &[]);

    let mut express = order("DE", &[(MUG, 1)]);
    express.shipping_method = " express ";
    let both = |warehouse, by: &str| [(warehouse, by.to_owned())];
    assert_eq!(
        routed(&mut router, &order("switzerland", &[(MUG, 1)])),
        both(NORTH, "rule 1, country CH, Switzerland")
    );
    assert_eq!(
        routed(&mut router, &express),
        both(SOUTH, "rule 2, shipping method Express")
    );
    assert_eq!(
        routed(&mut router, &order("DE", &[(MUG, 1)])),
        both(MAIN, "no rule decided: the primary warehouse")
    );
}

#[test]
fn a_rule_of_a_channel_a_product_or_a_supplier_reaches_those_lines_alone() {
    let mut of_shop = rule(1, Way::Named, &[NORTH]);
    of_shop.channel = Some("Shop".into());
    let mut of_cups = rule(2, Way::Named, &[SOUTH]);
    of_cups.says.product_id = Some(ProductId::unwritten(CUP));
    of_cups.sku = Sku::parse("CUP").ok();
    let mut of_supplier = rule(3, Way::Named, &[NORTH]);
    of_supplier.says.supplier_id = Some(SupplierId::unwritten(1));
    of_supplier.supplier = Some("Hart".into());
    let mut router = router(vec![of_shop, of_cups, of_supplier], &[]);

    let asked = order("", &[(MUG, 1), (CUP, 1)]);

    assert_eq!(
        routed(&mut router, &asked),
        [
            (NORTH, "rule 3, supplier Hart".to_owned()),
            (SOUTH, "rule 2, SKU CUP".to_owned())
        ]
    );
}

#[test]
fn the_first_that_has_it_all_keeps_an_order_together() {
    let free = [(NORTH, MUG, 9), (SOUTH, MUG, 5), (SOUTH, CUP, 5)];
    let mut router = router(vec![rule(1, Way::HasAll, &[NORTH, SOUTH])], &free);
    let asked = order("", &[(MUG, 2), (CUP, 3), (MUG, 3)]);

    let first: Vec<u32> = routed(&mut router, &asked).iter().map(|to| to.0).collect();
    let second: Vec<u32> = routed(&mut router, &asked).iter().map(|to| to.0).collect();

    assert_eq!(first, [SOUTH, SOUTH, SOUTH]);
    assert_eq!(second, [MAIN, MAIN, MAIN], "it is not free any more");
}

#[test]
fn the_first_that_has_the_line_may_part_an_order() {
    let free = [(NORTH, MUG, 3), (SOUTH, MUG, 9), (SOUTH, CUP, 5)];
    let mut router = router(vec![rule(1, Way::HasLine, &[NORTH, SOUTH])], &free);
    let asked = order("", &[(MUG, 2), (MUG, 2), (CUP, 6)]);

    let to: Vec<u32> = routed(&mut router, &asked).iter().map(|to| to.0).collect();

    assert_eq!(to, [NORTH, SOUTH, MAIN], "nobody has six cups");
}

#[test]
fn what_somebody_chose_stays_and_is_not_free_for_others() {
    let free = [(NORTH, MUG, 5)];
    let mut router = router(vec![rule(1, Way::HasLine, &[NORTH])], &free);
    let mut asked = order("", &[(MUG, 3), (MUG, 4)]);
    asked.lines[1].warehouse = Some(WarehouseId::unwritten(NORTH));

    let to = routed(&mut router, &asked);

    assert_eq!(to[0].0, MAIN, "one is left");
    assert_eq!(to[1], (NORTH, String::new()));
}

#[test]
fn where_nothing_ships_or_sells_no_rule_looks() {
    let mut rules = vec![rule(1, Way::HasLine, &[NORTH, SOUTH])];
    rules[0].warehouses[0].ships = false;
    rules[0].warehouses[1].sells = false;
    let mut router = router(rules, &[(NORTH, MUG, 5), (SOUTH, MUG, 5)]);
    let mut asked = order("", &[(MUG, 1)]);
    asked.lines.push(AskedLine {
        product: None,
        ..asked.lines[0]
    });

    let to: Vec<u32> = routed(&mut router, &asked).iter().map(|to| to.0).collect();

    assert_eq!(to, [MAIN, MAIN]);
}

#[test]
fn a_kit_goes_where_all_its_parts_lie_and_leaves_fewer_of_them_for_the_next_line() {
    let free = [(NORTH, MUG, 9), (SOUTH, MUG, 5), (SOUTH, CUP, 2)];
    let mut router = router(vec![rule(1, Way::HasLine, &[NORTH, SOUTH])], &free);

    let to: Vec<u32> = routed(&mut router, &order("DE", &[(SET, 2), (SET, 1), (MUG, 1)]))
        .into_iter()
        .map(|(warehouse, _)| warehouse)
        .collect();

    assert_eq!(
        to,
        [SOUTH, MAIN, NORTH],
        "one mug is left in the south, for no set"
    );
}
