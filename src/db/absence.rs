//! A database that does not answer: said once by each who waits for it, however long it stays away.

use std::fmt::Display;

/// Whether the database is away for somebody who asks it again and again.
pub struct Absence {
    /// Who waits for it.
    who: &'static str,
    is_away: bool,
}

impl Absence {
    /// It is there until somebody says otherwise.
    pub const fn of(who: &'static str) -> Self {
        Self {
            who,
            is_away: false,
        }
    }

    /// It did not answer: says so, unless that was said. Whether it was said now.
    pub fn begins(&mut self, why: &impl Display) -> bool {
        let is_new = !std::mem::replace(&mut self.is_away, true);
        if is_new {
            tracing::warn!(error = %why, "{} waits for the database, which does not answer", self.who);
        }
        is_new
    }

    /// It answered: says so, if it was away. Whether it was.
    pub fn ends(&mut self) -> bool {
        let was_away = std::mem::take(&mut self.is_away);
        if was_away {
            tracing::info!("{} has the database again", self.who);
        }
        was_away
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_once_that_the_database_is_away_and_once_that_it_is_back() {
        let mut absence = Absence::of("somebody");

        let first = [
            absence.ends(),
            absence.begins(&"gone"),
            absence.begins(&"gone"),
        ];
        let then = [
            absence.ends(),
            absence.ends(),
            absence.begins(&"gone again"),
        ];

        assert_eq!(first, [false, true, false]);
        assert_eq!(then, [true, false, true]);
    }
}
