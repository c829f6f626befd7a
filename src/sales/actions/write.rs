//! Customers are told about dates: by a letter, or in another way.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Timestamptz};

use crate::catalog;
use crate::db::{Act, announce, set_based};
use crate::outbox::{self, NewMail};
use crate::sales::Error;
use crate::sales::letter::Letter;
use crate::sales::papers::{self, Papers};
use crate::schema::{orders, users};
use crate::stock::When;
use crate::types::{Event, OrderId, RecordRef};
use crate::web::Role;

/// A letter as somebody looked it through.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::sales) struct ReadLetter {
    pub order: OrderId,
    /// What its reader saw of the order: [`Papers::seen`].
    pub seen: String,
    pub letter: Letter,
}

/// What became of letters that were looked through together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::sales) struct Written {
    pub letters: usize,
    /// Orders whose customers had been told meanwhile.
    pub told: usize,
    /// Numbers of the orders of which a date moved again: they wait for another look.
    pub again: Vec<String>,
}

/// Queues what somebody wrote to the customer of an order, who then knows its dates.
///
/// # Errors
/// [`Error::MovedAgain`] when the order is not as it was looked through; [`Error::Outbox`] when it
/// is to nobody.
pub(in crate::sales) fn write_to_customer(
    act: &mut Act<'_>,
    read: &ReadLetter,
    sender: &str,
) -> Result<(), Error> {
    let papers = locked(act, &[read.order])?.pop();
    let papers = papers.ok_or(diesel::NotFound)?;
    if papers.seen() != read.seen {
        return Err(Error::MovedAgain);
    }
    queue(act, &[(&papers, &read.letter)], sender)
}

/// Queues what somebody looked through for the customers of orders whose dates moved. Who was told
/// meanwhile is left out, and so is an order that is not as it was looked through.
///
/// # Errors
/// [`Error::Outbox`] when one is to nobody: then none is queued.
pub(in crate::sales) fn write_to_customers(
    act: &mut Act<'_>,
    letters: &[ReadLetter],
    sender: &str,
) -> Result<Written, Error> {
    let ids: Vec<OrderId> = letters.iter().map(|read| read.order).collect();
    let papers = locked(act, &ids)?;
    let mut written = Written::default();
    let mut to_queue = Vec::new();
    for papers in &papers {
        let read = letters.iter().find(|read| read.order == papers.order.id);
        match read {
            _ if papers.moved.is_empty() => written.told += 1,
            Some(read) if read.seen == papers.seen() => to_queue.push((papers, &read.letter)),
            _ => written.again.push(papers.order.number.clone()),
        }
    }
    queue(act, &to_queue, sender)?;
    written.letters = to_queue.len();
    Ok(written)
}

/// Queues what somebody wrote to the customer of an order about something else than its dates.
///
/// # Errors
/// [`Error::Stranger`], [`Error::TooManyLetters`]; [`Error::Outbox`] when it is to nobody.
pub fn write_about(
    act: &mut Act<'_>,
    order: OrderId,
    letter: &Letter,
    sender: &str,
) -> Result<(), Error> {
    let papers = locked(act, &[order])?.pop().ok_or(diesel::NotFound)?;
    post(act, &[(&papers, letter)], sender)
}

/// The customer of an order knows its dates already.
///
/// # Errors
/// [`Error::MovedAgain`] when the order is not as somebody saw it. Said again it does nothing.
pub(in crate::sales) fn customer_knows(
    act: &mut Act<'_>,
    id: OrderId,
    seen: &str,
) -> Result<(), Error> {
    let papers = locked(act, &[id])?.pop().ok_or(diesel::NotFound)?;
    if papers.moved.is_empty() {
        return Ok(());
    }
    if papers.seen() != seen {
        return Err(Error::MovedAgain);
    }
    keep(act, &[&papers])?;
    Ok(act.tell(papers.order.record(), &Event::CustomerKnows)?)
}

