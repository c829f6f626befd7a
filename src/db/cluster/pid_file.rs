//! The note a server leaves about itself.

use std::fs;
use std::path::{Path, PathBuf};

/// What a server notes about itself in its data folder.
pub struct PidFile {
    pub pid: u32,
    pub sockets: PathBuf,
    /// Whether it takes connections.
    pub ready: bool,
}

impl PidFile {
    pub fn read(data: &Path) -> Option<PidFile> {
        let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        Some(PidFile {
            pid: lines.first()?.parse().ok()?,
            sockets: lines.get(4).map(PathBuf::from).unwrap_or_default(),
            ready: lines.get(7) == Some(&"ready"),
        })
    }
}
