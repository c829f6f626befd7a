//! What is known of orders when their customers are written to.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::queries::{self, LineShown, Moved};
use super::{Customer, Order};
use crate::catalog::{self, Company};
use crate::types::{CustomerId, Email, EmailList, OrderId, Quantity};

/// An order, whose it is, and what it waits for.
pub(super) struct Papers {
    pub(super) order: Order,
    pub(super) customer: Customer,
    pub(super) company: Company,
    /// Lines that wait.
    pub(super) short: Vec<LineShown>,
    /// Of these, what the customer thinks otherwise of.
    pub(super) moved: Vec<Moved>,
    /// Whether some of it is reserved, or left already.
    pub(super) has_some: bool,
}

/// Those of one order.
///
/// # Errors
/// `NotFound`, and those of the database.
pub(super) fn papers(
    conn: &mut PgConnection,
    id: OrderId,
    today: NaiveDate,
) -> QueryResult<Papers> {
    let mut papers = papers_of(conn, &[id], today)?;
    papers.pop().ok_or(diesel::NotFound)
}

/// Those of several orders, by id, in a constant number of statements.
pub(super) fn papers_of(
    conn: &mut PgConnection,
    ids: &[OrderId],
    today: NaiveDate,
) -> QueryResult<Vec<Papers>> {
    let orders = queries::orders_of(conn, ids)?;
    let ordering: Vec<CustomerId> = orders.iter().map(|order| order.customer_id).collect();
    let customers = queries::customers_of(conn, &ordering)?;
    let company = catalog::company(conn)?;
    let mut moved = queries::moves_of(conn, ids, today)?;
    let mut lines: HashMap<OrderId, Vec<LineShown>> = HashMap::new();
    for line in queries::lines_of_all(conn, ids)? {
        lines.entry(line.line.order_id).or_default().push(line);
    }
    let papers = orders.into_iter().map(|order| {
        let mut short = lines.remove(&order.id).unwrap_or_default();
        let is_there = |line: &LineShown| line.reserved() + line.line.shipped > Quantity::ZERO;
        let has_some = short.iter().any(is_there);
        short.retain(LineShown::is_short);
        Papers {
            customer: customers[&order.customer_id].clone(),
            company: company.clone(),
            moved: moved.remove(&order.id).unwrap_or_default(),
            short,
            has_some,
            order,
        }
    });
    Ok(papers.collect())
}

impl Papers {
    pub(super) fn is_needed(&self) -> bool {
        !self.short.is_empty()
    }

    /// Where the customer answers: the company, if it has an address.
    pub(super) fn reply_to(&self) -> Option<Email> {
        Email::parse(&self.company.email).ok()
    }

    /// The address the order was placed with, else that of the customer; may be empty.
    pub(super) fn address(&self) -> &str {
        match self.order.email.as_str() {
            "" => &self.customer.email,
            own => own,
        }
    }

    /// Every address known of the order and its customer.
    pub(super) fn addresses(&self) -> Vec<Email> {
        let known = [&self.order.email, &self.customer.email];
        let known = known.map(|text| EmailList::parse(text).unwrap_or_default());
        known.iter().flat_map(EmailList::iter).cloned().collect()
    }

    pub(super) fn seen(&self) -> String {
        seen(self.short.iter(), &self.moved)
    }
}

/// What somebody has seen who looked at the lines of an order that wait: another text once a date,
/// what is missing, or what its customer was told is another.
pub(super) fn seen<'a>(short: impl Iterator<Item = &'a LineShown>, moved: &[Moved]) -> String {
    let line = |shown: &LineShown| {
        let look = shown.look();
        (shown.line.id, look.missing(), look.expected_on)
    };
    let mut lines: Vec<_> = short.map(line).collect();
    lines.sort_unstable();
    let told: Vec<_> = moved.iter().map(|each| (each.line, each.told_at)).collect();
    let mut all = DefaultHasher::new();
    (lines, told).hash(&mut all);
    format!("{:016x}", all.finish())
}
