//! The order of a list, and how a page of it is read: from the key of the row beside it.
//!
//! A page is one range of an index on the columns of the order, however deep it lies. The database
//! itself writes the key of each row, so that order, comparison and key cannot differ.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::row::NamedRow;
use diesel::sql_types::Text;

use super::fragment::Fragment;
use super::keys::Key;
use super::named::{named, parameter};
use super::paging::{PER_PAGE, Page, Paging};

/// Which rows of a list are read, and in which order.
#[derive(Debug, Clone)]
pub struct Keyset {
    keys: Vec<Key>,
    falls: bool,
    from: Start,
    most: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Start {
    Top,
    After(Vec<String>),
    /// The query runs backwards.
    Before(Vec<String>),
}

impl Keyset {
    /// A page of a list in the order of `keys`, of which the last tells its rows apart. A key in
    /// the URL that cannot be read means from the top.
    pub fn new(keys: &[Key], falls: bool, paging: &Paging) -> Self {
        let read = |text: &Option<String>| Key::read_all(keys, text.as_deref()?);
        let from = match (read(&paging.after), read(&paging.before)) {
            (Some(key), _) => Start::After(key),
            (None, Some(key)) => Start::Before(key),
            (None, None) => Start::Top,
        };
        Self {
            keys: keys.to_vec(),
            falls,
            from,
            most: Some(PER_PAGE),
        }
    }

    /// The same order, with so many rows on a page; `None`: all of them.
    pub fn most(self, rows: impl Into<Option<usize>>) -> Self {
        let most = rows.into();
        Self { most, ..self }
    }

    /// What is compared and ordered the other way: a page read backwards runs against its list.
    const fn runs_down(&self) -> bool {
        self.falls != matches!(self.from, Start::Before(_))
    }

    /// How many rows are asked for: one more than a page has, which tells whether there is another.
    pub fn limit(&self) -> i64 {
        let rows = self.most.map_or(i64::MAX, |most| most as i64);
        rows.saturating_add(1)
    }

    /// The order of the list.
    pub fn order(&self) -> Fragment {
        let way = if self.runs_down() { "desc" } else { "asc" };
        let keys = self.keys.iter().map(|key| format!("{} {way}", key.sql));
        Fragment::text(keys.collect::<Vec<_>>().join(", "))
    }

    /// The key of a row.
    pub fn key(&self) -> Fragment<Text> {
        let keys: Vec<String> = self.keys.iter().map(Key::written).collect();
        Fragment::text(format!("concat_ws('~', {})", keys.join(", ")))
    }

    /// Whether a row lies on this page or further that way. The first of several keys is compared by
    /// itself as well: where the others are of another table, no index serves all of them together.
    pub fn beyond(&self) -> Fragment {
        let (Start::After(values) | Start::Before(values)) = &self.from else {
            return Fragment::text("true");
        };
        let than = if self.runs_down() { "<" } else { ">" };
        let typed = |fragment: Fragment, at: usize| {
            let kind = self.keys[at].kind.sql();
            fragment.value(&values[at]).then(&format!("::{kind}"))
        };
        let mut fragment = Fragment::text("");
        if let [first, _, ..] = self.keys[..] {
            fragment = typed(fragment.then(&format!("{} {than}= ", first.sql)), 0).then(" and ");
        }
        let keys: Vec<&str> = self.keys.iter().map(|key| key.sql).collect();
        fragment = fragment.then(&format!("({}) {than} (", keys.join(", ")));
        for at in 0..keys.len() {
            let comma = if at > 0 { ", " } else { "" };
            fragment = typed(fragment.then(comma), at);
        }
        fragment.then(")")
    }

    /// A query in SQL with its values numbered. `:page_key`, `:beyond`, `:order` and `:limit` stand
    /// in it for what this says.
    pub fn text(&self, sql: &str, names: &[&str]) -> String {
        named(sql, |name| match name {
            "page_key" => Some(format!("{} as page_key", self.key().numbered(0))),
            "beyond" => Some(self.beyond().numbered(names.len())),
            "order" => Some(self.order().numbered(0)),
            "limit" => Some(self.limit().to_string()),
            name => parameter(names, name),
        })
    }

    /// A query whose own values are bound, with those of `:beyond`.
    pub fn bound<'a>(
        &self,
        query: BoxedSqlQuery<'a, Pg, SqlQuery>,
    ) -> BoxedSqlQuery<'a, Pg, SqlQuery> {
        let values = self.beyond().values();
        values.fold(query, |query, value| query.bind::<Text, _>(value))
    }

    /// The page that these rows with their keys make, in the order they were found.
    pub fn page<T>(&self, rows: Vec<impl Into<(T, String)>>) -> Page<T> {
        let most = self.most.unwrap_or(usize::MAX);
        let more = rows.len() > most;
        let mut rows: Vec<(T, String)> = rows.into_iter().map(Into::into).collect();
        rows.truncate(most);
        let (above, below) = match self.from {
            Start::Top => (false, more),
            Start::After(_) => (true, more),
            Start::Before(_) => {
                rows.reverse();
                (more, true)
            }
        };
        let key = |row: Option<&(T, String)>| row.map(|(_, key)| key.clone());
        Page {
            newer: key(rows.first().filter(|_| above)),
            older: key(rows.last().filter(|_| below)),
            rows: rows.into_iter().map(|(row, _)| row).collect(),
        }
    }
}

