//! Telling a process to end.

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a server gets to end, before it is told more firmly.
pub const STOP_LIMIT: Duration = Duration::from_secs(30);

/// By way of the shell, whose `kill` every machine has.
pub fn send(signal: &str, pid: u32) {
    _ = Command::new("sh")
        .args(["-c", "kill \"-$0\" \"$1\"", signal, &pid.to_string()])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

pub fn wait_until(limit: Duration, mut happened: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    loop {
        if happened() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        sleep(Duration::from_millis(10));
    }
}
