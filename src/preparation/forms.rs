//! What the forms of preparation send.

use super::model::Departure;
use crate::types::{FieldErrors, Fields, OrderId, WarehouseId, optional_text, read_form};

/// Orders to be prepared in a warehouse.
pub struct Chosen {
    pub warehouse: WarehouseId,
    pub orders: Vec<OrderId>,
}

/// The orders chosen in a tab. A row's own button names one, whatever boxes are ticked.
pub fn chosen(form: &Fields) -> Result<Chosen, FieldErrors> {
    let named = |name| form.all(name).filter_map(|id| id.parse().ok()).collect();
    let (only, ticked): (Vec<OrderId>, Vec<OrderId>) = (named("only"), named("order"));
    let orders = if only.is_empty() { ticked } else { only };
    let warehouse = form.get("warehouse").parse();
    let warehouse = warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."));
    Ok(Chosen {
        warehouse: warehouse?,
        orders,
    })
}

/// How a parcel leaves.
pub fn departure(form: &Fields) -> Result<Departure, FieldErrors> {
    read_form!(form => Departure {
        carrier: "carrier", |text| optional_text(text, 80);
        tracking_number: "tracking", |text| optional_text(text, 120);
    })
}
