//! A file that is read at once, and all it comes to held in memory: for files of our own, and for
//! whoever looks at one on a command line.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::apply::Destination;
use super::found::Found;
use super::judge::{File, Reader};
use super::known::Known;
use super::reading::{Choices, Reading};
use crate::exchange::{Error, Unreadable};
use crate::sheet::{self, Spool};

/// Reads a file of orders. Pure: what is known, what is chosen and the moment are given.
///
/// # Errors
/// When nothing can be read from it at all.
pub fn read(
    bytes: &[u8],
    known: &Known,
    choices: Choices,
    now: DateTime<Utc>,
) -> Result<Reading, Unreadable> {
    let file = File::open(&bytes.to_vec().into())?;
    let mut ask =
        |_: &HashSet<String>, _: &HashSet<&str>| Ok::<_, Unreadable>(Cow::Borrowed(known));
    collect(&file, known, (choices, now), &mut ask)
}

/// Reads a file of orders and asks the database what it already knows. Writes nothing.
///
/// # Errors
/// When nothing can be read from it at all, and those of the database.
pub fn preview(
    conn: &mut PgConnection,
    to: &Destination,
    content: &Spool,
    choices: Choices,
    now: DateTime<Utc>,
) -> Result<Reading, Error> {
    let file = File::open(content)?;
    let company = Known::load(conn, to, &HashSet::new(), &HashSet::new())?;
    let mut ask = |skus: &HashSet<String>, numbers: &HashSet<&str>| {
        let known = Known::load(conn, to, skus, numbers);
        known.map(Cow::Owned).map_err(Error::from)
    };
    collect(&file, &company, (choices, now), &mut ask)
}

fn collect<E: From<sheet::Unreadable>>(
    file: &File,
    company: &Known,
    (choices, now): (Choices, DateTime<Utc>),
    ask: &mut Ask<'_, '_, E>,
) -> Result<Reading, E> {
    let mut all = Collected {
        found: Found::default(),
        ask,
    };
    let products = file.read(choices, now, &mut all)?;
    let format = file.format(company);
    Ok(Reading::of(format, file.lines(), all.found, products))
}

/// What is known of some SKUs and order numbers.
type Ask<'a, 'k, E> = dyn FnMut(&HashSet<String>, &HashSet<&str>) -> Result<Cow<'k, Known>, E> + 'a;

/// Keeps all that a file comes to.
struct Collected<'a, 'b, 'k, E> {
    found: Found,
    ask: &'a mut Ask<'b, 'k, E>,
}

impl<E: From<sheet::Unreadable>> Reader for Collected<'_, '_, '_, E> {
    type Error = E;

    fn known(
        &mut self,
        skus: &HashSet<String>,
        numbers: &HashSet<&str>,
    ) -> Result<Cow<'_, Known>, E> {
        (self.ask)(skus, numbers)
    }

    fn take(&mut self, mut found: Found) -> Result<(), E> {
        self.found.orders.append(&mut found.orders);
        self.found.refusals.append(&mut found.refusals);
        self.found.skipped.append(&mut found.skipped);
        self.found.remarks.append(&mut found.remarks);
        Ok(())
    }
}
