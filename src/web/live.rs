//! Open pages update themselves: what transactions announce reaches browsers as server-sent events.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, get, web};
use diesel::prelude::*;
use futures_util::future::ready;
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::{Result, SignedIn};
use crate::db::announce::CHANNEL;

/// How long a stream stays silent before it shows a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How often the listening connection is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Hands topics from the listening thread to every open page.
#[derive(Clone)]
pub struct Live {
    topics: broadcast::Sender<String>,
    stopped: Arc<AtomicBool>,
}

impl Live {
    /// Listens to the database at `url` on a thread of its own, and connects again when the
    /// connection breaks; pages are then told to look at everything again.
    pub fn listen(url: &str) -> Self {
        let (topics, _) = broadcast::channel(1024);
        let live = Self {
            topics,
            stopped: Arc::new(AtomicBool::new(false)),
        };
        let (worker, url) = (live.clone(), url.to_owned());
        std::thread::spawn(move || worker.run(&url));
        live
    }

    /// Ends the thread and every stream.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.tell("stop");
    }

    fn run(&self, url: &str) {
        while !self.stopped.load(Ordering::SeqCst) {
            if let Err(error) = self.follow(url) {
                tracing::warn!(%error, "live updates lost the database and connect again");
                std::thread::sleep(Duration::from_secs(1));
            }
        }
    }

    fn follow(&self, url: &str) -> Result<(), Box<dyn std::error::Error>> {
        let mut conn = PgConnection::establish(url)?;
        diesel::sql_query(format!("listen {CHANNEL}")).execute(&mut conn)?;
        self.tell("*");
        while !self.stopped.load(Ordering::SeqCst) {
            for notification in conn.notifications_iter() {
                self.tell(&notification?.payload);
            }
            std::thread::sleep(LOOK);
        }
        Ok(())
    }

    fn tell(&self, topic: &str) {
        // Nobody listening is no error.
        let _ = self.topics.send(topic.to_owned());
    }
}

#[get("/events")]
async fn events(_: SignedIn, live: Data<Live>) -> Result {
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(told(&live)))
}

/// What an open page is told, from now until the server stops.
fn told(live: &Live) -> impl Stream<Item = std::result::Result<Bytes, actix_web::Error>> + use<> {
    let topics = live.topics.subscribe();
    let stopped = Arc::clone(&live.stopped);
    let begun = stream::once(ready(Ok(Bytes::from_static(b"retry: 2000\n\n"))));
    begun.chain(stream::unfold(
        (topics, stopped),
        |(mut topics, stopped)| async move {
            if stopped.load(Ordering::SeqCst) {
                return None;
            }
            let text = match tokio::time::timeout(HEARTBEAT, topics.recv()).await {
                Ok(Ok(topic)) if topic == "stop" => return None,
                Ok(Ok(topic)) => format!("data: {topic}\n\n"),
                Ok(Err(RecvError::Lagged(_))) => "data: *\n\n".to_owned(),
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => ": still here\n\n".to_owned(),
            };
            Some((Ok(Bytes::from(text)), (topics, stopped)))
        },
    ))
}

/// Where pages listen.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(events);
}
