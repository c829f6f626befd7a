//! Many products at once, for imports: a constant number of statements however many they are.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamptz};

use super::{ProductInput, barcodes};
use crate::catalog::Error;
use crate::db::{Act, announce, set_based};
use crate::error::OnConstraint;
use crate::types::{Event, ProductId, RecordRef, Sku};

/// Takes many products into the catalog, all or none; the ids stand in the order of `inputs`.
///
/// # Errors
/// [`Error::SkuTaken`], [`Error::BarcodeTwice`], [`Error::BarcodeTaken`].
pub fn add_products(act: &mut Act<'_>, inputs: &[ProductInput]) -> Result<Vec<ProductId>, Error> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Inserted {
        #[diesel(sql_type = BigInt)]
        id: ProductId,
        #[diesel(sql_type = Text)]
        sku: Sku,
    }
    if inputs.is_empty() {
        return Ok(Vec::new());
    }
    let at = act.at();
    let inserted = set_based!(
        "insert into products (:columns, created_at) select :columns, :at from :rows
         returning id, sku",
        inputs, |input|
        sku: Text = &input.sku,
        name: Text = &input.name,
        price: BigInt = input.price,
        weight_grams: Integer = input.weight_grams,
        note: Text = &input.note;
        at: Timestamptz = at
    )
    .load::<Inserted>(act.conn())
    .on_constraint("products_sku_key", Error::SkuTaken)?;
    let by_sku: HashMap<Sku, ProductId> =
        inserted.into_iter().map(|row| (row.sku, row.id)).collect();
    let ids: Vec<ProductId> = inputs.iter().map(|input| by_sku[&input.sku]).collect();
    let with_barcodes = ids.iter().zip(inputs);
    let given = with_barcodes.flat_map(|(id, input)| barcodes::given(*id, &input.barcodes));
    barcodes::give(act, given.collect())?;
    let records: Vec<RecordRef> = ids.iter().map(|id| RecordRef::Product(*id)).collect();
    act.note_all(&records, &Event::Created)?;
    announce(act, &["products".into()])?;
    Ok(ids)
}
