//! Which system this is, and the one command that installs PostgreSQL there.

use std::{env, fs};

use crate::db::cluster::account::is_root;

/// What is to be installed.
#[derive(Debug, Clone, Copy)]
pub enum Package {
    /// What runs a server.
    Server,
    /// What copies a database out and in.
    Client,
}

/// A way to install something, and the names that systems with it go by in `/etc/os-release`.
pub struct Manager {
    pub program: &'static str,
    systems: &'static [&'static str],
    install: &'static str,
    pub server: &'static str,
    client: &'static str,
}

pub const APT: Manager = Manager {
    program: "apt-get",
    systems: &["debian", "ubuntu"],
    install: "apt-get install",
    server: "postgresql",
    client: "postgresql-client",
};

const MANAGERS: [Manager; 6] = [
    APT,
    Manager {
        program: "dnf",
        systems: &["fedora", "rhel", "centos"],
        install: "dnf install",
        server: "postgresql-server",
        client: "postgresql",
    },
    Manager {
        program: "pacman",
        systems: &["arch"],
        install: "pacman -S",
        server: "postgresql",
        client: "postgresql-libs",
    },
    Manager {
        program: "zypper",
        systems: &["suse", "opensuse"],
        install: "zypper install",
        server: "postgresql-server",
        client: "postgresql",
    },
    Manager {
        program: "apk",
        systems: &["alpine"],
        install: "apk add",
        server: "postgresql",
        client: "postgresql-client",
    },
    Manager {
        program: "brew",
        systems: &[],
        install: "brew install",
        server: "postgresql@17",
        client: "postgresql@17",
    },
];

/// What the machine is, as far as installing goes.
pub struct System<'a> {
    os_release: &'a str,
    /// Whether there is a program of this name.
    has: &'a dyn Fn(&str) -> bool,
    pub is_root: bool,
}

impl System<'_> {
    /// By what the system says it is; else by what it has.
    pub fn manager(&self) -> Option<&'static Manager> {
        let names = names(self.os_release);
        let named = |manager: &&Manager| names.iter().any(|name| manager.systems.contains(name));
        let named = MANAGERS.iter().find(named);
        named.or_else(|| MANAGERS.iter().find(|each| (self.has)(each.program)))
    }

    /// The one command that installs it.
    fn command(&self, package: Package) -> Option<String> {
        let manager = self.manager()?;
        // Homebrew refuses to be root.
        let sudo = match self.is_root || manager.program == "brew" {
            true => "",
            false => "sudo ",
        };
        let name = match package {
            Package::Server => manager.server,
            Package::Client => manager.client,
        };
        Some(format!("{sudo}{} {name}", manager.install))
    }
}

/// What a system calls itself and what it is like, from `ID=` and `ID_LIKE=`.
fn names(os_release: &str) -> Vec<&str> {
    let values = os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")));
    values
        .flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace())
        .collect()
}

/// Asks `ask` about this machine.
pub fn on_this_machine<T>(ask: impl FnOnce(&System) -> T) -> T {
    ask(&System {
        os_release: &fs::read_to_string("/etc/os-release").unwrap_or_default(),
        has: &|program| {
            let path = env::var_os("PATH").unwrap_or_default();
            env::split_paths(&path).any(|folder| folder.join(program).is_file())
        },
        is_root: is_root().unwrap_or(false),
    })
}

/// How to get it on this machine, as the end of a sentence.
pub fn advice(package: Package) -> String {
    match on_this_machine(|system| system.command(package)) {
        Some(command) => format!("Install it with `{command}`"),
        None => "Install it with the package manager of this system".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Package, System};

    const DEBIAN: &str =
        "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n";
    const MINT: &str = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
    const ROCKY: &str = "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n";
    const LEAP: &str = "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n";
    const UNKNOWN: &str = "ID=something-new\n";

    fn command(
        os_release: &str,
        programs: &[&str],
        is_root: bool,
        package: Package,
    ) -> Option<String> {
        let has = |program: &str| programs.contains(&program);
        let system = System {
            os_release,
            has: &has,
            is_root,
        };
        system.command(package)
    }

    #[test]
    fn every_system_is_told_its_own_command() {
        for (os_release, told) in [
            (DEBIAN, "apt-get install postgresql"),
            (MINT, "apt-get install postgresql"),
            ("ID=fedora\n", "dnf install postgresql-server"),
            (ROCKY, "dnf install postgresql-server"),
            ("ID=arch\n", "pacman -S postgresql"),
            (LEAP, "zypper install postgresql-server"),
            ("ID=alpine\n", "apk add postgresql"),
        ] {
            let as_root = command(os_release, &[], true, Package::Server);
            assert_eq!(as_root.as_deref(), Some(told));

            let as_anybody = command(os_release, &[], false, Package::Server);
            assert_eq!(as_anybody, Some(format!("sudo {told}")));
        }
    }

    #[test]
    fn what_copies_a_database_is_another_package() {
        let told = command(DEBIAN, &[], true, Package::Client);

        assert_eq!(told.as_deref(), Some("apt-get install postgresql-client"));
    }

    #[test]
    fn a_system_that_does_not_say_what_it_is_is_known_by_what_it_has() {
        let mac = command("", &["brew"], false, Package::Server);
        let new = command(UNKNOWN, &["pacman"], true, Package::Server);
        let bare = command(UNKNOWN, &[], true, Package::Server);

        assert_eq!(mac.as_deref(), Some("brew install postgresql@17"));
        assert_eq!(new.as_deref(), Some("pacman -S postgresql"));
        assert_eq!(bare, None);
    }

    #[test]
    fn what_a_system_says_goes_before_what_it_has() {
        let told = command(DEBIAN, &["brew", "dnf"], true, Package::Server);

        assert_eq!(told.as_deref(), Some("apt-get install postgresql"));
    }
}
