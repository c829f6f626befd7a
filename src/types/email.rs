//! E-mail addresses.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;

/// An e-mail address that a mail server would take; lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Parses one address.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err("Enter an e-mail address.".into());
        }
        match text.parse::<lettre::Address>() {
            Ok(_) if text.len() <= 254 => Ok(Self(text)),
            _ => Err(format!("\u{201c}{text}\u{201d} is not an e-mail address.")),
        }
    }

    /// Parses a list, separated by commas, semicolons, blanks or lines. May be empty.
    ///
    /// # Errors
    /// A sentence that names the address that is none.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, String> {
        text.split([',', ';', '\n', '\r', ' '])
            .filter(|part| !part.trim().is_empty())
            .map(Self::parse)
            .collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Addresses, each once, in the order they were given. Stored as text, separated by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct EmailList(Vec<Email>);

impl EmailList {
    /// Parses a list as [`Email::parse_list`] does, of at most twenty addresses. May be empty.
    ///
    /// # Errors
    /// A sentence that names the address that is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let list = Email::parse_list(text)?.into_iter().collect::<Self>();
        if list.0.len() > 20 {
            return Err("At most 20 addresses.".into());
        }
        Ok(list)
    }

    /// The addresses.
    pub fn iter(&self) -> impl Iterator<Item = &Email> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One address a line, as a form shows them.
    pub fn lines(&self) -> String {
        self.joined("\n")
    }

    fn joined(&self, between: &str) -> String {
        let addresses: Vec<&str> = self.iter().map(Email::as_str).collect();
        addresses.join(between)
    }
}

impl FromIterator<Email> for EmailList {
    fn from_iter<I: IntoIterator<Item = Email>>(emails: I) -> Self {
        let mut list = Vec::new();
        for email in emails {
            if !list.contains(&email) {
                list.push(email);
            }
        }
        Self(list)
    }
}

impl fmt::Display for EmailList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.joined(", "))
    }
}

impl ToSql<Text, Pg> for EmailList {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Text, Pg>::to_sql(self.joined(", ").as_str(), &mut out.reborrow())
    }
}

impl FromSql<Text, Pg> for EmailList {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Pg>>::from_sql(bytes)?;
        Ok(Self(Email::parse_list(&text)?))
    }
}

#[cfg(test)]
mod tests {
    use super::EmailList;

    #[test]
    fn a_list_is_read_line_by_line_and_holds_each_address_once() {
        let list = EmailList::parse("Buy@acme.example\n\n sales@acme.example; buy@acme.example")
            .expect("all are addresses");

        assert_eq!(list.to_string(), "buy@acme.example, sales@acme.example");
        assert_eq!(list.lines(), "buy@acme.example\nsales@acme.example");
    }

    #[test]
    fn the_address_that_is_none_is_named() {
        let refusal = EmailList::parse("buy@acme.example\nsales at acme").expect_err("not all are");

        assert!(refusal.contains("sales"), "{refusal}");
    }
}
