//! What is known of the products and warehouses that a file names.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use super::file::Line;
use crate::db::set_based;
use crate::stock::{Limits, Place};
use crate::types::{LocationId, ProductId, Quantity, Sku, WarehouseId};

/// A product in a warehouse, as a line names it.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct Known {
    #[diesel(sql_type = Integer)]
    line: i32,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub product_id: Option<ProductId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub sku: Option<Sku>,
    #[diesel(sql_type = Nullable<Text>)]
    pub product: Option<String>,
    #[diesel(sql_type = Bool)]
    pub is_archived: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub warehouse_id: Option<WarehouseId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub warehouse: Option<String>,
    #[diesel(sql_type = Bool)]
    pub is_active: bool,
    #[diesel(sql_type = Integer)]
    pub default_warning: Quantity,
    #[diesel(sql_type = Integer)]
    pub default_ideal: Quantity,
    #[diesel(sql_type = Nullable<Integer>)]
    warning_level: Option<Quantity>,
    #[diesel(sql_type = Nullable<Integer>)]
    ideal_level: Option<Quantity>,
    /// Whether goods lie in bins there.
    #[diesel(sql_type = Bool)]
    pub uses_bins: bool,
    /// The code of the bin it belongs in.
    #[diesel(sql_type = Nullable<Text>)]
    pub usual_bin: Option<String>,
    /// The bin that the line names, if goods may be put there.
    #[diesel(sql_type = Nullable<BigInt>)]
    named_bin_id: Option<LocationId>,
    #[diesel(sql_type = Nullable<Text>)]
    named_bin: Option<String>,
    #[diesel(sql_type = Integer)]
    pub on_hand: Quantity,
    /// Units in parcels being prepared.
    #[diesel(sql_type = Integer)]
    pub taken: Quantity,
}

impl Known {
    pub fn place(&self) -> Option<Place> {
        Some(Place::new(self.warehouse_id?, self.product_id?))
    }

    /// The bin that the line names: which, and what it is called.
    pub fn named_bin(&self) -> Option<(LocationId, &str)> {
        self.named_bin_id.zip(self.named_bin.as_deref())
    }

    /// The levels of its own.
    pub const fn limits(&self) -> Limits {
        Limits {
            warning_level: self.warning_level,
            ideal_level: self.ideal_level,
        }
    }
}

/// By line, in one statement. A line without a warehouse means the primary one.
pub(super) fn known(conn: &mut PgConnection, lines: &[Line]) -> QueryResult<HashMap<usize, Known>> {
    let rows: Vec<Known> = set_based!(
        "select u.line, p.id as product_id, p.sku, p.name as product,
           coalesce(p.archived_at is not null, false) as is_archived,
           w.id as warehouse_id, w.code as warehouse, coalesce(w.is_active, false) as is_active,
           coalesce(w.default_warning_level, 0) as default_warning,
           coalesce(w.default_ideal_level, 0) as default_ideal,
           coalesce(w.uses_locations, false) as uses_bins, usual.code as usual_bin,
           bin.id as named_bin_id, bin.code as named_bin,
           l.warning_level, l.ideal_level, coalesce(l.on_hand + l.doubted, 0) as on_hand,
           coalesce(d.taken, 0)::int4 as taken
         from :rows
         left join products named on named.sku = u.sku
         left join barcodes b on b.code = u.barcode and named.id is null
         left join products p on p.id = coalesce(named.id, b.product_id)
         left join warehouses w on case when u.warehouse = '' then w.is_primary
           else upper(w.code) = u.warehouse end
         left join levels l on l.warehouse_id = w.id and l.product_id = p.id
         left join locations usual on usual.id = l.usual_location_id
         left join lateral (
           select b.id, b.code from locations b
           where u.bin <> '' and b.warehouse_id = w.id and (b.code = upper(u.bin) or b.barcode = u.bin)
             and b.is_active and b.kind <> 'quarantine'
           order by b.code limit 1
         ) bin on true
         left join (
           select warehouse_id, product_id, sum(taken) as taken from demand where taken > 0 group by 1, 2
         ) d on d.warehouse_id = w.id and d.product_id = p.id",
        lines, |line|
        line: Integer = i32::try_from(line.number).unwrap_or(i32::MAX),
        sku: Text = Sku::normal(&line.sku),
        barcode: Text = if line.barcode.is_empty() { &line.sku } else { &line.barcode },
        warehouse: Text = line.warehouse.to_uppercase(),
        bin: Text = &line.bin,
    )
    .load(conn)?;
    let by_line = rows
        .into_iter()
        .map(|row| (usize::try_from(row.line).unwrap_or_default(), row));
    Ok(by_line.collect())
}
