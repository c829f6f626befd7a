//! The columns of the file that a carrier takes, as people type them: `Title = field`, one on a line.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};

use crate::types::{cut, text_enum};

/// Columns of one file.
const MOST: usize = 60;
/// Letters of a title, and of a fixed text.
const LONGEST: usize = 200;

text_enum! {
    /// What may stand in a column.
    ExportField {
        Parcel = "parcel", "Number of the parcel";
        Order = "order", "Number of the order";
        External = "external", "External reference";
        Customer = "customer", "Number of the customer";
        Name = "name", "Name of the customer";
        Address = "address", "Address, its lines in one";
        FirstLine = "address1", "First line of the address";
        SecondLine = "address2", "Second line of the address";
        ThirdLine = "address3", "Third line of the address";
        FourthLine = "address4", "Fourth line of the address";
        Country = "country", "Country";
        Email = "email", "E-mail address";
        Phone = "phone", "Telephone";
        Method = "method", "Shipping method";
        Grams = "weight_g", "Weight in grams";
        Kilograms = "weight_kg", "Weight in kilograms";
        Units = "units", "Units";
        Day = "day", "Day";
        Tracking = "tracking", "Tracking number";
    }
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Field(ExportField),
    /// The same on every line.
    Text(String),
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub title: String,
    pub content: Content,
}

/// The columns, in their order.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, AsExpression, FromSqlRow,
)]
#[diesel(sql_type = Jsonb)]
pub struct Columns(pub Vec<Column>);

impl Columns {
    /// As people type them.
    ///
    /// # Errors
    /// Which line is no column, and why.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(str::trim).enumerate();
        let lines = lines.filter(|(_, line)| !line.is_empty());
        let read =
            |(at, line)| Column::parse(line).map_err(|why| format!("Line {}: {why}", at + 1));
        let columns: Vec<Column> = lines.map(read).collect::<Result<_, String>>()?;
        match columns.len() > MOST {
            true => Err(format!("A file has at most {MOST} columns.")),
            false => Ok(Self(columns)),
        }
    }

    pub fn titles(&self) -> Vec<&str> {
        self.0.iter().map(|column| column.title.as_str()).collect()
    }
}

impl Column {
    fn parse(line: &str) -> Result<Self, String> {
        let (title, said) = match line.split_once('=') {
            Some((title, said)) => (Some(title.trim()), said.trim()),
            None => (None, line),
        };
        let quoted = said
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let content = match quoted {
            Some(text) => Content::Text(text.to_owned()),
            None => Content::Field(field(said)?),
        };
        let usual = match &content {
            Content::Field(field) => field.label(),
            Content::Text(_) => "",
        };
        let title = title.unwrap_or(usual).to_owned();
        let longest = title.chars().count().max(said.chars().count());
        match longest > LONGEST {
            true => Err(format!(
                "a title and a text have at most {LONGEST} letters."
            )),
            false => Ok(Self { title, content }),
        }
    }
}

fn field(said: &str) -> Result<ExportField, String> {
    said.to_lowercase().parse().map_err(|_| {
        let known: Vec<&str> = ExportField::ALL.iter().map(|each| each.as_str()).collect();
        format!(
            "there is no field {}. Use one of {}, or a \"text in quotes\".",
            cut(said, 40),
            known.join(", ")
        )
    })
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for column in &self.0 {
            match &column.content {
                Content::Field(field) => writeln!(f, "{} = {field}", column.title)?,
                Content::Text(text) => writeln!(f, "{} = \"{text}\"", column.title)?,
            }
        }
        Ok(())
    }
}

impl ToSql<Jsonb, Pg> for Columns {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let value = serde_json::to_value(self)?;
        <serde_json::Value as ToSql<Jsonb, Pg>>::to_sql(&value, &mut out.reborrow())
    }
}

impl FromSql<Jsonb, Pg> for Columns {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let value = <serde_json::Value as FromSql<Jsonb, Pg>>::from_sql(bytes)?;
        Ok(serde_json::from_value(value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_typed_one_on_a_line() {
        let columns =
            Columns::parse("Ref = parcel\n\ncountry\nSender = \"A = B\"\n").expect("some");

        assert_eq!(columns.titles(), ["Ref", "Country", "Sender"]);
        assert_eq!(columns.0[2].content, Content::Text("A = B".into()));
        let typed = columns.to_string();
        assert_eq!(
            typed,
            "Ref = parcel\nCountry = country\nSender = \"A = B\"\n"
        );
        assert_eq!(Columns::parse(&typed), Ok(columns));
    }

    #[test]
    fn a_line_that_is_no_column_is_named() {
        let refused = Columns::parse("Ref = parcel\nZip = postcode").expect_err("there is none");

        assert!(
            refused.starts_with("Line 2: there is no field postcode."),
            "{refused}"
        );
    }
}
