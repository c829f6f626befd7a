//! The walk: each route, each place of a value in what is sent there, each bad value.

use std::panic::AssertUnwindSafe;

use backfill::schema::sign_in_attempts;
use backfill::types::{RequestKey, is_unseen};
use backfill::web::Role;
use diesel::prelude::*;
use futures_util::FutureExt;

use super::found::{Found, Known, Route, first, look_around};
use super::kinds::{Bad, Change, NUL, Place, kinds};
use super::sent::{self, Sent};
use super::shop::file_for;
use crate::access::routes;
use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::requests::{Browser, Reply};

/// Where people are before they are signed in, or once only: no page of the busy shop shows the form.
const UNSEEN: &[(Route, &[(&str, &str)])] = &[
    (("get", "/favicon.ico"), &[]),
    (("get", "/sign-in/code"), &[("next", "/orders")]),
    (("get", "/new-password"), &[("token", "unknown")]),
    (("get", "/products/{id}/queue/{line}/undo"), &[]),
    (("post", "/sign-in"), &[("email", "owner@shop.example"), ("password", "wrong"), ("next", "/orders")]),
    (("post", "/sign-in/code"), &[("code", "123456"), ("next", "/orders")]),
    (("post", "/forgotten-password"), &[("email", "owner@shop.example")]),
    (("post", "/new-password"), &[("token", "unknown"), ("password", PASSWORD), ("again", PASSWORD)]),
    (("post", "/profile/second-factor/codes"), &[("current", PASSWORD)]),
    (("post", "/profile/second-factor/removal"), &[("current", PASSWORD)]),
    (("post", "/profile/sessions/{id}/end"), &[]),
    (("post", "/profile/sessions/end"), &[]),
    (("post", "/users/{id}/second-factor/removal"), &[]),
    (("post", "/users/{id}/enabling"), &[]),
    (("post", "/products/{id}/restoration"), &[]),
    (("post", "/products/{id}/suppliers/{link}/primary"), &[]),
    (("post", "/products/{id}/queue/{line}/undo"), &[("reason", "As agreed")]),
    (("post", "/suppliers/{id}/restoration"), &[]),
    (("post", "/organizer/{id}/restoration"), &[]),
    (("post", "/orders/{id}/knows"), &[("seen", "76be999e3e25b2a0")]),
    (("post", "/mails/{id}/retry"), &[]),
    (("post", "/locations/import/confirmation"), &[("warehouse", "1"), ("agreed", "76be"), ("content", "code\nC-01\n")]),
];

/// Forms of one route that are tried on.
const ENOUGH: usize = 4;

pub struct Walk {
    shop: Shop,
    mine: fn(&str) -> bool,
    owner: Browser,
    /// Accounts that walked before: each may end its own.
    spent: usize,
    found: Found,
    complaints: Vec<String>,
    count: usize,
}

/// Where in a request a value stands: a part of its path, or a field of this name.
#[derive(Debug, Clone)]
enum Spot {
    Part(usize),
    Field(String),
}

impl Walk {
    pub fn over(shop: Shop, mine: fn(&str) -> bool) -> Walk {
        Walk {
            owner: shop.visitor(),
            shop,
            mine,
            spent: 0,
            found: Found::default(),
            complaints: vec![],
            count: 0,
        }
    }

    /// Somebody else of the house goes on.
    async fn enter(&mut self) {
        self.spent += 1;
        let email = format!("owner{}@shop.example", self.spent);
        self.shop.account(&email, Role::Admin);
        self.shop.write(|act| {
            diesel::delete(sign_in_attempts::table).execute(act.conn())?;
            Ok(())
        });
        self.owner = self.shop.visitor();
        self.owner.sign_in(&email, PASSWORD).await;
        // What somebody chose to buy is theirs.
        self.owner.post("/replenishment/choices/filling", &[("with", "suggested")]).await;
    }

    fn known(&self, (method, route): Route) -> Vec<Known> {
        let unseen = UNSEEN.iter().filter(|(each, _)| *each == (method, route));
        let unseen = unseen.map(|(_, fields)| {
            let text = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            Known {
                page: "/".to_owned(),
                sent: Sent {
                    posts: method == "post",
                    path: self.found.path(route),
                    names: fields.iter().map(|(name, _)| (*name).to_owned()).collect(),
                    fields: fields.iter().map(text).collect(),
                    has_file: false,
                },
            }
        });
        let found = self.found.known.get(&(method, route)).into_iter().flatten();
        found.cloned().chain(unseen).collect()
    }

