//! What can be sent to each route, found by going through the pages of a shop.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::sent::{self, Sent};
use crate::access::routes;
use crate::support::requests::Browser;

/// A method and a path of the table of access.
pub type Route = (&'static str, &'static str);

/// A request, and the page it was found on.
#[derive(Debug, Clone)]
pub struct Known {
    pub sent: Sent,
    pub page: String,
}

#[derive(Default)]
pub struct Found {
    pub known: BTreeMap<Route, Vec<Known>>,
}

/// Records of a kind that are looked at: in a busy shop something is in each state among them.
const RECORDS: usize = 10;
/// Ways of looking at a list.
const VIEWS: usize = 3;
/// Pages of a route of others: they lead here now and then.
const OTHERS: usize = 2;
/// Requests that are kept for a route.
const KEPT: usize = 12;

/// What a list has that goes on.
const PAGER: &str = "class=\"pager\"";

/// Goes through the pages of all routes, of the first records of each kind where they are `mine`, and to where they
/// lead.
pub async fn look_around(browser: &Browser, mine: fn(&str) -> bool) -> Found {
    let (mut found, mut seen) = (Found::default(), BTreeSet::new());
    let mut opened: BTreeMap<&str, usize> = BTreeMap::new();
    let mut next: VecDeque<String> = routes("get").flat_map(|(route, _)| firsts(route)).collect();
    while let Some(url) = next.pop_front() {
        let path = url.split('?').next().unwrap_or_default();
        let Some(route) = route_of("get", path) else {
            continue;
        };
        let times = opened.entry(route).or_default();
        let most = match route.contains('{') {
            _ if !mine(first(route)) => OTHERS,
            true => RECORDS,
            false => VIEWS,
        };
        if *times == most || !seen.insert(url.clone()) {
            continue;
        }
        let reply = browser.get(&url).await;
        if reply.status() != 200 {
            continue;
        }
        *times += 1;
        let mut asked = Sent::get(&url, path).expect("it is a path");
        if reply.text().contains(PAGER) {
            asked.names.extend(["after", "before"].map(str::to_owned));
        }
        found.keep(asked, &url);
        let is_page = reply
            .header("Content-Type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if !is_page {
            continue;
        }
        for sent in sent::all(&reply.text(), path) {
            if !sent.posts {
                next.push_back(sent.url());
            }
            found.keep(sent, &url);
        }
    }
    found
}

impl Found {
    /// A path of a route: about a record that another route is known to be about, if there is one.
    pub fn path(&self, route: &str) -> String {
        let parts: Vec<&str> = route.split('/').collect();
        let about = parts
            .iter()
            .rposition(|part| part.starts_with('{'))
            .unwrap_or_default();
        let begins_alike = |other: &str| {
            let other: Vec<&str> = other.split('/').collect();
            other.get(..=about) == parts.get(..=about)
        };
        let alike = self
            .known
            .iter()
            .find(|((_, other), _)| begins_alike(other));
        let path = alike
            .and_then(|(_, known)| known.first())
            .map(|known| known.sent.path.as_str());
        let path = path.unwrap_or("///").split('/').take(about + 1);
        let whole: Vec<&str> = path.chain(parts.into_iter().skip(about + 1)).collect();
        whole.join("/")
    }

    fn keep(&mut self, sent: Sent, page: &str) {
        let method = if sent.posts { "post" } else { "get" };
        let path = sent.path.split('?').next().unwrap_or_default();
        let Some(route) = route_of(method, path) else {
            return;
        };
        let known = self.known.entry((method, route)).or_default();
        let is_new = known
            .iter()
            .all(|other| other.sent.path != sent.path || other.sent.names != sent.names);
        if is_new && known.len() < KEPT {
            known.push(Known {
                sent,
                page: page.to_owned(),
            });
        }
    }
}

/// The path of a route, or those of the first records it may be about.
fn firsts(route: &str) -> Vec<String> {
    match route.matches('{').count() {
        0 => vec![route.to_owned()],
        1 => (1..=RECORDS)
            .map(|id| route.replace("{id}", &id.to_string()))
            .collect(),
        _ => vec![],
    }
}

/// The first part of a path.
pub fn first(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// The route of the table a path is of: that with the most of it in so many words.
pub fn route_of(method: &str, path: &str) -> Option<&'static str> {
    let fitting = routes(method).filter_map(|(route, _)| Some((words(route, path)?, route)));
    fitting.max().map(|(_, route)| route)
}

/// How many parts of a path a route says in words; none: it is not of this route.
fn words(route: &str, path: &str) -> Option<usize> {
    let (route, path) = (route.split('/'), path.split('/'));
    if route.clone().count() != path.clone().count() {
        return None;
    }
    let mut words = 0;
    for (of_route, of_path) in route.zip(path) {
        match of_route {
            "{list}" | "{size}" | "{hash}" | "{name}" | "{walk}" => {}
            named if named.starts_with('{') => {
                of_path.parse::<i64>().ok()?;
            }
            word if word == of_path => words += 1,
            _ => return None,
        }
    }
    Some(words)
}
