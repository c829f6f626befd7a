//! In which bins a product lies, warehouse by warehouse.

use diesel::prelude::*;

use crate::catalog::LocationKind;
use crate::schema::{bin_contents, locations, warehouses};
use crate::types::{LocationId, ProductId, Quantity, RecordRef, WarehouseId};

/// A bin in which a product lies.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = bin_contents)]
#[diesel(base_query = bin_contents::table
    .inner_join(locations::table.on(locations::id.eq(bin_contents::location_id)))
    .inner_join(warehouses::table.on(warehouses::id.eq(bin_contents::warehouse_id))))]
pub struct ProductBin {
    #[diesel(select_expression = warehouses::id)]
    pub warehouse_id: WarehouseId,
    /// Code of the warehouse.
    #[diesel(select_expression = warehouses::code)]
    pub warehouse: String,
    location_id: LocationId,
    #[diesel(select_expression = locations::code)]
    pub code: String,
    #[diesel(select_expression = locations::kind)]
    pub kind: LocationKind,
    /// May be empty.
    #[diesel(select_expression = locations::zone)]
    pub zone: String,
    /// Units of it.
    pub quantity: Quantity,
    /// Of these, units that parcels take from there.
    pub held: Quantity,
}

impl ProductBin {
    pub fn path(&self) -> String {
        RecordRef::Location(self.location_id).path()
    }
}

/// The bins of a product, warehouse by warehouse, in the order of the walk.
pub fn bins_of_product(conn: &mut PgConnection, id: ProductId) -> QueryResult<Vec<ProductBin>> {
    ProductBin::query()
        .filter(bin_contents::product_id.eq(id))
        .order((warehouses::code, locations::walk, locations::code))
        .load(conn)
}
