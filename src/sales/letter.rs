//! What a customer is told about dates: a draft for somebody to read, change and send; never sent by
//! itself.

use std::collections::HashMap;

use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::queries::{self, LineShown};
use super::{Customer, Order};
use crate::catalog::{self, Company};
use crate::paper::Language;
use crate::schema::{order_lines, promise_entries};
use crate::stock::{ShippingPolicy, When};
use crate::types::{Email, EmailList, OrderId, OrderLineId, Quantity};

/// A mail to a customer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) recipients: EmailList,
    pub(super) subject: String,
    pub(super) text: String,
}

/// What is written to the customer of an order about what it waits for.
pub(super) struct Papers {
    pub(super) order: Order,
    pub(super) customer: Customer,
    pub(super) company: Company,
    /// Whether some of it is reserved, or left already.
    has_some: bool,
    /// Lines that wait.
    short: Vec<LineShown>,
    /// The last date each of them was expected on before.
    before: HashMap<OrderLineId, NaiveDate>,
}

pub(super) fn papers(conn: &mut PgConnection, id: OrderId) -> QueryResult<Papers> {
    let order = queries::order(conn, id)?;
    let mut short = queries::lines_shown(conn, id)?;
    let has_some = short
        .iter()
        .any(|line| line.reserved() + line.line.shipped > Quantity::ZERO);
    short.retain(LineShown::is_short);
    let before: Vec<(OrderLineId, Option<NaiveDate>)> = promise_entries::table
        .inner_join(order_lines::table.on(order_lines::id.eq(promise_entries::order_line_id)))
        .filter(order_lines::order_id.eq(id))
        .filter(promise_entries::old_on.is_not_null())
        .order(promise_entries::decision_id)
        .select((promise_entries::order_line_id, promise_entries::old_on))
        .load(conn)?;
    Ok(Papers {
        customer: queries::customer(conn, order.customer_id)?,
        company: catalog::company(conn)?,
        before: before
            .into_iter()
            .filter_map(|(line, date)| Some((line, date?)))
            .collect(),
        has_some,
        short,
        order,
    })
}

impl Papers {
    pub(super) fn is_needed(&self) -> bool {
        !self.short.is_empty()
    }

    /// Where the customer answers: the company, if it has an address.
    pub(super) fn reply_to(&self) -> Option<Email> {
        Email::parse(&self.company.email).ok()
    }

    fn address(&self) -> &str {
        match self.order.email.as_str() {
            "" => &self.customer.email,
            own => own,
        }
    }

    /// The draft, to the address the order was placed with, else to that of the customer, if there is
    /// one.
    pub(super) fn draft(&self, today: NaiveDate) -> askama::Result<Letter> {
        let mail = Facts::of(self, today);
        Ok(Letter {
            recipients: EmailList::parse(self.address()).unwrap_or_default(),
            subject: Subject { mail: &mail }.render()?.trim().to_owned(),
            text: Text { mail: &mail }.render()?,
        })
    }
}

/// What a customer is told of goods that should have been here: never a day that is over.
const LATE: &str = "late, and we will write to you as soon as we know the new date";

/// What the templates may say.
struct Facts<'a> {
    number: &'a str,
    customer: &'a str,
    company: &'a str,
    phone: &'a str,
    ships_in_parts: bool,
    has_some: bool,
    lines: Vec<FactsLine<'a>>,
}

struct FactsLine<'a> {
    missing: Quantity,
    name: &'a str,
    when: String,
    before: Option<String>,
}

impl<'a> Facts<'a> {
    fn of(papers: &'a Papers, today: NaiveDate) -> Self {
        let day = |date: NaiveDate| Language::En.date(date);
        let line = |shown: &'a LineShown| {
            let expected_on = shown.look().expected_on;
            let when = When::seen(expected_on, today);
            let before = papers.before.get(&shown.line.id).copied();
            let before = before.filter(|date| *date >= today && Some(*date) != expected_on);
            FactsLine {
                missing: shown.look().missing(),
                name: &shown.name,
                when: match when {
                    When::NotOnOrder => "we do not know the date yet".to_owned(),
                    When::On(date) => day(date),
                    When::Late { .. } => LATE.to_owned(),
                },
                before: before.map(day),
            }
        };
        Self {
            number: &papers.order.number,
            customer: &papers.customer.name,
            company: &papers.company.name,
            phone: &papers.company.phone,
            ships_in_parts: papers.order.shipping_policy == ShippingPolicy::PartialAllowed,
            has_some: papers.has_some,
            lines: papers.short.iter().map(line).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "mail/order_dates/subject.txt")]
struct Subject<'a> {
    mail: &'a Facts<'a>,
}

#[derive(Template)]
#[template(path = "mail/order_dates/body.txt")]
struct Text<'a> {
    mail: &'a Facts<'a>,
}
