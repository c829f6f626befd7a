//! People who do something at the same time.

use std::thread;

use crate::error::{Error, Result};

/// Does something with each of them at the same time.
pub fn at_once<Each: Sync, T: Send>(
    all: &[Each],
    act: impl Fn(usize, &Each) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let act = &act;
    thread::scope(|scope| {
        let threads: Vec<_> = all
            .iter()
            .enumerate()
            .map(|(nth, each)| scope.spawn(move || act(nth, each)))
            .collect();
        let ended = threads.into_iter().map(|thread| {
            let panicked = |_| Err(Error::Failure("somebody fell over".into()));
            thread.join().unwrap_or_else(panicked)
        });
        ended.collect()
    })
}
