//! The server: its data made, its process started and stopped.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use super::ROLE;
use super::account::Account;
use super::error::{Doing, Error};
use super::home::{Home, make_folder, remove_tree};
use super::pid_file::PidFile;
use super::programs::Programs;
use super::settings::Settings;
use super::signals::{STOP_LIMIT, send, wait_until};

/// Long, because after a crash the server first brings its data in order.
const START_LIMIT: Duration = Duration::from_secs(300);

/// The first that the system knows. Only the last does not know small from capital letters beyond ASCII.
const LOCALES: [&str; 3] = ["C.UTF-8", "en_US.UTF-8", "C"];

pub struct Server {
    process: Child,
}

/// With what a server is made and started, the first time and every other.
pub struct Launch {
    pub account: Account,
    pub programs: Programs,
    pub settings: Settings,
    /// The folder of its sockets.
    pub sockets: PathBuf,
}

impl Launch {
    /// Makes the data folder. It gets its name only when it is whole.
    pub fn create(&self, home: &Home) -> Result<(), Error> {
        let data = home.unfinished_data();
        let initdb = self.programs.initdb();
        let mut said = String::new();
        for locale in LOCALES {
            remove_tree(&data)?;
            make_folder(&data, 0o700).doing("create the folder", &data)?;
            self.account.give(&data)?;

            let mut command = self.account.command(&initdb);
            command
                .arg("-D")
                .arg(&data)
                .args(["-U", ROLE, "--encoding=UTF8", "--auth=peer"]);
            command.arg(format!("--locale={locale}"));
            if !self.settings.durable {
                command.arg("--no-sync");
            }
            let output = command.output().doing("run", &initdb)?;
            if output.status.success() {
                return fs::rename(&data, home.data()).doing("name", home.data());
            }
            said = last_lines(&String::from_utf8_lossy(&output.stderr));
            if !said.contains("locale") {
                break;
            }
        }
        Err(Error::NotCreated { folder: data, said })
    }

    /// Starts on an existing data folder and waits until it takes connections.
    pub fn start(&self, home: &Home) -> Result<Server, Error> {
        let data = home.data();
        admit(data, &self.account)?;
        let log = File::create(home.log()).doing("create", &home.log())?;

        let process = self
            .account
            .command(&self.programs.postgres())
            .arg("-D")
            .arg(data)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "port=5432",
                "-c",
                "unix_socket_permissions=0700",
            ])
            // After ours: a setting may override them.
            .args(self.settings.arguments())
            .arg("-c")
            .arg(format!(
                "unix_socket_directories={}",
                self.sockets.display()
            ))
            // Ctrl-C is for us; we stop the server when we are done with it.
            .process_group(0)
            .stdout(log.try_clone().doing("open", &home.log())?)
            .stderr(log)
            .spawn()
            .doing("run", &self.programs.postgres())?;

        let mut server = Server { process };
        if server.becomes_ready(data) {
            return Ok(server);
        }
        _ = server.stop(true);
        let said = last_lines(&fs::read_to_string(home.log()).unwrap_or_default());
        Err(Error::NotStarted {
            folder: data.to_owned(),
            said,
        })
    }
}

impl Server {
    /// Whether it has not ended, by itself or by somebody else's hand.
    pub fn lives(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    fn becomes_ready(&mut self, data: &Path) -> bool {
        let id = self.process.id();
        wait_until(START_LIMIT, || {
            !self.lives() || PidFile::read(data).is_some_and(|file| file.pid == id && file.ready)
        });
        self.lives() && PidFile::read(data).is_some_and(|file| file.pid == id && file.ready)
    }

    /// Ends it: at once if the data is not needed any more, else with everything on disk.
    pub fn stop(&mut self, at_once: bool) -> Result<(), Error> {
        let gentle = if at_once { "QUIT" } else { "INT" };
        for signal in [gentle, "QUIT", "KILL"] {
            // The number of one that ended may be somebody else's by now.
            if !self.lives() {
                return Ok(());
            }
            send(signal, self.process.id());
            wait_until(STOP_LIMIT, || !self.lives());
        }
        match self.lives() {
            true => Err(Error::DoesNotEnd(self.process.id())),
            false => Ok(()),
        }
    }
}

/// Lets in our own account and root, whom nobody can keep out anyway. The kernel vouches for who is calling.
fn admit(data: &Path, account: &Account) -> Result<(), Error> {
    let rules = format!("local all {ROLE} peer map=owner\n");
    let names = format!("owner \"{}\" {ROLE}\nowner root {ROLE}\n", account.client);
    for (name, text) in [("pg_hba.conf", rules), ("pg_ident.conf", names)] {
        let path = data.join(name);
        fs::write(&path, text).doing("write", &path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600)).doing("protect", &path)?;
        account.give(&path)?;
    }
    Ok(())
}

/// The end of a log, where the reason stands.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(4)..].join(" ")
}
