//! Which account of the machine runs the server: our own, or another one if we are root.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::error::{Doing, Error};

/// Read by `initdb` and `postgres`, and set by people who use another server in the same terminal.
const FOREIGN_VARIABLES: [&str; 8] = [
    "PGDATA",
    "PGPORT",
    "PGHOST",
    "PGUSER",
    "PGDATABASE",
    "PGOPTIONS",
    "PGTZ",
    "LANGUAGE",
];

#[derive(Debug)]
pub struct Account {
    /// The name under which we will connect.
    pub client: String,
    /// Set if the server must run as somebody else.
    other: Option<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    uid: u32,
    gid: u32,
}

impl Account {
    /// As root the owner of the existing data, else `postgres`, else `nobody`; otherwise ourselves.
    pub fn choose(owner: Option<u32>) -> Result<Account, Error> {
        let client = ask_id("-un")?;
        if !is_root()? {
            return Ok(Account {
                client,
                other: None,
            });
        }

        let passwd = fs::read_to_string("/etc/passwd").doing("read", Path::new("/etc/passwd"))?;
        let other = match owner.filter(|uid| *uid != 0) {
            Some(uid) => by_uid(&passwd, uid),
            None => by_name(&passwd, "postgres").or_else(|| by_name(&passwd, "nobody")),
        };
        Ok(Account {
            client,
            other: Some(other.ok_or(Error::NoAccount)?),
        })
    }

    /// A command that runs under this account, in a place every account can stand in.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir("/")
            .stdin(Stdio::null())
            .env("LC_ALL", "C");
        for name in FOREIGN_VARIABLES {
            command.env_remove(name);
        }
        if let Some(entry) = self.other {
            // Setting the user also drops our supplementary groups.
            command.uid(entry.uid).gid(entry.gid);
        }
        command
    }

    /// Hands a file or folder that we made over to this account.
    pub fn give(&self, path: &Path) -> Result<(), Error> {
        let Some(entry) = self.other else {
            return Ok(());
        };
        chown(path, Some(entry.uid), Some(entry.gid)).doing("hand over", path)
    }

    /// Whether this account can get into a folder. Asked by trying, because modes alone do not tell.
    pub fn reaches(&self, folder: &Path) -> bool {
        self.command(Path::new("sh"))
            .args(["-c", "cd \"$0\""])
            .arg(folder)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

/// Whether we are.
pub fn is_root() -> Result<bool, Error> {
    Ok(ask_id("-u")? == "0")
}

fn ask_id(flag: &str) -> Result<String, Error> {
    let output = Command::new("id")
        .arg(flag)
        .output()
        .doing("run", Path::new("id"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn by_name(passwd: &str, name: &str) -> Option<Entry> {
    entries(passwd)
        .find(|(found, _)| *found == name)
        .map(|(_, entry)| entry)
}

fn by_uid(passwd: &str, uid: u32) -> Option<Entry> {
    entries(passwd)
        .map(|(_, entry)| entry)
        .find(|entry| entry.uid == uid)
}

fn entries(passwd: &str) -> impl Iterator<Item = (&str, Entry)> {
    passwd.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let (name, _password) = (fields.next()?, fields.next()?);
        let uid = fields.next()?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some((name, Entry { uid, gid }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\n\n# a comment\n\
        nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n\
        postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash\n";

    #[test]
    fn an_account_is_found_by_its_name_and_by_its_number() {
        assert_eq!(
            by_name(PASSWD, "postgres"),
            Some(Entry { uid: 101, gid: 104 })
        );
        assert_eq!(
            by_uid(PASSWD, 65534),
            Some(Entry {
                uid: 65534,
                gid: 65533
            })
        );
        assert_eq!(by_name(PASSWD, "postgre"), None);
    }

    #[test]
    fn a_folder_that_does_not_exist_is_not_reached() {
        let account = Account::choose(None).expect("every machine has an account for the server");

        assert!(account.reaches(Path::new("/")));
        assert!(!account.reaches(Path::new("/no such folder")));
    }
}
