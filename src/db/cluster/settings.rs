//! How a private server is set up.

/// Server settings on top of PostgreSQL's own.
#[derive(Debug, Clone)]
pub struct Settings {
    values: Vec<(&'static str, String)>,
    pub(super) durable: bool,
}

/// Right for every private server: quiet, short queries, one time zone.
const ALWAYS: [(&str, &str); 6] = [
    ("jit", "off"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("log_checkpoints", "off"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
];

/// Gives up surviving a crash, and with it nearly all the waiting.
const THROWAWAY: [(&str, &str); 8] = [
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("autovacuum", "off"),
    ("shared_buffers", "64MB"),
    ("max_connections", "200"),
    ("max_wal_size", "4GB"),
    ("checkpoint_timeout", "1h"),
];

impl Settings {
    /// For data that somebody wants to find again.
    pub fn durable() -> Settings {
        Settings {
            values: owned(&ALWAYS),
            durable: true,
        }
    }

    /// For data that is thrown away, such as a test's.
    pub fn throwaway() -> Settings {
        let mut values = owned(&ALWAYS);
        values.extend(owned(&THROWAWAY));
        Settings {
            values,
            durable: false,
        }
    }

    /// Adds a setting, or overrides one.
    pub fn set(mut self, name: &'static str, value: &str) -> Settings {
        self.values.push((name, value.to_owned()));
        self
    }

    pub(super) fn arguments(&self) -> impl Iterator<Item = String> {
        self.values
            .iter()
            .flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")])
    }
}

fn owned(values: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    values
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect()
}
