//! Getting PostgreSQL's programs onto a machine that has none.

mod system;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use super::account::Account;
use super::error::{Doing, Error};
use super::programs::Programs;
use system::{APT, on_this_machine};

pub(in crate::db) use system::{Package, advice};

/// Installs the programs of a server unless there are some: as root on Debian or Ubuntu.
///
/// # Errors
/// Where that is not possible, with the command that does it there; when it fails.
pub fn unless_there() -> Result<(), Error> {
    let account = Account::choose(None)?;
    if !matches!(
        Programs::find(&account, None, Path::new("")),
        Err(Error::NotInstalled)
    ) {
        return Ok(());
    }
    let by_apt = on_this_machine(|system| {
        let manager = system.manager();
        system.is_root && manager.is_some_and(|manager| manager.program == APT.program)
    });
    if !by_apt {
        return Err(Error::InstallByHand);
    }
    let _no_server = NoServer::ask()?;
    run(&["update", "-q"])?;
    run(&["install", "-qy", "--no-install-recommends", APT.server])
}

fn run(words: &[&str]) -> Result<(), Error> {
    let status = Command::new(APT.program)
        .args(words)
        .args(["-o", "Acquire::Retries=3"])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .status()
        .doing("run", Path::new(APT.program))?;
    match status.success() {
        true => Ok(()),
        false => Err(Error::InstallFailed(words.join(" "))),
    }
}

/// While it lives, Debian's package makes no server of its own when it is installed, and so starts none.
struct NoServer;

impl NoServer {
    const NOTE: &str = "/etc/postgresql-common/createcluster.d/backfill.conf";

    fn ask() -> Result<NoServer, Error> {
        let note = Path::new(Self::NOTE);
        if let Some(folder) = note.parent() {
            fs::create_dir_all(folder).doing("create the folder", folder)?;
        }
        // Whoever interrupts us may find it later.
        let asked = "# Of `backfill demo --install`, for as long as that runs.\ncreate_main_cluster = false\n";
        fs::write(note, asked).doing("write", note)?;
        Ok(NoServer)
    }
}

impl Drop for NoServer {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(Self::NOTE)
            && error.kind() != ErrorKind::NotFound
        {
            tracing::warn!(%error, "{} stays behind", Self::NOTE);
        }
    }
}
