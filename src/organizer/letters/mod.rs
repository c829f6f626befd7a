//! Mail to whom a task is given, to whom a text names, and to whom a task is due.
//!
//! Who is to be told is kept in the transaction that gives the reason (`organizer_tellings`). Whoever
//! wants it at once is told in that transaction; who wants it once a day, in the morning of the
//! company. Several servers may pass at once: each row is told by the one that takes it.

mod told;
mod words;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use self::told::Told;
use crate::config::Config;
use crate::db::Act;
use crate::error::Result;
use crate::outbox::{self, NewMail};
use crate::schema::company;
use crate::types::{Email, RecordRef, Zone};

/// When a day begins for mails, in hours after midnight.
const MORNING: i64 = 7;

/// Queues the mails to those who want to be told at once; returns how many.
///
/// # Errors
/// Those of the database.
pub fn tell_at_once(act: &mut Act<'_>, config: &Config) -> Result<usize> {
    let told = told::at_once(act)?;
    send_each(act, config, &told)
}

/// Queues what became due, what was left over, and in the morning what came together since the last
/// one; returns how many mails.
///
/// # Errors
/// Those of the database.
pub fn tell_what_is_due(act: &mut Act<'_>, config: &Config) -> Result<usize> {
    let at_once = tell_at_once(act, config)?;
    let today = day(act)?;
    let due = told::due(act, today)?;
    let due = send_each(act, config, &due)?;
    let all = told::daily(act, today)?;
    let of_each = all.chunk_by(|one, next| one.user_id == next.user_id);
    let mails: Result<Vec<_>> = of_each
        .map(|told| {
            let body = words::digest(told, &config.public_url)?;
            Ok(mail(config, told, words::of_the_day(told), body))
        })
        .collect();
    let daily = send(act, mails?)?;
    Ok(at_once + due + daily)
}

/// The day it is for mails: the next one begins in the morning.
fn day(conn: &mut PgConnection) -> QueryResult<NaiveDate> {
    let zone: Zone = company::table.select(company::time_zone).first(conn)?;
    Ok(zone.day(crate::types::clock::now() - TimeDelta::hours(MORNING)))
}

fn send_each(act: &mut Act<'_>, config: &Config, all: &[Told]) -> Result<usize> {
    let mails: Result<Vec<_>> = all
        .chunks(1)
        .map(|told| {
            let body = words::one(&told[0], &config.public_url)?;
            let mail = mail(config, told, told[0].subject(), body);
            let record = Some(RecordRef::Entry(told[0].id));
            Ok(mail.map(|mail| NewMail { record, ..mail }))
        })
        .collect();
    send(act, mails?)
}

/// Nothing goes to an address that is none.
fn mail(config: &Config, told: &[Told], subject: String, body: String) -> Option<NewMail> {
    let recipient = Email::parse(&told.first()?.email).ok()?;
    Some(NewMail {
        recipients: vec![recipient],
        sender: config.mail_from.clone(),
        subject,
        body_text: body,
        ..NewMail::default()
    })
}

fn send(act: &mut Act<'_>, mails: Vec<Option<NewMail>>) -> Result<usize> {
    let mails: Vec<NewMail> = mails.into_iter().flatten().collect();
    if mails.is_empty() {
        return Ok(0);
    }
    Ok(outbox::enqueue_all(act, &mails)?.len())
}
