//! Somebody who does things by chance.

use backfill::catalog::{self, LocationKind};
use backfill::db::{Act, Db, Who};
use backfill::error::{Error, Result};
use backfill::inventory::{self, KitEdit, Part};
use backfill::sales::{self, RuleInput, Way};
use backfill::schema::{demand, order_lines, orders, purchase_orders, shipments};
use backfill::stock::{self, Cause, CauseKind, Consent, Happening};
use backfill::types::{
    CustomerId, LocationId, OrderId, OrderLineId, ProductId, PurchaseOrderId, Quantity, ShipmentId,
    SupplierId, UserId, WarehouseId,
};
use backfill::web::Role;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;

/// What is sold.
pub const SKUS: [&str; 3] = ["MUG", "CUP", "POT"];

/// What chance decides about a step.
#[derive(Debug, Clone, Copy)]
pub struct Dice(pub [u32; 4]);

impl Dice {
    /// One of several, by the n-th die; none of none.
    pub fn choose<T: Copy>(self, die: usize, among: &[T]) -> Option<T> {
        let at = (self.0[die] as usize).checked_rem(among.len())?;
        Some(among[at])
    }

    /// From `least` to `most`, by the n-th die.
    pub fn between(self, die: usize, least: u32, most: u32) -> u32 {
        least + self.0[die] % (most - least + 1)
    }

    pub fn units(self, die: usize) -> Quantity {
        Quantity::new(self.between(die, 1, 6))
    }

    /// Most agree to what orders lose; others were shown that none does, and may be refused.
    pub fn agreement(self) -> Consent {
        match self.between(3, 0, 3) {
            0 => Consent::To(String::new()),
            _ => Consent::ToAll,
        }
    }
}

/// Something people do.
#[derive(Clone, Copy)]
pub struct Step {
    pub name: &'static str,
    pub act: fn(&Walker, &mut Act<'_>, Dice) -> Result<()>,
}

const fn any_order(way: Way) -> RuleInput {
    RuleInput {
        country: String::new(),
        shipping_method: String::new(),
        channel_id: None,
        product_id: None,
        supplier_id: None,
        way,
    }
}

/// Packs a kit of these from now on.
fn packed(act: &mut Act<'_>, kit: ProductId, parts: &[(ProductId, u32)]) -> Result<()> {
    let before = catalog::parts_of_kits(act, &[kit])?.remove(&kit);
    let edit = KitEdit {
        kit,
        seen: inventory::mark_of_parts(&before.unwrap_or_default()),
        parts: parts
            .iter()
            .map(|(product, units)| Part {
                product: *product,
                quantity: Quantity::new(*units),
            })
            .collect(),
    };
    Ok(inventory::set_parts(act, &[edit])?)
}

/// Few products in two warehouses, so that everybody is in everybody's way.
pub struct Walker {
    db: Db,
    pub products: Vec<ProductId>,
    /// The products, each three times, and two kits of them.
    pub sold: Vec<ProductId>,
    pub warehouses: Vec<WarehouseId>,
    /// A dock, two shelves and a quarantine of each warehouse, in this order.
    pub bins: Vec<[LocationId; 4]>,
    pub supplier: SupplierId,
    pub customer: CustomerId,
    pub person: UserId,
}

impl Walker {
    /// In two warehouses of a new shop.
    pub fn of(shop: &Shop) -> Self {
        let supplier = shop.new_supplier("SUP");
        let products = SKUS.map(|sku| {
            let product = shop.new_product(sku);
            shop.buys_at(&product, &supplier);
            product.id
        });
        let [mug, cup, pot] = products;
        let kits = [
            ("MUG-SET", [(mug, 2), (cup, 1)]),
            ("POT-SET", [(cup, 1), (pot, 3)]),
        ];
        let kits = kits.map(|(sku, parts)| {
            let kit = shop.new_product(sku).id;
            shop.write(|act| packed(act, kit, &parts));
            kit
        });
        let warehouses = ["NEAR", "FAR"].map(|code| shop.warehouse(code));
        let bins = warehouses.map(|warehouse| {
            [
                shop.location(warehouse, "DOCK", LocationKind::Dock),
                shop.location(warehouse, "A-01", LocationKind::Shelf),
                shop.location(warehouse, "A-02", LocationKind::Shelf),
                shop.location(warehouse, "Q", LocationKind::Quarantine),
            ]
        });
        shop.write(|act| {
            for (way, of) in [
                (Way::HasLine, &warehouses[..]),
                (Way::Named, &warehouses[..1]),
            ] {
                sales::add_rule(act, &any_order(way), of)?;
            }
            Ok(())
        });
        Self {
            db: shop.db().clone(),
            products: products.to_vec(),
            sold: [products, products, products]
                .concat()
                .into_iter()
                .chain(kits)
                .collect(),
            warehouses: warehouses.to_vec(),
            bins: bins.to_vec(),
            supplier: supplier.id,
            customer: shop.new_customer("C-1"),
            person: shop.person(Role::Manager).id,
        }
    }

