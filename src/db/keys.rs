//! What lists are ordered by.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// An expression a list is ordered by, which is never null, and what its values are.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub(super) sql: &'static str,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Small,
    Int,
    Big,
    Day,
    Moment,
}

impl Key {
    pub const fn text(sql: &'static str) -> Self {
        Self::of(sql, Kind::Text)
    }

    pub const fn small(sql: &'static str) -> Self {
        Self::of(sql, Kind::Small)
    }

    pub const fn int(sql: &'static str) -> Self {
        Self::of(sql, Kind::Int)
    }

    /// An id, or money in its ten-thousandths.
    pub const fn big(sql: &'static str) -> Self {
        Self::of(sql, Kind::Big)
    }

    pub const fn day(sql: &'static str) -> Self {
        Self::of(sql, Kind::Day)
    }

    pub const fn moment(sql: &'static str) -> Self {
        Self::of(sql, Kind::Moment)
    }

    const fn of(sql: &'static str, kind: Kind) -> Self {
        Self { sql, kind }
    }

    /// How the database writes it into a key: so that [`Kind::is_read`] reads it.
    pub(super) fn written(&self) -> String {
        let sql = self.sql;
        match self.kind {
            Kind::Moment => {
                format!("to_char({sql} at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            }
            Kind::Day => format!("to_char({sql}, 'YYYY-MM-DD')"),
            _ => sql.into(),
        }
    }

    /// The values of a key, joined by tildes; only the first may have one itself. `None`: they are
    /// not those of these columns.
    pub(super) fn read_all(keys: &[Self], text: &str) -> Option<Vec<String>> {
        let mut values: Vec<&str> = text.rsplitn(keys.len(), '~').collect();
        values.reverse();
        let all = values.len() == keys.len();
        let read = keys
            .iter()
            .zip(&values)
            .all(|(key, value)| key.kind.is_read(value));
        (all && read).then(|| values.into_iter().map(str::to_owned).collect())
    }
}

impl Kind {
    /// What the database calls it.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Small => "int2",
            Self::Int => "int4",
            Self::Big => "int8",
            Self::Day => "date",
            Self::Moment => "timestamptz",
        }
    }

    /// Whether the database can read a value.
    fn is_read(self, value: &str) -> bool {
        let in_our_era = |year: i32| (1..=9999).contains(&year);
        match self {
            Self::Text => !value.contains('\0'),
            Self::Small => value.parse::<i16>().is_ok(),
            Self::Int => value.parse::<i32>().is_ok(),
            Self::Big => value.parse::<i64>().is_ok(),
            Self::Day => value
                .parse()
                .is_ok_and(|day: NaiveDate| in_our_era(day.year())),
            Self::Moment => value
                .parse()
                .is_ok_and(|at: DateTime<Utc>| in_our_era(at.year())),
        }
    }
}
