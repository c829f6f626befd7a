//! What people do: they place orders, and find units that orders wait for.

use diesel::prelude::*;

use crate::bench::backlog;
use crate::bench::random::Random;
use crate::db::Db;
use crate::error::Result;
use crate::schema::warehouses;
use crate::types::{RequestKey, WarehouseId};

/// Products, so few that everybody meets at the same.
const PRODUCTS: usize = 12;

/// What there is to work with: products called `P0`, `P1` and so on, and a customer `C0`.
pub(super) struct Goods {
    warehouse: WarehouseId,
}

/// A form to send, and how what comes of it is known again.
pub(super) struct Deed {
    pub(super) mark: Mark,
    pub(super) path: &'static str,
    pub(super) fields: Vec<(&'static str, String)>,
}

/// What is looked for afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// An order, by the reference of its customer.
    Placed(String),
    /// A movement, by its note.
    Found(String),
}

/// Something to sell, and somebody who buys it.
pub(super) fn prepare(db: &Db) -> Result<Goods> {
    let conn = &mut *db.connection()?;
    backlog::products(conn, "P", PRODUCTS)?;
    backlog::open_accounts(conn, 1)?;
    let warehouse = warehouses::table
        .filter(warehouses::is_primary)
        .select(warehouses::id)
        .first(conn)?;
    Ok(Goods { warehouse })
}

impl Goods {
    /// An order of two units, or one more found of what is ordered.
    pub(super) fn next(&self, random: &mut Random) -> Deed {
        let key = RequestKey::fresh().to_string();
        let sku = format!("P{}", random.below(PRODUCTS as u64));
        let warehouse = self.warehouse.to_string();
        match random.below(2) {
            0 => Deed {
                path: "/orders",
                fields: vec![
                    (RequestKey::FIELD, key.clone()),
                    ("customer", "C0".into()),
                    ("priority", "normal".into()),
                    ("shipping_policy", "partial_allowed".into()),
                    ("external_reference", key.clone()),
                    ("line", String::new()),
                    ("sku", sku),
                    ("quantity", "2".into()),
                    ("price", "1".into()),
                    ("warehouse", warehouse),
                ],
                mark: Mark::Placed(key),
            },
            _ => Deed {
                path: "/adjustments",
                fields: vec![
                    (RequestKey::FIELD, key.clone()),
                    ("product", sku),
                    ("warehouse", warehouse),
                    ("quantity", "1".into()),
                    ("reason", "adjustment".into()),
                    ("note", key.clone()),
                ],
                mark: Mark::Found(key),
            },
        }
    }
}
