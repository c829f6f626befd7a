//! `backfill demo`: a shop at work, with nothing prepared.

use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use backfill::app::Parts;
use backfill::config::{Config, Database, Secret};
use backfill::db::cluster::{self, Cluster, Keeper, Settings, install};
use backfill::db::{Db, Who, migrate};
use backfill::types::{RequestKey, clock};
use backfill::{demo, server};
use clap::Args;

use super::database::{self, connect, settle};
use super::{Outcome, say};

/// Where the demo is found unless told otherwise.
const PORT: u16 = 8080;
/// How many further ports are tried when that one is taken.
const FURTHER: u16 = 20;
const CONNECTIONS: u32 = 12;
const SENDER: &str = "Lantern & Lace <buying@lantern-and-lace.example>";

/// Run the demo shop: on a PostgreSQL of its own, or on `DATABASE_URL`
#[derive(Args)]
pub struct Demo {
    /// The port to listen on; by default the first free one from 8080 on.
    #[arg(long)]
    port: Option<u16>,
    /// Where its data is kept between runs.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Throw its data away first, and start over.
    #[arg(long)]
    reset: bool,
    /// Install PostgreSQL first if it is missing: as root on Debian or Ubuntu.
    #[arg(long)]
    install: bool,
}

impl Demo {
    pub fn run(self) -> Outcome {
        let home = self.data.clone().unwrap_or_else(database::home);
        if self.install && database::given().is_none() {
            install::unless_there()?;
        }
        if self.reset {
            reset(&home)?;
        }
        let listener = self.listen()?;
        let (cluster, url) = start(&home)?;
        let db = connect(&url, CONNECTIONS)?;
        fill(&db)?;

        let address = listener.local_addr()?;
        let config = config(&url, address, session_key(&home)?);
        welcome(address, cluster.as_ref());
        serve(Parts::new(config, db), listener, cluster)?;
        say("Stopped. Everything is kept for the next time.");
        Ok(ExitCode::SUCCESS)
    }

    fn listen(&self) -> Result<TcpListener, String> {
        let on = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        match self.port {
            Some(port) => on(port).map_err(|error| match error.kind() {
                io::ErrorKind::AddrInUse => {
                    format!("port {port} is taken by another program: choose another with --port")
                }
                _ => format!("nothing can listen on port {port}: {error}"),
            }),
            None => (PORT..=PORT + FURTHER)
                .find_map(|port| on(port).ok())
                .ok_or_else(|| {
                    format!(
                        "ports {PORT} to {} are all taken: choose one with --port",
                        PORT + FURTHER
                    )
                }),
        }
    }
}

/// Serves until it is told to stop, or until its own PostgreSQL cannot be kept alive any longer.
fn serve(
    parts: Parts,
    listener: TcpListener,
    cluster: Option<Cluster>,
) -> Result<(), Box<dyn Error>> {
    let Some(cluster) = cluster else {
        return Ok(server::run(parts, listener)?);
    };
    let mut keeper = Keeper::of(cluster);
    let served = server::run_until(keeper.gave_up(), parts, listener);
    keeper.stop()?;
    Ok(served?)
}

fn reset(home: &Path) -> Result<(), Box<dyn Error>> {
    if database::given().is_some() {
        return Err("DATABASE_URL is set: --reset removes the demo's own data only".into());
    }
    if cluster::exists(home) {
        cluster::remove(home)?;
        say(format_args!("Removed the data in {}", home.display()));
    }
    Ok(())
}

/// The demo's own server, unless `DATABASE_URL` names one; and where its database is.
fn start(home: &Path) -> Result<(Option<Cluster>, String), Box<dyn Error>> {
    if let Some(url) = database::given() {
        return Ok((None, url));
    }
    let cluster = Cluster::start(home, &Settings::durable())?;
    let url = cluster.database(database::NAME)?;
    Ok((Some(cluster), url))
}

/// Brings the database up to date, and fills it the first time.
fn fill(db: &Db) -> Result<(), Box<dyn Error>> {
    migrate(&mut *db.connection()?)?;
    settle(db)?;
    if db.read_now(demo::is_filled)? {
        return Ok(());
    }
    let started = Instant::now();
    say("Filling the demo shop, once:");
    db.write_now(Who::BACKFILL, |act| {
        demo::fill(act, clock::now(), SENDER, &mut |what| {
            say(format_args!("  {what} ..."))
        })
    })?;
    say(format_args!(
        "  done in {:.1} s",
        started.elapsed().as_secs_f64()
    ));
    Ok(())
}

/// The key that signs sessions, kept so that people stay signed in between runs.
fn session_key(home: &Path) -> io::Result<String> {
    let file = home.join("session.key");
    match fs::read_to_string(&file) {
        Ok(key) if key.len() >= 64 => return Ok(key),
        Ok(_) => fs::remove_file(&file)?,
        Err(_) => fs::create_dir_all(home)?,
    }
    let key = format!("{}{}", RequestKey::fresh(), RequestKey::fresh());
    let mut made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&file)?;
    made.write_all(key.as_bytes())?;
    Ok(key)
}

/// Mail goes where `SMTP_URL` says, if it says anything.
fn config(url: &str, bind: SocketAddr, session_key: String) -> Config {
    let smtp_url = std::env::var("SMTP_URL")
        .ok()
        .filter(|url| !url.trim().is_empty());
    Config {
        database: Database::at(url, CONNECTIONS),
        bind,
        public_url: format!("http://localhost:{}", bind.port()),
        session_key: Secret::new(session_key),
        smtp_url: smtp_url.map(Secret::new),
        mail_from: SENDER.to_owned(),
        form_time: Duration::from_secs(30),
        trust_proxy: false,
    }
}

fn welcome(address: SocketAddr, cluster: Option<&Cluster>) {
    say("");
    say(format_args!(
        "  Backfill is at  http://localhost:{}",
        address.port()
    ));
    say("");
    for (email, name, role) in demo::LOGINS {
        say(format_args!(
            "  {:<8}  {email:<22}  {}  ({name})",
            role.label(),
            demo::PASSWORD
        ));
    }
    say("");
    if let Some(data) = cluster.and_then(Cluster::data) {
        say(format_args!("  Its data lies in {}.", data.display()));
    }
    say("  Ctrl-C stops it.");
}
