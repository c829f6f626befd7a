//! What the sales desk does.

use std::collections::BTreeSet;

use backfill::db::Act;
use backfill::error::Result;
use backfill::preparation::{self, Parcels};
use backfill::sales::{self, EditedLine, NewLine, NewOrder, Order, OrderInput};
use backfill::schema::turns;
use backfill::stock::{self, HandMove, Pinning, Priority, ShippingPolicy};
use backfill::types::{Money, OrderId, OrderLineId, Quantity};
use chrono::Utc;
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "an order of one line",
        act: |w, conn, dice| places(w, conn, dice, 1, |_| {}),
    },
    Step {
        name: "an order of three lines",
        act: |w, conn, dice| places(w, conn, dice, 3, |_| {}),
    },
    Step {
        name: "an urgent order",
        act: |w, conn, dice| places(w, conn, dice, 2, |order| order.priority = Priority::Urgent),
    },
    Step {
        name: "an order that can wait",
        act: |w, conn, dice| places(w, conn, dice, 1, |order| order.priority = Priority::Low),
    },
    Step {
        name: "an order for a day",
        act: |w, conn, dice| {
            let day = Utc::now().date_naive() + chrono::Days::new(dice.between(3, 1, 9).into());
            places(w, conn, dice, 1, |order| order.required_by = Some(day))
        },
    },
    Step {
        name: "an order placed long ago",
        act: |w, conn, dice| {
            let long_ago = Walker::minute(dice, 3);
            places(w, conn, dice, 1, |order| order.placed_at = long_ago)
        },
    },
    Step {
        name: "an order that leaves whole",
        act: |w, conn, dice| {
            places(w, conn, dice, 2, |order| {
                order.shipping_policy = ShippingPolicy::CompleteOnly
            })
        },
    },
    Step {
        name: "many orders at once",
        act: |w, conn, dice| {
            let orders: Vec<NewOrder> = (0..5)
                .map(|at| new_order(w, Dice(dice.0.map(|die| die.wrapping_mul(2 * at + 1))), 2))
                .collect();
            sales::place(conn, &orders)?;
            Ok(())
        },
    },
    Step {
        name: "more is wanted",
        act: |w, conn, dice| {
            edits(w, conn, dice, |_, lines| {
                change_first(lines, |units| units + 2)
            })
        },
    },
    Step {
        name: "less is wanted",
        act: |w, conn, dice| {
            edits(w, conn, dice, |_, lines| {
                change_first(lines, |units| units.saturating_sub(1))
            })
        },
    },
    Step {
        name: "a line is added",
        act: |w, conn, dice| {
            let line = new_line(w, dice, 2);
            edits(w, conn, dice, move |_, lines| {
                lines.push(EditedLine {
                    line: None,
                    product: line.product,
                    warehouse: line.warehouse,
                    wanted: line.ordered,
                    unit_price: Money::ZERO,
                });
            })
        },
    },
    Step {
        name: "a line is left out",
        act: |w, conn, dice| {
            edits(w, conn, dice, |_, lines| {
                lines.pop();
            })
        },
    },
    Step {
        name: "another priority",
        act: |w, conn, dice| {
            let priority = dice.choose(1, Priority::ALL);
            edits(w, conn, dice, move |input, _| input.priority = priority)
        },
    },
    Step {
        name: "another priority, with a reason",
        act: |w, conn, dice| {
            let priority = dice.choose(1, Priority::ALL).expect("a priority");
            on_order(w, conn, dice, |conn, order| {
                let act = &mut conn.of(w.person);
                Ok(sales::prioritise(act, order, priority, "a wedding")?)
            })
        },
    },
    Step {
        name: "another day",
        act: |w, conn, dice| {
            let day = Utc::now().date_naive() + chrono::Days::new(dice.between(1, 1, 9).into());
            edits(w, conn, dice, move |input, _| input.required_by = Some(day))
        },
    },
    Step {
        name: "another warehouse",
        act: |w, conn, dice| {
            let warehouse = w.warehouses[dice.between(1, 0, 1) as usize];
            edits(w, conn, dice, move |_, lines| {
                lines
                    .iter_mut()
                    .for_each(|line| line.warehouse = Some(warehouse));
            })
        },
    },
    Step {
        name: "a line ships from elsewhere",
        act: |w, conn, dice| {
            let warehouse = w.warehouses[dice.between(1, 0, 1) as usize];
            match dice.choose(0, &w.queued(conn)?) {
                Some((order, line)) => Ok(sales::reroute(
                    &mut conn.of(w.person),
                    order,
                    line,
                    warehouse,
                    "sooner",
                )?),
                None => Ok(()),
            }
        },
    },
    Step {
        name: "an order is cancelled",
        act: |w, conn, dice| {
            on_order(w, conn, dice, |conn, order| {
                Ok(sales::cancel(&mut conn.of(w.person), order, "not wanted")?)
            })
        },
    },
    Step {
        name: "some of a line is cancelled",
        act: |w, conn, dice| {
            let Some((order, line)) = dice.choose(0, &w.queued(conn)?) else {
                return Ok(());
            };
            let units = dice.units(1);
            let act = &mut conn.of(w.person);
            Ok(sales::cancel_line(act, order, line, units, "too many")?)
        },
    },
    Step {
        name: "the sets of a kit are broken",
        act: |w, conn, dice| match dice.choose(0, &w.queued(conn)?) {
            Some((order, line)) => Ok(sales::break_sets(
                &mut conn.of(w.person),
                order,
                line,
                "the customer cannot wait",
            )?),
            None => Ok(()),
        },
    },
    Step {
        name: "a kit is packed of other parts",
        act: |w, conn, dice| w.packs(conn, dice),
    },
    Step {
        name: "an order is held",
        act: |w, conn, dice| {
            on_order(w, conn, dice, |conn, order| {
                let parcels = dice.choose(1, &[None, Some(Parcels::GoOn), Some(Parcels::GiveBack)]);
                let act = &mut conn.of(w.person);
                Ok(preparation::hold(act, order, parcels.flatten(), "unpaid")?)
            })
        },
    },
    Step {
        name: "an order is released",
        act: |w, conn, dice| {
            on_order(w, conn, dice, |conn, order| {
                Ok(sales::release(&mut conn.of(w.person), order)?)
            })
        },
    },
    Step {
        name: "a line is pinned",
        act: |w, conn, dice| pins(w, conn, dice, Pinning::Pin),
    },
    Step {
        name: "a line is unpinned",
        act: |w, conn, dice| pins(w, conn, dice, Pinning::Unpin),
    },
    Step {
        name: "units are moved to another order",
        act: |w, conn, dice| {
            let queued = w.queued(conn)?;
            let (from, to) = (dice.choose(0, &queued), dice.choose(1, &queued));
            moves(conn, from.map(|line| line.1), to.map(|line| line.1), dice)
        },
    },
    Step {
        name: "units are released",
        act: |w, conn, dice| {
            let from = dice.choose(0, &w.queued(conn)?).map(|line| line.1);
            moves(conn, from, None, dice)
        },
    },
    Step {
        name: "a move by hand is taken back",
        act: |_, conn, dice| {
            let moved: Vec<OrderLineId> = turns::table
                .order(turns::id)
                .select(turns::order_line_id)
                .load(conn.conn())?;
            if let Some(line) = dice.choose(0, &moved) {
                stock::undo_move(conn, line, "thought again")?;
            }
            Ok(())
        },
    },
];

