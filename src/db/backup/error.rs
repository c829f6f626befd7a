//! Why there is no backup, or why it was not restored, in words.

use std::path::PathBuf;

use crate::db::cluster;
use crate::db::cluster::install::{Package, advice};

/// Why there is no backup, or why it was not restored, in words for whoever typed the command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} is there already; choose another name, or replace it with --force.", .0.display())]
    Taken(PathBuf),
    #[error(
        "pg_dump and pg_restore of PostgreSQL {server} or newer are needed, for the server has that version, and were not \
         found. {}.",
        advice(Package::Client)
    )]
    NotInstalled { server: u32 },
    #[error("This is no database of Backfill's: it was never migrated.")]
    NotOurs,
    #[error("{} is no backup of Backfill, or is damaged: {said}", file.display())]
    NotABackup { file: PathBuf, said: String },
    #[error(
        "{} was made by a newer Backfill than this one; restore it with the program that made it, or a later one.",
        .0.display()
    )]
    Newer(PathBuf),
    #[error(
        "A backup is restored into an empty database only, and this one has tables. Name an empty one in DATABASE_URL, \
         or a new folder with --data."
    )]
    NotEmpty,
    #[error("{program} could not do it, and changed nothing: {said}")]
    Failed { program: String, said: String },
    #[error("The address of the database {0}.")]
    Address(&'static str),
    #[error(transparent)]
    System(#[from] cluster::Error),
    #[error("The database cannot be reached: {0}")]
    Connection(#[from] diesel::ConnectionError),
    #[error("The database refused to work: {0}")]
    Query(#[from] diesel::result::Error),
    #[error(transparent)]
    Other(#[from] crate::Error),
}
