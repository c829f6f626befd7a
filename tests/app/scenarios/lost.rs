//! The program is killed in the middle of a transaction, its session is ended, the database goes down: whatever was
//! going on happened wholly or not at all, and doing it again does it once.

use std::thread;

use backfill::types::RequestKey;
use backfill::web::Role;

use super::desk::Desk;
use crate::support::app::Shop;
use crate::support::command::{send, serve};
use crate::support::gate::Gate;
use crate::support::remote::Remote;

/// Every table a reception writes to, in the order in which it does.
const WRITTEN: [&str; 11] = [
    "handled_requests",
    "receptions",
    "reception_lines",
    "supply",
    "demand",
    "decisions",
    "reservation_entries",
    "movements",
    "levels",
    "consignments",
    "history",
];

#[actix_web::test]
async fn a_program_killed_in_the_middle_of_a_reception_received_nothing_and_the_retry_receives_once()
 {
    for table in ["demand", "consignments"] {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        let order = desk.order(1, &[(mug, 4)]);
        let purchase = desk.sent(&[(mug, 10)]);
        let email = shop.person(Role::Manager).email;
        let database = shop.parts().config.database.url.reveal();
        let mut program = serve(database).start();
        let manager = Remote::sign_in(program.address(), &email);
        let form = manager
            .page(&format!("/purchase-orders/{purchase}/receptions/new"))
            .form("#receive")
            .with("qty-1", "10");

        let mut gate = Gate::before(shop.connect(), &[table]);
        let answer = thread::scope(|scope| {
            let posting = scope.spawn(|| manager.send(&form));
            gate.holds_somebody();
            program.kill();
            posting.join().expect("the browser lives")
        });
        gate.open();

        assert_eq!(answer, None);
        assert_eq!((desk.on_hand(mug), desk.reserved(order)), (0, vec![0]));
        let mut program = serve(database).start();
        let manager = manager.at(program.address());
        let first = manager.send(&form).expect("it is received");
        let second = manager.send(&form).expect("it was");
        assert_eq!(first, second);
        assert_eq!((desk.on_hand(mug), desk.reserved(order)), (10, vec![4]));
    }
}

#[actix_web::test]
async fn a_reception_whose_session_is_ended_at_any_point_is_done_once_on_another() {
    for table in WRITTEN {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        let order = desk.order(1, &[(mug, 4)]);
        let purchase = desk.sent(&[(mug, 10)]);

        let mut gate = Gate::before(shop.connect(), &[table]);
        let received = thread::scope(|scope| {
            let receiving = scope.spawn(|| desk.receives(purchase, &RequestKey::fresh(), &[10]));
            gate.holds_somebody();
            gate.ends_session();
            gate.open();
            receiving.join().expect("who receives lives")
        });

        received.unwrap_or_else(|error| panic!("{table}: {error}"));
        assert_eq!((desk.on_hand(mug), desk.reserved(order)), (10, vec![4]));
    }
}

#[actix_web::test]
async fn a_reception_goes_on_after_the_database_went_down_and_came_back() {
    let shop = Shop::open_alone().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let order = desk.order(1, &[(mug, 4)]);
    let purchase = desk.sent(&[(mug, 10)]);

    let mut gate = Gate::before_writing(shop.connect());
    let received = thread::scope(|scope| {
        let receiving = scope.spawn(|| desk.receives(purchase, &RequestKey::fresh(), &[10]));
        gate.holds_somebody();
        // A process that dies takes all of PostgreSQL down; it recovers from its log, and goes on.
        let process = u32::try_from(gate.who_is_held()).expect("a process has a number");
        send("KILL", process);
        receiving.join().expect("who receives lives")
    });

    received.expect("it is received");
    assert_eq!((desk.on_hand(mug), desk.reserved(order)), (10, vec![4]));
    let manager = shop.manager().await;
    let page = manager.page(&format!("/purchase-orders/{purchase}")).await;
    assert!(page.says("Received"), "{}", page.words());
}
