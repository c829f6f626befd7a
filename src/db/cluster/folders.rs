//! The folders in which PostgreSQL's programs may lie, and of which version those in them are.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

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

/// The folders that hold a program of PostgreSQL's, those of the `PATH` first.
pub fn with(program: &str) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(path) = env::var_os("PATH") {
        for folder in env::split_paths(&path) {
            // A link on the PATH may stand alone; its target has its companions beside it.
            if let Ok(target) = folder.join(program).canonicalize() {
                folders.extend(target.parent().map(Path::to_owned));
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
        if folder.is_absolute() && !seen.contains(&folder) && is_itself(&folder.join(program)) {
            seen.push(folder);
        }
    }
    seen
}

/// Not so on Debian's `PATH`, where one script stands for all programs and chooses a version itself.
fn is_itself(program: &Path) -> bool {
    let target = program.canonicalize().ok();
    target.is_some_and(|target| target.is_file() && target.file_name() == program.file_name())
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

/// The version in what a program answers to `--version`.
pub fn version(answered: io::Result<Output>) -> Option<u32> {
    parse_version(&String::from_utf8_lossy(&answered.ok()?.stdout))
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
    use super::parse_version;

    #[test]
    fn releases_betas_and_vendor_builds_tell_their_version() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_version("postgres (PostgreSQL) 9.6.24\n"), Some(9));
        assert_eq!(parse_version("pg_dump (PostgreSQL) 17.2\n"), Some(17));
        assert_eq!(parse_version("something else"), None);
    }
}