fn moves(
    conn: &mut Act<'_>,
    from: Option<OrderLineId>,
    to: Option<OrderLineId>,
    dice: Dice,
) -> Result<()> {
    if let Some(from) = from {
        let quantity = Quantity::new(dice.between(2, 1, 3));
        let wanted = HandMove { from, to, quantity };
        stock::move_units(conn, wanted, "a wedding")?;
    }
    Ok(())
}

fn new_line(walker: &Walker, dice: Dice, at: u32) -> NewLine {
    NewLine {
        product: walker.sold[dice.between(0, 0, 19 + at) as usize % walker.sold.len()],
        warehouse: (dice.between(3, 0, 3) > 0)
            .then(|| walker.warehouses[usize::from(dice.between(1, 0, 4 + at) == 0)]),
        ordered: dice.units(2),
        unit_price: Money::ZERO,
    }
}

fn new_order(walker: &Walker, dice: Dice, lines: u32) -> NewOrder {
    NewOrder {
        number: None,
        channel: "walk".into(),
        external_reference: String::new(),
        customer: walker.customer,
        ship_to: String::new(),
        country: String::new(),
        email: String::new(),
        currency: "EUR".into(),
        placed_at: Utc::now(),
        priority: Priority::Normal,
        required_by: None,
        shipping_policy: ShippingPolicy::PartialAllowed,
        shipping_method: String::new(),
        note: String::new(),
        lines: (0..lines).map(|at| new_line(walker, dice, at)).collect(),
    }
}

