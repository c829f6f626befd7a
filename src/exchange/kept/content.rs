//! The files themselves, piece by piece.

use diesel::prelude::*;

use crate::exchange::Error;
use crate::schema::{import_left_out, import_orders, import_pieces, import_products};
use crate::sheet::{Spool, Spooling, Unreadable};
use crate::types::ImportId;

/// Bytes of one piece.
const PIECE: usize = 1024 * 1024;

pub fn keep(conn: &mut PgConnection, id: ImportId, content: &Spool) -> Result<(), Error> {
    for (nth, piece) in (0_i32..).zip(content.pieces(PIECE)) {
        let row = (
            import_pieces::import_id.eq(id),
            import_pieces::piece.eq(nth),
            import_pieces::content.eq(piece.map_err(Unreadable::from)?),
        );
        diesel::insert_into(import_pieces::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

/// What a file holds; nothing when nothing more can be done with it.
pub fn load(conn: &mut PgConnection, id: ImportId) -> Result<Spool, Error> {
    let mut content = Spooling::default();
    for nth in 0_i32.. {
        let piece: Option<Vec<u8>> = import_pieces::table
            .find((id, nth))
            .select(import_pieces::content)
            .first(conn)
            .optional()?;
        let Some(piece) = piece else {
            break;
        };
        content.add(&piece).map_err(Unreadable::from)?;
        if piece.len() < PIECE {
            break;
        }
    }
    Ok(content.finish())
}

/// Lets go of a file, and of its orders and products: they are placed, or nobody wants them.
pub fn forget(conn: &mut PgConnection, id: ImportId) -> QueryResult<()> {
    diesel::delete(import_pieces::table.filter(import_pieces::import_id.eq(id))).execute(conn)?;
    forget_orders(conn, id)
}

pub(super) fn forget_orders(conn: &mut PgConnection, id: ImportId) -> QueryResult<()> {
    diesel::delete(import_orders::table.filter(import_orders::import_id.eq(id))).execute(conn)?;
    diesel::delete(import_products::table.filter(import_products::import_id.eq(id)))
        .execute(conn)?;
    Ok(())
}

/// Lets go of what is not imported of a file.
pub fn forget_left_out(conn: &mut PgConnection, id: ImportId) -> QueryResult<()> {
    diesel::delete(import_left_out::table.filter(import_left_out::import_id.eq(id)))
        .execute(conn)?;
    Ok(())
}
