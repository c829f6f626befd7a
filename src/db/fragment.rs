//! Pieces of SQL made while the program runs, for a query of diesel as well as for one in text.

use std::marker::PhantomData;

use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, Text};

/// A piece of a statement, with the values in it.
#[derive(Debug, Clone)]
pub struct Fragment<T = Bool> {
    pieces: Vec<Piece>,
    kind: PhantomData<T>,
}

#[derive(Debug, Clone)]
enum Piece {
    Sql(String),
    Value(String),
}

impl<T> Fragment<T> {
    pub(crate) fn text(sql: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece::Sql(sql.into())],
            kind: PhantomData,
        }
    }

    pub(crate) fn then(mut self, sql: &str) -> Self {
        self.pieces.push(Piece::Sql(sql.into()));
        self
    }

    pub(crate) fn value(mut self, value: &str) -> Self {
        self.pieces.push(Piece::Value(value.into()));
        self
    }

    /// Its values, in the order of their numbers.
    pub(super) fn values(self) -> impl Iterator<Item = String> {
        self.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Value(value) => Some(value),
            Piece::Sql(_) => None,
        })
    }

    /// Its text, with its values numbered after the `taken` ones.
    pub(super) fn numbered(&self, taken: usize) -> String {
        let mut last = taken;
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Sql(sql) => sql.clone(),
            Piece::Value(_) => {
                last += 1;
                format!("${last}")
            }
        });
        pieces.collect()
    }
}

impl<T> QueryFragment<Pg> for Fragment<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for piece in &self.pieces {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Value(value) => out.push_bind_param::<Text, String>(value)?,
            }
        }
        Ok(())
    }
}

impl<T> QueryId for Fragment<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: diesel::expression::TypedExpressionType> Expression for Fragment<T> {
    type SqlType = T;
}

impl<T, Tables> AppearsOnTable<Tables> for Fragment<T> where Self: Expression {}
impl<T, Tables> SelectableExpression<Tables> for Fragment<T> where Self: AppearsOnTable<Tables> {}
impl<T, Grouped> ValidGrouping<Grouped> for Fragment<T> {
    type IsAggregate = is_aggregate::Never;
}
