//! Two gift sets of what the shop sells anyway, and orders for them: one can go, one misses a part.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::sales::Shop;
use crate::catalog::{self, ProductInput};
use crate::db::{Act, Who};
use crate::error::{Error, Result};
use crate::inventory::{self, KitEdit, Part};
use crate::sales::{self, NewLine, NewOrder};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{CustomerId, Money, ProductId, Quantity, Sku};

/// SKU, name, price, and what it is packed of: one that is scarce or none, the rest of plenty.
const SETS: [(&str, &str, &str, bool); 2] = [
    ("GIFT-KITCHEN", "Kitchen gift set", "14.90", false),
    ("GIFT-GARDEN", "Garden gift set", "19.50", true),
];
/// Units of the first part in one set, and of the others.
const UNITS: [u32; 3] = [2, 1, 1];

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Lying {
    #[diesel(sql_type = BigInt)]
    product: ProductId,
    #[diesel(sql_type = Integer)]
    available: Quantity,
}

pub fn sell(conn: &mut PgConnection, shop: &Shop) -> Result<()> {
    let plenty = lying(conn, shop, "l.on_hand - l.to_ship >= 8")?;
    let scarce = lying(conn, shop, "l.on_hand = 0 and l.to_ship > 0")?;
    let customers: Vec<CustomerId> = shop.customers.values().map(|(id, _)| *id).collect();
    let (mut plenty, mut scarce) = (plenty.into_iter(), scarce.into_iter());
    for (nth, (sku, name, price, misses)) in (0_i64..).zip(SETS) {
        let mut parts: Vec<Lying> = plenty.by_ref().take(UNITS.len()).collect();
        if misses && let Some(one) = scarce.next() {
            parts.pop();
            parts.push(one);
        }
        let kit = pack(conn, shop, (sku, name, price), &parts)?;
        let sets = parts.iter().map(|part| part.available.get()).max();
        let orders: Vec<NewOrder> = customers
            .iter()
            .skip(5)
            .step_by(9)
            .take(2)
            .zip(0..)
            .map(|(customer, at)| {
                let ago = TimeDelta::hours(5 + 9 * (nth + at));
                let units = Quantity::new(1 + u32::from(sets > Some(3)));
                order(shop, *customer, (kit, price, units), ago)
            })
            .collect();
        let placed = Who::BACKFILL.at(shop.now - TimeDelta::hours(4));
        sales::place(&mut Act::new(conn, placed), &orders)?;
    }
    Ok(())
}

fn pack(
    conn: &mut PgConnection,
    shop: &Shop,
    (sku, name, price): (&str, &str, &str),
    parts: &[Lying],
) -> Result<ProductId> {
    let owner = Who::from(shop.people.owner).at(shop.now - TimeDelta::days(3));
    let act = &mut Act::new(conn, owner);
    let input = ProductInput {
        sku: Sku::parse(sku).map_err(Error::Failure)?,
        name: name.to_owned(),
        price: Money::parse(price).map_err(Error::Failure)?,
        barcodes: Vec::new(),
        weight_grams: 0,
        note: String::new(),
    };
    let kit = catalog::add_product(act, &input)?.id;
    let parts = parts.iter().zip(UNITS).map(|(part, units)| Part {
        product: part.product,
        quantity: Quantity::new(units),
    });
    let edit = KitEdit {
        kit,
        seen: String::new(),
        parts: parts.collect(),
    };
    inventory::set_parts(act, &[edit])?;
    Ok(kit)
}

fn order(
    shop: &Shop,
    customer: CustomerId,
    (kit, price, units): (ProductId, &str, Quantity),
    ago: TimeDelta,
) -> NewOrder {
    NewOrder {
        number: None,
        channel: "By hand".to_owned(),
        external_reference: String::new(),
        customer,
        ship_to: String::new(),
        country: "United Kingdom".to_owned(),
        email: String::new(),
        currency: "GBP".to_owned(),
        placed_at: shop.now - ago,
        priority: Priority::Normal,
        required_by: None,
        shipping_policy: ShippingPolicy::PartialAllowed,
        shipping_method: "Parcel 48".to_owned(),
        note: "A present: please wrap it".to_owned(),
        lines: vec![NewLine {
            product: kit,
            warehouse: Some(shop.warehouses.main),
            ordered: units,
            unit_price: Money::parse(price).unwrap_or(Money::ZERO),
        }],
    }
}

/// Products of which that is so in the main warehouse.
fn lying(conn: &mut PgConnection, shop: &Shop, so: &str) -> QueryResult<Vec<Lying>> {
    diesel::sql_query(format!(
        "select l.product_id as product, greatest(0, l.on_hand - l.to_ship) as available
         from levels l join products p on p.id = l.product_id
         where l.warehouse_id = $1 and {so}
         order by p.sku limit 12"
    ))
    .bind::<BigInt, _>(shop.warehouses.main)
    .load(conn)
}
