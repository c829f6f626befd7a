//! Why there is no private PostgreSQL, in words.

use std::io;
use std::path::{Path, PathBuf};

use super::install::{Package, advice};

/// Why there is no private PostgreSQL, in words for whoever typed the command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "PostgreSQL 13 or newer is needed and was not found. {}, or set DATABASE_URL to the address of a database that \
         is already running.",
        advice(Package::Server)
    )]
    NotInstalled,
    #[error(
        "Only PostgreSQL {found} was found, and Backfill needs version 13 or newer. Install a newer one, or set \
         DATABASE_URL to the address of a database that is already running."
    )]
    TooOld { found: u32 },
    #[error(
        "The data in {} was written by PostgreSQL {data}, but only version {found} was found. Install PostgreSQL \
         {data} again, or remove that data with --reset.", folder.display()
    )]
    OtherVersion {
        folder: PathBuf,
        data: String,
        found: String,
    },
    #[error(
        "PostgreSQL does not run as root, and this machine has neither an account \"postgres\" nor \"nobody\" to run \
         it. Start Backfill as an ordinary user, or set DATABASE_URL."
    )]
    NoAccount,
    #[error(
        "Another copy of Backfill is using {}; stop it first or choose another folder with --data.", .0.display()
    )]
    InUse(PathBuf),
    #[error(
        "{} holds something that is not a PostgreSQL database; choose another folder with --data.", .0.display()
    )]
    NotOurs(PathBuf),
    #[error(
        "There is no folder short enough, and open to the account that runs PostgreSQL, for its socket; looked at the \
         temporary folder, /tmp and /var/tmp."
    )]
    NoSocketFolder,
    #[error("PostgreSQL could not create its data folder {}: {said}", folder.display())]
    NotCreated { folder: PathBuf, said: String },
    #[error("PostgreSQL did not start with the data in {}: {said}", folder.display())]
    NotStarted { folder: PathBuf, said: String },
    #[error(
        "An earlier PostgreSQL (process {0}) still uses the data and does not end; stop it by hand."
    )]
    DoesNotEnd(u32),
    #[error("PostgreSQL ended again and again, each time soon after it was started.")]
    EndsAgain,
    #[error(
        "--install works as root on Debian and Ubuntu only. {}, then start the demo without it.",
        advice(Package::Server)
    )]
    InstallByHand,
    #[error("`apt-get {0}` failed; what it said stands above.")]
    InstallFailed(String),
    #[error("Cannot {what}: {why}")]
    System { what: String, why: io::Error },
    #[error("The private PostgreSQL refused the connection: {0}")]
    Connection(#[from] diesel::ConnectionError),
    #[error("The private PostgreSQL refused to work: {0}")]
    Query(#[from] diesel::result::Error),
}

/// Says what was being done to which file or program when the system refused.
pub trait Doing<T> {
    fn doing(self, verb: &str, path: &Path) -> Result<T, Error>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, verb: &str, path: &Path) -> Result<T, Error> {
        self.map_err(|why| Error::System {
            what: format!("{verb} {}", path.display()),
            why,
        })
    }
}
