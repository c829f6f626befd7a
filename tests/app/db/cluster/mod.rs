//! The private PostgreSQL in good and bad times, with real processes that are really killed.

pub mod home;
mod other_copy;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process;

use backfill::db::cluster::{self, Cluster, Error, Settings};

use crate::support::command::send;
use home::{TestHome, eventually, lives, read, server_of, start, we_are_root, write};
use other_copy::{another_copy, another_copy_as_ordinary_user};

#[test]
fn what_was_written_is_found_after_a_restart() {
    let home = TestHome::new();
    let cluster = start(&home);
    write(&cluster, "kept");

    cluster.stop().expect("it stops");

    assert_eq!(read(&start(&home)), ["kept"]);
}

#[test]
fn a_home_may_have_any_name() {
    let outer = TestHome::new();
    let home = outer.path.join("Marie's café, 50% #1");

    let cluster = Cluster::start(&home, &Settings::throwaway()).expect("it starts");

    write(&cluster, "works");
    assert_eq!(read(&cluster), ["works"]);
}

#[test]
fn nothing_runs_and_nothing_lies_about_after_the_last_use() {
    let cluster = Cluster::temporary(&Settings::throwaway()).expect("it starts");
    let data = cluster.data().expect("it is ours").to_owned();
    let server = server_of(&data);

    cluster.stop().expect("it stops");

    assert!(!lives(server));
    assert!(!data.parent().expect("it lies in a home").exists());
}

#[test]
fn a_server_that_was_killed_is_recovered() {
    let home = TestHome::new();
    let cluster = Cluster::start(&home.path, &Settings::durable()).expect("it starts");
    write(&cluster, "committed");

    send("KILL", server_of(&home.data()));
    drop(cluster);

    assert_eq!(read(&start(&home)), ["committed"]);
}

#[test]
fn a_copy_that_was_killed_takes_its_server_with_it() {
    let home = TestHome::new();
    let mut copy = another_copy(&home);
    let server = server_of(&home.data());

    copy.kill();

    eventually("the server ends", || !lives(server));
    assert_eq!(read(&start(&home)), ["by the other copy"]);
}

#[test]
fn a_server_left_behind_is_replaced() {
    let home = TestHome::new();
    let mut copy = another_copy(&home);
    let server = server_of(&home.data());

    // Both at once, as when the machine's memory runs out.
    send("KILL", copy.watchdog);
    copy.kill();

    assert!(lives(server));
    assert_eq!(read(&start(&home)), ["by the other copy"]);
    assert!(!lives(server));
}

#[test]
fn a_note_of_a_server_whose_number_was_given_anew_is_no_obstacle() {
    let home = TestHome::new();
    start(&home).stop().expect("it stops");
    let note = format!(
        "{}\n{}\n1700000000\n5432\n/tmp\n\n 1 1\nready\n",
        process::id(),
        home.data().display()
    );
    fs::write(home.data().join("postmaster.pid"), note).expect("the note is written");

    let cluster = start(&home);

    assert_ne!(server_of(&home.data()), process::id());
    drop(cluster);
}

#[test]
fn an_unfinished_creation_is_begun_anew() {
    let home = TestHome::new();
    let unfinished = home.path.join("postgres.new");
    fs::create_dir_all(unfinished.join("base")).expect("a folder is made");
    fs::write(unfinished.join("PG_VERSION"), "15").expect("a file is made");

    let cluster = start(&home);

    write(&cluster, "works");
    assert!(!unfinished.exists());
}

#[test]
fn two_copies_on_one_folder_are_refused_and_the_first_goes_on() {
    let home = TestHome::new();
    let first = start(&home);
    write(&first, "first");

    let refusal = Cluster::start(&home.path, &Settings::throwaway()).map(drop);

    let said = refusal.expect_err("the folder is in use").to_string();
    assert!(
        said.starts_with("Another copy of Backfill is using"),
        "{said}"
    );
    assert!(said.contains(&home.path.display().to_string()), "{said}");
    assert_eq!(read(&first), ["first"]);
}

