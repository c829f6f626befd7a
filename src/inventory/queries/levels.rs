//! What lies where.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text};
use serde::{Deserialize, Serialize};

use super::called::scanned;
use crate::catalog::{COST, ProductKind, WarehouseKind};
use crate::db::{Key, Keyset, Listing, Page, Paging, containing, page};
use crate::schema::{levels, products, warehouses};
use crate::stock::{Level, Limits, Place};
use crate::types::{LocationId, Money, Quantity, Sku, WarehouseId, text_enum};

text_enum! {
    /// What makes a place worth a look.
    Attention {
        /// Less can be sold than the warning level.
        Low = "low", "Below warning level";
        /// Orders wait for more than lies there.
        Short = "short", "With backorders";
        /// Units lie there and no order wants any.
        Idle = "idle", "Idle: no order wants it";
        /// Units lie in bins, and none of these is where they belong.
        NoBin = "no_bin", "No usual bin";
    }
}

/// What the list of stock is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StockFilter {
    /// Part of a SKU or a name, or a barcode.
    pub q: String,
    /// The id of a warehouse.
    pub warehouse: String,
    /// One of [`Attention`].
    pub show: String,
    /// Days in which nothing left, at least, of what has units.
    pub idle: String,
}

impl StockFilter {
    /// Days in which nothing left.
    pub fn idle(&self) -> Option<i32> {
        self.idle
            .parse()
            .ok()
            .filter(|days| (1..=9_999).contains(days))
    }
}

/// A product in a warehouse.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = levels)]
#[diesel(base_query = levels::table.inner_join(products::table).inner_join(warehouses::table))]
pub struct StockListed {
    #[diesel(embed)]
    pub level: Level,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = products::name)]
    pub product: String,
    #[diesel(select_expression = warehouses::code)]
    pub warehouse: String,
    #[diesel(select_expression = warehouses::kind)]
    pub kind: WarehouseKind,
    #[diesel(select_expression = warehouses::counts_for_selling)]
    counts_for_selling: bool,
    #[diesel(select_expression = warehouses::in_supply_needs)]
    in_supply_needs: bool,
    /// Whether its units lie in bins.
    #[diesel(select_expression = warehouses::uses_locations)]
    pub uses_locations: bool,
    #[diesel(select_expression = levels::usual_location_id)]
    pub usual_bin_id: Option<LocationId>,
    /// The code of the bin it belongs in.
    #[diesel(select_expression = sql(USUAL_BIN), select_expression_type = SqlLiteral<Nullable<Text>>)]
    pub usual_bin: Option<String>,
    /// Codes of the bins it lies in, those with most of it first.
    #[diesel(select_expression = sql(BINS), select_expression_type = SqlLiteral<Array<Text>>)]
    bins: Vec<String>,
    #[diesel(select_expression = sql(BIN_IDS), select_expression_type = SqlLiteral<Array<BigInt>>)]
    bin_ids: Vec<LocationId>,
    /// Below this it is replenished.
    #[diesel(select_expression = levels::warning)]
    pub warning_level: Quantity,
    /// Up to this.
    #[diesel(select_expression = levels::ideal)]
    pub ideal_level: Quantity,
    #[diesel(select_expression = warehouses::default_warning_level)]
    pub default_warning_level: Quantity,
    #[diesel(select_expression = warehouses::default_ideal_level)]
    pub default_ideal_level: Quantity,
    /// When units left last, or the first came.
    #[diesel(select_expression = levels::left_at)]
    pub left_at: Option<DateTime<Utc>>,
    /// When the next of what is on its way comes.
    #[diesel(select_expression = sql(NEXT), select_expression_type = SqlLiteral<Nullable<Date>>)]
    pub next_on: Option<NaiveDate>,
    /// What one unit costs, in the currency of the company.
    #[diesel(select_expression = sql(COST), select_expression_type = SqlLiteral<Nullable<BigInt>>)]
    pub cost: Option<Money>,
}

const USUAL_BIN: &str = "(select l.code from locations l where l.id = levels.usual_location_id)";

/// Something of the bins it lies in, those with most of it first.
macro_rules! of_bins {
    ($what:literal) => {
        concat!(
            "array(select l.",
            $what,
            " from bin_contents c join locations l on l.id = c.location_id
               where c.warehouse_id = levels.warehouse_id and c.product_id = levels.product_id
               order by c.quantity desc, l.walk, l.code)"
        )
    };
}

const BINS: &str = of_bins!("code");
const BIN_IDS: &str = of_bins!("id");

const NEXT: &str = "(select min(s.due_on) from supply s
   where s.warehouse_id = levels.warehouse_id and s.product_id = levels.product_id and s.quantity > 0)";

