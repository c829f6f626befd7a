//! What the forms of preparation send.

use super::actions::OtherBin;
use super::model::Departure;
use crate::types::{
    FieldErrors, Fields, LocationId, OrderId, OrderLineId, Quantity, WarehouseId, optional_text,
    read_form,
};

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

/// Units that are taken from another bin, of whatever line.
pub struct Elsewhere {
    from: LocationId,
    to: LocationId,
    quantity: Quantity,
}

impl Elsewhere {
    pub const fn of(self, line: OrderLineId) -> OtherBin {
        OtherBin {
            line,
            from: self.from,
            to: self.to,
            quantity: self.quantity,
        }
    }
}

pub fn elsewhere(form: &Fields) -> Result<Elsewhere, FieldErrors> {
    read_form!(form => Elsewhere {
        from: "from", |text| text.parse().map_err(|_| "Choose a bin.");
        to: "location", |text| text.parse().map_err(|_| "Choose a bin.");
        quantity: "quantity", Quantity::parse_positive;
    })
}
