//! What of a file is not imported.

use diesel::prelude::*;

use super::PER_PAGE;
use crate::exchange::imports::orders::lines_in_words;
use crate::schema::import_left_out;
use crate::types::ImportId;

/// Rows of a file that are read at a time.
const AT_ONCE: i64 = 2_000;

/// A line that is refused, or a document that is left out as a whole.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = import_left_out)]
pub struct LeftOut {
    id: i64,
    line: i32,
    last: i32,
    /// Its order; may be empty.
    pub order_number: String,
    /// What the line says; of a document, how many lines go with it.
    pub says: String,
    /// Why.
    pub reason: String,
}

impl LeftOut {
    /// The lines of the file it begins and ends on.
    pub fn lines(&self) -> String {
        lines_in_words(self.line, self.last)
    }

    /// Where the list goes on after it.
    pub const fn place(&self) -> (i32, i64) {
        (self.line, self.id)
    }
}

/// Lines, or documents, on a page of them, by line.
pub fn left_out_page(
    conn: &mut PgConnection,
    id: ImportId,
    (is_document, page): (bool, i32),
) -> QueryResult<Vec<LeftOut>> {
    let from = page.saturating_mul(PER_PAGE);
    LeftOut::query()
        .filter(import_left_out::import_id.eq(id))
        .filter(import_left_out::is_document.eq(is_document))
        .filter(import_left_out::place.ge(from))
        .order(import_left_out::place)
        .limit(PER_PAGE.into())
        .load(conn)
}

/// Both together by line, a part of them after a place; none at the end.
pub fn left_out_after(
    conn: &mut PgConnection,
    id: ImportId,
    (line, row): (i32, i64),
) -> QueryResult<Vec<LeftOut>> {
    let beyond = import_left_out::line.gt(line).or(import_left_out::line
        .eq(line)
        .and(import_left_out::id.gt(row)));
    LeftOut::query()
        .filter(import_left_out::import_id.eq(id))
        .filter(import_left_out::line.ge(line).and(beyond))
        .order((import_left_out::line, import_left_out::id))
        .limit(AT_ONCE)
        .load(conn)
}
