//! What a load balancer is told: whether the process lives, and whether it can be given work.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use backfill::config::Secret;
use backfill::db::{Readiness, Verdict};

use super::patience::takes_changes;
use crate::support::app::Shop;
use crate::support::database::TestDatabase;

/// Reached only when it never becomes ready again.
const LIMIT: Duration = Duration::from_secs(20);

#[actix_web::test]
async fn a_server_lives_whatever_its_database_does_and_is_ready_while_that_takes_changes() {
    let shop = Shop::open().await;
    let balancer = shop.visitor();
    takes_changes(&shop, false);

    let (lives, ready) = (balancer.get("/live").await, balancer.get("/ready").await);

    assert_eq!((lives.status(), lives.bytes()), (200, b"ok".as_slice()));
    assert_eq!(ready.status(), 503);
    assert_eq!(ready.bytes(), b"the database takes no changes");
    takes_changes(&shop, true);
    let deadline = Instant::now() + LIMIT;
    while balancer.get("/ready").await.status() != 200 {
        assert!(Instant::now() < deadline, "it never becomes ready again");
    }
    let old_name = balancer.get("/healthz").await;
    assert_eq!(
        (old_name.status(), old_name.bytes()),
        (200, b"ok".as_slice())
    );
}

#[actix_web::test]
async fn a_database_that_is_older_is_told_from_one_that_is_away_or_says_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let silent = silent.local_addr().expect("it has one");
    let old = TestDatabase::without_migrations();
    let verdict = async |url: String| Readiness::of(Secret::new(url)).now().await;

    assert_eq!(verdict(old.url()).await, Verdict::Older);
    let nowhere = "postgres://nobody@127.0.0.1:1/nothing".to_owned();
    assert_eq!(verdict(nowhere).await, Verdict::Away);
    let url = format!("postgres://nobody@{silent}/nothing");
    assert_eq!(verdict(url).await, Verdict::Away, "it is not waited for");
}
