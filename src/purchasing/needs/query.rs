//! Finds the needs: one statement per page.

use std::str::FromStr;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};
use serde::{Deserialize, Serialize};

use super::{Figures, NeedStatus};
use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::purchasing::{Misfit, Terms};
use crate::types::{Money, ProductId, Quantity, SupplierId, UserId, WarehouseId};

/// Needs of all places, computed.
const NEEDS: &str = include_str!("needs.sql");

/// The filter for products without a supplier, where the URL names one by id.
const NO_SUPPLIER: &str = "none";

/// What the needs are narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeedFilter {
    /// The id of a warehouse; all if empty.
    pub warehouse: String,
    /// The id of a supplier, or `none`.
    pub supplier: String,
    /// [`NeedStatus::as_str`].
    pub status: String,
    /// Parts of a SKU or a name.
    pub q: String,
    /// A column, falling with a minus before it; `-minimum` if empty.
    pub sort: String,
}

impl NeedFilter {
    /// Of which warehouse.
    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    /// Bought at which supplier.
    pub fn supplier(&self) -> Option<SupplierId> {
        self.supplier.parse().ok()
    }

    /// Only products that nobody supplies.
    pub fn without_supplier(&self) -> bool {
        self.supplier == NO_SUPPLIER
    }

    /// How urgent.
    pub fn status(&self) -> Option<NeedStatus> {
        self.status.parse().ok()
    }
}

/// A product that a warehouse needs.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Need {
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The name of its primary supplier; may be empty.
    #[diesel(sql_type = Text)]
    pub supplier: String,
    /// The currency of the supplier.
    #[diesel(sql_type = Nullable<Text>)]
    pub currency: Option<String>,
    /// What the supplier asks for one unit.
    #[diesel(sql_type = BigInt)]
    pub price: Money,
    #[diesel(sql_type = Nullable<Integer>)]
    minimum_quantity: Option<Quantity>,
    #[diesel(sql_type = Nullable<Integer>)]
    pack_size: Option<Quantity>,
    #[diesel(sql_type = Integer)]
    on_hand: Quantity,
    #[diesel(sql_type = Integer)]
    to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    incoming: Quantity,
    #[diesel(sql_type = Integer)]
    drafted: Quantity,
    #[diesel(sql_type = Integer)]
    warning: Quantity,
    #[diesel(sql_type = Integer)]
    ideal: Quantity,
    /// Units the buyer chose to order.
    #[diesel(sql_type = Nullable<Integer>)]
    pub chosen: Option<Quantity>,
}

impl Need {
    /// What the need follows from.
    pub fn figures(&self) -> Figures {
        Figures {
            on_hand: self.on_hand,
            to_ship: self.to_ship,
            incoming: self.incoming,
            drafted: self.drafted,
            warning: self.warning,
            ideal: self.ideal,
            terms: Terms::of(self.minimum_quantity, self.pack_size),
        }
    }

    /// Whether a draft orders some of it.
    pub const fn is_drafted(&self) -> bool {
        !self.drafted.is_zero()
    }

    /// What the chosen units cost.
    pub fn value(&self) -> Option<Money> {
        Some(self.price.times(self.chosen?))
    }

    /// What is wrong with the units the buyer chose.
    pub fn misfit(&self) -> Option<Misfit> {
        self.figures().terms.misfit(self.chosen?)
    }

    /// Identifies the row on the page: `3-17`.
    pub fn key(&self) -> RowKey {
        RowKey(self.warehouse_id, self.product_id)
    }
}

/// A place, as a form and a URL write it: warehouse and product joined by a dash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey(pub WarehouseId, pub ProductId);

impl std::fmt::Display for RowKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.0, self.1)
    }
}

impl FromStr for RowKey {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (warehouse, product) = text.split_once('-').ok_or(())?;
        Ok(Self(
            warehouse.parse().map_err(|_| ())?,
            product.parse().map_err(|_| ())?,
        ))
    }
}

/// What a quantity box is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Just enough for the orders, less what is drafted, as the supplier sells it.
    Minimum,
    /// Up to the ideal level, less what is drafted, as the supplier sells it.
    Suggested,
}

impl Fill {
    /// The figure of a need.
    pub(super) fn of(self, figures: &Figures) -> Quantity {
        match self {
            Self::Minimum => figures.minimum_left(),
            Self::Suggested => figures.suggested_left(),
        }
    }
}

/// By what needs can be sorted.
pub const NEED_SORTS: Sorts = Sorts {
    usual: "-minimum",
    by: &[
        ("sku", Key::text("sku")),
        ("name", Key::text("lower(name)")),
        ("supplier", Key::text("lower(supplier)")),
        ("backorder", Key::int("backorder_need")),
        ("low", Key::int("low_stock_need")),
        ("incoming", Key::int("incoming")),
        ("drafted", Key::int("drafted")),
        ("suggested", Key::int("suggested")),
        ("on_hand", Key::int("on_hand")),
        ("minimum", Key::int("minimum")),
    ],
    then: &[Key::big("warehouse_id"), Key::big("product_id")],
};

/// One page of the needs a filter leaves, with what the buyer chose.
pub fn needs(
    conn: &mut PgConnection,
    buyer: UserId,
    filter: &NeedFilter,
    paging: &Paging,
) -> QueryResult<Page<Need>> {
    let keyset = NEED_SORTS.keyset(&filter.sort, paging);
    Ok(keyset.page(load(conn, buyer, filter, &keyset)?))
}

/// All the needs a filter leaves.
pub fn needs_for_export(
    conn: &mut PgConnection,
    buyer: UserId,
    filter: &NeedFilter,
) -> QueryResult<Vec<Need>> {
    let all = NEED_SORTS
        .keyset(&filter.sort, &Paging::default())
        .most(None);
    let rows = load(conn, buyer, filter, &all)?;
    Ok(all.page(rows).rows)
}

fn load(
    conn: &mut PgConnection,
    buyer: UserId,
    filter: &NeedFilter,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<Need>>> {
    // Written out, so that the planner knows how many there are of each.
    let status = match filter.status() {
        None => "true",
        Some(NeedStatus::Backorders) => "minimum > 0",
        Some(NeedStatus::LowStock) => "minimum = 0 and wanted > 0",
        Some(NeedStatus::WaitingForReception) => "minimum = 0 and wanted = 0",
    };
    listed!(
        keyset,
        format!(
            "{NEEDS} select n.*, :page_key from needs n
             where (:supplier is null or supplier_id = :supplier)
               and (not :unsupplied or supplier_id is null)
               and {status}
               and not exists (select from unnest(:words) as word
                 where not (sku ilike word or name ilike word))
               and :beyond
             order by :order limit :limit"
        ),
        warehouse: Nullable<BigInt> = filter.warehouse(),
        buyer: BigInt = buyer,
        supplier: Nullable<BigInt> = filter.supplier(),
        unsupplied: Bool = filter.without_supplier(),
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
