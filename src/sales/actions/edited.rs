//! The lines of an order, before and after an edit.

use std::collections::HashMap;

use diesel::prelude::*;

use super::edit::{EditedLine, OrderInput};
use super::edited_parts::edited_parts;
use super::place::NewLine;
use super::said::{OfLine, Said};
use crate::sales::{Error, Order, OrderLine};
use crate::schema::products;
use crate::stock::{self, InParcel};
use crate::types::{Money, OrderChange, OrderLineId, ProductId, Quantity, Sku, WarehouseId};

/// The lines of an order, before and after.
pub(super) struct Edited {
    /// As it was, as it is to be.
    pub lines: Vec<(OrderLine, OrderLine)>,
    /// Lines it did not have.
    pub new: Vec<NewLine>,
}

impl Edited {
    pub fn of(
        lines: Vec<OrderLine>,
        in_parcels: &[InParcel],
        input: &OrderInput,
    ) -> Result<Self, Error> {
        let (parts, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(OrderLine::is_part);
        let said = Said::of(&lines, input)?;
        let after = |line: OrderLine| {
            let taken = || Taken::of(&line, &parts, in_parcels);
            let (at, after) = match said.of_line(line.id) {
                OfLine::Nothing => (None, line.clone()),
                OfLine::Row(at, edited) => (Some(at), rewritten(&line, at, edited, taken())?),
                OfLine::Out => (None, taken_out(&line, taken())?),
            };
            check_given_up(at, &line, &after, input.giving_up.as_deref())?;
            Ok::<_, Error>((line, after))
        };
        let mut lines = lines
            .into_iter()
            .map(after)
            .collect::<Result<Vec<_>, _>>()?;
        lines.extend(edited_parts(&parts, &lines, &said)?);
        let new: Vec<NewLine> = said.new.into_iter().map(EditedLine::added).collect();
        if new.iter().any(|line| line.ordered.is_zero()) {
            return Err(Error::NothingOrdered);
        }
        if new.is_empty() && lines.iter().all(|(_, line)| line.wanted().is_zero()) {
            return Err(Error::NoLines);
        }
        Ok(Self { lines, new })
    }

    /// Lines that are other than before.
    pub fn changed(&self) -> impl Iterator<Item = &(OrderLine, OrderLine)> {
        self.lines.iter().filter(|(was, now)| was != now)
    }

    /// The number of the next line.
    pub fn next_number(&self) -> i32 {
        let last = self.lines.iter().map(|(line, _)| line.line_number).max();
        last.unwrap_or(0) + 1
    }

    /// Warehouses that are to ship what they did not have to before, but for what is new.
    pub fn moved_to(&self) -> impl Iterator<Item = WarehouseId> {
        let lines = self.lines.iter();
        let moved = lines.filter(|(was, now)| was.warehouse_id != now.warehouse_id);
        moved.map(|(_, now)| now.warehouse_id)
    }

    /// Whether units are given up.
    pub fn gives_up(&self) -> bool {
        let mut changed = self.changed();
        changed.any(|(was, now)| now.wanted() < was.wanted())
    }

    /// What changed of the lines and of the order, for the history.
    pub fn changes(
        &self,
        conn: &mut PgConnection,
        before: &Order,
        after: &Order,
    ) -> QueryResult<Vec<OrderChange>> {
        let skus = self.skus(conn)?;
        let changed = self.changed().filter(|(was, _)| !was.is_part());
        let mut changes: Vec<OrderChange> = changed
            .flat_map(|(was, now)| changes_of_line(&skus[&was.product_id], was, now))
            .collect();
        changes.extend(self.new.iter().map(|line| OrderChange::Line {
            sku: skus[&line.product].clone(),
            units: line.ordered,
        }));
        changes.extend(changes_of_order(before, after));
        Ok(changes)
    }

    fn skus(&self, conn: &mut PgConnection) -> QueryResult<HashMap<ProductId, Sku>> {
        let changed = self.changed().map(|(was, _)| was.product_id);
        let new = self.new.iter().map(|line| line.product);
        let rows: Vec<(ProductId, Sku)> = products::table
            .filter(products::id.eq_any(changed.chain(new).collect::<Vec<_>>()))
            .select((products::id, products::sku))
            .load(conn)?;
        Ok(rows.into_iter().collect())
    }
}

impl EditedLine {
    fn added(&self) -> NewLine {
        NewLine {
            product: self.product,
            warehouse: self.warehouse,
            ordered: self.wanted,
            unit_price: self.unit_price,
        }
    }
}

fn changes_of_line(
    sku: &Sku,
    was: &OrderLine,
    now: &OrderLine,
) -> impl Iterator<Item = OrderChange> {
    let sku = || sku.clone();
    let units = (was.wanted() != now.wanted()).then(|| OrderChange::Units {
        sku: sku(),
        was: was.wanted(),
        now: now.wanted(),
    });
    let price = (was.unit_price != now.unit_price).then(|| OrderChange::Price {
        sku: sku(),
        was: was.unit_price,
        now: now.unit_price,
    });
    let moved = was.warehouse_id != now.warehouse_id;
    let moved = moved.then(|| OrderChange::Warehouse { sku: sku() });
    [units, price, moved].into_iter().flatten()
}

fn changes_of_order(before: &Order, after: &Order) -> impl Iterator<Item = OrderChange> {
    let priority = (before.priority != after.priority).then(|| OrderChange::Priority {
        was: before.priority.label().into(),
        now: after.priority.label().into(),
    });
    let day = after.required_by;
    let day = (before.required_by != day).then_some(OrderChange::RequiredBy { day });
    let policy = before.shipping_policy != after.shipping_policy;
    let policy = policy.then(|| OrderChange::ShippingPolicy {
        now: after.shipping_policy.label().into(),
    });
    let method = &after.shipping_method;
    let sent = before.shipping_method != *method;
    let sent = sent.then(|| OrderChange::ShippingMethod {
        now: method.clone(),
    });
    [priority, day, policy, sent].into_iter().flatten()
}

/// Fewer units, or units for nothing, are a matter of those who may cancel.
fn check_given_up(
    at: Option<usize>,
    was: &OrderLine,
    now: &OrderLine,
    why: Option<&str>,
) -> Result<(), Error> {
    let fewer = now.wanted() < was.wanted();
    match why {
        None if fewer => Err(Error::MayNotCancel {
            line: at,
            wanted: was.wanted(),
        }),
        None if now.unit_price == Money::ZERO && was.unit_price != Money::ZERO => {
            Err(Error::MayNotGiveAway { line: at })
        }
        Some("") if fewer => Err(Error::NoReason),
        _ => Ok(()),
    }
}

/// What of a line is in parcels.
struct Taken {
    units: Quantity,
    parcels: Vec<InParcel>,
}

impl Taken {
    /// Of a kit, the sets that what is in parcels of its parts belongs to.
    fn of(line: &OrderLine, parts: &[OrderLine], in_parcels: &[InParcel]) -> Self {
        let of_line = |id: OrderLineId| {
            let parcels = in_parcels.iter();
            parcels
                .filter(move |each| each.order_line_id == id)
                .cloned()
        };
        let units = |id| of_line(id).map(|each| each.units).sum::<Quantity>();
        let parts = || {
            parts
                .iter()
                .filter(|part| part.kit_line_id == Some(line.id))
        };
        let sets = parts().map(|part| part.sets_touched(units(part.id)));
        Self {
            units: sets.max().unwrap_or_else(|| units(line.id)),
            parcels: parts()
                .flat_map(|part| of_line(part.id))
                .chain(of_line(line.id))
                .collect(),
        }
    }

