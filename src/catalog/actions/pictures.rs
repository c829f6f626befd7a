//! What a product looks like.

use diesel::prelude::*;

use crate::catalog::Error;
use crate::catalog::picture::Picture;
use crate::db::Act;
use crate::schema::{product_pictures, products};
use crate::types::{Event, ProductId, RecordRef};

/// Shows a product by this picture from now on.
///
/// # Errors
/// Those of the database.
pub fn set_picture(act: &mut Act<'_>, id: ProductId, picture: &Picture) -> Result<(), Error> {
    products::table
        .find(id)
        .select(products::id)
        .first::<ProductId>(act.conn())?;
    let at = act.at();
    let row = || {
        (
            product_pictures::mark.eq(&picture.mark),
            product_pictures::small.eq(&picture.small),
            product_pictures::large.eq(&picture.large),
            product_pictures::added_at.eq(at),
        )
    };
    diesel::insert_into(product_pictures::table)
        .values((product_pictures::product_id.eq(id), row()))
        .on_conflict(product_pictures::product_id)
        .do_update()
        .set(row())
        .execute(act.conn())?;
    Ok(act.tell(RecordRef::Product(id), &Event::PictureSet)?)
}

/// Shows it by none. Removing it again changes nothing.
///
/// # Errors
/// Those of the database.
pub fn remove_picture(act: &mut Act<'_>, id: ProductId) -> Result<(), Error> {
    let removed = diesel::delete(product_pictures::table.find(id)).execute(act.conn())?;
    if removed > 0 {
        act.tell(RecordRef::Product(id), &Event::PictureRemoved)?;
    }
    Ok(())
}
