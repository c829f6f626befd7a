//! A reference to any record, for what speaks of all kinds: history, mails, notes.

use std::fmt;
use std::str::FromStr;

use super::{
    CountId, CustomerId, EntryId, ListKind, LocationId, OrderId, ProductId, PurchaseOrderId,
    ReceptionId, ReturnId, ShipmentId, SupplierId, TransferId, UserId, WarehouseId,
};

/// Any record, written `order:42`; knows its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordRef {
    /// A sales order.
    Order(OrderId),
    /// A purchase order.
    PurchaseOrder(PurchaseOrderId),
    /// A reception.
    Reception(ReceptionId),
    /// A shipment.
    Shipment(ShipmentId),
    /// A transfer.
    Transfer(TransferId),
    /// A count.
    Count(CountId),
    /// What a customer sends back.
    Return(ReturnId),
    /// A product.
    Product(ProductId),
    /// A supplier.
    Supplier(SupplierId),
    /// A customer.
    Customer(CustomerId),
    /// A warehouse.
    Warehouse(WarehouseId),
    /// A location: a bin of a warehouse.
    Location(LocationId),
    /// A user.
    User(UserId),
    /// A note or a task of the organizer.
    Entry(EntryId),
    /// A list that these choose from.
    EntryList(ListKind),
}

impl RecordRef {
    /// The kind, as stored.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Order(_) => "order",
            Self::PurchaseOrder(_) => "purchase_order",
            Self::Reception(_) => "reception",
            Self::Shipment(_) => "shipment",
            Self::Transfer(_) => "transfer",
            Self::Count(_) => "count",
            Self::Return(_) => "return",
            Self::Product(_) => "product",
            Self::Supplier(_) => "supplier",
            Self::Customer(_) => "customer",
            Self::Warehouse(_) => "warehouse",
            Self::Location(_) => "location",
            Self::User(_) => "user",
            Self::Entry(_) => "entry",
            Self::EntryList(_) => "entry_list",
        }
    }

    /// The id within its kind, as stored.
    pub fn id(self) -> i64 {
        match self {
            Self::Order(id) => id.into(),
            Self::PurchaseOrder(id) => id.into(),
            Self::Reception(id) => id.into(),
            Self::Shipment(id) => id.into(),
            Self::Transfer(id) => id.into(),
            Self::Count(id) => id.into(),
            Self::Return(id) => id.into(),
            Self::Product(id) => id.into(),
            Self::Supplier(id) => id.into(),
            Self::Customer(id) => id.into(),
            Self::Warehouse(id) => id.into(),
            Self::Location(id) => id.into(),
            Self::User(id) => id.into(),
            Self::Entry(id) => id.into(),
            Self::EntryList(list) => list.id(),
        }
    }

    /// The record a row names by kind and id; `None` for a kind nobody knows.
    pub fn of_row(kind: &str, id: i64) -> Option<Self> {
        Some(match kind {
            "order" => Self::Order(read(id)?),
            "purchase_order" => Self::PurchaseOrder(read(id)?),
            "reception" => Self::Reception(read(id)?),
            "shipment" => Self::Shipment(read(id)?),
            "transfer" => Self::Transfer(read(id)?),
            "count" => Self::Count(read(id)?),
            "return" => Self::Return(read(id)?),
            "product" => Self::Product(read(id)?),
            "supplier" => Self::Supplier(read(id)?),
            "customer" => Self::Customer(read(id)?),
            "warehouse" => Self::Warehouse(read(id)?),
            "location" => Self::Location(read(id)?),
            "user" => Self::User(read(id)?),
            "entry" => Self::Entry(read(id)?),
            "entry_list" => Self::EntryList(ListKind::of_id(id)?),
            _ => return None,
        })
    }

    /// The kind, in words.
    pub fn label(self) -> String {
        let mut label = self.kind().replace('_', " ");
        label[..1].make_ascii_uppercase();
        label
    }

    pub fn path(self) -> String {
        path_of(self.kind(), self.id())
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

impl FromStr for RecordRef {
    type Err = String;

    /// Reads `order:42`.
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once(':');
        let known = parts.and_then(|(kind, id)| Self::of_row(kind, id.parse().ok()?));
        known.ok_or_else(|| "There is no such record.".to_owned())
    }
}

/// Ids are made of texts only: of a URL, or of a row.
fn read<Id: FromStr>(id: i64) -> Option<Id> {
    id.to_string().parse().ok()
}

/// The page of a record of a stored kind.
fn path_of(kind: &str, id: i64) -> String {
    match kind {
        "entry" => return format!("/organizer/{id}"),
        "entry_list" => return "/organizer/settings".into(),
        _ => (),
    }
    let folder = kind.replace('_', "-");
    format!("/{folder}s/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_is_written() {
        for text in ["order:42", "purchase_order:7", "entry:1", "entry_list:3"] {
            let record: RecordRef = text.parse().expect("a record");
            assert_eq!(record.to_string(), text);
        }
        for text in [
            "",
            "order",
            "order:",
            "order:x",
            "sky:1",
            "order:1:2",
            "entry_list:4",
        ] {
            assert!(text.parse::<RecordRef>().is_err(), "{text}");
        }
    }
}
