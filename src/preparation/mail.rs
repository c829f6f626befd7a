//! The mail that tells a customer that a parcel left: a template with named fields, filled in.

use crate::catalog::ShippingMail;

/// A field of the template, and what it stands for.
pub const FIELDS: [(&str, &str); 8] = [
    ("customer", "the name of the customer"),
    ("order", "the number of the order"),
    ("parcel", "the number of the parcel"),
    ("carrier", "who carries it"),
    ("tracking", "its tracking number"),
    ("link", "where it is followed"),
    ("lines", "what is in it, line by line"),
    ("company", "your name"),
];

/// Lines of the template that name one of these go when there is nothing to say.
const MAY_BE_EMPTY: [&str; 3] = ["carrier", "tracking", "link"];

/// What stands there until somebody writes something else.
pub const USUAL_SUBJECT: &str = "Your order {order} is on its way";
pub const USUAL_TEXT: &str = "\
Dear {customer},

parcel {parcel} of your order {order} has left:

{lines}

It travels with {carrier}.
Tracking number: {tracking}
Follow it here: {link}

Kind regards
{company}";

/// What the fields of one mail say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub customer: String,
    pub order: String,
    pub parcel: String,
    /// May be empty.
    pub carrier: String,
    /// May be empty.
    pub tracking: String,
    /// May be empty.
    pub link: String,
    pub lines: String,
    pub company: String,
}

impl Said {
    /// What the preview is filled in with.
    pub fn example(company: &str) -> Self {
        Self {
            customer: "Anna Example".into(),
            order: "SO-000042".into(),
            parcel: "SH-000042".into(),
            carrier: "DHL Parcel".into(),
            tracking: "JJD0000000001".into(),
            link: "https://track.example/?n=JJD0000000001".into(),
            lines: "- 2 × Mug\n- 1 × Jug".into(),
            company: company.to_owned(),
        }
    }

    fn get(&self, field: &str) -> Option<&str> {
        Some(match field {
            "customer" => &self.customer,
            "order" => &self.order,
            "parcel" => &self.parcel,
            "carrier" => &self.carrier,
            "tracking" => &self.tracking,
            "link" => &self.link,
            "lines" => &self.lines,
            "company" => &self.company,
            _ => return None,
        })
    }
}

/// Subject and text of the mail.
pub fn written(says: &ShippingMail, said: &Said) -> (String, String) {
    let or = |own: &str, usual: &str| if own.is_empty() { usual } else { own }.to_owned();
    let subject = or(&says.subject, USUAL_SUBJECT);
    let text = or(&says.text, USUAL_TEXT);
    (filled(&subject, said), text_of(&text, said))
}

/// The lines of the text, without those that would say nothing.
fn text_of(text: &str, said: &Said) -> String {
    let says = |line: &&str| {
        let named = pieces(line).filter_map(|piece| match piece {
            Piece::Field(name) if MAY_BE_EMPTY.contains(&name) => said.get(name),
            _ => None,
        });
        let mut named = named.peekable();
        named.peek().is_none() || named.any(|value| !value.is_empty())
    };
    let lines = text.lines().filter(says);
    let lines: Vec<String> = lines.map(|line| filled(line, said)).collect();
    lines.join("\n")
}

fn filled(text: &str, said: &Said) -> String {
    let filled = pieces(text).map(|piece| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Field(name) => said.get(name).unwrap_or_default().to_owned(),
    });
    filled.collect()
}

/// Whether each field of a template is one that there is.
///
/// # Errors
/// Which is none, in a sentence.
pub fn check(text: &str) -> Result<(), String> {
    let unknown = pieces(text).find_map(|piece| match piece {
        Piece::Field(name) if FIELDS.iter().all(|(known, _)| *known != name) => Some(name),
        _ => None,
    });
    match unknown {
        None => Ok(()),
        Some(name) => {
            let known = FIELDS.map(|(known, _)| format!("{{{known}}}")).join(" ");
            Err(format!("There is no field {{{name}}}. Use {known}."))
        }
    }
}

enum Piece<'a> {
    Text(&'a str),
    /// Without its braces.
    Field(&'a str),
}

/// A text cut at its fields; a brace that is not closed on its line is text.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(after) = rest.strip_prefix('{')
            && let Some((name, behind)) = after.split_once('}')
            && !name.contains(['{', '\n'])
        {
            rest = behind;
            return Some(Piece::Field(name));
        }
        let begun = rest.char_indices().skip(1);
        let end = begun
            .filter(|(_, letter)| *letter == '{')
            .map(|(at, _)| at)
            .next();
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(Piece::Text(piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_about_what_nobody_knows_is_left_out() {
        let said = Said {
            carrier: String::new(),
            link: String::new(),
            ..Said::example("Harbour")
        };

        let (subject, text) = written(&ShippingMail::default(), &said);

        assert_eq!(subject, "Your order SO-000042 is on its way");
        assert_eq!(
            text,
            "Dear Anna Example,\n\nparcel SH-000042 of your order SO-000042 has left:\n\n\
             - 2 × Mug\n- 1 × Jug\n\nTracking number: JJD0000000001\n\nKind regards\nHarbour"
        );
    }

    #[test]
    fn what_a_customer_is_called_is_no_field() {
        let said = Said {
            customer: "{company} {x".into(),
            ..Said::example("Harbour")
        };

        assert_eq!(
            filled("{customer}: {order} {", &said),
            "{company} {x: SO-000042 {"
        );
    }

    #[test]
    fn a_field_that_there_is_not_is_named() {
        assert_eq!(check(USUAL_TEXT).and(check(USUAL_SUBJECT)), Ok(()));
        assert_eq!(check("{ not closed\n}"), Ok(()));
        let refused = check("Dear {name}").expect_err("there is none");
        assert!(refused.starts_with("There is no field {name}. Use {customer} {order}"));
    }
}
