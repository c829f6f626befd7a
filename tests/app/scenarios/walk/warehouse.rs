//! What the warehouse crew and its lead do.

use backfill::catalog::{self, AllocationPolicy, Warehouse};
use backfill::db::Act;
use backfill::error::Result;
use backfill::inventory::{self, AdjustInput, WarehouseInput};
use backfill::preparation::{self, Departure};
use backfill::returns::{self, Back, NewReturn, Receiving, ReturnReason};
use backfill::sales;
use backfill::schema::{movements, order_lines};
use backfill::stock::{MoveReason, Place};
use backfill::types::{Change, MovementId, OrderId, OrderLineId, Quantity, ShipmentId};
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "an order is prepared",
        act: |w, conn, dice| {
            let Some(order) = dice.choose(0, &w.open_orders(conn)?) else {
                return Ok(());
            };
            let warehouse = w.warehouses[usize::from(dice.between(1, 0, 3) == 0)];
            preparation::prepare(conn, order, warehouse)?;
            Ok(())
        },
    },
    Step {
        name: "many orders are prepared",
        act: |w, conn, dice| {
            let orders: Vec<OrderId> = w.open_orders(conn)?.into_iter().take(4).collect();
            let warehouse = w.warehouses[usize::from(dice.between(1, 0, 3) == 0)];
            preparation::prepare_all(conn, &orders, warehouse)?;
            Ok(())
        },
    },
    Step {
        name: "a parcel is picked",
        act: |w, conn, dice| {
            on_parcel(w, conn, dice, |conn, parcel| {
                preparation::mark_picked(conn, parcel)?;
                Ok(())
            })
        },
    },
    Step {
        name: "a parcel is packed",
        act: |w, conn, dice| {
            on_parcel(w, conn, dice, |conn, parcel| {
                preparation::pack_unscanned(conn, parcel)?;
                Ok(())
            })
        },
    },
    Step {
        name: "a parcel leaves",
        act: |w, conn, dice| {
            on_parcel(w, conn, dice, |conn, parcel| {
                preparation::ship(conn, parcel, &Departure::default())?;
                Ok(())
            })
        },
    },
    Step {
        name: "a parcel is given back",
        act: |w, conn, dice| {
            on_parcel(w, conn, dice, |conn, parcel| {
                preparation::give_back(conn, parcel)?;
                Ok(())
            })
        },
    },
    Step {
        name: "a customer sends units back",
        act: |w, conn, dice| sends_back(w, conn, dice),
    },
    Step {
        name: "units are found",
        act: |w, conn, dice| adjusts(w, conn, dice, 1, MoveReason::Count),
    },
    Step {
        name: "units are missing",
        act: |w, conn, dice| adjusts(w, conn, dice, -1, MoveReason::Adjustment),
    },
    Step {
        name: "units are broken",
        act: |w, conn, dice| adjusts(w, conn, dice, -1, MoveReason::Scrap),
    },
    Step {
        name: "a movement was a mistake",
        act: |_, conn, dice| {
            let all: Vec<MovementId> = movements::table
                .filter(movements::shipment_id.is_null())
                .order(movements::id)
                .select(movements::id)
                .load(conn.conn())?;
            if let Some(wrong) = dice.choose(0, &all) {
                inventory::correct(conn, wrong, "walked back")?;
            }
            Ok(())
        },
    },
    Step {
        name: "the policy of a warehouse changes",
        act: |w, conn, dice| {
            let warehouse = w.warehouses[dice.between(0, 0, 1) as usize];
            let Warehouse { code, name, .. } = catalog::warehouse(conn, warehouse)?;
            let input = WarehouseInput {
                code,
                name,
                allocation_policy: dice.choose(1, AllocationPolicy::ALL).expect("a policy"),
                collect_after_days: dice.choose(2, &[0, 1, 30]).expect("some days"),
                ..WarehouseInput::default()
            };
            inventory::edit_warehouse(conn, warehouse, &input, &dice.agreement())?;
            Ok(())
        },
    },
    Step {
        name: "the rules of where orders ship from change places",
        act: |_, conn, dice| {
            let rules = sales::rules(conn)?;
            let number = dice.choose(0, &[1, 2]).expect("a number");
            Ok(sales::number_rule(conn, rules[0].id, number)?)
        },
    },
    Step {
        name: "the company thinks again of orders on hold",
        act: |w, conn, dice| {
            let mut company = w.company(conn)?;
            company.held_orders_keep_stock = dice.between(0, 0, 1) == 0;
            let agreed = dice.agreement();
            Ok(inventory::change_company(conn, &company, &agreed)?)
        },
    },
];

fn on_parcel(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    act: impl FnOnce(&mut Act<'_>, ShipmentId) -> Result<()>,
) -> Result<()> {
    match dice.choose(0, &walker.parcels(conn)?) {
        Some(parcel) => act(conn, parcel),
        None => Ok(()),
    }
}

fn adjusts(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    sign: i32,
    reason: MoveReason,
) -> Result<()> {
    let warehouse = walker.warehouses[usize::from(dice.between(1, 0, 3) == 0)];
    let product = walker.products[dice.between(0, 0, 2) as usize];
    let units = i32::try_from(dice.between(2, 1, 8)).expect("few units");
    let input = AdjustInput {
        bin: None,
        place: Place::new(warehouse, product),
        change: Change::new(sign * units),
        reason,
        note: "walking".into(),
    };
    inventory::adjust(conn, &input)?;
    Ok(())
}

/// Some good, some damaged, of a line that left: of a kit whole sets, of its parts none alone.
fn sends_back(walker: &Walker, conn: &mut Act<'_>, dice: Dice) -> Result<()> {
    let left: Vec<(OrderId, OrderLineId)> = order_lines::table
        .filter(order_lines::warehouse_id.eq_any(&walker.warehouses))
        .filter(order_lines::shipped.gt(order_lines::returned))
        .order(order_lines::id)
        .select((order_lines::order_id, order_lines::id))
        .load(conn.conn())?;
    let Some((order, line)) = dice.choose(0, &left) else {
        return Ok(());
    };
    let new = NewReturn {
        order,
        warehouse: None,
        note: String::new(),
        lines: Vec::new(),
    };
    let found = Back {
        line,
        good: Quantity::new(dice.between(1, 0, 2)),
        damaged: Quantity::new(dice.between(2, 0, 1)),
        missing: Quantity::ZERO,
        reason: ReturnReason::Other,
        bin: String::new(),
    };
    let returned = returns::announce(conn, &new)?;
    let (lines, note) = (vec![found], String::new());
    Ok(returns::receive(
        conn,
        returned.id,
        &Receiving { lines, note },
    )?)
}
