//! What a browser sent, by name.

use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use super::{FieldErrors, RequestKey, make_legible, required_text};

/// The fields of a form or of a query, in the order they came. Of a name that stands there several
/// times the first value counts, unless [`Fields::all`] is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    all: Vec<(String, String)>,
    /// Where the first value of each name stands: a form may have a thousand rows of boxes.
    first: HashMap<String, usize>,
}

/// What was sent, without the characters that nobody types and no database keeps.
impl From<Vec<(String, String)>> for Fields {
    fn from(mut all: Vec<(String, String)>) -> Self {
        for (name, value) in &mut all {
            make_legible(name);
            make_legible(value);
        }
        let mut first = HashMap::with_capacity(all.len());
        for (at, (name, _)) in all.iter().enumerate() {
            first.entry(name.clone()).or_insert(at);
        }
        Self { all, first }
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
        let named = self.all.iter().filter(move |(each, _)| each == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The boxes of all rows, as `qty-12`: row, name of the box, what was typed.
    pub fn rows<'a, Id: FromStr>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (Id, &'a str, &'a str)> {
        self.all.iter().filter_map(move |(name, value)| {
            let row = name.strip_prefix(prefix)?.parse().ok()?;
            Some((row, name.as_str(), value.as_str()))
        })
    }

    /// The same without the fields whose name `is_gone` knows.
    #[must_use]
    pub fn without(&self, is_gone: impl Fn(&str) -> bool) -> Self {
        let kept = self.all.iter().filter(|(name, _)| !is_gone(name));
        kept.cloned().collect::<Vec<_>>().into()
    }

    /// The same with one more value, where there is none yet.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Display) -> Self {
        if !self.has(name) {
            self.first.insert(name.to_owned(), self.all.len());
            self.all.push((name.to_owned(), value.to_string()));
        }
        self
    }

    /// The same; where nothing was typed at all, what the form of a record sends when nobody changes
    /// it: each of its fields, but for boxes that are not ticked.
    #[must_use]
    pub fn or_of(self, record: &impl Serialize) -> Self {
        match serde_json::to_value(record) {
            Ok(Value::Object(fields)) if self.all.is_empty() => {
                let boxes = fields.into_iter().filter_map(boxed);
                boxes.collect::<Vec<_>>().into()
            }
            _ => self,
        }
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
        RequestKey::parse(self.get(RequestKey::FIELD))
            .map_err(|why| FieldErrors::one(RequestKey::FIELD, why))
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
        self.all
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn find(&self, name: &str) -> Option<&str> {
        let at = *self.first.get(name)?;
        Some(self.all[at].1.as_str())
    }
}

/// The box of a field.
fn boxed((name, value): (String, Value)) -> Option<(String, String)> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) => Some((name, text)),
        value => Some((name, value.to_string())),
    }
}

/// Reads a record from a form: each of its fields from a box, or all complaints at once.
macro_rules! read_form {
    ($form:expr => $record:ident { $($field:ident: $name:literal, $parse:expr;)+ }) => {{
        let mut read = $form.read();
        $(let $field = read.note($name, $parse);)+
        match ($($field,)+) {
            ($(Some($field),)+) => read.done($record { $($field),+ }),
            _ => Err(read.wrong()),
        }
    }};
}
pub(crate) use read_form;

/// A form being read, box by box. What is wrong is noted, and [`Reading::done`] refuses the whole.
pub struct Reading<'a> {
    fields: &'a Fields,
    errors: FieldErrors,
}

impl Reading<'_> {
    /// What a box says, or a complaint noted and `None`.
    pub fn note<T, E: Display>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.errors.field(name, parse(self.fields.get(name)))
    }

    /// The same of what may be empty: that stands there meanwhile.
    pub fn take<T: Default, E: Display>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> T {
        self.note(name, parse).unwrap_or_default()
    }

    /// What was noted so far.
    pub fn wrong(self) -> FieldErrors {
        self.errors
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
    fn what_nobody_typed_is_not_there() {
        let sent = fields(&[
            ("name", "A\0mug"),
            ("note", "one\r\ntwo\u{202e}"),
            ("k\0ey", "1"),
        ]);

        assert_eq!(
            (sent.get("name"), sent.get("note"), sent.get("key")),
            ("Amug", "one\ntwo", "1")
        );
    }

    #[test]
    fn an_untouched_form_says_what_its_record_says() {
        let record = serde_json::json!({ "name": "Main", "days": 14, "open": true, "shut": false });

        let untouched = Fields::default().or_of(&record);

        assert_eq!(
            (untouched.get("name"), untouched.get("days")),
            ("Main", "14")
        );
        assert!(untouched.has("open") && !untouched.has("shut"));
        let typed = fields(&[("name", "Other")]);
        assert_eq!(typed.clone().or_of(&record), typed);
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
