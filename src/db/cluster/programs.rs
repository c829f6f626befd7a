//! Finds PostgreSQL's programs, which distributions like to keep off the `PATH`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::account::Account;
use super::error::Error;

const OLDEST: u32 = 13;

/// Folders of package managers, a `*` standing for a version.
const USUAL_FOLDERS: [&str; 12] = [
    "/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
    "/usr/pgsql-*/bin", // packages of postgresql.org for Fedora and relatives
    "/usr/lib/postgresql*/bin", // openSUSE
    "/usr/lib64/postgresql-*/bin", // Gentoo
    "/usr/libexec/postgresql*", // Alpine
    "/opt/homebrew/opt/postgresql@*/bin", // Homebrew
    "/usr/local/opt/postgresql@*/bin", // Homebrew on Intel
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin", // Homebrew on Linux
    "/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
    "/Library/PostgreSQL/*/bin", // installer of EDB
    "/opt/local/lib/postgresql*/bin", // MacPorts
    "/usr/local/pgsql*/bin", // built by hand
];

#[derive(Debug, Clone, PartialEq)]
pub struct Programs {
    folder: PathBuf,
    version: u32,
}

impl Programs {
    /// The first usable version; for existing data, the version that wrote it.
    pub fn find(account: &Account, wanted: Option<&str>, data: &Path) -> Result<Programs, Error> {
        let found: Vec<Programs> = candidates()
            .into_iter()
            .filter_map(|folder| {
                Some(Programs {
                    version: version_of(&folder, account)?,
                    folder,
                })
            })
            .collect();

        choose(found, wanted, data)
    }

    pub fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }
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

fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(path) = env::var_os("PATH") {
        for folder in env::split_paths(&path) {
            // A link on the PATH may stand alone; its target has its companions beside it.
            if let Ok(program) = folder.join("postgres").canonicalize() {
                folders.extend(program.parent().map(Path::to_owned));
            }
            folders.push(folder);
        }
    }
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim(),
        ));
    }
    folders.extend(USUAL_FOLDERS.into_iter().flat_map(expand));

    let mut seen = Vec::new();
    for folder in folders {
        if folder.is_absolute() && !seen.contains(&folder) && folder.join("initdb").is_file() {
            seen.push(folder);
        }
    }
    seen
}

/// The folders a pattern stands for, newest version first.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };

    let mut found: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = leading_number(name.strip_prefix(prefix)?.trim_start_matches(['-', '@']));
            Some((
                version.unwrap_or(0),
                PathBuf::from(format!("{parent}/{name}{after}")),
            ))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// Asked as the account that will run it, since a program under `/root` is no use to another.
fn version_of(folder: &Path, account: &Account) -> Option<u32> {
    let output = account
        .command(&folder.join("postgres"))
        .arg("--version")
        .output()
        .ok()?;
    parse_version(&String::from_utf8_lossy(&output.stdout))
}

fn parse_version(said: &str) -> Option<u32> {
    leading_number(said.split("(PostgreSQL) ").nth(1)?)
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
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
    fn releases_betas_and_vendor_builds_tell_their_version() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_version("postgres (PostgreSQL) 9.6.24\n"), Some(9));
        assert_eq!(parse_version("something else"), None);
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

        assert!(refusal.contains("apt-get install postgresql"), "{refusal}");
    }

    #[test]
    fn a_machine_with_an_ancient_postgresql_is_told_so() {
        let refusal = chosen(&[9, 12], None).expect_err("it is too old");

        assert!(refusal.contains("Only PostgreSQL 12"), "{refusal}");
    }
}
