//! The walk: each route, each place of a value in what is sent there, each bad value.

use std::panic::AssertUnwindSafe;

use backfill::schema::sign_in_attempts;
use backfill::types::{RequestKey, is_unseen};
use backfill::web::Role;
use diesel::prelude::*;
use futures_util::FutureExt;

use super::found::{Found, Known, Route, first, look_around};
use super::kinds::{Bad, NUL, kinds};
use super::sent::{self, Sent};
use super::shop::file_for;
use super::spot::{Spot, spots};
use super::unseen::UNSEEN;
use crate::access::routes;
use crate::support::app::Shop;
use crate::support::make::PASSWORD;
use crate::support::requests::{Browser, Reply};

/// Somebody goes through all that is `mine`, and notes what was answered as it should not be.
pub struct Walk {
    shop: Shop,
    mine: fn(&str) -> bool,
    owner: Browser,
    /// Accounts that walked before: each may end its own.
    spent: usize,
    found: Found,
    complaints: Vec<String>,
    /// Bad values that were sent.
    count: usize,
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
        self.owner
            .post("/replenishment/choices/filling", &[("with", "suggested")])
            .await;
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
        let known = self.accepted_first(known).await;
        for spot in spots(route, &known) {
            self.spot(route, &known, &spot).await;
        }
        if self.owner.get("/profile").await.status() != 200 {
            self.enter().await;
        }
    }

    async fn spot(&mut self, route: Route, known: &[Known], spot: &Spot) {
        let mut having: Vec<Known> = known
            .iter()
            .filter(|known| spot.is_in(&known.sent))
            .cloned()
            .collect();
        having.reverse();
        let Some(first) = having.last() else {
            return;
        };
        let (place, name, good) = spot.said(&first.sent);
        for bad in kinds(place, &name, &good) {
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
                self.complaints.push(format!(
                    "{} {}, {} in {name}: {complaint}",
                    route.0, known.sent.path, bad.kind
                ));
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

    /// The forms as they stand now, before all others one that is accepted when nothing is wrong with it.
    async fn accepted_first(&mut self, known: Vec<Known>) -> Vec<Known> {
        let (mut accepted, mut rest) = (vec![], vec![]);
        for each in known {
            let offered = match each.sent.posts && accepted.is_empty() {
                true => self.again(&each).await.unwrap_or(each),
                false => each,
            };
            if offered.sent.posts
                && accepted.is_empty()
                && self.send(&offered.sent).await.status() < 400
            {
                accepted.extend(self.again(&offered).await);
            } else {
                rest.push(offered);
            }
        }
        accepted.extend(rest);
        accepted
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
        sent.map(|sent| Known {
            sent,
            page: known.page.clone(),
        })
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
                RequestKey::FIELD if RequestKey::parse(value).is_ok() => {
                    (RequestKey::FIELD, fresh.as_str())
                }
                name => (name, value.as_str()),
            })
            .collect();
        if sent.has_file {
            let (bad, fields): (Vec<_>, Vec<_>) =
                fields.into_iter().partition(|(name, _)| *name == "file");
            let content = bad
                .first()
                .map_or(file_for(&sent.path), |(_, content)| content.as_bytes());
            return self
                .owner
                .upload(&sent.path, &fields, ("file", "file.csv", content))
                .await;
        }
        self.owner.htmx("").post(&sent.path, &fields).await
    }
}

/// Walks, and says all that went wrong.
pub async fn walked(mut walk: Walk) {
    walk.enter().await;
    walk.found = look_around(&walk.owner, walk.mine).await;
    let mine = walk.mine;
    for method in ["get", "post"] {
        for (path, _) in routes(method).filter(|(path, _)| mine(first(path))) {
            walk.route((method, path)).await;
        }
    }
    assert!(walk.count > 500, "no more than {} were sent", walk.count);
    assert!(walk.complaints.is_empty(), "{:#?}", walk.complaints);
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
