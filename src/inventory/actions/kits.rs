//! Products become kits, kits get other parts, and kits become simple products again.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use crate::catalog::{self, KitPart, ProductKind};
use crate::db::announce::topics;
use crate::db::{Act, announce, set_based, sql};
use crate::inventory::kit::mark;
use crate::inventory::queries::wrong_with_kits;
use crate::inventory::{Error, KitEdit};
use crate::schema::{kit_parts, products};
use crate::stock;
use crate::types::{Event, ProductId, RecordRef, Sku, UnitsOf};

const EVERYWHERE: &str =
    "Kits are packed in all warehouses: whoever is limited to some cannot change them.";

/// Packs each product of these parts from now on, all or none; no product twice. Orders that were
/// placed stay as they were sold.
///
/// # Errors
/// [`stock::Error::NotYours`] for who is limited to some warehouses,
/// [`Error::Changed`] when the parts of one are others than were seen, [`Error::Kits`] with all that
/// stands in the way.
pub fn set_parts(act: &mut Act<'_>, edits: &[KitEdit]) -> Result<(), Error> {
    if act.limit().is_any() {
        return Err(stock::Error::NotYours(EVERYWHERE.into()).into());
    }
    if edits.iter().any(KitEdit::begins) {
        // What is nowhere now stays nowhere.
        stock::pause(act)?;
    }
    let kits: Vec<ProductId> = edits.iter().map(|edit| edit.kit).collect();
    lock(act, edits, &kits)?;
    let before = catalog::parts_of_kits(act, &kits)?;
    let names = skus(act, edits)?;
    must_be_as_seen(edits, &before, &names)?;
    let wrong = wrong_with_kits(act, edits)?;
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    write(act, edits, &kits)?;
    tell(act, edits, &before, &names)
}

/// Keeps the products from others until the transaction ends: kits from whoever points a row at them,
/// parts from whoever makes them kits or archives them.
fn lock(act: &mut Act<'_>, edits: &[KitEdit], kits: &[ProductId]) -> QueryResult<()> {
    let parts: Vec<ProductId> = parts_of(edits).collect();
    sql!(
        "select id from products where id = any(:kits) order by id for update",
        kits: Array<BigInt> = kits,
    )
    .execute(act.conn())?;
    sql!(
        "select id from products where id = any(:parts) order by id for key share",
        parts: Array<BigInt> = parts,
    )
    .execute(act.conn())?;
    Ok(())
}

fn parts_of(edits: &[KitEdit]) -> impl Iterator<Item = ProductId> {
    let parts = edits.iter().flat_map(|edit| &edit.parts);
    parts.map(|part| part.product)
}

/// What people call the kits and their parts.
fn skus(conn: &mut PgConnection, edits: &[KitEdit]) -> QueryResult<HashMap<ProductId, Sku>> {
    let ids: Vec<ProductId> = edits
        .iter()
        .map(|edit| edit.kit)
        .chain(parts_of(edits))
        .collect();
    let rows: Vec<(ProductId, Sku)> = products::table
        .filter(products::id.eq_any(ids))
        .select((products::id, products::sku))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn must_be_as_seen(
    edits: &[KitEdit],
    before: &HashMap<ProductId, Vec<KitPart>>,
    names: &HashMap<ProductId, Sku>,
) -> Result<(), Error> {
    for edit in edits {
        let name = names.get(&edit.kit).ok_or(diesel::NotFound)?;
        let kept = before.get(&edit.kit).map(Vec::as_slice);
        if mark(kept.unwrap_or_default()) != edit.seen {
            return Err(Error::Changed(name.to_string()));
        }
    }
    Ok(())
}

fn write(act: &mut Act<'_>, edits: &[KitEdit], kits: &[ProductId]) -> Result<(), Error> {
    let chosen = |is: fn(&KitEdit) -> bool| -> Vec<ProductId> {
        let chosen = edits.iter().filter(|edit| is(edit));
        chosen.map(|edit| edit.kit).collect()
    };
    diesel::delete(kit_parts::table.filter(kit_parts::kit_id.eq_any(kits))).execute(act.conn())?;
    for (of, kind) in [
        (chosen(KitEdit::begins), ProductKind::Kit),
        (chosen(KitEdit::ends), ProductKind::Simple),
    ] {
        catalog::set_kind(act, &of, kind)?;
        stock::set_kept(act, &of, kind == ProductKind::Simple)?;
    }
    let rows = edits
        .iter()
        .flat_map(|edit| edit.parts.iter().map(move |part| (edit.kit, part)));
    set_based!(
        "insert into kit_parts (:columns) select :columns from :rows",
        rows.collect::<Vec<_>>(), |(kit, part)|
        kit_id: BigInt = *kit,
        part_id: BigInt = part.product,
        quantity: Integer = part.quantity,
    )
    .execute(act.conn())?;
    Ok(())
}

/// Writes down what was done, and tells the pages of the kits, and of what was and is a part of them.
fn tell(
    act: &mut Act<'_>,
    edits: &[KitEdit],
    before: &HashMap<ProductId, Vec<KitPart>>,
    names: &HashMap<ProductId, Sku>,
) -> Result<(), Error> {
    let events = edits.iter().map(|edit| {
        let parts = edit.parts.iter().filter_map(|part| {
            let sku = names.get(&part.product)?.clone();
            let units = part.quantity;
            Some(UnitsOf { sku, units })
        });
        let parts = parts.collect();
        (RecordRef::Product(edit.kit), Event::PartsSet { parts })
    });
    act.note_each(&events.collect::<Vec<_>>())?;
    let were = before.values().flatten().map(|part| part.product_id);
    let all: HashSet<ProductId> = names.keys().copied().chain(were).collect();
    announce(act, &topics("product", all))?;
    Ok(())
}
