//! Looks after a private server for as long as pages are served from it.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::{Cluster, Error};

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(250);
/// A server that ends sooner than this after its start will do so again.
const SHORT_LIFE: Duration = Duration::from_secs(60);
/// So many short lives are enough.
const MOST_SHORT_LIVES: u32 = 5;

/// A thread that starts the server again whenever it ends.
pub struct Keeper {
    dismissed: Sender<()>,
    gave_up: oneshot::Receiver<()>,
    thread: JoinHandle<Result<(), Error>>,
}

impl Keeper {
    /// Takes the server over.
    pub fn of(cluster: Cluster) -> Keeper {
        let (dismissed, told) = channel();
        let (gives_up, gave_up) = oneshot::channel();
        let thread = thread::spawn(move || {
            // Dropped when the thread ends, which is how it is heard.
            let _gives_up = gives_up;
            keep(cluster, &told)
        });
        Keeper {
            dismissed,
            gave_up,
            thread,
        }
    }

    /// Ends when the server cannot be kept alive any longer.
    pub async fn gave_up(&mut self) {
        _ = (&mut self.gave_up).await;
    }

    /// Stops the server and waits until its data is safe on disk.
    ///
    /// # Errors
    /// When it does not end; and why it could not be kept alive.
    pub fn stop(self) -> Result<(), Error> {
        drop(self.dismissed);
        self.thread
            .join()
            .expect("what it does answers with an error rather than a panic")
    }
}

fn keep(mut cluster: Cluster, dismissed: &Receiver<()>) -> Result<(), Error> {
    let (mut started, mut short_lives) = (Instant::now(), 0);
    while dismissed.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
        if !cluster.revive()? {
            continue;
        }
        tracing::warn!("the private PostgreSQL had ended and was started again");
        short_lives = match started.elapsed() < SHORT_LIFE {
            true => short_lives + 1,
            false => 1,
        };
        if short_lives == MOST_SHORT_LIVES {
            return Err(Error::EndsAgain);
        }
        started = Instant::now();
    }
    cluster.stop()
}
