//! PostgreSQL's programs at one database.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{Address, Error};
use crate::db::cluster::{Doing, Programs};

/// Whoever restores becomes the owner of everything, and those who may do what is decided there.
const OWNERLESS: [&str; 2] = ["--no-owner", "--no-privileges"];

pub struct Tool {
    programs: Programs,
    address: Address,
}

impl Tool {
    /// Programs that a server of this version works with.
    pub fn find(server: u32, address: Address) -> Result<Tool, Error> {
        let programs = Programs::for_copies_of(server).ok_or(Error::NotInstalled { server })?;
        Ok(Tool { programs, address })
    }

    pub fn dump(&self, file: &Path) -> Result<(), Error> {
        let mut command = self.at_database(&self.programs.pg_dump());
        command.arg("--format=custom").args(OWNERLESS);
        command.arg("--file").arg(file);
        finished(&mut command, "").map(drop)
    }

    /// All of it in one transaction, which any complaint ends.
    pub fn restore(&self, file: &Path) -> Result<(), Error> {
        let mut command = self.at_database(&self.programs.pg_restore());
        command.args(["--single-transaction", "--exit-on-error"]);
        command.args(OWNERLESS).arg("--use-list=/dev/stdin");
        command.arg("--").arg(file);
        finished(&mut command, &self.list(file)?).map(drop)
    }

    /// The migrations that made the database in the file.
    pub fn migrations_in(&self, file: &Path) -> Result<Vec<String>, Error> {
        let table = "__diesel_schema_migrations";
        let rows = self.read(file, &["--data-only", "--file=-", "--table", table])?;
        let mut lines = rows.lines();
        let copied = lines.any(|line| line.starts_with("COPY "));
        let rows = lines.take_while(|line| *line != "\\.");
        let versions = rows.filter_map(|row| row.split('\t').next());
        match copied {
            true => Ok(versions.map(str::to_owned).collect()),
            false => Err(Error::NotABackup {
                file: file.to_owned(),
                said: "it does not say which migrations made it".to_owned(),
            }),
        }
    }

    /// What is to be restored. Nothing is said about extensions: they may be there already, and then
    /// belong to somebody else.
    fn list(&self, file: &Path) -> Result<String, Error> {
        let list = self.read(file, &["--list"])?;
        let wanted = list
            .lines()
            .filter(|line| !line.contains(" COMMENT - EXTENSION "));
        Ok(wanted.flat_map(|line| [line, "\n"]).collect())
    }

    /// Asks about the file alone.
    fn read(&self, file: &Path, words: &[&str]) -> Result<String, Error> {
        let mut command = Command::new(self.programs.pg_restore());
        command.args(words).arg("--").arg(file).env("LC_ALL", "C");
        match finished(&mut command, "") {
            Ok(output) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            Err(Error::Failed { said, .. }) => Err(Error::NotABackup {
                file: file.to_owned(),
                said,
            }),
            Err(error) => Err(error),
        }
    }

    fn at_database(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .arg("--dbname")
            .arg(&self.address.shown)
            .arg("--no-password")
            .env("LC_ALL", "C");
        if let Some(password) = &self.address.password {
            command.env("PGPASSWORD", password);
        }
        command
    }
}

/// Runs it to its end, with this to read.
fn finished(command: &mut Command, input: &str) -> Result<Output, Error> {
    let program = Path::new(command.get_program()).to_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .doing("run", &program)?;
    if let Some(mut pipe) = child.stdin.take() {
        // One that ends without reading says why.
        _ = pipe.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().doing("run", &program)?;
    match output.status.success() {
        true => Ok(output),
        false => Err(Error::Failed {
            program: name(&program),
            said: first_lines(&String::from_utf8_lossy(&output.stderr)),
        }),
    }
}

fn name(program: &Path) -> String {
    let name = program.file_name().map(OsStr::to_string_lossy);
    name.unwrap_or_default().into_owned()
}

/// The beginning of what it complained of, where the reason stands.
fn first_lines(said: &str) -> String {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(4).collect::<Vec<_>>().join(" ")
}
