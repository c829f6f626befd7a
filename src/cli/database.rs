//! The database a command works on: the one of `DATABASE_URL`, else the demo's.

use std::env;
use std::error::Error;
use std::path::PathBuf;

use backfill::catalog;
use backfill::config::Database;
use backfill::db::cluster::{self, Cluster, Settings};
use backfill::db::{Db, Who, is_newer, pending_migrations};
use backfill::types::check_encryption;
use clap::Args;

/// The database of a private server that Backfill itself uses.
pub const NAME: &str = "backfill";

/// Which database.
#[derive(Args)]
pub struct Where {
    /// Where the demo keeps its data; `DATABASE_URL`, if set, wins.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// A database within reach, as long as this value lives.
pub struct Reached {
    pub db: Db,
    pub url: String,
    /// Last, so that the server outlives the connections.
    _cluster: Option<Cluster>,
}

impl Where {
    /// Connects. A demo that does not run is started for as long as the command takes.
    ///
    /// # Errors
    /// When there is neither; a sentence says what to do.
    pub fn reach(&self) -> Result<Reached, Box<dyn Error>> {
        let home = self.home();
        if given().is_none() && !cluster::exists(&home) {
            return Err(format!(
                "DATABASE_URL is not set, and there is no demo in {}",
                home.display()
            )
            .into());
        }
        self.reach_or_make()
    }

    /// The same, and up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or is older than the program.
    pub fn reach_current(&self) -> Result<Reached, Box<dyn Error>> {
        let reached = self.reach()?;
        refuse_pending(&reached.db)?;
        Ok(reached)
    }

    /// Like [`Where::reach`], but a demo that is not there becomes an empty one.
    ///
    /// # Errors
    /// When it cannot be reached or made.
    pub fn reach_or_make(&self) -> Result<Reached, Box<dyn Error>> {
        if let Some(url) = given() {
            return Reached::at(url, None);
        }
        let cluster = Cluster::join(&self.home(), &Settings::durable())?;
        let url = cluster.database(NAME)?;
        Reached::at(url, Some(cluster))
    }

    fn home(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(home)
    }
}

impl Reached {
    fn at(url: String, cluster: Option<Cluster>) -> Result<Reached, Box<dyn Error>> {
        Ok(Reached {
            db: connect(&url, 2)?,
            url,
            _cluster: cluster,
        })
    }
}

/// Where the demo keeps its data unless told otherwise.
pub fn home() -> PathBuf {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    match (folder("XDG_DATA_HOME"), folder("HOME")) {
        (Some(data), _) => PathBuf::from(data).join("backfill-demo"),
        (None, Some(home)) => PathBuf::from(home).join(".local/share/backfill-demo"),
        (None, None) => env::temp_dir().join("backfill-demo"),
    }
}

/// The address in `DATABASE_URL`, if there is one; the one in `DATABASE_DIRECT_URL` before it, as what
/// commands do may not suit a pooler.
pub fn given() -> Option<String> {
    let named = |name: &str| env::var(name).ok().filter(|url| !url.trim().is_empty());
    let url = named("DATABASE_URL")?;
    Some(named("DATABASE_DIRECT_URL").unwrap_or(url))
}

/// Connects, or says in one sentence why not.
///
/// # Errors
/// When it cannot be encrypted as the address asks, or the database does not answer.
pub fn connect(url: &str, size: u32) -> Result<Db, Box<dyn Error>> {
    check_encryption(url).map_err(|why| format!("DATABASE_URL {why}"))?;
    Db::connect(&Database::at(url, size))
        .map_err(|error| format!("the database cannot be reached: {error}").into())
}

/// What a first start decides: the company is where this machine is, until somebody says otherwise.
///
/// # Errors
/// When the database does not answer.
pub fn settle(db: &Db) -> Result<(), Box<dyn Error>> {
    Ok(db.write_now(Who::BACKFILL, |act| Ok(catalog::settle_zone(act)?))?)
}

/// Refuses a database that is older than the program, or newer.
///
/// # Errors
/// When it is.
pub fn refuse_pending(db: &Db) -> Result<(), Box<dyn Error>> {
    if db.read_now(pending_migrations)? {
        return Err("the database is older than this program: run `backfill migrate` first".into());
    }
    if db.read_now(is_newer)? {
        return Err(
            "the database is newer than this program: run the program that migrated it".into(),
        );
    }
    Ok(())
}