    async fn route(&mut self, route: Route) {
        let known = self.known(route);
        if known.is_empty() {
            let complaint = format!("{} {}: no page sends anything there", route.0, route.1);
            return self.complaints.push(complaint);
        }
        let known = self.offered(known).await;
        let reply = self.send(&known[0].sent).await;
        if reply.status() >= 400 {
            eprintln!("GOOD {route:?} {} {:?}", known[0].sent.path, known[0].sent.fields);
            eprintln!("     {}", reply.summary().chars().take(300).collect::<String>());
        }
        for spot in spots(route, &known) {
            self.spot(route, &known, &spot).await;
        }
        if self.owner.get("/profile").await.status() != 200 {
            self.enter().await;
        }
    }

    async fn spot(&mut self, route: Route, known: &[Known], spot: &Spot) {
        let mut having: Vec<Known> = known.iter().filter(|known| spot.is_in(&known.sent)).cloned().collect();
        having.reverse();
        let Some(first) = having.last() else {
            return;
        };
        let (place, name, good) = spot.said(&first.sent);
        let cursors: Vec<String> = self.found.cursors.iter().cloned().collect();
        for bad in kinds(place, &name, &good, &cursors) {
            let Some(known) = having.last().cloned() else {
                return;
            };
            let asked = spot.with(&known.sent, &bad);
            let reply = AssertUnwindSafe(self.send(&asked)).catch_unwind().await;
            self.count += 1;
            let complaint = match &reply {
                Ok(reply) => complaint(&name, &bad, reply),
                Err(_) => Some("the handler panics".to_owned()),
            };
            if let Some(complaint) = complaint {
                self.complaints.push(format!("{} {}, {} in {name}: {complaint}", route.0, known.sent.path, bad.kind));
            }
            if reply.is_ok_and(|reply| route.0 == "post" && reply.status() < 400) {
                // What was done cannot be done again: the form is taken anew, or another one.
                match self.again(&known).await {
                    Some(again) => *having.last_mut().expect("it was there") = again,
                    None if having.len() > 1 => drop(having.pop()),
                    None => {}
                }
            }
        }
    }

    /// Those that are offered still, as they stand now; all of them where none is.
    async fn offered(&mut self, known: Vec<Known>) -> Vec<Known> {
        let mut offered = vec![];
        for each in known.iter().filter(|each| each.sent.posts) {
            offered.extend(self.again(each).await);
            if offered.len() == ENOUGH {
                break;
            }
        }
        if offered.is_empty() { known } else { offered }
    }

    /// The same form as its page shows it now; none: it does not any more.
    async fn again(&mut self, known: &Known) -> Option<Known> {
        let mut reply = self.owner.get(&known.page).await;
        if reply.status() == 303 {
            self.enter().await;
            reply = self.owner.get(&known.page).await;
        }
        let here = known.page.split('?').next().unwrap_or_default();
        let sent = sent::all(&reply.text(), here).into_iter().find(|sent| {
            sent.posts && sent.path == known.sent.path && sent.names.len() == known.sent.names.len()
        });
        sent.map(|sent| Known { sent, page: known.page.clone() })
    }

    async fn send(&self, sent: &Sent) -> Reply {
        if !sent.posts {
            return self.owner.get(&sent.url()).await;
        }
        let fresh = RequestKey::fresh().to_string();
        let fields: Vec<(&str, &str)> = sent
            .fields
            .iter()
            .map(|(name, value)| match name.as_str() {
                RequestKey::FIELD if RequestKey::parse(value).is_ok() => (RequestKey::FIELD, fresh.as_str()),
                name => (name, value.as_str()),
            })
            .collect();
        if sent.has_file {
            let (bad, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| *name == "file");
            let content = bad.first().map_or(file_for(&sent.path), |(_, content)| content.as_bytes());
            return self.owner.upload(&sent.path, &fields, ("file", "file.csv", content)).await;
        }
        self.owner.htmx("").post(&sent.path, &fields).await
    }
}

