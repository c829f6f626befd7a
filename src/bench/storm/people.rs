//! Somebody who works through it all: what is not answered is sent again, with the same key, to whichever
//! server answers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::deeds::{Deed, Goods, Mark};
use crate::bench::client::Client;
use crate::bench::random::Random;
use crate::bench::servers::Servers;
use crate::bench::shop::LOGIN;
use crate::error::Result;

/// How long somebody waits before they send the same again.
const AGAIN: Duration = Duration::from_millis(100);

/// How often requests were answered so, by status; `none`: the connection ended without an answer.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, usize>);

impl Answers {
    /// Answers that nobody may get, whatever strikes: all but what it leads to, "try again" and
    /// none at all.
    pub fn failures(&self) -> usize {
        let fine = |status: &str| ["303", "503", "none"].contains(&status);
        let failures = self.0.iter().filter(|(status, _)| !fine(status));
        failures.map(|(_, times)| times).sum()
    }
}

/// Who works, and what came of it.
pub(super) struct Person {
    client: Client,
    work: Work,
    /// Which server they ask.
    asks: usize,
}

/// What was done.
#[derive(Default)]
pub(super) struct Work {
    /// What was acknowledged.
    pub(super) done: Vec<Mark>,
    pub(super) unanswered: usize,
    pub(super) answers: Answers,
    /// When each was acknowledged.
    served: Vec<Instant>,
}

impl Person {
    /// Works until it is over, and then until the last is answered, or for `longest`.
    pub(super) fn at_work(
        number: u64,
        servers: &Servers,
        goods: &Goods,
        is_over: &AtomicBool,
        longest: Duration,
    ) -> Result<Work> {
        let asks = number as usize;
        let mut person = Self {
            client: Client::sign_in(servers.address(asks), LOGIN.0, LOGIN.1)?,
            work: Work::default(),
            asks,
        };
        let mut random = Random::new(number);
        while !is_over.load(Ordering::SeqCst) {
            let deed = goods.next(&mut random);
            person.does(deed, servers, is_over, longest);
        }
        Ok(person.work)
    }

    fn does(&mut self, deed: Deed, servers: &Servers, is_over: &AtomicBool, longest: Duration) {
        let mut over_since = None;
        loop {
            let address = servers.address(self.asks);
            let answer = self.client.attempt(address, deed.path, &deed.fields);
            let told = answer.map_or_else(|| "none".to_owned(), |status| status.to_string());
            *self.work.answers.0.entry(told).or_default() += 1;
            if answer == Some(303) {
                self.work.served.push(Instant::now());
                return self.work.done.push(deed.mark);
            }
            if is_over.load(Ordering::SeqCst)
                && over_since.get_or_insert_with(Instant::now).elapsed() > longest
            {
                self.work.unanswered += 1;
                return;
            }
            self.asks += 1;
            thread::sleep(AGAIN);
        }
    }
}

/// The work of all.
pub(super) fn added_up(work: Vec<Work>) -> Work {
    work.into_iter().fold(Work::default(), |mut all, one| {
        all.done.extend(one.done);
        all.served.extend(one.served);
        all.unanswered += one.unanswered;
        for (status, times) in one.answers.0 {
            *all.answers.0.entry(status).or_default() += times;
        }
        all
    })
}

impl Work {
    /// The longest time in which nobody was served.
    pub(super) fn longest_gap_ms(&self) -> u64 {
        let mut served = self.served.clone();
        served.sort_unstable();
        let gaps = served.windows(2).map(|two| two[1].duration_since(two[0]));
        let longest = gaps.max().unwrap_or_default().as_millis();
        u64::try_from(longest).unwrap_or(u64::MAX)
    }
}