fn places(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    lines: u32,
    change: impl FnOnce(&mut NewOrder),
) -> Result<()> {
    let mut order = new_order(walker, dice, lines);
    change(&mut order);
    sales::place(conn, &[order])?;
    Ok(())
}

fn on_order(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    act: impl FnOnce(&mut Act<'_>, OrderId) -> Result<()>,
) -> Result<()> {
    match dice.choose(0, &walker.open_orders(conn)?) {
        Some(order) => act(conn, order),
        None => Ok(()),
    }
}

fn edits(
    walker: &Walker,
    conn: &mut Act<'_>,
    dice: Dice,
    change: impl FnOnce(&mut OrderInput, &mut Vec<EditedLine>),
) -> Result<()> {
    on_order(walker, conn, dice, |conn, id| {
        let order: Order = Order::query().find(id).first(conn.conn())?;
        let lines = sales::lines_of(conn, id)?.into_iter();
        let mut lines: Vec<EditedLine> = lines
            .filter(|line| !line.is_part() && !line.to_ship().is_zero())
            .map(|line| EditedLine {
                line: Some(line.id),
                product: line.product_id,
                warehouse: Some(line.warehouse_id),
                wanted: Quantity::new(line.shipped.get() + line.to_ship().get()),
                unit_price: line.unit_price,
            })
            .collect();
        let shown: BTreeSet<OrderLineId> = lines.iter().filter_map(|line| line.line).collect();
        let mut input = OrderInput {
            external_reference: order.external_reference,
            ship_to: order.ship_to,
            country: order.country,
            email: order.email,
            priority: None,
            required_by: order.required_by,
            shipping_policy: order.shipping_policy,
            shipping_method: order.shipping_method,
            note: order.note,
            lines: Vec::new(),
            taken_out: BTreeSet::new(),
            giving_up: Some("fewer guests".into()),
        };
        change(&mut input, &mut lines);
        input.lines = lines;
        let kept = input.lines.iter().filter_map(|line| line.line).collect();
        input.taken_out = &shown - &kept;
        let act = &mut conn.of(walker.person);
        Ok(sales::edit(act, id, order.version, &input)?)
    })
}

fn change_first(lines: &mut [EditedLine], change: impl FnOnce(u32) -> u32) {
    if let Some(line) = lines.first_mut() {
        line.wanted = Quantity::new(change(line.wanted.get()));
    }
}

fn pins(walker: &Walker, conn: &mut Act<'_>, dice: Dice, pinning: Pinning) -> Result<()> {
    let Some((_, line)) = dice.choose(0, &walker.queued(conn)?) else {
        return Ok(());
    };
    stock::pin(conn, line, pinning, "by hand")?;
    Ok(())
}
