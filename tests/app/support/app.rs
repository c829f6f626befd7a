//! A whole Backfill in process, for one test: a database of its own, no port, no client.
//!
//! When a shop closes it checks what every test should: no request failed, and whatever was done, stock still adds up.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use actix_web::HttpServer;
use backfill::app::{self, Parts};
use backfill::config::{Config, Database, Secret};
use backfill::db::{Act, Db, Who};
use backfill::error::Result;
use backfill::stock;
use backfill::web::Role;
use diesel::PgConnection;

use super::database::TestDatabase;
use super::make::PASSWORD;
use super::requests::{App, Browser, Failures};
use super::served::Served;

/// A running shop, empty but for what migrations put into it.
pub struct Shop {
    parts: Parts,
    app: App,
    failures: Failures,
    // Last, so that it outlives every connection.
    database: TestDatabase,
}

impl Shop {
    /// Opens one.
    pub async fn open() -> Shop {
        Shop::open_with(|_| {}).await
    }

    /// Opens one whose configuration was changed first.
    pub async fn open_with(change: impl FnOnce(&mut Config)) -> Shop {
        Shop::open_on(TestDatabase::create(), change).await
    }

    /// Opens one on a database server of its own.
    pub async fn open_alone() -> Shop {
        Shop::open_on(TestDatabase::alone(), |_| {}).await
    }

    async fn open_on(database: TestDatabase, change: impl FnOnce(&mut Config)) -> Shop {
        let mut config = config(&database.url());
        change(&mut config);
        let db = Db::counting(&config.database).expect("the database answers");
        let parts = Parts::new(config, db);
        let failures = Failures::default();
        let app = App::start(app::build(&parts), Rc::clone(&failures)).await;
        Shop {
            parts,
            app,
            failures,
            database,
        }
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.app.clone())
    }

    /// Somebody of the sales desk, signed in.
    pub async fn user(&self) -> Browser {
        self.signed_in(Role::User).await
    }

    /// A buyer, signed in.
    pub async fn manager(&self) -> Browser {
        self.signed_in(Role::Manager).await
    }

    /// The owner, signed in.
    pub async fn admin(&self) -> Browser {
        self.signed_in(Role::Admin).await
    }

    /// The one account that stands for a role, in a browser of its own.
    pub async fn signed_in(&self, role: Role) -> Browser {
        let person = self.person(role);
        let browser = self.visitor();
        browser.sign_in(&person.email, PASSWORD).await;
        browser
    }

    /// What it is made of.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Its way to the database; counts statements.
    pub fn db(&self) -> &Db {
        &self.parts.db
    }

    /// Asks the database, in a read-only transaction.
    #[track_caller]
    pub fn read<T>(&self, ask: impl FnOnce(&mut PgConnection) -> Result<T>) -> T {
        self.parts
            .db
            .read_now(ask)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Runs actions, in one transaction that commits.
    #[track_caller]
    pub fn write<T>(&self, act: impl Fn(&mut Act<'_>) -> Result<T>) -> T {
        self.write_as(Who::BACKFILL, act)
    }

    /// The same for somebody, or at an instant of the past.
    #[track_caller]
    pub fn write_as<T>(&self, who: impl Into<Who>, act: impl Fn(&mut Act<'_>) -> Result<T>) -> T {
        self.parts
            .db
            .write_now(who, act)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// A connection outside the pool, for what is to fail or to race.
    pub fn connect(&self) -> PgConnection {
        self.database.connect()
    }

    /// How many statements `what` sends.
    pub async fn statements_of<T>(&self, what: impl Future<Output = T>) -> (T, usize) {
        let before = self.parts.db.statements();
        let outcome = what.await;
        (outcome, self.parts.db.statements() - before)
    }

    /// The same shop behind a port, for a real browser.
    pub fn serve(&self) -> Served {
        let parts = self.parts.clone();
        Served::start(move |listener| {
            Ok(HttpServer::new(move || app::build(&parts))
                .workers(1)
                .disable_signals()
                .listen(listener)?
                .run())
        })
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        self.parts.live.stop();
        if std::thread::panicking() {
            return;
        }
        let failures = self.failures.borrow();
        assert!(failures.is_empty(), "requests failed: {failures:#?}");
        let findings = stock::verify(&mut self.database.connect()).expect("the database answers");
        assert!(findings.is_empty(), "stock does not add up: {findings:#?}");
    }
}

fn config(url: &str) -> Config {
    Config {
        database: Database::at(url, 8),
        bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        public_url: "http://localhost".into(),
        session_key: Secret::new("for tests only ".repeat(8)),
        smtp_url: None,
        mail_from: "Backfill <backfill@localhost>".into(),
        form_time: Duration::from_secs(30),
        trust_proxy: false,
    }
}
