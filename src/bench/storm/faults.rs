//! What strikes: servers die, processes of the database die and take all of it down for a moment, sessions end.

use std::process::Command;

use diesel::dsl::{select, sql};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer};
use serde::Serialize;

use crate::bench::random::Random;
use crate::bench::servers::Servers;
use crate::db::Db;
use crate::error::{Error, Result};

/// How often each struck.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Faults {
    /// A server was killed, and started again.
    pub servers: usize,
    /// A process of the database was killed: all of it recovers from its log.
    pub database: usize,
    /// The sessions of the database were ended.
    pub sessions: usize,
}

/// Strikes until `goes_on` says no.
pub(super) fn strike(
    db: &Db,
    servers: &Servers,
    random: &mut Random,
    mut goes_on: impl FnMut() -> bool,
) -> Result<Faults> {
    let mut faults = Faults::default();
    while goes_on() {
        match random.below(4) {
            0 | 1 => {
                servers.kill(random.below(servers.count() as u64) as usize)?;
                faults.servers += 1;
            }
            2 => {
                sessions(db, &end)?;
                faults.sessions += 1;
            }
            _ => {
                sessions(db, &kill_one)?;
                faults.database += 1;
            }
        }
    }
    Ok(faults)
}

/// Does it to the sessions of everybody else. A database that is just down is struck enough.
fn sessions(db: &Db, strike: &dyn Fn(&mut PgConnection, Vec<i32>) -> Result<()>) -> Result<()> {
    let Ok(mut conn) = db.connection() else {
        return Ok(());
    };
    let others = select(sql::<Array<Integer>>(
        "array(select pid from pg_stat_activity where datname = current_database()
                and pid <> pg_backend_pid() and backend_type = 'client backend')",
    ));
    match others.get_result(&mut *conn) {
        Ok(others) => strike(&mut conn, others),
        Err(_) => Ok(()),
    }
}

fn end(conn: &mut PgConnection, pids: Vec<i32>) -> Result<()> {
    select(
        sql::<Bool>("(select bool_and(pg_terminate_backend(pid)) from unnest(")
            .bind::<Array<Integer>, _>(pids)
            .sql(") as pid) is not false"),
    )
    .get_result::<bool>(conn)?;
    Ok(())
}

fn kill_one(_: &mut PgConnection, pids: Vec<i32>) -> Result<()> {
    let Some(pid) = pids.first() else {
        return Ok(());
    };
    // By way of the shell, whose `kill` every machine has.
    Command::new("sh")
        .args(["-c", "kill -KILL \"$0\"", &pid.to_string()])
        .status()
        .map_err(|error| Error::Failure(format!("kill: {error}")))?;
    Ok(())
}
