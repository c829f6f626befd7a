//! The pool, and the transaction around every request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::web;
use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as R2d2Error, PooledConnection};

use super::act::{Act, Who};
use super::limited;
use crate::error::{Error, Result};
use crate::types::Limit;

/// The r2d2 pool behind [`Db`].
pub type Pool = diesel::r2d2::Pool<ConnectionManager<PgConnection>>;

/// How often a transaction that lost a race is tried.
const TRIES: usize = 5;

/// The way to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    statements: StatementCount,
    limit: Limit,
}

/// How many statements the connections of a pool have sent; transaction control not counted.
#[derive(Debug, Clone, Default)]
pub struct StatementCount(Arc<AtomicUsize>);

impl StatementCount {
    /// Statements so far.
    pub fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Instrumentation for StatementCount {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            // The last is how the pool looks whether a connection still lives.
            let control = [
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "SAVEPOINT",
                "RELEASE",
                "SET ",
                "SELECT 1",
            ];
            if !control.iter().any(|word| text.starts_with(word)) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
}

#[derive(Debug)]
struct Prepare {
    statements: StatementCount,
    counted: bool,
}

impl CustomizeConnection<PgConnection, R2d2Error> for Prepare {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), R2d2Error> {
        // A deadlock is recognised by its English text; times are shown in UTC.
        conn.batch_execute("set lc_messages = 'C'; set time zone 'UTC'")
            .or_else(|_| conn.batch_execute("set time zone 'UTC'"))
            .map_err(R2d2Error::QueryError)?;
        if self.counted {
            conn.set_instrumentation(self.statements.clone());
        }
        Ok(())
    }
}

impl Db {
    /// A pool of at most `size` connections; waits five seconds for a free one, then says so.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn connect(url: &str, size: u32) -> Result<Self> {
        Self::open(url, size, false)
    }

    /// Like [`Db::connect`], counting statements: for tests and benches.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn counting(url: &str, size: u32) -> Result<Self> {
        Self::open(url, size, true)
    }

    fn open(url: &str, size: u32, counted: bool) -> Result<Self> {
        let statements = StatementCount::default();
        let pool = diesel::r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            .connection_customizer(Box::new(Prepare {
                statements: statements.clone(),
                counted,
            }))
            .build(ConnectionManager::new(url))?;
        Ok(Self {
            pool,
            statements,
            limit: Limit::default(),
        })
    }

    /// The same way, for somebody who may see and touch no more than this.
    #[must_use]
    pub fn within(&self, limit: &Limit) -> Self {
        Self {
            limit: limit.clone(),
            ..self.clone()
        }
    }

    /// The count of statements sent so far; stays 0 unless the pool was opened as counting.
    pub fn statements(&self) -> usize {
        self.statements.get()
    }

    /// The warehouses that may be seen and touched.
    pub const fn limit(&self) -> &Limit {
        &self.limit
    }

    /// A connection for a thread of its own: the outbox worker, the live listener, a command.
    ///
    /// # Errors
    /// When none is free in time.
    pub fn connection(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>> {
        Ok(self.pool.get()?)
    }

    /// Runs `ask` on the blocking pool, in a read-only, repeatable-read transaction: what it sees
    /// is one consistent picture, and a write fails in PostgreSQL.
    ///
    /// # Errors
    /// Those of `ask`, and of reaching the database.
    pub async fn read<T, F>(&self, ask: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection) -> Result<T> + Send + 'static,
    {
        let db = self.clone();
        web::block(move || db.read_now(ask)).await?
    }

    /// Runs `act` for `who` on the blocking pool in one transaction: an error rolls everything back.
    /// A transaction that lost a race is tried again, hence `Fn`.
    ///
    /// # Errors
    /// Those of `act`, and of reaching the database.
    pub async fn write<T, F>(&self, who: impl Into<Who>, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Act<'_>) -> Result<T> + Send + 'static,
    {
        let (db, who) = (self.clone(), who.into());
        web::block(move || db.write_now(who, act)).await?
    }

    /// [`Db::read`] on the calling thread.
    ///
    /// # Errors
    /// Those of `ask`, and of reaching the database.
    pub fn read_now<T>(&self, ask: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        let mut pooled = self.connection()?;
        let conn: &mut PgConnection = &mut pooled;
        conn.build_transaction()
            .read_only()
            .repeatable_read()
            .run(|conn| {
                limited::enter(conn, &self.limit)?;
                ask(conn)
            })
    }

    /// [`Db::write`] on the calling thread. A connection that broke under the transaction is replaced
    /// and the transaction tried again, unless it broke while committing.
    ///
    /// # Errors
    /// Those of `act`, and of reaching the database; [`Error::Unsure`].
    pub fn write_now<T>(
        &self,
        who: impl Into<Who>,
        act: impl Fn(&mut Act<'_>) -> Result<T>,
    ) -> Result<T> {
        let who = who.into();
        let mut tried = 0;
        loop {
            tried += 1;
            let mut pooled = match self.connection() {
                // A server that went down may take a while to recover.
                Err(error) if tried > 1 && tried < TRIES => {
                    tracing::info!(tried, %error, "the database is not back yet");
                    continue;
                }
                pooled => pooled?,
            };
            let conn: &mut PgConnection = &mut pooled;
            let mut acted = false;
            let outcome: Result<T> = conn.transaction(|conn| {
                conn.batch_execute(&who.announcement())?;
                let done = act(&mut Act::new(conn, who).within(self.limit.clone()))?;
                acted = true;
                Ok(done)
            });
            match outcome {
                Err(error) if acted && error.is_lost() => {
                    return Err(Error::Unsure(error.to_string()));
                }
                Err(error) if error.is_passing() && tried < TRIES => {
                    tracing::info!(tried, %error, "a transaction was lost and is tried again");
                }
                Err(error) if error.is_race() => {
                    tracing::warn!(tried, %error, "a transaction lost every race");
                    return Err(Error::Refused(
                        "Several people changed the same thing at once. Please try again.".into(),
                    ));
                }
                outcome => return outcome,
            }
        }
    }
}
