//! Writes what a file comes to, part by part.

use std::borrow::Cow;
use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text};

use super::outcome::json;
use super::remarks::Remarks;
use crate::db::{announce, set_based};
use crate::exchange::imports::orders::{
    Destination, Found, Known, ReadOrder, Reader, Refusal, Skipped, Sums,
};
use crate::exchange::{Error, Import, ImportState};
use crate::schema::imports;
use crate::types::{ImportId, counted};

/// Writes for one reading of a file.
pub(super) struct Writing<'c> {
    pub(super) conn: &'c mut PgConnection,
    pub(super) import: &'c Import,
    to: Destination,
    /// The company's currency.
    own: String,
    pub(super) sums: Sums,
    pub(super) refused: usize,
    pub(super) remarks: Remarks,
}

impl<'c> Writing<'c> {
    pub(super) fn of(conn: &'c mut PgConnection, import: &'c Import, own: &str) -> Self {
        Self {
            conn,
            import,
            to: import.destination(),
            own: own.to_owned(),
            sums: Sums::default(),
            refused: 0,
            remarks: Remarks::default(),
        }
    }
}

impl Reader for Writing<'_> {
    type Error = Error;

    fn known(
        &mut self,
        skus: &HashSet<String>,
        numbers: &HashSet<&str>,
    ) -> Result<Cow<'_, Known>, Error> {
        let known = Known::load(self.conn, &self.to, skus, numbers)?;
        Ok(Cow::Owned(known))
    }

    fn take(&mut self, found: Found) -> Result<(), Error> {
        let (import, first) = (self.import, self.sums.orders);
        self.conn.transaction(|conn| {
            go_on(conn, import, found.lines)?;
            write_orders(conn, import.id, first, &found.orders)?;
            Ok::<_, Error>(write_left_out(conn, import.id, &found)?)
        })?;
        self.sums.add_orders(&found.orders, &self.own);
        self.sums.add_skipped(&found.skipped);
        self.refused += found.refusals.len();
        self.remarks.hear(found.remarks);
        Ok(())
    }
}

/// Says how far a reading is, unless somebody asked for another one, or for none.
fn go_on(conn: &mut PgConnection, import: &Import, lines: usize) -> Result<(), Error> {
    let lines = i32::try_from(lines).unwrap_or(i32::MAX);
    let read = diesel::update(imports::table.find(import.id))
        .filter(imports::reading.eq(import.reading))
        .filter(imports::state.eq(ImportState::Reading))
        .set(imports::lines_read.eq(imports::lines_read + lines))
        .execute(conn)?;
    if read == 0 {
        return Err(Error::Overtaken);
    }
    Ok(announce(conn, &[import.topic()])?)
}

fn write_orders(
    conn: &mut PgConnection,
    id: ImportId,
    first: usize,
    orders: &[ReadOrder],
) -> QueryResult<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let texts: Vec<String> = orders.iter().map(json).collect::<QueryResult<_>>()?;
    set_based!(
        "insert into import_orders (:columns, import_id) select :columns, :import from :rows",
        texts.iter().enumerate().collect::<Vec<_>>(), |(nth, text)|
        place: Integer = i32::try_from(first + *nth).unwrap_or(i32::MAX),
        content: Text = text.as_str();
        import: BigInt = id
    )
    .execute(conn)?;
    Ok(())
}

/// A row of what is left out, as it is written.
struct NewRow<'f> {
    is_document: bool,
    lines: [usize; 2],
    order: &'f str,
    says: Cow<'f, str>,
    reason: Cow<'f, str>,
}

impl<'f> From<&'f Refusal> for NewRow<'f> {
    fn from(line: &'f Refusal) -> Self {
        Self {
            is_document: false,
            lines: [line.line, line.line],
            order: &line.order,
            says: line.says.as_str().into(),
            reason: line.reason.as_str().into(),
        }
    }
}

impl<'f> From<&'f Skipped> for NewRow<'f> {
    fn from(document: &'f Skipped) -> Self {
        Self {
            is_document: true,
            lines: [document.line, document.last],
            order: &document.order,
            says: counted(document.lines, "line").into(),
            reason: document.reason().into(),
        }
    }
}

fn write_left_out(conn: &mut PgConnection, id: ImportId, found: &Found) -> QueryResult<()> {
    let documents = found.skipped.iter().map(NewRow::from);
    let rows: Vec<NewRow<'_>> = found
        .refusals
        .iter()
        .map(NewRow::from)
        .chain(documents)
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let line = |line: usize| i32::try_from(line).unwrap_or(i32::MAX);
    set_based!(
        "insert into import_left_out (:columns, import_id) select :columns, :import from :rows",
        &rows, |row|
        is_document: Bool = row.is_document,
        line: Integer = line(row.lines[0]),
        last: Integer = line(row.lines[1]),
        order_number: Text = row.order,
        says: Text = row.says.as_ref(),
        reason: Text = row.reason.as_ref();
        import: BigInt = id
    )
    .execute(conn)?;
    Ok(())
}
