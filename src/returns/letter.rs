//! What a customer is told about what they send back: a draft for somebody to read, change and send.

use askama::Template;

use super::queries::{LineBack, ReturnView};
use crate::catalog::Company;
use crate::sales::Letter;
use crate::types::{EmailList, Quantity};

#[derive(Template)]
#[template(path = "mail/return/body.txt")]
struct Text<'a> {
    view: &'a ReturnView,
    company: &'a Company,
}

impl Text<'_> {
    /// Lines of which there is something to say.
    fn lines(&self) -> impl Iterator<Item = &LineBack> {
        let is_received = self.view.of.is_received();
        self.view
            .lines
            .iter()
            .filter(move |line| match is_received {
                true => line.is_said(),
                false => !line.announced.is_zero(),
            })
    }

    /// `2 arrived, 1 of them damaged; 1 was missing`.
    fn found(&self, line: &LineBack) -> String {
        let mut words = match line.back().get() {
            0 => "none arrived".to_owned(),
            back => format!("{back} arrived"),
        };
        if !line.damaged.is_zero() {
            words += &format!(", {} of them damaged", line.damaged);
        }
        if !line.missing.is_zero() {
            words += &format!("; {} missing", line.missing);
        }
        words
    }

    fn announced(&self) -> Quantity {
        self.view.lines.iter().map(|line| line.announced).sum()
    }
}

/// The draft, to the address the order was placed with, else to that of the customer, if there is one.
pub(super) fn draft(view: &ReturnView, company: &Company) -> askama::Result<Letter> {
    let address = match view.order.email.as_str() {
        "" => &view.customer.email,
        own => own,
    };
    let subject = match view.of.is_received() {
        true => format!("Your return {} has arrived", view.of.number),
        false => format!("Your return {}", view.of.number),
    };
    Ok(Letter {
        recipients: EmailList::parse(address).unwrap_or_default(),
        subject,
        text: Text { view, company }.render()?,
    })
}
