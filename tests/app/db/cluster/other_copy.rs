//! A second process that uses the cluster, to be killed or refused.

use std::os::unix::fs::chown;
use std::path::Path;
use std::{env, fs, thread};

use backfill::db::cluster::{Cluster, Settings};

use super::home::{TestHome, we_are_root, write};
use crate::support::command::{Running, Typed};

/// Not a test: what the tests above start as a second process, to be killed.
#[test]
fn the_other_copy() {
    let Some(home) = env::var_os("BACKFILL_TEST_HOME") else {
        return;
    };

    let cluster = Cluster::start(Path::new(&home), &Settings::throwaway()).expect("it starts");
    write(&cluster, "by the other copy");
    println!(
        "\nrunning under watchdog {}",
        cluster.watchdog().expect("the server is ours")
    );
    loop {
        thread::park();
    }
}

pub struct OtherCopy {
    process: Running,
    pub watchdog: u32,
}

impl OtherCopy {
    pub fn kill(&mut self) {
        self.process.kill();
    }
}

pub fn another_copy(home: &TestHome) -> OtherCopy {
    let program = env::current_exe().expect("a test runs from a file");
    await_start(other_copy_command(&program, home))
}

/// As `nobody` if we are root; else we are one ourselves.
pub fn another_copy_as_ordinary_user(home: &TestHome) -> OtherCopy {
    if !we_are_root() {
        return another_copy(home);
    }
    let (nobody, nogroup) = (65534, 65534);
    chown(&home.path, Some(nobody), Some(nogroup)).expect("root may give a folder away");
    // The folder of the build may be closed to others.
    let program = home.path.join("test-program");
    fs::copy(
        env::current_exe().expect("a test runs from a file"),
        &program,
    )
    .expect("it is copied");
    await_start(other_copy_command(&program, home).under_account(nobody, nogroup))
}

fn other_copy_command(program: &Path, home: &TestHome) -> Typed {
    Typed::program(
        program,
        &[
            "--exact",
            "db::cluster::other_copy::the_other_copy",
            "--nocapture",
        ],
    )
    .with_env("BACKFILL_TEST_HOME", &home.path.display().to_string())
}

fn await_start(command: Typed) -> OtherCopy {
    let mut process = command.start();
    let line = process.says("running under watchdog");
    let watchdog = line
        .split_whitespace()
        .last()
        .and_then(|word| word.parse().ok());
    OtherCopy {
        process,
        watchdog: watchdog.expect("the line ends with its number"),
    }
}
