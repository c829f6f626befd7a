//! The papers that notes are printed on.

use super::text_enum;

text_enum! {
    /// What a note can be printed on.
    Paper {
        /// For who walks along the shelves: notes of the order, of the parcel, of the customer and of
        /// the products.
        PickList = "pick_list", "Pick list";
        /// Lies in the parcel: notes of the order, of the parcel and of the customer.
        PackingSlip = "packing_slip", "Packing slip";
        /// Goes to the supplier, also in the mail: notes of the purchase order and of the supplier.
        PurchaseOrder = "purchase_order", "Purchase order";
    }
}