/// A page of a boxed query of `$row`, as a [`Keyset`] has it.
macro_rules! page {
    ($conn:expr, $query:expr, $row:ty, $keyset:expr) => {{
        use diesel::prelude::*;
        let keyset: $crate::db::Keyset = $keyset;
        $query
            .select((<$row>::as_select(), keyset.key()))
            .filter(keyset.beyond())
            .order(keyset.order())
            .limit(keyset.limit())
            .load::<($row, String)>($conn)
            .map(|rows| keyset.page(rows))
    }};
}
pub(crate) use page;

/// A list in SQL: its text, with what [`Keyset::text`] knows, and its values by name.
macro_rules! listed {
    ($keyset:expr, $sql:expr, $($name:ident: $type:ty = $value:expr),+ $(,)?) => {{
        let keyset: &$crate::db::Keyset = $keyset;
        let query = diesel::sql_query(keyset.text(&$sql, &[$(stringify!($name)),+])).into_boxed();
        keyset.bound(query$(.bind::<$type, _>($value))+)
    }};
}
pub(crate) use listed;

/// A row of a list in SQL with its key.
pub struct Keyed<T> {
    pub row: T,
    pub key: String,
}

impl<T: QueryableByName<Pg>> QueryableByName<Pg> for Keyed<T> {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            row: T::build(row)?,
            key: NamedRow::get::<Text, _>(row, "page_key")?,
        })
    }
}

impl<T> From<Keyed<T>> for (T, String) {
    fn from(keyed: Keyed<T>) -> Self {
        (keyed.row, keyed.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Sorts;

    const BY_TOTAL: Sorts = Sorts {
        usual: "-total",
        by: &[
            ("total", Key::big("total")),
            ("name", Key::text("lower(name)")),
        ],
        then: &[Key::big("id")],
    };

    fn after(key: &str) -> Paging {
        Paging {
            after: Some(key.into()),
            before: None,
        }
    }

    fn before(key: &str) -> Paging {
        Paging {
            after: None,
            before: Some(key.into()),
        }
    }

    fn page(rows: std::ops::RangeInclusive<usize>, paging: &Paging) -> Page<usize> {
        let rows = rows.map(|row| (row, format!("{row}~{row}")));
        BY_TOTAL.keyset("", paging).page(rows.collect())
    }

    #[test]
    fn a_page_knows_whether_there_is_more_above_and_below() {
        let first = page(1..=51, &Paging::default());
        assert_eq!((first.newer, first.older.as_deref()), (None, Some("50~50")));

        let last = page(51..=60, &after("50~50"));
        assert_eq!((last.newer.as_deref(), last.older), (Some("51~51"), None));

        let back = page(1..=51, &before("60~60"));
        assert_eq!(back.rows.first(), Some(&50));
        assert_eq!(
            (back.newer.as_deref(), back.older.as_deref()),
            (Some("50~50"), Some("1~1"))
        );
    }

    #[test]
    fn a_page_read_backwards_runs_against_its_list() {
        let text = "select :page_key from t where n = :n and :beyond order by :order limit :limit";

        assert_eq!(
            BY_TOTAL.keyset("name", &before("a~b~7")).text(text, &["n"]),
            "select concat_ws('~', lower(name), id) as page_key from t where n = $1 \
             and lower(name) <= $2::text and (lower(name), id) < ($3::text, $4::int8) \
             order by lower(name) desc, id desc limit 51"
        );
        assert_eq!(
            BY_TOTAL.keyset("", &after("5~7")).text(":beyond", &[]),
            "total <= $1::int8 and (total, id) < ($2::int8, $3::int8)"
        );
    }

    #[test]
    fn a_key_or_a_column_that_makes_no_sense_starts_at_the_top_of_the_usual_order() {
        let from = |sort, key| BY_TOTAL.keyset(sort, &after(key)).from;

        assert_eq!(from("nonsense", "x~7"), Start::Top);
        assert_eq!(from("total", "7"), Start::Top);
        assert_eq!(from("name", "a\0~7"), Start::Top);
        assert_eq!(
            from("name", "a~7"),
            Start::After(vec!["a".into(), "7".into()])
        );
        assert_eq!(BY_TOTAL.understood("-nonsense"), "-total");
    }
}