    /// The line is taken out, which would take units out of a parcel.
    fn stays(self, line: OrderLineId) -> stock::Error {
        stock::Error::BeingPrepared {
            line,
            units: self.units,
            parcels: self.parcels,
        }
    }
}

fn rewritten(
    line: &OrderLine,
    at: usize,
    edited: &EditedLine,
    taken: Taken,
) -> Result<OrderLine, Error> {
    if edited.wanted < line.shipped + taken.units {
        return Err(Error::BelowShipped {
            line: at,
            shipped: line.shipped,
            parcels: taken.parcels,
        });
    }
    let mut after = wanting(line, edited.wanted);
    after.unit_price = edited.unit_price;
    let warehouse = edited.warehouse.unwrap_or(line.warehouse_id);
    if warehouse != line.warehouse_id && !after.to_ship().is_zero() {
        if !taken.units.is_zero() {
            return Err(Error::Moves {
                line: at,
                parcels: taken.parcels,
            });
        }
        after.warehouse_id = warehouse;
        after.routed_by = String::new();
    }
    Ok(after)
}

/// The line with so many units wanted: fewer are cancelled, and more take back what was.
pub(super) fn wanting(line: &OrderLine, wanted: Quantity) -> OrderLine {
    let ordered = line.ordered.max(wanted);
    OrderLine {
        ordered,
        cancelled: ordered.less(wanted),
        ..line.clone()
    }
}

fn taken_out(line: &OrderLine, taken: Taken) -> Result<OrderLine, Error> {
    match taken.units.is_zero() {
        true => Ok(without_the_rest(line)),
        false => Err(taken.stays(line.id).into()),
    }
}

pub(super) fn without_the_rest(line: &OrderLine) -> OrderLine {
    wanting(line, line.shipped)
}
