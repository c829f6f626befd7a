//! What a file of stock comes to: levels and counted units, or kits.

use diesel::PgConnection;

use super::Error;
use super::imports::{kits, stock};
use crate::sheet;
use crate::types::text_enum;

text_enum! {
    /// What a file of stock is about.
    FileKind {
        /// What lies somewhere, and how much should.
        Levels = "levels", "Levels and counts";
        /// What kits are packed of.
        Kits = "kits", "Kits";
    }
}

impl FileKind {
    /// What a file of it changes, one of them.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Levels => "figure",
            Self::Kits => "kit",
        }
    }
}

/// What a file of stock comes to, as things are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileReading {
    Levels(stock::Reading),
    Kits(kits::Reading),
}

impl FileReading {
    /// Reads a file by what its columns are called. Writes nothing.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub fn of(conn: &mut PgConnection, content: &[u8]) -> Result<Self, Error> {
        let text = sheet::decode(content)?.text;
        Ok(match kits::is_meant(&text) {
            true => Self::Kits(kits::preview(conn, &text)?),
            false => Self::Levels(stock::preview(conn, &text)?),
        })
    }

    pub const fn kind(&self) -> FileKind {
        match self {
            Self::Levels(_) => FileKind::Levels,
            Self::Kits(_) => FileKind::Kits,
        }
    }

    /// Figures, or kits, that change.
    pub fn changes(&self) -> usize {
        match self {
            Self::Levels(reading) => reading.figures(),
            Self::Kits(reading) => reading.changes.len(),
        }
    }

    /// Lines that are left out.
    pub fn refused(&self) -> usize {
        match self {
            Self::Levels(reading) => reading.refusals.len(),
            Self::Kits(reading) => reading.refusals.len(),
        }
    }

    /// Stands for all that would change: what is confirmed is this, and nothing else.
    pub fn mark(&self) -> String {
        match self {
            Self::Levels(reading) => reading.mark(),
            Self::Kits(reading) => reading.mark(),
        }
    }
}
