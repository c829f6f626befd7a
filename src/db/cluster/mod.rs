//! The private PostgreSQL of `demo`, of the benchmarks and of the tests, so that nobody has to prepare a server.
//!
//! Owns one folder (the *home*) with everything the server needs, and the server process itself. The server listens on a
//! socket only, lets in nobody but the account that started it (checked by the kernel, so there is no password to keep),
//! and ends with us however we end. Where pages are served from it, a [`Keeper`] starts it again should it die.
//!
//! Promises: a second start finds the data of the first; a crash of the server, of us or of the machine is recovered; a
//! creation that was interrupted is begun anew; two copies never share a home. As root too: PostgreSQL refuses to run as
//! root, so it runs as another account, and where that account cannot reach the home (`/root`), the data goes elsewhere
//! and the home remembers where.
//!
//! Refuses what it cannot do with one sentence that says what to do about it ([`Error`]).

mod account;
mod error;
mod folders;
mod home;
pub mod install;
mod keeper;
mod leftovers;
mod pid_file;
mod programs;
mod server;
mod settings;
mod signals;
mod watchdog;

use std::fs;
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::sql_types::Text;

use account::Account;
use home::Home;
use server::{Launch, Server};
use watchdog::Watchdog;

pub(super) use error::Doing;
pub use error::Error;
pub use keeper::Keeper;
pub(super) use programs::Programs;
pub use settings::Settings;

/// The one role of a private server; it owns everything in it.
const ROLE: &str = "backfill";

/// A running PostgreSQL. Dropping it stops the server, unless it belongs to another copy of Backfill.
pub struct Cluster {
    sockets: PathBuf,
    own: Option<Box<Own>>,
}

/// What only the copy that started the server holds.
struct Own {
    server: Server,
    launch: Launch,
    watchdog: Watchdog,
    home: Home,
    temporary: bool,
}

impl Cluster {
    /// Starts the server whose data lies in `home`, creating it the first time.
    pub fn start(home: &Path, settings: &Settings) -> Result<Cluster, Error> {
        let home = Home::open(home)?;
        Cluster::start_in(home, settings, false)
    }

    /// Uses the server of `home` if another copy of Backfill runs it at this moment, and starts it otherwise.
    pub fn join(home: &Path, settings: &Settings) -> Result<Cluster, Error> {
        match Cluster::start(home, settings) {
            // By the name the system has for it: the server's processes are known by the folder they stand in.
            Err(Error::InUse(home)) => match leftovers::ready_sockets(&home::data_folder(&home)) {
                Some(sockets) => Ok(Cluster { sockets, own: None }),
                None => Err(Error::InUse(home)),
            },
            started => started,
        }
    }

    /// Starts a server in a new folder that disappears with it.
    pub fn temporary(settings: &Settings) -> Result<Cluster, Error> {
        let account = Account::choose(None)?;
        let home = Home::open(&home::short_folder(&account, 0o711)?)?;
        Cluster::start_in(home, settings, true)
    }

    fn start_in(mut home: Home, settings: &Settings, temporary: bool) -> Result<Cluster, Error> {
        let account = Account::choose(home.owner())?;
        home.settle(&account)?;
        let programs = Programs::find(&account, home.version().as_deref(), home.data())?;

        let removed = if temporary { home.folders() } else { vec![] };
        let sockets = home::short_folder(&account, 0o700)?;
        account.give(&sockets)?;
        let watchdog = Watchdog::start(home.data(), &sockets, &removed)?;

        let launch = Launch {
            account,
            programs,
            settings: settings.clone(),
            sockets: sockets.clone(),
        };
        if home.version().is_none() {
            launch.create(&home)?;
        }
        leftovers::end(home.data())?;

        let own = Own {
            server: launch.start(&home)?,
            launch,
            watchdog,
            home,
            temporary,
        };
        Ok(Cluster {
            sockets,
            own: Some(Box::new(own)),
        })
    }

    /// The address of one of its databases, for libpq.
    pub fn url(&self, database: &str) -> String {
        let sockets = self.sockets.display().to_string().replace('/', "%2F");
        format!("postgres://{ROLE}@{sockets}/{database}")
    }

    /// The address of a database that is created empty if it does not exist yet.
    pub fn database(&self, name: &str) -> Result<String, Error> {
        let mut conn = PgConnection::establish(&self.url("postgres"))?;
        let exists = diesel::sql_query("select from pg_database where datname = $1")
            .bind::<Text, _>(name)
            .execute(&mut conn)?;

        if exists == 0 {
            diesel::sql_query(format!("create database \"{name}\"")).execute(&mut conn)?;
        }
        Ok(self.url(name))
    }

    /// Where the data lies, to be told to the reader; nothing if the server belongs to another copy.
    pub fn data(&self) -> Option<&Path> {
        self.own.as_ref().map(|own| own.home.data())
    }

    /// The process that ends the server should this one die without a chance to do so.
    pub fn watchdog(&self) -> Option<u32> {
        self.own.as_ref().map(|own| own.watchdog.id())
    }

    /// Starts the server again if it ended, at the same address; whether it had. What was under way is
    /// lost with it, what was committed is not.
    fn revive(&mut self) -> Result<bool, Error> {
        let Some(own) = &mut self.own else {
            return Ok(false);
        };
        if own.server.lives() {
            return Ok(false);
        }
        leftovers::end_server(own.home.data())?;
        own.server = own.launch.start(&own.home)?;
        Ok(true)
    }

    /// Stops the server and waits until its data is safe on disk.
    pub fn stop(mut self) -> Result<(), Error> {
        self.end()
    }

    fn end(&mut self) -> Result<(), Error> {
        let Some(mut own) = self.own.take() else {
            return Ok(());
        };
        own.server.stop(own.temporary)?;
        own.watchdog.dismiss();

        _ = fs::remove_dir_all(&self.sockets);
        if own.temporary {
            own.home.remove()?;
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::error!(%error, "the private PostgreSQL could not be stopped");
        }
    }
}

/// Whether there is data in `home`, that is, whether it was ever started.
pub fn exists(home: &Path) -> bool {
    home::data_folder(home).exists()
}

/// Removes all data of `home`, and nothing in that folder that is not ours.
pub fn remove(home: &Path) -> Result<(), Error> {
    if !home.exists() {
        return Ok(());
    }

    let home = Home::open(home)?;
    leftovers::end(home.data())?;
    home.remove()
}
