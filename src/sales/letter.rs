//! What a customer is told about dates: a draft for somebody to read, change and send; never sent by
//! itself.

use askama::Template;
use chrono::NaiveDate;

use super::papers::Papers;
use super::queries::{LineShown, Moved};
use crate::paper::Language;
use crate::stock::{ShippingPolicy, When};
use crate::types::{EmailList, Quantity};

/// A mail to a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub recipients: EmailList,
    pub subject: String,
    pub text: String,
}

/// How letters to many customers begin; `{order}` and `{customer}` stand for those of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Opening {
    /// Empty: the usual.
    pub(super) subject: String,
    /// Empty: the usual.
    pub(super) introduction: String,
}

impl Opening {
    /// What stands there until somebody writes something else.
    pub(super) fn usual() -> Self {
        Self {
            subject: "Your order {order}: dates have changed".into(),
            introduction:
                "there is news about the dates of your order {order}. This is when we expect \
                what is not in stock yet:"
                    .into(),
        }
    }

    /// With the usual where it says nothing.
    pub(super) fn or_usual(self) -> Self {
        self.or(Self::usual())
    }

    fn or(self, usual: Self) -> Self {
        let said = |own: String, usual: String| if own.is_empty() { usual } else { own };
        Self {
            subject: said(self.subject, usual.subject),
            introduction: said(self.introduction, usual.introduction),
        }
    }

    fn of(papers: &Papers) -> Self {
        if !papers.moved.is_empty() {
            return Self::usual();
        }
        let rest = if papers.has_some { "the rest" } else { "it" };
        Self {
            subject: format!("Your order {{order}}: when {rest} comes"),
            introduction:
                "some products of your order {order} are not in stock yet. This is when we \
                expect them:"
                    .into(),
        }
    }
}

impl Papers {
    /// The draft, to the address the order was placed with, else to that of the customer, if there is
    /// one.
    pub(super) fn draft(&self, opening: &Opening, today: NaiveDate) -> askama::Result<Letter> {
        let opening = opening.clone().or(Opening::of(self));
        let said = |text: &str| {
            let text = text.replace("{order}", &self.order.number);
            text.replace("{customer}", &self.customer.name)
        };
        let introduction = said(&opening.introduction);
        Ok(Letter {
            recipients: EmailList::parse(self.address()).unwrap_or_default(),
            subject: said(&opening.subject),
            text: Text::of(self, introduction, today).render()?,
        })
    }
}

/// What a customer is told of goods that should have been here: never a day that is over.
const LATE: &str = "late, and we will write to you as soon as we know the new date";

#[derive(Template)]
#[template(path = "mail/order_dates/body.txt")]
struct Text<'a> {
    customer: &'a str,
    company: &'a str,
    phone: &'a str,
    introduction: String,
    ships_in_parts: bool,
    lines: Vec<TextLine<'a>>,
}

struct TextLine<'a> {
    missing: Quantity,
    name: &'a str,
    when: String,
    before: Option<String>,
}

impl<'a> Text<'a> {
    fn of(papers: &'a Papers, introduction: String, today: NaiveDate) -> Self {
        let line = |shown: &'a LineShown| {
            let mut moved = papers.moved.iter();
            let moved = moved.find(|moved| moved.line == shown.line.id);
            TextLine::of(shown, moved, today)
        };
        // A kit comes with the last of its parts.
        let sold = papers.short.iter().filter(|shown| !shown.line.is_part());
        Self {
            customer: &papers.customer.name,
            company: &papers.company.name,
            phone: &papers.company.phone,
            introduction,
            ships_in_parts: papers.order.shipping_policy == ShippingPolicy::PartialAllowed,
            lines: sold.map(line).collect(),
        }
    }
}

impl<'a> TextLine<'a> {
    fn of(shown: &'a LineShown, moved: Option<&Moved>, today: NaiveDate) -> Self {
        let day = |date: NaiveDate| Language::En.date(date);
        let expected_on = shown.look().expected_on;
        let before = moved.map(|moved| [moved.was_on, moved.last_on]);
        let mut before = before.into_iter().flatten().flatten();
        let before = before.find(|date| *date >= today && Some(*date) != expected_on);
        Self {
            missing: shown.look().missing(),
            name: &shown.name,
            when: match When::seen(expected_on, today) {
                When::NotOnOrder => "we do not know the date yet".to_owned(),
                When::On(date) => day(date),
                When::Late { .. } => LATE.to_owned(),
            },
            before: before.map(day),
        }
    }
}
