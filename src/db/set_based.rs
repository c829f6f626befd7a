//! Statements that write or read many rows at once: every column is named once, beside its type and
//! what it is read from, so that two cannot be swapped.

use super::named::{named, parameter};

/// A query over many rows, which stand in its text as `:rows`, a table called `u` with the columns
/// named, which stand there as `:columns`; single values follow behind a semicolon, and stand in the
/// text as `:name`.
///
/// ```text
/// set_based!(
///     "update levels l set on_hand = u.on_hand, changed_at = :at from :rows where l.id = u.id",
///     changed, |level| id: BigInt = level.id, on_hand: Integer = level.on_hand;
///     at: Timestamptz = act.at()
/// ).execute(conn)?;
/// ```
macro_rules! set_based {
    (
        $sql:expr, $rows:expr, |$row:pat_param| $($name:ident: $type:ty = $value:expr),+
        $(; $($single:ident: $of:ty = $given:expr),+)? $(,)?
    ) => {{
        let rows = $rows;
        let sql = $crate::db::set_based::sql(
            $sql,
            &[$(stringify!($name)),+],
            &[$($(stringify!($single)),+)?],
        );
        diesel::sql_query(sql)
            $(.bind::<diesel::sql_types::Array<$type>, _>(
                // A column is read from a part of its row.
                rows.iter().map(|#[allow(unused_variables)] $row| $value).collect::<Vec<_>>(),
            ))+
            $($(.bind::<$of, _>($given))+)?
    }};
}
pub(crate) use set_based;

/// The text with its parameters numbered.
pub(crate) fn sql(text: &str, columns: &[&str], singles: &[&str]) -> String {
    let names = [columns, singles].concat();
    let numbers: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
    let (numbers, columns) = (numbers.join(", "), columns.join(", "));
    named(text, |name| match name {
        "rows" => Some(format!("unnest({numbers}) as u ({columns})")),
        "columns" => Some(columns.clone()),
        name => parameter(&names, name),
    })
}

#[cfg(test)]
mod tests {
    use super::sql;

    #[test]
    fn rows_and_single_values_are_numbered_in_their_order() {
        let text = "update t set n = u.n, at = :at from :rows where t.id = u.id";

        assert_eq!(
            sql(text, &["id", "n"], &["at"]),
            "update t set n = u.n, at = $3 from unnest($1, $2) as u (id, n) where t.id = u.id"
        );
    }

    #[test]
    fn columns_are_named_where_rows_are_written() {
        let text = "insert into t (:columns, at) select :columns, :at from :rows";

        assert_eq!(
            sql(text, &["id", "n"], &["at"]),
            "insert into t (id, n, at) select id, n, $3 from unnest($1, $2) as u (id, n)"
        );
    }
}
