//! A gate between the locks of an action and its first write: whoever comes to it first is held there until it opens,
//! so that something else can happen at exactly that point. It lies in the test's database; the program knows nothing
//! of it.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer};

/// Reached only when nothing comes to the gate.
const LIMIT: Duration = Duration::from_secs(30);

/// Whoever holds (7, 1) is the one who was first; whoever holds (7, 2) keeps the gate closed.
const GATE: &str = "
    create function gate() returns trigger language plpgsql as $$
    begin
      if pg_try_advisory_xact_lock(7, 1) then
        perform pg_advisory_xact_lock(7, 2);
      end if;
      return null;
    end $$;
    select pg_advisory_lock(7, 2);
";

/// What an action writes of the queue once it holds all its locks.
const QUEUE: [&str; 3] = ["demand", "supply", "levels"];

/// A gate in front of every write to some tables, closed from the beginning.
pub struct Gate {
    conn: PgConnection,
}

impl Gate {
    /// Between the locks of an action and its first write. The connection is the gate's from now on.
    pub fn before_writing(conn: PgConnection) -> Gate {
        Gate::before(conn, &QUEUE)
    }

    /// Before the first write to one of these tables.
    pub fn before(mut conn: PgConnection, tables: &[&str]) -> Gate {
        conn.batch_execute(GATE).expect("the gate is built");
        for table in tables {
            // Rows of levels are made before anything is locked.
            let events = match *table {
                "levels" => "update",
                _ => "insert or update or delete",
            };
            conn.batch_execute(&format!(
                "create trigger gate before {events} on {table} execute function gate()"
            ))
            .expect("the gate stands before the table");
        }
        Gate { conn }
    }

    /// Waits until somebody stands at the gate, all their locks in hand.
    pub fn holds_somebody(&mut self) {
        self.wait_until("nobody came to the gate", |gate| gate.waiting() > 0);
    }

    /// Waits until so many wait, at the gate or for those who do, or `ended` says that they need not.
    pub fn holds_up(&mut self, people: i64, ended: impl Fn() -> bool) {
        self.wait_until("the others neither wait nor end", |gate| {
            ended() || gate.waiting() >= people
        });
    }

    /// The process of the database that serves whoever stands at the gate.
    pub fn who_is_held(&mut self) -> i32 {
        diesel::select(diesel::dsl::sql::<Integer>(
            "(select pid from pg_locks l join pg_stat_activity a using (pid)
              where a.datname = current_database() and l.locktype = 'advisory' and l.classid = 7
                and l.objid = 2 and not l.granted)",
        ))
        .get_result(&mut self.conn)
        .expect("somebody stands at the gate")
    }

    /// Ends the session of whoever stands at the gate, as an administrator of the database can.
    pub fn ends_session(&mut self) {
        let held = self.who_is_held();
        diesel::select(
            diesel::dsl::sql::<Bool>("pg_terminate_backend(")
                .bind::<Integer, _>(held)
                .sql(")"),
        )
        .get_result::<bool>(&mut self.conn)
        .expect("the session ends");
    }

    /// Lets everybody through, now and later.
    pub fn open(mut self) {
        self.conn
            .batch_execute("select pg_advisory_unlock(7, 2)")
            .expect("the gate opens");
    }

    fn waiting(&mut self) -> i64 {
        diesel::select(diesel::dsl::sql::<BigInt>(
            "(select count(distinct l.pid) from pg_locks l join pg_stat_activity a using (pid)
              where a.datname = current_database() and not l.granted)",
        ))
        .get_result(&mut self.conn)
        .expect("the database answers")
    }

    fn wait_until(&mut self, what_if_not: &str, mut holds: impl FnMut(&mut Gate) -> bool) {
        let deadline = Instant::now() + LIMIT;
        while !holds(self) {
            assert!(Instant::now() < deadline, "{what_if_not}");
            thread::yield_now();
        }
    }
}
