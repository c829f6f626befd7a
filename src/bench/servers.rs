//! Processes that serve the same database, to be looked at, or killed.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::types::RequestKey;

/// Some of this program; whoever asks one that is not there asks another.
pub struct Servers {
    addresses: Vec<SocketAddr>,
    running: Vec<Mutex<Server>>,
}

struct Server {
    command: Command,
    process: Child,
}

impl Servers {
    /// Starts so many.
    pub fn start(url: &str, many: usize) -> Result<Self> {
        let key = format!("{}{}", RequestKey::fresh(), RequestKey::fresh());
        let addresses = (0..many)
            .map(|_| free_address())
            .collect::<Result<Vec<_>>>()?;
        let running = addresses.iter().map(|address| {
            let server = Server::start(url, &key, *address)?;
            Ok(Mutex::new(server))
        });
        Ok(Self {
            running: running.collect::<Result<_>>()?,
            addresses,
        })
    }

    /// Where to ask at the so-manieth try.
    pub fn address(&self, attempt: usize) -> SocketAddr {
        self.addresses[attempt % self.addresses.len()]
    }

    /// The number of its process.
    pub fn process(&self, which: usize) -> u32 {
        let server = self.running[which].lock();
        server.unwrap_or_else(PoisonError::into_inner).process.id()
    }

    pub fn count(&self) -> usize {
        self.addresses.len()
    }

    /// Ends one without a chance to tidy up, and starts it again.
    pub fn kill(&self, which: usize) -> Result<()> {
        let server = self.running[which].lock();
        let mut server = server.unwrap_or_else(PoisonError::into_inner);
        server.process.kill().map_err(failed)?;
        server.process.wait().map_err(failed)?;
        server.process = serving(&mut server.command)?;
        Ok(())
    }
}

impl Server {
    fn start(url: &str, key: &str, address: SocketAddr) -> Result<Self> {
        let mut command = Command::new(env::current_exe().map_err(failed)?);
        command
            .arg("serve")
            .env("DATABASE_URL", url)
            .env("PUBLIC_URL", "http://localhost")
            .env("SESSION_KEY", key)
            .env("BIND", address.to_string())
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let process = serving(&mut command)?;
        Ok(Self { command, process })
    }
}

/// Free a moment ago, and likely to be so a moment later.
fn free_address() -> Result<SocketAddr> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    free.map_err(failed)
}

/// A process that serves by now. It ends by itself where the database is not there yet: it is started anew.
fn serving(command: &mut Command) -> Result<Child> {
    for _ in 0..30 {
        let mut process = command.spawn().map_err(failed)?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output)
                .read_line(&mut line)
                .map_err(failed)?;
        }
        if line.contains("listens on") {
            return Ok(process);
        }
        process.wait().map_err(failed)?;
    }
    Err(Error::Failure("a server does not start".into()))
}

fn failed(error: std::io::Error) -> Error {
    Error::Failure(format!("a server: {error}"))
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
