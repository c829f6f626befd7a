//! One act: a transaction, who acts, and when.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::trail::{self, Trace};
use super::{announce, history, limited};
use crate::error::{Error, Result};
use crate::types::{Event, Limit, OrderId, RecordRef, UserId, WarehouseId, clock};

/// Who acts, and when: what an [`Act`] is opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    user: Option<UserId>,
    at: Option<DateTime<Utc>>,
}

impl Who {
    /// Backfill itself, now.
    pub const BACKFILL: Self = Self {
        user: None,
        at: None,
    };

    /// The same, at a known instant: for what happened in the past.
    #[must_use]
    pub const fn at(self, at: DateTime<Utc>) -> Self {
        Self {
            at: Some(at),
            ..self
        }
    }
}

impl Who {
    /// What a transaction is told of who acts, for the triggers that keep it; nothing of Backfill itself.
    pub(super) fn announcement(self) -> Option<String> {
        let user = self.user?;
        Some(format!("SET LOCAL backfill.user_id = '{user}'"))
    }
}

impl From<UserId> for Who {
    fn from(user: UserId) -> Self {
        Self {
            user: Some(user),
            at: None,
        }
    }
}

/// What every write is given: the connection of a transaction, who acts, and the one instant at
/// which all of it happens. It is used like the connection it dereferences to.
pub struct Act<'a> {
    conn: &'a mut PgConnection,
    by: Option<UserId>,
    at: DateTime<Utc>,
    limit: Limit,
}

impl<'a> Act<'a> {
    /// An act on a connection whose transaction somebody else began, as `Db::write` does.
    pub fn new(conn: &'a mut PgConnection, who: impl Into<Who>) -> Self {
        let who = who.into();
        Self {
            conn,
            by: who.user,
            at: who.at.unwrap_or_else(clock::now),
            limit: Limit::default(),
        }
    }

    /// The same for somebody who may touch no more than this.
    #[must_use]
    pub(super) fn within(self, limit: Limit) -> Self {
        Self { limit, ..self }
    }

    /// The connection, where a query asks for one by its type.
    pub fn conn(&mut self) -> &mut PgConnection {
        self.conn
    }

    /// Who acts; `None`: Backfill itself.
    pub const fn by(&self) -> Option<UserId> {
        self.by
    }

    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The same transaction for somebody else, or for another instant.
    pub fn of(&mut self, who: impl Into<Who>) -> Act<'_> {
        Act::new(self.conn, who).within(self.limit.clone())
    }

    /// The warehouses that may be touched.
    pub const fn limit(&self) -> &Limit {
        &self.limit
    }

    /// Why some warehouses may not be touched, in a sentence; `None`: all may.
    pub fn refusal(
        &mut self,
        warehouses: impl IntoIterator<Item = WarehouseId>,
    ) -> QueryResult<Option<String>> {
        limited::refusal(self.conn, &self.limit, warehouses)
    }

    /// Refuses to touch other warehouses than those of who acts.
    ///
    /// # Errors
    /// [`Error::NotYours`].
    pub fn must_reach(&mut self, warehouses: impl IntoIterator<Item = WarehouseId>) -> Result<()> {
        let refusal = self.refusal(warehouses)?;
        refusal.map_or(Ok(()), |sentence| Err(Error::NotYours(sentence)))
    }

    /// Refuses orders of which other warehouses ship some.
    ///
    /// # Errors
    /// [`Error::NotYours`].
    pub fn must_reach_all_of(&mut self, orders: &[OrderId]) -> Result<()> {
        limited::check_whole(self.conn, &self.limit, orders)
    }

    /// Refuses orders that are not shown to who acts: they are not there.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn must_see(&mut self, orders: &[OrderId]) -> Result<()> {
        let orders = orders.iter().map(|order| RecordRef::Order(*order));
        match limited::shows(self.conn, &self.limit, &orders.collect::<Vec<_>>())? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    }

    /// Which of some orders are not theirs as a whole, each with why, in a sentence.
    pub fn not_whole(&mut self, orders: &[OrderId]) -> QueryResult<Vec<(OrderId, String)>> {
        limited::not_whole(self.conn, &self.limit, orders)
    }

    /// Keeps what was done to a record, in its history.
    pub fn note(&mut self, record: RecordRef, event: &Event) -> QueryResult<()> {
        self.note_all(&[record], event)
    }

    /// Keeps the same of several records, in one statement.
    pub fn note_all(&mut self, records: &[RecordRef], event: &Event) -> QueryResult<()> {
        let events: Vec<_> = records.iter().map(|record| (*record, event)).collect();
        history::write(self.conn, &events, self.by, self.at)
    }

    /// Keeps what was done to each of several records, in one statement.
    pub fn note_each(&mut self, events: &[(RecordRef, Event)]) -> QueryResult<()> {
        let events: Vec<_> = events
            .iter()
            .map(|(record, event)| (*record, event))
            .collect();
        history::write(self.conn, &events, self.by, self.at)
    }

    /// Keeps what an admin may have to account for.
    pub fn trace(&mut self, trace: &Trace<'_>) -> QueryResult<()> {
        trail::write(self.conn, trace, self.by, self.at)
    }

    /// Keeps the same of each of several records, in one statement.
    pub fn trace_each(&mut self, events: &[(RecordRef, Event)]) -> QueryResult<()> {
        trail::write_each(self.conn, events, self.by, self.at)
    }

    /// Keeps what was done to a record, and tells the pages that show it.
    pub fn tell(&mut self, record: RecordRef, event: &Event) -> QueryResult<()> {
        self.note(record, event)?;
        announce(self.conn, &[record.to_string()])
    }
}

impl Deref for Act<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.conn
    }
}

impl DerefMut for Act<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.conn
    }
}
