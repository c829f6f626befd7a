//! PostgreSQL's programs, which distributions like to keep off the `PATH`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::account::Account;
use super::error::Error;
use super::folders;

const OLDEST: u32 = 13;

#[derive(Debug, Clone, PartialEq)]
pub struct Programs {
    folder: PathBuf,
    version: u32,
}

impl Programs {
    /// The first usable version; for existing data, the version that wrote it.
    pub fn find(account: &Account, wanted: Option<&str>, data: &Path) -> Result<Programs, Error> {
        // Asked as the account that will run it, since a program under `/root` is no use to another.
        let mut found = Programs::that_have("postgres", |program| account.command(program));
        found.retain(|programs| programs.initdb().is_file());
        choose(found, wanted, data)
    }

    /// Those that copy a database of a server out and in; none if all there are are older than it.
    pub fn for_copies_of(server: u32) -> Option<Programs> {
        let mut found = Programs::that_have("pg_dump", |program| Command::new(program));
        found.retain(|programs| programs.pg_restore().is_file());
        suited(found, server)
    }

    /// All of which there is `program`, by what it answers when `run` runs it.
    fn that_have(program: &str, run: impl Fn(&Path) -> Command) -> Vec<Programs> {
        let folders = folders::with(program).into_iter();
        folders
            .filter_map(|folder| {
                let answered = run(&folder.join(program)).arg("--version").output();
                Some(Programs {
                    version: folders::version(answered)?,
                    folder,
                })
            })
            .collect()
    }

    pub fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    pub fn pg_dump(&self) -> PathBuf {
        self.folder.join("pg_dump")
    }

    pub fn pg_restore(&self) -> PathBuf {
        self.folder.join("pg_restore")
    }
}

/// No older than the server, which would refuse; and as near to it as there is, for what later ones
/// write may be unknown to it.
fn suited(found: Vec<Programs>, server: u32) -> Option<Programs> {
    let not_older = found.into_iter().filter(|each| each.version >= server);
    not_older.min_by_key(|each| each.version)
}

fn choose(found: Vec<Programs>, wanted: Option<&str>, data: &Path) -> Result<Programs, Error> {
    let Some(newest) = found.iter().map(|programs| programs.version).max() else {
        return Err(Error::NotInstalled);
    };
    if newest < OLDEST {
        return Err(Error::TooOld { found: newest });
    }

    let fits = |programs: &Programs| match wanted {
        Some(wanted) => programs.version.to_string() == wanted,
        None => programs.version >= OLDEST,
    };
    match found.iter().find(|programs| fits(programs)) {
        Some(programs) => Ok(programs.clone()),
        None => Err(Error::OtherVersion {
            folder: data.to_owned(),
            data: wanted.unwrap_or_default().to_owned(),
            found: listed(&found),
        }),
    }
}

fn listed(found: &[Programs]) -> String {
    let mut versions: Vec<u32> = found.iter().map(|programs| programs.version).collect();
    versions.sort_unstable();
    versions.dedup();
    versions
        .iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(versions: &[u32]) -> Vec<Programs> {
        let programs = |version: &u32| Programs {
            folder: PathBuf::new(),
            version: *version,
        };
        versions.iter().map(programs).collect()
    }

    fn chosen(versions: &[u32], wanted: Option<&str>) -> Result<u32, String> {
        choose(installed(versions), wanted, Path::new("/data"))
            .map(|programs| programs.version)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn new_data_takes_the_first_supported_version() {
        assert_eq!(chosen(&[9, 16, 17], None), Ok(16));
    }

    #[test]
    fn existing_data_takes_the_version_that_wrote_it() {
        assert_eq!(chosen(&[17, 16, 15], Some("15")), Ok(15));
    }

    #[test]
    fn data_of_a_version_that_is_gone_is_refused_with_both_versions() {
        let refusal = chosen(&[17, 16], Some("15")).expect_err("nothing can read it");

        assert!(
            refusal.contains("written by PostgreSQL 15, but only version 16, 17"),
            "{refusal}"
        );
    }

    #[test]
    fn a_machine_without_postgresql_is_told_what_to_install() {
        let refusal = chosen(&[], None).expect_err("there is nothing to run");

        assert!(refusal.contains("Install it with"), "{refusal}");
    }

    #[test]
    fn a_machine_with_an_ancient_postgresql_is_told_so() {
        let refusal = chosen(&[9, 12], None).expect_err("it is too old");

        assert!(refusal.contains("Only PostgreSQL 12"), "{refusal}");
    }

    #[test]
    fn a_server_is_copied_by_programs_of_its_version_else_by_the_next() {
        let chosen = |server| suited(installed(&[15, 18, 17]), server).map(|found| found.version);

        assert_eq!(chosen(15), Some(15));
        assert_eq!(chosen(16), Some(17));
        assert_eq!(chosen(19), None);
    }
}
