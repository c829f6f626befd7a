//! Reads large files, one after the other, on a thread of its own.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer};

use super::imports::orders::File;
use super::{Error, Import, ImportState, kept};
use crate::accounts;
use crate::db::{Absence, Db, announce, sql};
use crate::error::Result;
use crate::schema::imports;
use crate::types::{ImportId, Limit, UserId, clock};

/// How often the thread looks for a file.
const LOOK: Duration = Duration::from_millis(500);
/// How long it leaves a database alone that did not answer.
const RECOVERY: Duration = Duration::from_secs(5);
/// How often a reading is begun: one that ends each time with its server is given up.
const TRIES: i32 = 3;
/// The class of the locks on files that are read.
const LOCKS: i32 = 0x696d_706f;

/// The running thread; ends when this is dropped, and with the process what it reads.
pub struct Reading {
    _stop: Sender<()>,
}

impl Reading {
    pub fn start(db: Db) -> Self {
        let (stop, told) = channel();
        thread::spawn(move || run(&db, &told));
        Self { _stop: stop }
    }
}

fn run(db: &Db, told: &Receiver<()>) {
    let mut absence = Absence::of("the reader of files");
    loop {
        let pause = match read_one(db) {
            Ok(found) => {
                absence.ends();
                if found { Duration::ZERO } else { LOOK }
            }
            Err(error) => {
                absence.begins(&error);
                RECOVERY
            }
        };
        if told.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Reads the file whose turn it is; whether there was one. Nobody else reads it meanwhile, and if this
/// ends with its connection somebody else takes it up.
///
/// # Errors
/// Those of the database.
pub fn read_one(db: &Db) -> Result<bool> {
    let mut pooled = db.connection()?;
    let conn: &mut PgConnection = &mut pooled;
    let Some(id) = next(conn)? else {
        return Ok(false);
    };
    let read = read(conn, id);
    let unlocked = sql!(
        "select pg_advisory_unlock(:class, (:id % 2147483647)::integer)",
        class: Integer = LOCKS, id: BigInt = id
    )
    .execute(conn);
    read?;
    unlocked?;
    Ok(true)
}

/// The first file that waits to be read and that nobody reads, locked until the connection says so.
fn next(conn: &mut PgConnection) -> QueryResult<Option<ImportId>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Locked {
        #[diesel(sql_type = Bool)]
        is_mine: bool,
    }
    let waiting: Vec<ImportId> = imports::table
        .filter(imports::state.eq(ImportState::Reading))
        .order(imports::id)
        .select(imports::id)
        .load(conn)?;
    for id in waiting {
        let locked: Locked = sql!(
            "select pg_try_advisory_lock(:class, (:id % 2147483647)::integer) as is_mine",
            class: Integer = LOCKS, id: BigInt = id
        )
        .get_result(conn)?;
        if locked.is_mine {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn read(conn: &mut PgConnection, id: ImportId) -> Result<()> {
    // Somebody else may have read it before the lock was free.
    let waits = imports::table
        .find(id)
        .filter(imports::state.eq(ImportState::Reading));
    let tried: Option<(Import, i32, Option<UserId>)> = diesel::update(waits)
        .set(imports::tries.eq(imports::tries + 1))
        .returning((Import::as_returning(), imports::tries, imports::uploaded_by))
        .get_result(conn)
        .optional()?;
    let Some((import, tries, by)) = tried else {
        return Ok(());
    };
    if tries > TRIES {
        return give_up(conn, &import);
    }
    let limit = match by {
        Some(by) => accounts::limit_of(conn, by)?,
        None => Vec::new(),
    };
    let limit = Limit::to(limit.into_iter().map(|warehouse| warehouse.id).collect());
    match read_for(conn, &import, &limit) {
        Ok(_) | Err(Error::Overtaken) => Ok(()),
        Err(Error::Db(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, import.id = %id, "a file that was kept cannot be read");
            give_up(conn, &import)
        }
    }
}

fn read_for(conn: &mut PgConnection, import: &Import, limit: &Limit) -> Result<Import, Error> {
    let file = File::open(&kept::load(conn, import.id)?)?;
    kept::begin(conn, import, &file)?;
    kept::read(conn, import, &file, (limit, clock::now()))
}

fn give_up(conn: &mut PgConnection, import: &Import) -> Result<()> {
    let reading = imports::table
        .find(import.id)
        .filter(imports::reading.eq(import.reading))
        .filter(imports::state.eq(ImportState::Reading));
    diesel::update(reading)
        .set(imports::state.eq(ImportState::Broken))
        .execute(conn)?;
    Ok(announce(conn, &[import.topic(), "imports".into()])?)
}