    /// Does it, or is refused by a rule.
    pub fn take(&self, step: &Step, dice: Dice) {
        match self
            .db
            .write_now(self.person, |act| (step.act)(self, act, dice))
        {
            Ok(()) | Err(Error::Refused(_) | Error::Invalid(_)) => {}
            Err(failure) => panic!("{}: {failure}", step.name),
        }
    }

    /// All that must be true is, and the plan would change nothing more.
    pub fn look_around(&self) -> std::result::Result<(), String> {
        let looked = self.db.read_now(|conn| Ok(stock::verify(conn)?));
        let findings = looked.map_err(|error| error.to_string())?;
        if !findings.is_empty() {
            return Err(format!("{findings:#?}"));
        }
        let mut left_over = Vec::new();
        let undone = self
            .db
            .connection()
            .map_err(|error| error.to_string())?
            .transaction(|conn| {
                let cause = Cause::of(CauseKind::Settings);
                let act = &mut Act::new(conn, Who::BACKFILL);
                for warehouse in self.warehouses.iter().copied().map(Some) {
                    match stock::change(act, &cause, &[Happening::Rule { warehouse }]) {
                        Ok(outcome) => left_over.extend(outcome.lines),
                        Err(failure) => panic!("{failure}"),
                    }
                }
                Err::<(), _>(diesel::result::Error::RollbackTransaction)
            });
        assert_eq!(undone, Err(diesel::result::Error::RollbackTransaction));
        if left_over.is_empty() {
            Ok(())
        } else {
            Err(format!("the plan was not finished: {left_over:#?}"))
        }
    }

    /// Orders that are not closed.
    pub fn open_orders(&self, conn: &mut PgConnection) -> Result<Vec<OrderId>> {
        Ok(orders::table
            .filter(orders::closed_at.is_null())
            .order(orders::id)
            .select(orders::id)
            .load(conn)?)
    }

    /// Another part, or another number of it, in a kit.
    pub fn packs(&self, act: &mut Act<'_>, dice: Dice) -> Result<()> {
        let Some(kit) = dice.choose(0, &self.sold[self.sold.len() - 2..]) else {
            return Ok(());
        };
        let first = dice.between(1, 0, 2) as usize;
        let parts = [
            (self.products[first], dice.between(2, 1, 3)),
            (self.products[(first + 1) % 3], dice.between(3, 1, 2)),
        ];
        packed(act, kit, &parts)
    }

    /// Lines that stand in a queue, and those of kits whose parts do.
    pub fn queued(&self, conn: &mut PgConnection) -> Result<Vec<(OrderId, OrderLineId)>> {
        let mut queued: Vec<(OrderId, OrderLineId)> = demand::table
            .filter(demand::product_id.eq_any(&self.products))
            .order(demand::order_line_id)
            .select((demand::order_id, demand::order_line_id))
            .load(conn)?;
        let kits = order_lines::table
            .filter(order_lines::is_kit)
            .filter(order_lines::ordered.gt(order_lines::shipped + order_lines::cancelled))
            .order(order_lines::id)
            .select((order_lines::order_id, order_lines::id));
        queued.extend(kits.load::<(OrderId, OrderLineId)>(conn)?);
        Ok(queued)
    }

    pub fn purchase_orders(
        &self,
        conn: &mut PgConnection,
        statuses: &[&str],
    ) -> Result<Vec<PurchaseOrderId>> {
        Ok(purchase_orders::table
            .filter(purchase_orders::supplier_id.eq(self.supplier))
            .filter(purchase_orders::status.eq_any(statuses))
            .order(purchase_orders::id)
            .select(purchase_orders::id)
            .load(conn)?)
    }

    pub fn parcels(&self, conn: &mut PgConnection) -> Result<Vec<ShipmentId>> {
        Ok(shipments::table
            .filter(shipments::warehouse_id.eq_any(&self.warehouses))
            .filter(shipments::status.ne_all(["shipped", "cancelled"]))
            .order(shipments::id)
            .select(shipments::id)
            .load(conn)?)
    }

    /// Some minute of a day long ago.
    pub fn minute(dice: Dice, die: usize) -> DateTime<Utc> {
        Utc::now() - TimeDelta::days(3) + TimeDelta::minutes(i64::from(dice.between(die, 0, 500)))
    }

    pub fn company(&self, conn: &mut PgConnection) -> Result<catalog::Company> {
        Ok(catalog::company(conn)?)
    }
}