/// These orders, kept from others until the transaction ends, with what is known of them then.
fn locked(act: &mut Act<'_>, ids: &[OrderId]) -> QueryResult<Vec<Papers>> {
    orders::table
        .filter(orders::id.eq_any(ids))
        .order(orders::id)
        .select(orders::id)
        .for_no_key_update()
        .load::<OrderId>(act.conn())?;
    let today = catalog::today(act)?;
    papers::papers_of(act, ids, today)
}

fn queue(act: &mut Act<'_>, letters: &[(&Papers, &Letter)], sender: &str) -> Result<(), Error> {
    if letters.is_empty() {
        return Ok(());
    }
    post(act, letters, sender)?;
    let papers: Vec<&Papers> = letters.iter().map(|(papers, _)| *papers).collect();
    Ok(keep(act, &papers)?)
}

fn post(act: &mut Act<'_>, letters: &[(&Papers, &Letter)], sender: &str) -> Result<(), Error> {
    check_writer(act, letters)?;
    let mail = |(papers, letter): &(&Papers, &Letter)| NewMail {
        record: Some(papers.order.record()),
        recipients: letter.recipients.iter().cloned().collect(),
        sender: sender.to_owned(),
        reply_to: papers.reply_to(),
        subject: letter.subject.clone(),
        body_text: letter.text.clone(),
        ..NewMail::default()
    };
    let written = |(papers, letter): &(&Papers, &Letter)| {
        let written = Event::CustomerWritten {
            subject: letter.subject.clone(),
            to: letter.recipients.to_string(),
        };
        (papers.order.record(), written)
    };
    let mails: Vec<NewMail> = letters.iter().map(mail).collect();
    outbox::enqueue_all(act, &mails)?;
    let written: Vec<(RecordRef, Event)> = letters.iter().map(written).collect();
    act.trace_each(&written)?;
    Ok(act.note_each(&written)?)
}

/// Who is no manager writes to addresses of the order and its customer only; nobody writes to more than
/// so many in an hour.
fn check_writer(act: &mut Act<'_>, letters: &[(&Papers, &Letter)]) -> Result<(), Error> {
    let Some(by) = act.by() else {
        return Ok(());
    };
    let role: Role = users::table
        .find(by)
        .select(users::role)
        .first(act.conn())?;
    let (is_manager, at) = (role >= Role::Manager, act.at());
    let most = if is_manager { MOST_OF_MANAGER } else { MOST };
    let written = outbox::caused_since(act, by, "order", at - TimeDelta::hours(1))?;
    if usize::try_from(written).unwrap_or(usize::MAX) + letters.len() > most {
        return Err(Error::TooManyLetters(most));
    }
    let stranger = letters.iter().find_map(|(papers, letter)| {
        let known = papers.addresses();
        let mut recipients = letter.recipients.iter();
        let stranger = recipients.find(|to| !known.contains(to))?;
        Some((papers.order.id, stranger.clone()))
    });
    match stranger {
        Some((order, to)) if !is_manager => Err(Error::Stranger { order, to }),
        _ => Ok(()),
    }
}

/// Letters of one person in an hour.
const MOST: usize = 200;
const MOST_OF_MANAGER: usize = 2_000;

/// Keeps that the customers know of every line that waits what these papers say of it. A late line
/// comes on no known day.
fn keep(act: &mut Act<'_>, papers: &[&Papers]) -> QueryResult<()> {
    let at = act.at();
    let told: Vec<_> = papers
        .iter()
        .flat_map(|papers| {
            let today = papers.company.time_zone.day(at);
            let day = move |date| When::seen(date, today).day();
            let lines = papers.short.iter();
            lines.map(move |shown| (shown.line.id, day(shown.look().expected_on)))
        })
        .collect();
    set_based!(
        "insert into told_dates (order_line_id, told_on, told_at)
         select u.line, u.day, :at from :rows order by u.line
         on conflict (order_line_id)
         do update set told_on = excluded.told_on, told_at = excluded.told_at",
        told, |(line, day)| line: BigInt = *line, day: Nullable<Date> = *day;
        at: Timestamptz = at
    )
    .execute(act.conn())?;
    announce(act, &["orders".to_owned()])
}
