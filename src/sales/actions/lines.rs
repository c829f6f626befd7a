//! Lines are written: those that were asked for, and below each kit a line for each of its parts.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, SmallInt, Text};

use super::route::RoutedLine;
use crate::catalog::{self, KitPart};
use crate::db::set_based;
use crate::sales::OrderLine;
use crate::types::{OrderId, ProductId};

/// What the kits among some products are made of.
pub(super) struct Kits(HashMap<ProductId, Vec<KitPart>>);

impl Kits {
    pub fn among<'a>(
        conn: &mut PgConnection,
        lines: impl IntoIterator<Item = &'a RoutedLine>,
    ) -> QueryResult<Self> {
        let products: Vec<ProductId> = lines.into_iter().map(|line| line.product).collect();
        catalog::parts_of_kits(conn, &products).map(Self)
    }

    /// None of what is no kit.
    fn parts(&self, product: ProductId) -> &[KitPart] {
        self.0.get(&product).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Writes lines that an order did not have, numbered from `first` on; a kit keeps the numbers behind
/// its own for its parts. Orders stand side by side; two statements however many they are.
pub(super) fn write_lines(
    conn: &mut PgConnection,
    orders: &[(OrderId, i32, &[RoutedLine])],
    kits: &Kits,
) -> QueryResult<Vec<OrderLine>> {
    let mut numbered: Vec<(OrderId, i32, &RoutedLine)> = Vec::new();
    for (order, first, lines) in orders {
        let mut number = *first;
        for line in *lines {
            numbered.push((*order, number, line));
            number += 1 + i32::try_from(kits.parts(line.product).len()).unwrap_or(0);
        }
    }
    let mut written = insert_asked(conn, &numbered, kits)?;
    let parts = insert_parts(conn, &written, kits)?;
    written.extend(parts);
    Ok(written)
}

fn insert_asked(
    conn: &mut PgConnection,
    lines: &[(OrderId, i32, &RoutedLine)],
    kits: &Kits,
) -> QueryResult<Vec<OrderLine>> {
    set_based!(
        "insert into order_lines (:columns) select :columns from :rows returning *",
        lines, |(order, number, line)|
        order_id: BigInt = *order,
        line_number: Integer = *number,
        product_id: BigInt = line.product,
        warehouse_id: BigInt = line.warehouse,
        ordered: Integer = line.ordered,
        unit_price: BigInt = line.unit_price,
        routed_by: Text = &line.routed_by,
        is_kit: Bool = !kits.parts(line.product).is_empty()
    )
    .load(conn)
}

/// The price of a part is in that of its kit.
fn insert_parts(
    conn: &mut PgConnection,
    asked: &[OrderLine],
    kits: &Kits,
) -> QueryResult<Vec<OrderLine>> {
    let parts = asked.iter().flat_map(|kit| {
        let parts = kits.parts(kit.product_id);
        let many = i16::try_from(parts.len()).unwrap_or(i16::MAX);
        let numbered = (kit.line_number + 1..).zip(parts);
        numbered.map(move |(number, part)| (kit, many, number, part))
    });
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    set_based!(
        "insert into order_lines (:columns, unit_price) select :columns, 0 from :rows returning *",
        parts, |(kit, many, number, part)|
        order_id: BigInt = kit.order_id,
        line_number: Integer = *number,
        product_id: BigInt = part.product_id,
        warehouse_id: BigInt = kit.warehouse_id,
        ordered: Integer = kit.ordered.times(part.quantity),
        kit_line_id: BigInt = kit.id,
        per_kit: Integer = part.quantity,
        parts_in_kit: SmallInt = *many
    )
    .load(conn)
}
