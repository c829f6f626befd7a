//! What products look like.

use diesel::prelude::*;

use crate::schema::product_pictures;
use crate::types::ProductId;

/// What stands for the picture of a product; none: it has none.
pub fn picture_mark(conn: &mut PgConnection, id: ProductId) -> QueryResult<Option<String>> {
    product_pictures::table
        .find(id)
        .select(product_pictures::mark)
        .first(conn)
        .optional()
}

/// The picture of a product, small or large; none where the reader has the one of this mark.
pub fn picture_unless(
    conn: &mut PgConnection,
    id: ProductId,
    is_small: bool,
    known: &str,
) -> QueryResult<(String, Option<Vec<u8>>)> {
    let mark: String = product_pictures::table
        .find(id)
        .select(product_pictures::mark)
        .first(conn)?;
    if mark == known {
        return Ok((mark, None));
    }
    let row = product_pictures::table.find(id);
    let content = match is_small {
        true => row.select(product_pictures::small).first(conn)?,
        false => row.select(product_pictures::large).first(conn)?,
    };
    Ok((mark, Some(content)))
}
