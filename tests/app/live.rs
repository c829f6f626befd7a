//! The event stream: who may listen, and what reaches those who do.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use actix_web::cookie::Cookie;
use backfill::db::announce;
use backfill::types::RequestKey;
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::requests::Browser;
use crate::support::served::Served;

/// Reached only by what never comes.
const LIMIT: Duration = Duration::from_secs(20);

/// An open event stream.
struct Stream {
    lines: BufReader<TcpStream>,
}

impl Stream {
    /// Opens one, as the browser of somebody who is signed in; it is listening when this returns.
    fn open(served: &Served, browser: &Browser) -> Stream {
        let host = served.url().trim_start_matches("http://");
        let session = browser
            .cookie("backfill-session")
            .expect("somebody is signed in");
        let session = Cookie::new("backfill-session", session);
        let mut stream = TcpStream::connect(host).expect("the server is there");
        stream
            .set_read_timeout(Some(LIMIT))
            .expect("it has a limit");
        let request = format!(
            "GET /events HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\n\r\n",
            session.encoded()
        );
        stream
            .write_all(request.as_bytes())
            .expect("the server listens");

        let mut stream = Stream {
            lines: BufReader::new(stream),
        };
        assert_eq!(stream.line(), "HTTP/1.1 200 OK");
        while !stream.line().starts_with("retry:") {}
        stream
    }

    /// The next topic, once there is one.
    fn topic(&mut self) -> String {
        loop {
            if let Some(topic) = self.line().strip_prefix("data: ") {
                return topic.to_owned();
            }
        }
    }

    /// What is heard from `act` on, up to this topic. A server that has only just begun to listen
    /// to the database says so by `*`: whoever hears it looks at everything again, and so do we.
    fn heard_until(&mut self, last: &str, act: impl Fn()) -> Vec<String> {
        let mut heard = Vec::new();
        act();
        loop {
            let topic = self.topic();
            if topic == "*" {
                heard.clear();
                act();
                continue;
            }
            heard.push(topic);
            if heard.last().is_some_and(|topic| topic == last) {
                return heard;
            }
        }
    }

    /// Reads to its end, which is a chunk without length.
    fn ends(&mut self) {
        while self.line() != "0" {}
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let length = self.lines.read_line(&mut line);
        match length.expect("what is awaited arrives in time") {
            0 => panic!("the stream ended"),
            _ => line.trim_end().to_owned(),
        }
    }
}

fn announced(conn: &mut PgConnection, topic: &str) -> QueryResult<()> {
    announce(conn, &[topic.to_owned()])
}

#[actix_web::test]
async fn a_visitor_hears_nothing() {
    let shop = Shop::open().await;

    let reply = shop.visitor().get("/events").await;

    assert_ne!(reply.status(), 200, "{}", reply.summary());
    assert_ne!(reply.header("Content-Type"), Some("text/event-stream"));
}

#[actix_web::test]
async fn what_is_committed_elsewhere_reaches_every_open_stream() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let (anna, bert) = (shop.user().await, shop.manager().await);
    let mut streams = [Stream::open(&served, &anna), Stream::open(&served, &bert)];

    for (number, stream) in streams.iter_mut().enumerate() {
        let topic = format!("order:{number}");
        let commit = || announced(&mut shop.connect(), &topic).expect("it commits");

        let heard = stream.heard_until(&topic, commit);

        assert_eq!(heard.last(), Some(&topic));
    }
}

#[actix_web::test]
async fn nobody_hears_of_what_was_rolled_back() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let mut stream = Stream::open(&served, &shop.user().await);
    let undone = RequestKey::fresh().to_string();

    let heard = stream.heard_until("after", || {
        let conn = &mut shop.connect();
        conn.transaction(|conn| {
            announced(conn, &undone)?;
            Err::<(), _>(diesel::result::Error::RollbackTransaction)
        })
        .expect_err("it rolls back");
        announced(conn, "after").expect("it commits");
    });

    assert!(!heard.contains(&undone), "{heard:?}");
}

#[actix_web::test]
async fn the_streams_of_a_session_end_with_it_and_those_of_others_hear_nothing_of_that() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let (user, manager) = (shop.user().await, shop.manager().await);
    let mut theirs = Stream::open(&served, &user);
    let mut other = Stream::open(&served, &manager);
    let in_time = || announced(&mut shop.connect(), "after").expect("it commits");
    other.heard_until("after", in_time);

    user.post("/sign-out", &[]).await;

    theirs.ends();
    let heard = other.heard_until("after", in_time);
    assert!(
        heard.iter().all(|topic| !topic.starts_with("session:")),
        "{heard:?}"
    );
}

#[actix_web::test]
async fn one_page_too_many_takes_the_stream_of_the_one_that_listened_longest() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let user = shop.user().await;
    let mut first = Stream::open(&served, &user);
    let mut others: Vec<Stream> = (0..59).map(|_| Stream::open(&served, &user)).collect();

    let _one_more = Stream::open(&served, &user);

    first.ends();
    let in_time = || announced(&mut shop.connect(), "after").expect("it commits");
    others[0].heard_until("after", in_time);
}
