//! Purchase orders under way: one late, one confirmed, one partly received, one still a draft; what
//! the other suppliers are needed for is left to whoever looks at replenishment.

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};
use diesel::prelude::*;

use super::sales::Shop;
use super::suppliers;
use crate::db::{Act, Who};
use crate::error::Result;
use crate::purchasing::{self, Delivery, DraftEdit, NewLine, NewPurchaseOrder, Sending, Terms};
use crate::schema::{demand, purchase_order_lines, supplier_products};
use crate::types::{ProductId, PurchaseLineId, PurchaseOrderId, Quantity, SupplierId};

/// Units by supplier and product, and how the supplier sells it.
type Needs = BTreeMap<SupplierId, BTreeMap<ProductId, (Quantity, Terms)>>;

pub fn buy(conn: &mut PgConnection, shop: &Shop, mail_sender: &str) -> Result<()> {
    let needs = needs(conn, shop)?;
    let sender = Sending::Mail {
        sender: mail_sender.to_owned(),
    };
    let today = shop.now.date_naive();
    let buyer = Who::from(shop.people.buyer);
    let days_ago = |days: i64| shop.now - TimeDelta::days(days);
    for (at, (supplier, products)) in needs.iter().enumerate() {
        let (sent, due) = match at {
            0 => (days_ago(9), today - Days::new(2)),
            1 => (days_ago(8), today + Days::new(4)),
            2 => (days_ago(5), today + Days::new(1)),
            3 => (days_ago(0), today + Days::new(9)),
            _ => break,
        };
        // What was ordered before the latest orders came in: not all of what is needed now.
        let lines = products
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 4 != 3)
            .map(|(_, (product, (need, terms)))| NewLine {
                product: *product,
                quantity: terms.as_sold(*need + Quantity::new(6)),
            })
            .collect();
        let new = NewPurchaseOrder {
            supplier: *supplier,
            warehouse: shop.warehouses.main,
            expected_on: Some(due),
            supplier_comment: String::new(),
            lines,
        };
        let order = purchasing::draft(&mut Act::new(conn, buyer.at(sent)), &new)?;
        if order.rate.is_none() {
            let edit = DraftEdit {
                rate: suppliers::rate(&order.currency),
                ..DraftEdit::of(&order)
            };
            purchasing::edit_draft(&mut Act::new(conn, buyer.at(sent)), order.id, &edit)?;
        }
        if at == 3 {
            continue;
        }
        let mailed = sent + TimeDelta::minutes(20);
        purchasing::send(&mut Act::new(conn, buyer.at(mailed)), order.id, &sender)?;
        if at == 1 {
            let confirmed = sent + TimeDelta::hours(22);
            let act = &mut Act::new(conn, buyer.at(confirmed));
            purchasing::confirm(act, order.id, due + Days::new(1))?;
        }
        if at == 2 {
            receive_some(conn, shop, order.id)?;
        }
    }
    Ok(())
}

/// What open orders lack in the main warehouse, by supplier.
fn needs(conn: &mut PgConnection, shop: &Shop) -> Result<Needs> {
    let rows: Vec<(SupplierId, ProductId, Quantity, (Quantity, Quantity))> = demand::table
        .inner_join(
            supplier_products::table.on(supplier_products::product_id.eq(demand::product_id)),
        )
        .filter(supplier_products::is_primary)
        .filter(demand::warehouse_id.eq(shop.warehouses.main))
        .filter(demand::uncovered.gt(Quantity::ZERO))
        .select((
            supplier_products::supplier_id,
            demand::product_id,
            demand::uncovered,
            (
                supplier_products::minimum_quantity,
                supplier_products::pack_size,
            ),
        ))
        .load(conn)?;
    let mut needs: Needs = BTreeMap::new();
    for (supplier, product, units, (least, pack)) in rows {
        let of_supplier = needs.entry(supplier).or_default();
        let (need, terms) = of_supplier.entry(product).or_default();
        *need += units;
        *terms = Terms { least, pack };
    }
    Ok(needs)
}

/// The first lorry brought every other line; of a lone line, a part.
fn receive_some(conn: &mut PgConnection, shop: &Shop, id: PurchaseOrderId) -> Result<()> {
    let lines: Vec<(PurchaseLineId, Quantity)> = purchase_order_lines::table
        .filter(purchase_order_lines::purchase_order_id.eq(id))
        .order(purchase_order_lines::line_number)
        .select((purchase_order_lines::id, purchase_order_lines::ordered))
        .load(conn)?;
    let brought = match lines.as_slice() {
        [(line, ordered)] => vec![(*line, Quantity::new(ordered.get().div_ceil(2)))],
        _ => lines.into_iter().step_by(2).collect(),
    };
    let delivery = Delivery {
        lines: brought,
        note: "First pallet".to_owned(),
        ..Delivery::default()
    };
    let buyer = Who::from(shop.people.buyer).at(shop.now - TimeDelta::minutes(150));
    let act = &mut Act::new(conn, buyer);
    purchasing::receive(act, id, &delivery)?;
    Ok(())
}
