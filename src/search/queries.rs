//! What is called so.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};

use crate::db::{Document, beginning, containing};
use crate::types::{Element, RecordRef, Sku};

/// Of a kind so many are shown; one more says that there are others.
pub const MOST: usize = 8;
/// Fewer letters than these are looked for at the beginning of a name only.
const PART: usize = 3;

/// Something that is called as was asked.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Hit {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
    /// Its number or name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// What else tells it from others: whose it is, where it came from.
    #[diesel(sql_type = Text)]
    pub about: String,
    /// It is called exactly so.
    #[diesel(sql_type = Bool)]
    pub exact: bool,
}

impl Hit {
    /// The record; none of a kind that has no page.
    pub fn record(&self) -> Option<RecordRef> {
        RecordRef::of_row(&self.kind, self.id)
    }

    pub fn path(&self) -> String {
        self.record().map_or_else(String::new, RecordRef::path)
    }
}

/// What is called exactly as `q` says: by number, reference, tracking number, SKU, barcode, code or
/// address. Of a text that is nobody's, what is like it: kinds one after the other, at most
/// [`MOST`] of a kind and one more.
pub fn found(conn: &mut PgConnection, q: &str) -> QueryResult<Vec<Hit>> {
    let hits = exactly(conn, q)?;
    if hits.is_empty() {
        like(conn, q)
    } else {
        Ok(hits)
    }
}

fn exactly(conn: &mut PgConnection, q: &str) -> QueryResult<Vec<Hit>> {
    let said = Element::read(q);
    let mut barcodes = vec![q];
    barcodes.extend(said.iter().flat_map(Element::codes));
    diesel::sql_query(include_str!("exactly.sql"))
        .bind::<Text, _>(q)
        .bind::<Text, _>(q.to_uppercase())
        .bind::<Text, _>(Sku::normal(q))
        .bind::<Text, _>(q.to_lowercase())
        .bind::<Text, _>(Document::whole_number(q))
        .bind::<Text, _>(q.strip_prefix('#').unwrap_or(q))
        .bind::<Array<Text>, _>(barcodes)
        .load(conn)
}

fn like(conn: &mut PgConnection, q: &str) -> QueryResult<Vec<Hit>> {
    let part = |q: &str| match q.chars().count() < PART {
        true => beginning(q),
        false => containing(q),
    };
    diesel::sql_query(include_str!("like.sql"))
        .bind::<Text, _>(beginning(q))
        .bind::<Text, _>(beginning(&q.to_uppercase()))
        .bind::<Text, _>(part(&Sku::normal(q)))
        .bind::<Text, _>(part(&q.to_lowercase()))
        .bind::<BigInt, _>(i64::try_from(MOST + 1).unwrap_or(i64::MAX))
        .load(conn)
}
