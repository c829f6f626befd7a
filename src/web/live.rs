//! Open pages update themselves: what transactions announce reaches browsers as server-sent events.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, get, web};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use futures_util::future::{Either, ready, select};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::seats::{Seat, Seats};
use super::{Result, SignedIn, Visitor};
use crate::db::Absence;
use crate::db::announce::CHANNEL;

/// How long a stream stays silent before it shows a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// After so long a page connects again, and is asked again who it is.
const LONGEST: Duration = Duration::from_secs(600);
/// How often the listening connection is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// How often it is asked whether anybody is still at its other end.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);
/// How long a database that does not answer is left alone.
const REST: Duration = Duration::from_secs(1);

/// Hands topics from the listening thread to every open page.
#[derive(Clone)]
pub struct Live {
    topics: broadcast::Sender<String>,
    stopped: Arc<AtomicBool>,
    seats: Seats,
}

impl Live {
    /// Listens to the database at `url` on a thread of its own, and connects again when the
    /// connection breaks; pages are then told to look at everything again.
    pub fn listen(url: &str) -> Self {
        let (topics, _) = broadcast::channel(1024);
        let live = Self {
            topics,
            stopped: Arc::new(AtomicBool::new(false)),
            seats: Seats::default(),
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
        let mut absence = Absence::of("live updates");
        while !self.stopped.load(Ordering::SeqCst) {
            let ended = listening(url).and_then(|conn| {
                absence.ends();
                self.follow(conn)
            });
            if let Err(error) = ended {
                absence.begins(&error);
                std::thread::sleep(REST);
            }
        }
    }

    fn follow(&self, mut conn: PgConnection) -> Result<(), Box<dyn std::error::Error>> {
        self.tell("*");
        let mut asked = Instant::now();
        while !self.stopped.load(Ordering::SeqCst) {
            for notification in conn.notifications_iter() {
                self.tell(&notification?.payload);
            }
            if asked.elapsed() > SIGN_OF_LIFE {
                conn.batch_execute("SELECT 1")?;
                asked = Instant::now();
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

/// A connection that hears what transactions announce. Only a server that takes changes gives one.
fn listening(url: &str) -> Result<PgConnection, Box<dyn std::error::Error>> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(&format!("listen {CHANNEL}"))?;
    Ok(conn)
}

#[get("/events")]
async fn events(by: SignedIn, live: Data<Live>) -> Result {
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(told(&live, &by.0)))
}

/// What an open page is told, from now until the server stops or its session ends.
fn told(
    live: &Live,
    visitor: &Visitor,
) -> impl Stream<Item = std::result::Result<Bytes, actix_web::Error>> + use<> {
    let listening = Listening {
        topics: live.topics.subscribe(),
        stopped: Arc::clone(&live.stopped),
        since: Instant::now(),
        is_over: false,
        session: format!("{SESSION}{}", visitor.session),
        seat: live.seats.take(visitor.id),
    };
    let begun = stream::once(ready(Ok(Bytes::from_static(b"retry: 2000\n\n"))));
    begun.chain(stream::unfold(listening, |mut listening| async move {
        let text = listening.next().await?;
        Some((Ok(Bytes::from(text)), listening))
    }))
}

/// Topics that say which session ended; no page is told.
const SESSION: &str = "session:";

struct Listening {
    topics: broadcast::Receiver<String>,
    stopped: Arc<AtomicBool>,
    since: Instant,
    /// Whether it missed some.
    is_over: bool,
    /// The topic that ends it.
    session: String,
    /// Ends it when somebody else takes it.
    seat: Seat,
}

impl Listening {
    /// What the page is told next; none: the stream ends.
    async fn next(&mut self) -> Option<String> {
        while !self.is_over && !self.stopped.load(Ordering::SeqCst) {
            if self.since.elapsed() > LONGEST {
                return None;
            }
            let next = select(&mut self.seat, Box::pin(self.topics.recv()));
            let Ok(next) = tokio::time::timeout(HEARTBEAT, next).await else {
                return Some(": still here\n\n".to_owned());
            };
            let Either::Right((next, _)) = next else {
                return None;
            };
            match next {
                Ok(topic) if topic == "stop" || topic == self.session => return None,
                Ok(topic) if topic.starts_with(SESSION) => {}
                Ok(topic) => return Some(format!("data: {topic}\n\n")),
                // Its own end may be among what it missed: it connects again.
                Err(RecvError::Lagged(_)) => {
                    self.is_over = true;
                    return Some("data: *\n\n".to_owned());
                }
                Err(RecvError::Closed) => return None,
            }
        }
        None
    }
}

/// Where pages listen.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(events);
}