#[test]
fn a_second_copy_may_join_the_running_server_and_leaves_it_running() {
    let home = TestHome::new();
    let first = start(&home);
    write(&first, "first");

    let second = Cluster::join(&home.path, &Settings::throwaway()).expect("it joins");

    assert_eq!(read(&second), ["first"]);
    drop(second);
    assert_eq!(read(&first), ["first"]);
}

#[test]
fn joining_where_nothing_runs_starts_the_server() {
    let home = TestHome::new();
    let cluster = start(&home);
    write(&cluster, "kept");
    drop(cluster);

    let joined = Cluster::join(&home.path, &Settings::throwaway()).expect("it starts");

    assert_eq!(read(&joined), ["kept"]);
}

#[test]
fn data_of_another_version_is_named_and_left_alone() {
    let home = TestHome::new();
    start(&home).stop().expect("it stops");
    fs::write(home.data().join("PG_VERSION"), "8\n").expect("the version is written");

    let refusal = Cluster::start(&home.path, &Settings::throwaway()).map(drop);

    assert!(
        matches!(refusal, Err(Error::OtherVersion { ref data, .. }) if data == "8"),
        "{refusal:?}"
    );
    assert!(home.data().join("base").exists());
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    let home = TestHome::new();
    fs::create_dir_all(home.data()).expect("a folder is made");
    fs::write(home.data().join("holiday.jpg"), "sun").expect("a file is made");

    let refusal = Cluster::start(&home.path, &Settings::throwaway()).map(drop);

    assert!(matches!(refusal, Err(Error::NotOurs(_))), "{refusal:?}");
    assert!(home.data().join("holiday.jpg").exists());
}

#[test]
fn removing_takes_the_data_and_leaves_what_is_not_ours() {
    let home = TestHome::new();
    start(&home).stop().expect("it stops");
    fs::write(home.path.join("notes.txt"), "mine").expect("a file is made");

    cluster::remove(&home.path).expect("it is removed");

    let left: Vec<_> = fs::read_dir(&home.path)
        .expect("the folder is there")
        .flatten()
        .collect();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].file_name(), "notes.txt");
}

#[test]
fn data_in_use_is_not_removed() {
    let home = TestHome::new();
    let cluster = start(&home);
    write(&cluster, "kept");

    let refusal = cluster::remove(&home.path);

    assert!(matches!(refusal, Err(Error::InUse(_))), "{refusal:?}");
    assert_eq!(read(&cluster), ["kept"]);
}

#[test]
fn a_home_that_only_root_can_enter_has_its_data_elsewhere() {
    if !we_are_root() {
        return;
    }
    let home = TestHome::new();
    fs::set_permissions(&home.path, Permissions::from_mode(0o700)).expect("it is closed");
    let cluster = start(&home);
    write(&cluster, "kept");
    let data = cluster.data().expect("it is ours").to_owned();
    drop(cluster);

    let again = read(&start(&home));
    cluster::remove(&home.path).expect("it is removed");

    assert_eq!(again, ["kept"]);
    assert!(!data.starts_with(&home.path));
    assert!(!data.exists());
}

#[test]
fn an_ordinary_user_needs_no_other_account() {
    let home = TestHome::new();
    let copy = another_copy_as_ordinary_user(&home);

    let owner = fs::metadata(home.data()).expect("the data is there").uid();

    assert_ne!(owner, 0);
    drop(copy);
}

#[test]
fn root_goes_on_with_the_data_of_an_ordinary_user() {
    if !we_are_root() {
        return;
    }
    let home = TestHome::new();
    let mut copy = another_copy_as_ordinary_user(&home);
    let server = server_of(&home.data());
    copy.kill();
    eventually("the server ends", || !lives(server));

    assert_eq!(read(&start(&home)), ["by the other copy"]);
}
