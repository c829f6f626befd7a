//! Ends the server when we die without a chance to: killed, aborted, or a test process whose statics are never dropped.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::error::{Doing, Error};

/// Waits for the end of its input, which comes with our death whatever its cause.
///
/// `$1` is the data folder, `$2` the signal, and the rest are folders to remove.
const SCRIPT: &str = r#"
read -r word
[ "$word" = done ] && exit
data=$1 signal=$2
shift 2
if pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null); then
    kill "-$signal" "$pid" 2>/dev/null
    tries=0
    while [ -e "$data/postmaster.pid" ] && kill -0 "$pid" 2>/dev/null && [ $tries -lt 300 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
fi
rm -rf -- "$@"
"#;

pub struct Watchdog {
    shell: Child,
}

impl Watchdog {
    /// `removed` goes with the server; with nothing to remove, its data is brought to disk first.
    pub fn start(data: &Path, sockets: &Path, removed: &[PathBuf]) -> Result<Watchdog, Error> {
        let signal = if removed.is_empty() { "INT" } else { "QUIT" };
        let shell = Command::new("sh")
            .args(["-c", SCRIPT, "backfill-watchdog"])
            .arg(data)
            .arg(signal)
            .arg(sockets)
            .args(removed)
            .current_dir("/")
            // Ctrl-C is for us; a watchdog that dies of it is none.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .doing("run", Path::new("sh"))?;
        Ok(Watchdog { shell })
    }

    pub fn id(&self) -> u32 {
        self.shell.id()
    }

    /// There is nothing left to watch.
    pub fn dismiss(mut self) {
        if let Some(mut input) = self.shell.stdin.take() {
            _ = input.write_all(b"done\n");
        }
        _ = self.shell.wait();
    }
}
