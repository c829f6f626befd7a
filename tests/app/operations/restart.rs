//! A demo whose own PostgreSQL dies.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::home::{EMAIL, staffed};
use crate::db::cluster::home::{TestHome, eventually, server_of};
use crate::support::command::{Running, backfill, send};
use crate::support::remote::Remote;

#[test]
fn the_demo_starts_its_postgresql_again_when_that_is_killed() {
    let home = TestHome::new();
    staffed(&home.path);
    let mut demo = demo_at(&home.path);
    let mila = Remote::sign_in(address(&mut demo), EMAIL);

    for _ in 0..2 {
        let killed = server_of(&home.data());
        send("KILL", killed);
        eventually("another server runs", || runs_another(&home, killed));
        eventually("pages come again", || mila.sees("/orders"));
    }

    demo.interrupt();
    let finished = demo.finish();
    assert!(finished.status.success(), "{}", finished.errors);
    assert!(finished.output.contains("Everything is kept"));
}

#[test]
fn the_demo_ends_with_a_sentence_when_its_postgresql_does_not_start_again() {
    let home = TestHome::new();
    staffed(&home.path);
    let mut demo = demo_at(&home.path);
    address(&mut demo);

    let settings = home.data().join("postgresql.conf");
    fs::write(settings, "nobody_knows = this\n").expect("settings are written");
    send("KILL", server_of(&home.data()));

    let finished = demo.finish();
    assert!(!finished.status.success());
    let last = finished.errors.lines().last().unwrap_or_default();
    assert!(
        last.contains("backfill: PostgreSQL did not start") && last.contains("nobody_knows"),
        "{}",
        finished.errors
    );
}

#[test]
fn what_is_there_is_not_installed() {
    let home = TestHome::new();
    staffed(&home.path);
    let (programs, called) = (home.path.join("programs"), home.path.join("called"));
    fs::create_dir(&programs).expect("a folder is made");
    let apt = programs.join("apt-get");
    fs::write(&apt, format!("#!/bin/sh\ntouch '{}'\n", called.display())).expect("it is written");
    fs::set_permissions(&apt, Permissions::from_mode(0o755)).expect("it may be run");
    let path = std::env::var("PATH").unwrap_or_default();

    let mut demo = backfill(&["demo", "--install", "--port", "0", "--data"])
        .with_word(&home.path)
        .with_env("PATH", &format!("{}:{path}", programs.display()))
        .start();

    address(&mut demo);
    assert!(!called.exists(), "apt-get was called");
}

fn demo_at(home: &Path) -> Running {
    backfill(&["demo", "--port", "0", "--data"])
        .with_word(home)
        .start()
}

/// Where the demo is found.
fn address(demo: &mut Running) -> String {
    let line = demo.says("Backfill is at");
    let port = line.trim().rsplit(':').next().expect("it names its port");
    format!("127.0.0.1:{port}")
}

fn runs_another(home: &TestHome, killed: u32) -> bool {
    let note = fs::read_to_string(home.data().join("postmaster.pid")).unwrap_or_default();
    note.contains("ready") && !note.starts_with(&format!("{killed}\n"))
}
