//! The pool, and the transaction around every request.

use std::time::{Duration, Instant};

use actix_web::web;
use diesel::connection::{CacheSize, SimpleConnection};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as R2d2Error, PooledConnection};

use super::act::{Act, Who};
use super::standby::{self, Seen};
use super::statements::StatementCount;
use super::transaction::{self, ALWAYS, Terms};
use crate::config::{Database, Secret, Times};
use crate::error::{Error, Result};
use crate::types::Limit;

/// The r2d2 pool behind [`Db`].
pub type Pool = diesel::r2d2::Pool<ConnectionManager<PgConnection>>;

/// How often a transaction that lost a race is tried.
const TRIES: usize = 5;
/// How long somebody waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// While the database is away it is looked for again at least this often: another primary is found as
/// soon as it takes changes.
const LOOKS: Duration = Duration::from_millis(500);

/// The way to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    statements: StatementCount,
    limit: Limit,
    times: Times,
    /// Where lists may be read from.
    standby: Option<Pool>,
    /// What a reading of the standby must show; none: it is not asked.
    seen: Option<Seen>,
}

#[derive(Debug)]
struct Prepare {
    statements: StatementCount,
    counted: bool,
    /// Whether what is sent often is prepared once, which a pooler may forget.
    prepares: bool,
}

impl CustomizeConnection<PgConnection, R2d2Error> for Prepare {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), R2d2Error> {
        if !self.prepares {
            conn.set_prepared_statement_cache_size(CacheSize::Disabled);
        }
        if self.counted {
            conn.set_instrumentation(self.statements.clone());
        }
        // For what is sent outside of our transactions; within them it holds behind a pooler, too.
        conn.batch_execute(&ALWAYS.replace("LOCAL ", ""))
            .map_err(R2d2Error::QueryError)
    }
}

impl Db {
    /// A pool of connections; waits five seconds for a free one, then says so.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn connect(database: &Database) -> Result<Self> {
        Self::open(database, false)
    }

    /// Like [`Db::connect`], counting statements: for tests and benches.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn counting(database: &Database) -> Result<Self> {
        Self::open(database, true)
    }

    fn open(database: &Database, counted: bool) -> Result<Self> {
        let statements = StatementCount::default();
        let prepare = || Prepare {
            statements: statements.clone(),
            counted,
            prepares: database.prepares,
        };
        // Nobody need be there yet; of a standby, ever.
        let pool = |url: &Secret| {
            diesel::r2d2::Pool::builder()
                .max_size(database.pool)
                .min_idle(Some(1))
                // The pool waits half of it, at most, until it looks for the database again.
                .connection_timeout(2 * LOOKS)
                .connection_customizer(Box::new(prepare()))
                .build_unchecked(ConnectionManager::new(url.reveal()))
        };
        let primary = pool(&database.url);
        primary.get_timeout(PATIENCE)?;
        Ok(Self {
            pool: primary,
            standby: database.read_url.as_ref().map(pool),
            seen: None,
            statements,
            limit: Limit::default(),
            times: database.times,
        })
    }

    /// Whether there is a standby for lists.
    pub fn has_standby(&self) -> bool {
        self.standby.is_some()
    }

    /// How far the log of the primary is written, to be read as [`Seen`].
    ///
    /// # Errors
    /// Those of reaching the database.
    pub async fn position(&self) -> Result<String> {
        self.read(|conn| Ok(standby::position(conn)?)).await
    }

    /// The same way for a list, which may be read from the standby when that shows what the reader has seen.
    #[must_use]
    pub fn listing(&self, seen: Option<Seen>) -> Self {
        Self {
            seen,
            ..self.clone()
        }
    }

    /// The same way, for what a whole file needs: its time is another.
    #[must_use]
    pub fn patient(&self) -> Self {
        let import = self.times.import;
        self.taking(Times {
            page: import,
            action: import,
            import,
        })
    }

    /// The same way, for what nobody waits for: it takes as long as it likes.
    #[must_use]
    pub fn unhurried(&self) -> Self {
        self.taking(Times::default())
    }

    fn taking(&self, times: Times) -> Self {
        Self {
            times,
            ..self.clone()
        }
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
        Ok(self.pool.get_timeout(PATIENCE)?)
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

    /// Whether a connection that broke is replaced once more: where a server goes, all that the pool holds
    /// may have broken with it.
    fn replaces(&self, tried: usize, began: Instant) -> bool {
        let all = TRIES + usize::try_from(self.pool.max_size()).unwrap_or_default();
        tried < TRIES || (tried < all && began.elapsed() < PATIENCE)
    }

    /// [`Db::read`] on the calling thread.
    ///
    /// # Errors
    /// Those of `ask`, and of reaching the database.
    pub fn read_now<T>(&self, ask: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        let standby = self.standby.as_ref().zip(self.seen);
        let caught_up = standby.and_then(|(pool, seen)| standby::caught_up(pool, seen));
        let mut pooled = caught_up.map_or_else(|| self.connection(), Ok)?;
        let terms = Terms::of_reading(self.times.page, &self.limit);
        transaction::run(&mut pooled, &terms, ask)
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
        let terms = Terms::of_writing(self.times.action, who);
        let (began, mut tried) = (Instant::now(), 0);
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
            let mut acted = false;
            let outcome = transaction::run(&mut pooled, &terms, |conn| {
                let done = act(&mut Act::new(conn, who).within(self.limit.clone()))?;
                acted = true;
                Ok(done)
            });
            match outcome {
                Err(Error::Lost(error)) if acted => return Err(Error::Unsure(error)),
                Err(Error::Lost(error)) if self.replaces(tried, began) => {
                    tracing::info!(tried, %error, "a connection was lost and is replaced");
                }
                Err(Error::Race(error)) if tried < TRIES => {
                    tracing::info!(tried, %error, "a transaction lost a race and is tried again");
                }
                Err(error @ Error::Race(_)) => {
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
