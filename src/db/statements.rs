//! How many statements are sent.

use std::fmt::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent};

/// How many statements the connections of a pool have sent; transaction control not counted.
#[derive(Debug, Clone, Default)]
pub struct StatementCount(Arc<AtomicUsize>);

impl StatementCount {
    /// Statements so far.
    pub fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// What is sent around statements; the last is how the pool looks whether a connection still lives.
const CONTROL: [&str; 7] = [
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
    "SET ",
    "SELECT 1",
];

impl Instrumentation for StatementCount {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let mut begins = Beginning::default();
            // Refused where it is long enough.
            let _ = write!(begins, "{query}");
            if !CONTROL.iter().any(|word| begins.0.starts_with(word)) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
}

/// How a statement begins. To write all of it would be to write all it carries, a hundred thousand
/// values at times.
#[derive(Default)]
struct Beginning(String);

impl Write for Beginning {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() > "SAVEPOINT".len() {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}
