//! SQL whose values have names.

/// A text with what stands for each `:name` in its place; a cast such as `::date` and a name that
/// means nothing stay as they are.
pub(crate) fn named(text: &str, meaning: impl Fn(&str) -> Option<String>) -> String {
    let mut sql = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        sql.push_str(before);
        let is_cast = after.starts_with(':');
        let from = usize::from(is_cast);
        let long = after[from..]
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
            .unwrap_or(after.len() - from);
        let (name, further) = after.split_at(from + long);
        match meaning(name).filter(|_| !is_cast) {
            Some(meant) => sql.push_str(&meant),
            None => sql.extend([":", name]),
        }
        rest = further;
    }
    sql + rest
}

/// The parameter of a name, counted from one.
pub(crate) fn parameter(names: &[&str], name: &str) -> Option<String> {
    let at = names.iter().position(|each| *each == name)?;
    Some(format!("${}", at + 1))
}

/// A query in SQL, whose values stand in its text by name.
macro_rules! sql {
    ($sql:expr, $($name:ident: $type:ty = $value:expr),+ $(,)?) => {{
        let names = [$(stringify!($name)),+];
        let numbered = $crate::db::named::named(&$sql, |name| {
            $crate::db::named::parameter(&names, name)
        });
        diesel::sql_query(numbered)$(.bind::<$type, _>($value))+
    }};
}
pub(crate) use sql;

#[cfg(test)]
mod tests {
    use super::{named, parameter};

    #[test]
    fn a_name_is_not_taken_for_the_beginning_of_another_or_for_a_cast() {
        let text = "select :at, :attempt::at, x::text from t where n = :unknown";
        let sql = named(text, |name| parameter(&["attempt", "at"], name));

        assert_eq!(sql, "select $2, $1::at, x::text from t where n = :unknown");
    }
}
