//! A demo's folder, before the demo runs.

use std::path::Path;

use backfill::db::cluster::{Cluster, Settings};
use backfill::db::migrate;
use diesel::prelude::*;

use crate::support::command::backfill;
use crate::support::make::PASSWORD;

pub const EMAIL: &str = "mila@shop.example";

/// The demo's server with its database, up to date and with nobody in it.
pub fn shop_at(home: &Path) -> Cluster {
    let cluster = Cluster::start(home, &Settings::throwaway()).expect("it starts");
    let url = cluster.database("backfill").expect("a database is made");
    let mut conn = PgConnection::establish(&url).expect("it takes connections");
    migrate(&mut conn).expect("it is brought up to date");
    cluster
}

/// Data in which somebody works already, so that the demo has nothing to fill.
pub fn staffed(home: &Path) {
    drop(shop_at(home));
    let home = home.to_str().expect("its name is plain");
    let add = ["user", "add", "--data", home, "--email", EMAIL];
    let added = backfill(&[&add[..], &["--name", "Mila", "--role", "manager"]].concat())
        .with_input(PASSWORD)
        .run();
    assert!(added.status.success(), "{}", added.errors);
}
