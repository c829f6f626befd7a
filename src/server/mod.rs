//! Runs the application until it is told to stop.

mod housekeeping;

use std::future;
use std::io;
use std::net::TcpListener;
use std::pin::pin;

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use actix_web::rt::{self, System};
use futures_util::future::{Either, join, select};
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{self, Parts};
use crate::db::Db;
use crate::exchange::reader::Reading;
use crate::outbox::Worker;
use crate::server::housekeeping::Housekeeping;

/// How long requests under way may take to end, in seconds; the mail in hand may as long.
const GOODBYE: u64 = 4;

/// Serves on `listener`, sends mail and reads files, until Ctrl-C or a termination signal; then ends what is
/// under way, within five seconds.
///
/// # Errors
/// When the listener or the signals cannot be used.
pub fn run(parts: Parts, listener: TcpListener) -> io::Result<()> {
    run_until(future::pending(), parts, listener)
}

/// The same, until something else happens at the latest.
///
/// # Errors
/// When the listener or the signals cannot be used.
pub fn run_until(
    something: impl Future<Output = ()>,
    parts: Parts,
    listener: TcpListener,
) -> io::Result<()> {
    System::new().block_on(async move {
        let unhurried = parts.db.unhurried();
        let worker = Worker::start(unhurried.clone(), &parts.config);
        // Who reads a file holds it by a lock of the connection, which a pooler would hand to others.
        let direct = match parts.config.database.directly() {
            Some(direct) => Db::connect(&direct).map_err(io::Error::other)?,
            None => unhurried.clone(),
        };
        let _reading = Reading::start(direct.unhurried());
        let _housekeeping = Housekeeping::start(unhurried, parts.config.clone());
        let live = parts.live.clone();
        let server = HttpServer::new(move || app::build(&parts))
            .disable_signals()
            .shutdown_timeout(GOODBYE)
            .listen(listener)?
            .run();
        let handle = server.handle();
        let served = rt::spawn(server);

        match select(pin!(told_to_stop()), pin!(something)).await {
            Either::Left((told, _)) => told?,
            Either::Right(((), _)) => {}
        }
        tracing::info!("stopping");
        // Event streams have no end of their own.
        live.stop();
        let mail = rt::task::spawn_blocking(move || worker.stop());
        join(stop(&handle), mail).await.1?;
        served.await?
    })
}

async fn stop(handle: &ServerHandle) {
    handle.stop(true).await;
}

async fn told_to_stop() -> io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (interrupted, terminated) = (interrupt.recv(), terminate.recv());
    select(Box::pin(interrupted), Box::pin(terminated)).await;
    Ok(())
}
