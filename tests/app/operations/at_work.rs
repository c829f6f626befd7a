//! Commands on a demo that runs at this moment.

use std::fs;
use std::os::unix::fs::symlink;

use super::home::shop_at;
use crate::db::cluster::home::TestHome;
use crate::support::command::backfill;

#[test]
fn a_running_demo_is_found_by_any_name_of_its_folder() {
    let outer = TestHome::new();
    let shop = outer.path.join("shop");
    let _running = shop_at(&shop);
    symlink(&shop, outer.path.join("link")).expect("a link is made");
    fs::create_dir(outer.path.join("desk")).expect("a folder is made");

    for (place, name) in [
        ("/", shop.to_str().expect("its name is plain")),
        (".", "shop"),
        (".", "link"),
        ("shop", "."),
        ("desk", "../shop"),
    ] {
        let verified = backfill(&["verify", "--data", name])
            .in_folder(&outer.path.join(place))
            .run();

        assert!(verified.status.success(), "{name}: {}", verified.errors);
    }
}

#[test]
fn a_demo_that_does_not_run_is_found_by_a_relative_name() {
    let outer = TestHome::new();
    drop(shop_at(&outer.path.join("shop")));

    let verified = backfill(&["verify", "--data", "shop"])
        .in_folder(&outer.path)
        .run();

    assert!(verified.status.success(), "{}", verified.errors);
}
