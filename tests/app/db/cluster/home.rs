use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use backfill::db::cluster::{Cluster, Settings};
use diesel::prelude::*;
use diesel::sql_types::Text;

/// A new folder, removed with everything in it.
pub struct TestHome {
    pub path: PathBuf,
}

impl TestHome {
    pub fn new() -> TestHome {
        let path =
            env::temp_dir().join(format!("backfill-test-home-{:016x}", rand::random::<u64>()));
        fs::create_dir(&path).expect("the temporary folder is writable");
        TestHome {
            path: path.canonicalize().expect("it was just made"),
        }
    }

    pub fn data(&self) -> PathBuf {
        self.path.join("postgres")
    }
}

impl Drop for TestHome {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.path);
    }
}

pub fn start(home: &TestHome) -> Cluster {
    Cluster::start(&home.path, &Settings::throwaway()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn write(cluster: &Cluster, text: &str) {
    let url = cluster.database("words").expect("a database is made");
    let mut conn = PgConnection::establish(&url).expect("it takes connections");
    diesel::sql_query("create table word (text text not null)")
        .execute(&mut conn)
        .expect("a table is made");
    diesel::sql_query("insert into word values ($1)")
        .bind::<Text, _>(text)
        .execute(&mut conn)
        .expect("a row is written");
}

pub fn read(cluster: &Cluster) -> Vec<String> {
    let mut conn = PgConnection::establish(&cluster.url("words")).expect("it takes connections");
    diesel::dsl::sql::<Text>("select text from word")
        .load(&mut conn)
        .expect("the table is there")
}

pub fn server_of(data: &Path) -> u32 {
    let note = fs::read_to_string(data.join("postmaster.pid")).expect("a server runs");
    note.lines()
        .next()
        .and_then(|line| line.parse().ok())
        .expect("it begins with its number")
}

/// Whether it runs; one that ended but was not buried yet does not.
pub fn lives(pid: u32) -> bool {
    let status = process::Command::new("ps")
        .args(["-o", "stat=", "-p", &pid.to_string()])
        .output();
    let state = String::from_utf8_lossy(&status.expect("ps is installed").stdout)
        .trim()
        .to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

pub fn we_are_root() -> bool {
    fs::metadata("/proc/self")
        .map(|own| own.uid())
        .is_ok_and(|uid| uid == 0)
}

pub fn eventually(what: &str, mut happens: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !happens() {
        assert!(Instant::now() < deadline, "{what}, but never did");
        thread::yield_now();
    }
}
