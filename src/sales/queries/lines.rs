//! The lines of an order, as pages show them: kits look as their parts let them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::sales::OrderLine;
use crate::schema::{demand, order_lines, products, warehouses};
use crate::stock::LineLook;
use crate::types::{OrderId, OrderLineId, Quantity, Sku};

/// A line on the page of its order.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = order_lines)]
#[diesel(base_query = order_lines::table
    .inner_join(products::table)
    .inner_join(warehouses::table)
    .left_join(demand::table))]
pub(in crate::sales) struct LineShown {
    #[diesel(embed)]
    pub line: OrderLine,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = products::name)]
    pub name: String,
    #[diesel(select_expression = warehouses::code)]
    pub warehouse_code: String,
    #[diesel(select_expression = warehouses::name)]
    pub warehouse: String,
    #[diesel(select_expression = demand::reserved.nullable())]
    reserved: Option<Quantity>,
    #[diesel(select_expression = demand::taken.nullable())]
    taken: Option<Quantity>,
    #[diesel(select_expression = demand::uncovered.nullable())]
    uncovered: Option<Quantity>,
    #[diesel(select_expression = demand::expected_on.nullable())]
    expected_on: Option<NaiveDate>,
}

impl LineShown {
    /// A line of a kit as its parts have it, in sets: reserved when all parts are, expected with the
    /// last of them.
    fn as_kit_of(&mut self, parts: &[Self]) {
        let part = |read: fn(&Self) -> Quantity| {
            let sets = move |part: &Self| read(part).over(part.line.per_kit.unwrap_or_default());
            parts.iter().map(sets).min()
        };
        let uncovered = parts.iter().map(|part| {
            let units = part.uncovered.unwrap_or_default();
            part.line.sets_touched(units)
        });
        self.reserved = part(Self::reserved);
        self.taken = part(Self::taken);
        self.uncovered = uncovered.max();
        let is_covered = self.uncovered.is_none_or(Quantity::is_zero);
        let days = parts.iter().filter_map(|part| part.expected_on);
        self.expected_on = days.max().filter(|_| is_covered);
    }

    pub fn reserved(&self) -> Quantity {
        self.reserved.unwrap_or_default()
    }

    pub fn taken(&self) -> Quantity {
        self.taken.unwrap_or_default()
    }

    /// What is missing comes first, then what is partly there, what is reserved, what is done.
    pub fn urgency(&self) -> u8 {
        let look = self.look();
        match (look.to_ship().is_zero(), look.missing()) {
            (true, _) => 3,
            (false, Quantity::ZERO) => 2,
            (false, _) if look.reserved.is_zero() => 0,
            (false, _) => 1,
        }
    }

    /// Whether it is a kit with sets that can be broken.
    pub fn has_sets(&self) -> bool {
        self.line.is_kit && self.line.broken_at.is_none() && !self.line.to_ship().is_zero()
    }

    /// Whether units of it alone may come back.
    pub fn can_come_back(&self) -> bool {
        !self.line.follows() && !self.line.may_come_back().is_zero()
    }

    /// Whether units of it alone can be cancelled.
    pub fn is_alone(&self) -> bool {
        !self.line.follows() && !self.line.to_ship().is_zero()
    }

    /// Whether units of it are missing.
    pub fn is_short(&self) -> bool {
        !self.look().missing().is_zero()
    }

    pub fn look(&self) -> LineLook {
        LineLook {
            ordered: self.line.ordered,
            shipped: self.line.shipped,
            cancelled: self.line.cancelled,
            reserved: self.reserved(),
            uncovered: self.uncovered.unwrap_or_default(),
            expected_on: self.expected_on,
        }
    }
}

/// The lines of an order with all that its page says of them, by number.
pub(in crate::sales) fn lines_shown(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<Vec<LineShown>> {
    lines_of_all(conn, &[order])
}

/// The same of several orders, order by order.
pub(in crate::sales) fn lines_of_all(
    conn: &mut PgConnection,
    orders: &[OrderId],
) -> QueryResult<Vec<LineShown>> {
    let lines = LineShown::query()
        .filter(order_lines::order_id.eq_any(orders))
        .order((order_lines::order_id, order_lines::line_number))
        .load(conn)?;
    Ok(with_kits(lines))
}

/// The lines of kits look as their parts let them.
fn with_kits(mut lines: Vec<LineShown>) -> Vec<LineShown> {
    let mut parts: HashMap<OrderLineId, Vec<LineShown>> = HashMap::new();
    for part in &lines {
        if let Some(kit) = part.line.kit_line_id {
            parts.entry(kit).or_default().push(part.clone());
        }
    }
    for kit in lines.iter_mut().filter(|line| line.line.is_kit) {
        kit.as_kit_of(
            parts
                .get(&kit.line.id)
                .map(Vec::as_slice)
                .unwrap_or_default(),
        );
    }
    lines
}

/// A line of an order; `NotFound` when it is one of another.
pub(in crate::sales) fn line_of(
    conn: &mut PgConnection,
    order: OrderId,
    line: OrderLineId,
) -> QueryResult<LineShown> {
    let it_or_its_parts = order_lines::id
        .eq(line)
        .or(order_lines::kit_line_id.eq(line));
    let lines: Vec<LineShown> = LineShown::query()
        .filter(order_lines::order_id.eq(order))
        .filter(it_or_its_parts.assume_not_null())
        .load(conn)?;
    let mut lines = with_kits(lines).into_iter();
    lines
        .find(|shown| shown.line.id == line)
        .ok_or(diesel::NotFound)
}
