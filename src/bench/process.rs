//! The program as a server of its own, so that its memory is measured and no other.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use super::memory;
use crate::config::Config;
use crate::error::{Error, Result};

/// A server that ends with this value.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
}

impl Process {
    pub fn serve(config: &Config) -> Result<Self> {
        let program = std::env::current_exe().map_err(failed)?;
        let mut child = Command::new(program)
            .arg("serve")
            .env("DATABASE_URL", config.database_url.reveal())
            .env("SESSION_KEY", config.session_key.reveal())
            .env("PUBLIC_URL", &config.public_url)
            .env("BIND", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut said = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output)
                .read_line(&mut said)
                .map_err(failed)?;
        }
        let address = said.split("http://").nth(1);
        let address = address.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        match address {
            Some(address) => Ok(Self { child, address }),
            None => Err(Error::Failure(format!("the server says {said:?}"))),
        }
    }

    /// How much memory it has now, in MiB.
    pub fn rss_mb(&self) -> u64 {
        memory::of(self.child.id(), "VmRSS:")
    }

    /// The most it ever had.
    pub fn peak_mb(&self) -> u64 {
        memory::of(self.child.id(), "VmHWM:")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::Failure(format!("no server of its own: {error}"))
}
