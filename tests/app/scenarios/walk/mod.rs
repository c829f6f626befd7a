//! Random walks over a real database: people do whatever people do, and whatever they did, all that
//! must be true is true.

mod binning;
mod buying;
mod counting;
mod importing;
mod moving;
mod scanning;
mod selling;
mod walker;
mod warehouse;

use std::sync::Barrier;
use std::thread;

use actix_web::rt::System;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestError, TestRunner};

use self::walker::{Dice, Step, Walker};
use crate::support::app::Shop;

/// Everything people do.
fn steps() -> Vec<Step> {
    [
        selling::STEPS,
        buying::STEPS,
        warehouse::STEPS,
        moving::STEPS,
        binning::STEPS,
        counting::STEPS,
        importing::STEPS,
        scanning::STEPS,
    ]
    .concat()
}

fn dice() -> impl Strategy<Value = Dice> {
    any::<[u32; 4]>().prop_map(Dice)
}

fn walks(longest: usize) -> impl Strategy<Value = Vec<(usize, Dice)>> {
    proptest::collection::vec((0..steps().len(), dice()), 1..longest)
}

#[test]
fn whatever_one_person_does_after_another_all_that_must_be_true_is_true() {
    assert!(steps().len() >= 30, "{} kinds of steps", steps().len());
    let mut runner = TestRunner::new(Config {
        cases: 10,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..Config::default()
    });
    let steps = steps();
    // One that fails is walked again, shorter.
    let walked = runner.run(&walks(60), |walk| {
        let shop = System::new().block_on(Shop::open());
        let walker = Walker::of(&shop);
        for (step, dice) in &walk {
            walker.take(&steps[*step], *dice);
            walker
                .look_around()
                .map_err(|wrong| TestCaseError::fail(format!("{}: {wrong}", steps[*step].name)))?;
        }
        Ok(())
    });
    if let Err(TestError::Fail(why, walk)) = walked {
        let walk: Vec<_> = walk
            .iter()
            .map(|(step, dice)| (steps[*step].name, dice.0))
            .collect();
        panic!("{why}\nafter {walk:#?}");
    }
}

#[actix_web::test]
async fn whatever_people_do_at_the_same_time_all_that_must_be_true_is_true() {
    const PEOPLE: usize = 4;
    let shop = Shop::open().await;
    let walker = Walker::of(&shop);
    let steps = steps();
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..6 {
        let walks: Vec<_> = (0..PEOPLE)
            .map(|_| {
                let walk = proptest::collection::vec((0..steps.len(), dice()), 25);
                walk.new_tree(&mut runner).expect("a walk").current()
            })
            .collect();
        let start = Barrier::new(PEOPLE);
        thread::scope(|scope| {
            for walk in &walks {
                let (walker, start, steps) = (&walker, &start, &steps);
                scope.spawn(move || {
                    start.wait();
                    for (step, dice) in walk {
                        walker.take(&steps[*step], *dice);
                    }
                });
            }
        });
        if let Err(wrong) = walker.look_around() {
            panic!("{wrong}\nafter {walks:?}");
        }
    }
}
