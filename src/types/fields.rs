//! What a browser sent, by name.

use std::fmt::Display;
use std::str::FromStr;

use super::{FieldErrors, RequestKey, required_text};

/// The fields of a form or of a query, in the order they came. Of a name that stands there several
/// times the first value counts, unless [`Fields::all`] is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl From<Vec<(String, String)>> for Fields {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }
}

impl Fields {
    /// What was typed; an empty text if nothing was.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// What was typed, or what stands there before anybody types.
    pub fn or(&self, name: &str, kept: impl Display) -> String {
        self.find(name)
            .map_or_else(|| kept.to_string(), str::to_owned)
    }

    /// Whether a box is ticked, or a button of this name was pressed.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(each, _)| each == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The boxes of all rows, as `qty-12`: row, name of the box, what was typed.
    pub fn rows<'a, Id: FromStr>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (Id, &'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| {
            let row = name.strip_prefix(prefix)?.parse().ok()?;
            Some((row, name.as_str(), value.as_str()))
        })
    }

    /// The same without the fields whose name `is_gone` knows.
    #[must_use]
    pub fn without(&self, is_gone: impl Fn(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !is_gone(name));
        Self(kept.cloned().collect())
    }

    /// The same with one more value, where there is none yet.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        if !self.has(name) {
            self.0.push((name.to_owned(), value.to_string()));
        }
        self
    }

    /// The version of the record the form was made from; -1 when the form says none.
    pub fn version(&self) -> i32 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// The key that makes a request sent twice act once.
    ///
    /// # Errors
    /// A complaint beside `key`.
    pub fn key(&self) -> Result<RequestKey, FieldErrors> {
        RequestKey::parse(self.get("key")).map_err(|why| FieldErrors::one("key", why))
    }

    /// Why something is done; it must be said.
    ///
    /// # Errors
    /// A complaint beside `reason`.
    pub fn reason(&self) -> Result<String, FieldErrors> {
        required_text(self.get("reason"), 500)
            .map_err(|_| FieldErrors::one("reason", "Say why, in at most 500 characters."))
    }

    /// Begins to read a record from it.
    pub fn read(&self) -> Reading<'_> {
        Reading {
            fields: self,
            errors: FieldErrors::default(),
        }
    }

    /// Every name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn find(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(each, _)| each == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A form being read, box by box. What is wrong is noted, and something empty stands in its place
/// until [`Reading::done`] refuses the whole.
pub struct Reading<'a> {
    fields: &'a Fields,
    errors: FieldErrors,
}

impl Reading<'_> {
    /// What a box says.
    pub fn take<T: Default, E: Display>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> T {
        let parsed = parse(self.fields.get(name));
        self.errors.field(name, parsed).unwrap_or_default()
    }

    /// The record made of what was taken.
    ///
    /// # Errors
    /// All that is wrong with the form.
    pub fn done<T>(self, record: T) -> Result<T, FieldErrors> {
        if self.errors.is_empty() {
            Ok(record)
        } else {
            Err(self.errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let owned = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        owned.collect::<Vec<_>>().into()
    }

    #[test]
    fn the_first_value_of_a_name_counts_unless_all_are_asked_for() {
        let sent = fields(&[("order", "4"), ("order", "7"), ("empty", "")]);

        assert_eq!(sent.get("order"), "4");
        assert_eq!(sent.all("order").collect::<Vec<_>>(), ["4", "7"]);
        assert_eq!(
            (sent.or("empty", "kept"), sent.or("none", 3)),
            (String::new(), "3".into())
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let sent = fields(&[("ordered", "x"), ("sent", ""), ("name", "Mug")]);
        let mut read = sent.read();
        let record = (
            read.take("ordered", str::parse::<u32>),
            read.take("sent", str::parse::<u32>),
            read.take("name", |text| Ok::<_, String>(text.to_owned())),
        );

        let errors = read.done(record).expect_err("two complaints");

        assert_eq!(
            errors.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            ["ordered", "sent"]
        );
    }

    #[test]
    fn rows_are_read_by_the_name_of_their_box() {
        let sent = fields(&[("qty-12", "3"), ("qty-x", "1"), ("price-12", "2")]);

        let rows: Vec<(u32, &str, &str)> = sent.rows("qty-").collect();

        assert_eq!(rows, [(12, "qty-12", "3")]);
    }
}
