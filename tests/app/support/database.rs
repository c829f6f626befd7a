//! A database for each test, copied from a migrated template, so that tests can run side by side and commit for real.
//!
//! They lie on one private server per test process; with `DATABASE_URL` set, on that server instead.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process, thread};

use backfill::db::cluster::{Cluster, Settings};
use backfill::db::migrate;
use diesel::prelude::*;
use diesel_migrations::FileBasedMigrations;

/// Taken while the template is made, since two test processes may share a server.
const TEMPLATE_LOCK: i64 = 0x6261_636b_6669_6c6c;

/// An empty, migrated database. It disappears with this value.
pub struct TestDatabase {
    server: &'static Server,
    name: String,
}

impl TestDatabase {
    pub fn create() -> TestDatabase {
        TestDatabase::copied_from(Server::get())
    }

    fn copied_from(server: &'static Server) -> TestDatabase {
        let database = TestDatabase::named(server);
        server.execute(&format!(
            "create database {} template {} {}",
            database.name, server.template, server.strategy
        ));
        database
    }

    /// An empty, migrated one on a server that nothing else uses, and that may be brought down.
    pub fn alone() -> TestDatabase {
        let cluster = Cluster::temporary(&Settings::durable());
        let cluster = cluster.unwrap_or_else(|error| panic!("{error}"));
        // As the shared one, it ends with the process.
        let server = Box::leak(Box::new(Server::with(Address::Private(cluster))));
        TestDatabase::copied_from(server)
    }

    /// One without any table, for tests of the migrations themselves.
    pub fn without_migrations() -> TestDatabase {
        let server = Server::get();
        let database = TestDatabase::named(server);
        server.execute(&format!(
            "create database {} template template0",
            database.name
        ));
        database
    }

    fn named(server: &'static Server) -> TestDatabase {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        TestDatabase {
            server,
            name: format!("backfill_test_{}_{count}", process::id()),
        }
    }

    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    pub fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.url()).expect("the test's database takes connections")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A test that fails already shall fail with its own words.
        if !thread::panicking() {
            self.server.execute(&format!(
                "drop database if exists {} with (force)",
                self.name
            ));
        }
    }
}

pub fn migrations() -> FileBasedMigrations {
    FileBasedMigrations::from_path(migrations_folder()).expect("the migrations folder is complete")
}

struct Server {
    address: Address,
    template: String,
    strategy: &'static str,
}

enum Address {
    /// Never dropped, as statics are not: its watchdog ends it with the process.
    Private(Cluster),
    Given(String),
}

impl Server {
    fn get() -> &'static Server {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(Server::start)
    }

    fn start() -> Server {
        let address = match env::var("DATABASE_URL") {
            Ok(url) => Address::Given(url),
            Err(_) => Address::Private(
                Cluster::temporary(&Settings::throwaway())
                    .unwrap_or_else(|error| panic!("{error}")),
            ),
        };
        Server::with(address)
    }

    /// Makes the template there, unless it is there.
    fn with(address: Address) -> Server {
        let template = format!(
            "backfill_template_{:016x}",
            fingerprint(&migrations_folder())
        );
        let mut server = Server {
            address,
            template,
            strategy: "",
        };

        let mut conn = server.connect();
        if major_version(&mut conn) >= 15 {
            // Copies files instead of logging every page: half the time for a template of this size.
            server.strategy = "strategy file_copy";
        }
        server.make_template(&mut conn);
        server
    }

    fn make_template(&self, conn: &mut PgConnection) {
        run(conn, &format!("select pg_advisory_lock({TEMPLATE_LOCK})"));
        let finished = count(
            conn,
            &format!(
                "select from pg_database where datname = '{}' and datistemplate",
                self.template
            ),
        );
        if finished == 0 {
            run(conn, &format!("drop database if exists {}", self.template));
            run(
                conn,
                &format!("create database {} template template0", self.template),
            );
            {
                let mut template = PgConnection::establish(&self.url(&self.template))
                    .expect("the new template takes connections");
                migrate(&mut template).expect("the migrations run");
            }
            run(
                conn,
                &format!("alter database {} is_template true", self.template),
            );
        }
        run(conn, &format!("select pg_advisory_unlock({TEMPLATE_LOCK})"));
    }

    fn url(&self, database: &str) -> String {
        match &self.address {
            Address::Private(cluster) => cluster.url(database),
            Address::Given(url) => with_database(url, database),
        }
    }

    fn connect(&self) -> PgConnection {
        let url = match &self.address {
            Address::Private(cluster) => cluster.url("postgres"),
            Address::Given(url) => url.clone(),
        };
        PgConnection::establish(&url).unwrap_or_else(|error| panic!("the test server: {error}"))
    }

    fn execute(&self, sql: &str) {
        run(&mut self.connect(), sql);
    }
}

fn run(conn: &mut PgConnection, sql: &str) {
    count(conn, sql);
}

fn count(conn: &mut PgConnection, sql: &str) -> usize {
    diesel::sql_query(sql)
        .execute(conn)
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn major_version(conn: &mut PgConnection) -> i32 {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::Integer>(
        "current_setting('server_version_num')::integer / 10000",
    ))
    .get_result(conn)
    .expect("the server tells its version")
}

/// The same address with another database: `postgres://user@host/name?options`.
fn with_database(url: &str, database: &str) -> String {
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let host_end = address[after_scheme..]
        .find('/')
        .map_or(address.len(), |at| after_scheme + at);
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{}/{database}{mark}{options}", &address[..host_end])
}

fn migrations_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")
}

/// Changes whenever a migration or a view does, so that no template outlives what it was made from.
fn fingerprint(folder: &Path) -> u64 {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("there are migrations")
        .flatten()
        .map(|entry| entry.path().join("up.sql"))
        .filter(|path| path.is_file())
        .collect();
    files.push(folder.join("../src/db/limited.sql"));
    files.sort();

    // FNV-1a: short, and the same in every process.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file).expect("a migration can be read") {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[test]
fn another_database_keeps_the_rest_of_the_address() {
    assert_eq!(
        with_database("postgres://me:x@host:5433/main?a=b", "t"),
        "postgres://me:x@host:5433/t?a=b"
    );
    assert_eq!(
        with_database("postgres://me@host", "t"),
        "postgres://me@host/t"
    );
    assert_eq!(
        with_database("postgres:///main?host=/run/pg", "t"),
        "postgres:///t?host=/run/pg"
    );
}

#[test]
fn tests_do_not_see_each_other() {
    let one = TestDatabase::create();
    let other = TestDatabase::create();

    run(&mut one.connect(), "create table only_here ()");

    assert_eq!(
        count(
            &mut one.connect(),
            "select from pg_class where relname = 'only_here'"
        ),
        1
    );
    assert_eq!(
        count(
            &mut other.connect(),
            "select from pg_class where relname = 'only_here'"
        ),
        0
    );
}
