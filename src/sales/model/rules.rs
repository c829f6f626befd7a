//! Rules for which warehouse ships a line.

use diesel::prelude::*;

use crate::schema::shipping_rules;
use crate::types::{ChannelId, ProductId, ShippingRuleId, Sku, SupplierId, WarehouseId, text_enum};

text_enum! {
    /// How a rule chooses among its warehouses.
    Way {
        /// One, whatever lies there.
        Named = "named", "Always this warehouse";
        /// All lines of an order that the rule reaches, from one warehouse where all of them lie free.
        HasAll = "has_all", "The first that has it all";
        /// Line by line, from where the line lies free.
        HasLine = "has_line", "The first that has the line";
    }
}

/// What a person says about a rule, but for its warehouses.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = shipping_rules, treat_none_as_null = true)]
pub struct RuleInput {
    /// As orders write it; several are parted by commas; empty: any.
    pub country: String,
    /// Empty: any.
    pub shipping_method: String,
    /// None: any.
    pub channel_id: Option<ChannelId>,
    /// None: any.
    pub product_id: Option<ProductId>,
    /// Of products whose primary supplier it is; none: any.
    pub supplier_id: Option<SupplierId>,
    /// How it chooses.
    pub way: Way,
}

/// A rule, with what its conditions are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub id: ShippingRuleId,
    /// Its place among the rules, from 1.
    pub number: i32,
    pub says: RuleInput,
    /// Name of the channel it asks for.
    pub channel: Option<String>,
    /// SKU of the product it asks for.
    pub sku: Option<Sku>,
    /// Name of the supplier it asks for.
    pub supplier: Option<String>,
    /// Those it looks at, in its order.
    pub warehouses: Vec<RuleWarehouse>,
}

/// A warehouse that a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleWarehouse {
    pub id: WarehouseId,
    pub name: String,
    /// Whether orders can be shipped from there now.
    pub ships: bool,
    /// Whether what lies there can be sold.
    pub sells: bool,
}

impl Rule {
    /// What it asks for: `country CH, SKU MUG`.
    pub fn when(&self) -> String {
        let said = |what: &str, value: &str| match value {
            "" => None,
            value => Some(format!("{what} {value}")),
        };
        let asked = [
            said("country", &self.says.country),
            said("shipping method", &self.says.shipping_method),
            said("channel", self.channel.as_deref().unwrap_or_default()),
            said("SKU", self.sku.as_ref().map_or("", Sku::as_str)),
            said("supplier", self.supplier.as_deref().unwrap_or_default()),
        ];
        let asked: Vec<String> = asked.into_iter().flatten().collect();
        match asked.is_empty() {
            true => "any order".into(),
            false => asked.join(", "),
        }
    }

    /// As a line keeps it: `rule 2, country CH`.
    pub fn words(&self) -> String {
        format!("rule {}, {}", self.number, self.when())
    }

    /// Whether an order to this country is meant.
    pub fn is_for(&self, country: &str) -> bool {
        let mut countries = self.says.country.split(',').map(str::trim);
        self.says.country.is_empty() || countries.any(|each| is_same(each, country))
    }

    /// Whether an order sent in this way is meant.
    pub fn is_sent_by(&self, method: &str) -> bool {
        self.says.shipping_method.is_empty() || is_same(&self.says.shipping_method, method)
    }

    /// Whether an order of this channel is meant.
    pub fn is_from(&self, channel: &str) -> bool {
        let named = self.channel.as_deref();
        named.is_none_or(|named| is_same(named, channel))
    }
}

/// Compared as people write it.
fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