/// Walks, and says all that went wrong.
pub async fn walked(mut walk: Walk) {
    let begin = std::time::Instant::now();
    walk.enter().await;
    walk.found = look_around(&walk.owner).await;
    eprintln!("LOOKED {:?}", begin.elapsed());
    let mine = walk.mine;
    for method in ["get", "post"] {
        for (path, _) in routes(method).filter(|(path, _)| mine(first(path))) {
            let (before, count) = (begin.elapsed(), walk.count);
            walk.route((method, path)).await;
            eprintln!("TIME {:?} {} {method} {path}", begin.elapsed() - before, walk.count - count);
        }
    }
    eprintln!("WALKED {} {:?}", walk.count, begin.elapsed());
    assert!(walk.complaints.is_empty(), "{:#?}", walk.complaints);
}

/// Each place of a value once: of rows of boxes, the first.
fn spots(route: Route, known: &[Known]) -> Vec<Spot> {
    let parts = route.1.split('/').enumerate();
    let parts = parts.filter(|(_, part)| part.starts_with('{'));
    let mut spots: Vec<Spot> = parts.map(|(at, _)| Spot::Part(at)).collect();
    let mut patterns = vec![];
    for name in known.iter().flat_map(|known| &known.sent.names) {
        let pattern: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
            spots.push(Spot::Field(name.clone()));
        }
    }
    spots
}

impl Spot {
    fn is_in(&self, sent: &Sent) -> bool {
        match self {
            Spot::Part(_) => true,
            Spot::Field(name) => sent.names.contains(name),
        }
    }

    /// What kind of place it is, its name, and what stands there when all is well.
    fn said(&self, sent: &Sent) -> (Place, String, String) {
        match self {
            Spot::Part(at) => {
                let part = sent.path.split('/').nth(*at).unwrap_or_default();
                (Place::Path, format!("part {at}"), part.to_owned())
            }
            Spot::Field(name) => {
                let place = if sent.posts { Place::Body } else { Place::Query };
                let value = sent.fields.iter().find(|(each, _)| each == name);
                (place, name.clone(), value.map(|(_, value)| value.clone()).unwrap_or_default())
            }
        }
    }

    /// The request with a bad value in this place.
    fn with(&self, sent: &Sent, bad: &Bad) -> Sent {
        let mut sent = sent.clone();
        match (self, &bad.change) {
            (Spot::Part(at), Change::Is(value)) => {
                let encoded: String = form_urlencoded(value);
                let parts = sent.path.split('/').enumerate();
                let parts: Vec<&str> = parts
                    .map(|(each, part)| if each == *at { encoded.as_str() } else { part })
                    .collect();
                sent.path = parts.join("/");
            }
            (Spot::Part(_), _) => {}
            (Spot::Field(name), Change::LeftOut) => sent.fields.retain(|(each, _)| each != name),
            (Spot::Field(name), Change::Repeated(value)) => {
                sent.fields.push((name.clone(), (*value).to_owned()));
            }
            (Spot::Field(name), Change::Is(value)) => {
                match sent.fields.iter_mut().find(|(each, _)| each == name) {
                    Some((_, stands)) => stands.clone_from(value),
                    None => sent.fields.push((name.clone(), value.clone())),
                }
            }
        }
        sent
    }
}

/// As it is written in a path.
fn form_urlencoded(value: &str) -> String {
    value.bytes().map(|byte| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    }).collect()
}

/// What is wrong with an answer to a bad value.
fn complaint(name: &str, bad: &Bad, reply: &Reply) -> Option<String> {
    let status = reply.status();
    if status >= 500 {
        return Some(reply.summary());
    }
    if bad.kind == NUL && status < 400 && name != "file" {
        return Some(format!("{status}, and no refusal"));
    }
    let kind = reply.header("Content-Type").unwrap_or_default();
    let is_seen = |letter: char| matches!(letter, '\n' | '\t') || !is_unseen(letter);
    let is_right = match kind.split(';').next().unwrap_or_default() {
        "text/html" => str::from_utf8(reply.bytes()).is_ok_and(|text| text.chars().all(is_seen)),
        "application/pdf" => reply.bytes().starts_with(b"%PDF"),
        "" => reply.bytes().is_empty(),
        _ => status < 400,
    };
    (!is_right).then(|| format!("{status} with {kind} that cannot be read"))
}