impl StockListed {
    pub const fn place(&self) -> Place {
        Place::new(self.level.warehouse_id, self.level.product_id)
    }

    /// The levels of its own.
    pub const fn limits(&self) -> Limits {
        Limits {
            warning_level: self.level.warning_level,
            ideal_level: self.level.ideal_level,
        }
    }

    /// Whether orders wait for more than lies there.
    pub fn is_short(&self) -> bool {
        !self.level.backorder_need().is_zero()
    }

    /// What can still be sold of it; nothing where nothing is sold.
    pub fn available(&self) -> Quantity {
        match self.counts_for_selling {
            true => self.level.available(),
            false => Quantity::ZERO,
        }
    }

    /// Whether it is replenished there, and less is left than the warning level.
    pub fn is_low(&self) -> bool {
        self.in_supply_needs && self.level.available() < self.warning_level
    }

    /// The bin it belongs in, else the one where most of it lies; none: it lies nowhere, or the
    /// warehouse has no bins.
    pub fn bin(&self) -> Option<(&str, LocationId)> {
        let usual = self.usual_bin.as_deref().zip(self.usual_bin_id);
        let fullest = self.bins.first().map(String::as_str);
        let fullest = fullest.zip(self.bin_ids.first().copied());
        usual.filter(|_| self.uses_locations).or(fullest)
    }

    /// In how many other bins some of it lies.
    pub fn other_bins(&self) -> usize {
        let bin = self.bin().map(|(_, id)| id);
        self.bin_ids
            .iter()
            .filter(|each| Some(**each) != bin)
            .count()
    }

    /// What its units cost.
    pub fn value(&self) -> Option<Money> {
        Some(self.cost?.times(self.level.in_books()))
    }

    pub fn product_path(&self) -> String {
        format!("/products/{}", self.level.product_id)
    }
}

/// One page of what lies where, by SKU, then warehouse.
pub fn stock_page(
    conn: &mut PgConnection,
    filter: &StockFilter,
    paging: &Paging,
) -> QueryResult<Page<StockListed>> {
    let by_place = [Key::text("products.sku"), Key::big("levels.warehouse_id")];
    let keyset = Keyset::new(&by_place, false, paging);
    page!(conn, filtered(filter), StockListed, keyset)
}

/// A product in a warehouse; there is none of a kit, which lies nowhere.
pub fn stock_at(conn: &mut PgConnection, place: Place) -> QueryResult<StockListed> {
    StockListed::query()
        .filter(levels::warehouse_id.eq(place.warehouse))
        .filter(levels::product_id.eq(place.product))
        .filter(products::kind.eq(ProductKind::Simple))
        .first(conn)
}

/// All of what a filter leaves, in the order of the list.
pub fn stock_for_export(
    conn: &mut PgConnection,
    filter: &StockFilter,
) -> QueryResult<Vec<StockListed>> {
    filtered(filter)
        .order((products::sku, levels::warehouse_id))
        .load(conn)
}

/// The one place that knows what a filter means: for pages and for export.
fn filtered(filter: &StockFilter) -> Listing<'_, StockListed> {
    let mut query = StockListed::query()
        .filter(products::kind.eq(ProductKind::Simple))
        .into_boxed();
    if let Ok(warehouse) = filter.warehouse.parse::<WarehouseId>() {
        query = query.filter(levels::warehouse_id.eq(warehouse));
    }
    query = match filter.show.parse() {
        Ok(Attention::Low) => query.filter(sql::<Bool>(
            "warehouses.in_supply_needs
               and greatest(0, levels.on_hand - levels.to_ship) < levels.warning",
        )),
        Ok(Attention::Short) => query.filter(levels::backorder_need.gt(Quantity::ZERO)),
        Ok(Attention::Idle) => query
            .filter(levels::on_hand.gt(Quantity::ZERO))
            .filter(levels::to_ship.eq(Quantity::ZERO)),
        Ok(Attention::NoBin) => query
            .filter(warehouses::uses_locations)
            .filter(levels::on_hand.gt(Quantity::ZERO))
            .filter(levels::usual_location_id.is_null()),
        Err(_) => query,
    };
    if let Some(days) = filter.idle() {
        let still = sql::<Bool>("levels.left_at <= now() - make_interval(days => ")
            .bind::<Integer, _>(days)
            .sql(")");
        query = query
            .filter(levels::on_hand.gt(Quantity::ZERO))
            .filter(still);
    }
    for word in filter.q.split_whitespace().take(8) {
        let word_found = products::sku
            .like(containing(&Sku::normal(word)))
            .or(products::name.ilike(containing(word)))
            .or(scanned(word, &filter.q));
        query = query.filter(word_found);
    }
    query
}
