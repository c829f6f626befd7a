//! Warehouses and the company, as browsers send them.

use serde::Deserialize;

use crate::catalog::{AllocationPolicy, Company, Warehouse, WarehouseKind};
use crate::inventory::WarehouseInput;
use crate::types::{Email, FieldErrors, Quantity, currency, days, optional_text, required_text};

/// A warehouse as a browser sends it. A box that is not ticked is not sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WarehouseForm {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub is_active: bool,
    pub is_primary: bool,
    pub ships_orders: bool,
    pub counts_for_selling: bool,
    pub in_supply_needs: bool,
    pub default_warning_level: String,
    pub default_ideal_level: String,
    pub allocation_policy: String,
    pub collect_after_days: String,
    pub address: String,
}

impl WarehouseForm {
    /// A warehouse nobody has described yet.
    pub fn blank() -> Self {
        Self {
            kind: WarehouseKind::Building.to_string(),
            is_active: true,
            ships_orders: true,
            counts_for_selling: true,
            in_supply_needs: true,
            default_warning_level: "0".into(),
            default_ideal_level: "0".into(),
            allocation_policy: AllocationPolicy::StrictQueue.to_string(),
            collect_after_days: "14".into(),
            ..Self::default()
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<WarehouseInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (
            Some(code),
            Some(name),
            Some(kind),
            Some(default_warning_level),
            Some(default_ideal_level),
            Some(allocation_policy),
            Some(collect_after_days),
            Some(address),
        ) = (
            errors.field("code", required_text(&self.code.to_uppercase(), 20)),
            errors.field("name", required_text(&self.name, 120)),
            errors.field("kind", self.kind.parse()),
            errors.field(
                "default_warning_level",
                Quantity::parse(&self.default_warning_level),
            ),
            errors.field(
                "default_ideal_level",
                Quantity::parse(&self.default_ideal_level),
            ),
            errors.field("allocation_policy", self.allocation_policy.parse()),
            errors.field("collect_after_days", days(&self.collect_after_days, 365)),
            errors.field("address", optional_text(&self.address, 1000)),
        )
        else {
            return Err(errors);
        };
        if default_ideal_level < default_warning_level {
            errors.add(
                "default_ideal_level",
                "The ideal level cannot be below the warning level.",
            );
            return Err(errors);
        }
        Ok(WarehouseInput {
            code,
            name,
            kind,
            is_active: self.is_active,
            is_primary: self.is_primary,
            ships_orders: self.ships_orders,
            counts_for_selling: self.counts_for_selling,
            in_supply_needs: self.in_supply_needs,
            default_warning_level,
            default_ideal_level,
            allocation_policy,
            collect_after_days,
            address,
        })
    }
}

impl From<&Warehouse> for WarehouseForm {
    fn from(warehouse: &Warehouse) -> Self {
        Self {
            code: warehouse.code.clone(),
            name: warehouse.name.clone(),
            kind: warehouse.kind.to_string(),
            is_active: warehouse.is_active,
            is_primary: warehouse.is_primary,
            ships_orders: warehouse.ships_orders,
            counts_for_selling: warehouse.counts_for_selling,
            in_supply_needs: warehouse.in_supply_needs,
            default_warning_level: warehouse.default_warning_level.to_string(),
            default_ideal_level: warehouse.default_ideal_level.to_string(),
            allocation_policy: warehouse.allocation_policy.to_string(),
            collect_after_days: warehouse.collect_after_days.to_string(),
            address: warehouse.address.clone(),
        }
    }
}

/// The company as a browser sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    pub name: String,
    pub address: String,
    pub email: String,
    pub phone: String,
    pub currency: String,
    pub held_orders_keep_stock: bool,
    pub purchase_order_intro: String,
}

impl CompanyForm {
    /// What it says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<Company, FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = match self.email.trim() {
            "" => Ok(String::new()),
            email => Email::parse(email).map(Email::into_string),
        };
        let (
            Some(name),
            Some(address),
            Some(email),
            Some(phone),
            Some(currency),
            Some(purchase_order_intro),
        ) = (
            errors.field("name", required_text(&self.name, 120)),
            errors.field("address", optional_text(&self.address, 1000)),
            errors.field("email", email),
            errors.field("phone", optional_text(&self.phone, 60)),
            errors.field("currency", currency(&self.currency)),
            errors.field(
                "purchase_order_intro",
                optional_text(&self.purchase_order_intro, 2000),
            ),
        )
        else {
            return Err(errors);
        };
        Ok(Company {
            name,
            address,
            email,
            phone,
            currency,
            held_orders_keep_stock: self.held_orders_keep_stock,
            purchase_order_intro,
        })
    }
}

impl From<Company> for CompanyForm {
    fn from(company: Company) -> Self {
        Self {
            name: company.name,
            address: company.address,
            email: company.email,
            phone: company.phone,
            currency: company.currency,
            held_orders_keep_stock: company.held_orders_keep_stock,
            purchase_order_intro: company.purchase_order_intro,
        }
    }
}
