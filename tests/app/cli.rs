//! The program as typed: what it does, and what it says when it cannot.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use backfill::accounts;
use backfill::accounts::password;
use backfill::db::migrate;
use backfill::web::Role;
use diesel::connection::SimpleConnection;

use crate::support::app::Shop;
use crate::support::command::{backfill, serve};
use crate::support::database::TestDatabase;
use crate::support::make::PASSWORD;

#[test]
fn serving_asks_for_all_that_is_missing_at_once() {
    let finished = backfill(&["serve"]).with_env("BIND", "nowhere").run();

    assert!(!finished.status.success());
    for name in ["DATABASE_URL", "PUBLIC_URL", "SESSION_KEY", "BIND"] {
        assert!(
            finished.errors.contains(name),
            "{name}: {}",
            finished.errors
        );
    }
}

#[test]
fn serving_refuses_a_database_that_is_behind_and_migrating_helps() {
    let database = TestDatabase::without_migrations();

    let refused = serve(&database.url()).run();
    let migrated = backfill(&["migrate"])
        .with_env("DATABASE_URL", &database.url())
        .run();
    let again = backfill(&["migrate"])
        .with_env("DATABASE_URL", &database.url())
        .run();

    assert!(!refused.status.success());
    assert!(
        refused.errors.contains("`backfill migrate`"),
        "{}",
        refused.errors
    );
    assert!(
        migrated.output.contains("migrations were applied"),
        "{migrated:?}"
    );
    assert!(again.output.contains("up to date"), "{again:?}");
}

#[test]
fn the_first_admin_is_added_with_a_password_from_standard_input() {
    let database = TestDatabase::create();
    let add = |password: &str| {
        backfill(&[
            "user",
            "add",
            "--email",
            "Owner@Shop.example",
            "--name",
            "Olga",
            "--role",
            "admin",
        ])
        .with_env("DATABASE_URL", &database.url())
        .with_input(password)
        .run()
    };

    let short = add("short\n");
    let added = add("long enough for us\n");
    let twice = add("long enough for us\n");

    assert!(short.errors.contains("at least 12 characters"), "{short:?}");
    assert!(added.status.success(), "{added:?}");
    assert!(
        twice.errors.contains("has this e-mail address"),
        "{twice:?}"
    );
    let owner = accounts::credentials(&mut database.connect(), "owner@shop.example")
        .expect("the database answers")
        .expect("the account is there");
    assert!(password::verify(
        "long enough for us",
        Some(&owner.password_hash)
    ));
}

#[test]
fn verifying_names_what_is_wrong() {
    let database = TestDatabase::create();
    let verify = || {
        backfill(&["verify"])
            .with_env("DATABASE_URL", &database.url())
            .run()
    };

    let sound = verify();
    database
        .connect()
        .batch_execute(
            "insert into products (sku, name) values ('MUG', 'Mug');
             insert into levels (warehouse_id, product_id, on_hand)
               select w.id, p.id, 5 from warehouses w, products p limit 1;",
        )
        .expect("five mugs nobody received");
    let unsound = verify();

    assert!(sound.status.success(), "{sound:?}");
    assert!(!unsound.status.success());
    assert!(unsound.output.contains("sum of movements"), "{unsound:?}");
}

#[test]
fn without_a_database_a_command_says_what_to_do() {
    let finished = backfill(&["verify", "--data", "/nowhere/at/all"]).run();

    assert!(!finished.status.success());
    assert!(
        finished.errors.contains("DATABASE_URL is not set"),
        "{finished:?}"
    );
}

#[actix_web::test]
async fn the_server_stops_soon_although_a_page_still_listens() {
    let shop = Shop::open().await;
    shop.account("anna@shop.example", Role::User);
    let mut running = serve(shop.parts().config.database.url.reveal()).start();
    let address = running.address();
    let cookie = sign_in(&address, "anna%40shop.example", PASSWORD);
    let mut listening = ask(
        &address,
        &format!("GET /events HTTP/1.1\r\nCookie: {cookie}\r\n"),
    );
    read_until(&mut listening, "retry:");
    let mut idle = ask(&address, "GET /live HTTP/1.1\r\n");
    read_until(&mut idle, "\r\n\r\nok");

    let started = Instant::now();
    running.interrupt();
    let mut rest = String::new();
    listening
        .read_to_string(&mut rest)
        .expect("the stream ends");
    let finished = running.finish();

    assert!(finished.status.success(), "{finished:?}");
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_form_that_does_not_arrive_is_not_waited_for() {
    let database = TestDatabase::create();
    let mut running = serve(&database.url()).with_env("FORM_SECONDS", "1").start();

    let mut stalled = ask(
        &running.address(),
        "POST /sign-in HTTP/1.1\r\nContent-Length: 100\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=anna",
    );

    read_until(&mut stalled, "HTTP/1.1 408");
    read_until(
        &mut stalled,
        "This did not arrive in time. Please send it again.",
    );
    running.interrupt();
    running.finish();
}

#[test]
fn the_log_tells_what_was_asked_but_not_what_was_typed() {
    let database = TestDatabase::create();
    migrate(&mut database.connect()).expect("it is up to date");
    let mut running = serve(&database.url()).start();
    let address = running.address();

    let body = "email=anna%40shop.example&password=correct-horse";
    let mut answer = ask(
        &address,
        &format!(
            "POST /sign-in?next=%2Fsecret HTTP/1.1\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
            body.len()
        ),
    );
    read_until(&mut answer, "422");
    running.interrupt();
    let finished = running.finish();

    assert!(
        finished.errors.contains("path=\"/sign-in\""),
        "{}",
        finished.errors
    );
    assert!(
        finished.errors.contains("status=422"),
        "{}",
        finished.errors
    );
    for private in ["anna", "correct-horse", "secret"] {
        assert!(
            !finished.errors.contains(private),
            "{private}: {}",
            finished.errors
        );
    }
}

/// The cookie of a new session.
fn sign_in(address: &str, email: &str, password: &str) -> String {
    let body = format!("email={email}&password={}", password.replace(' ', "+"));
    let mut stream = ask(
        address,
        &format!(
            "POST /sign-in HTTP/1.1\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
            body.len()
        ),
    );
    let head = read_until(&mut stream, "\r\n\r\n");
    let cookie = head
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "))
        .find(|cookie| cookie.starts_with("backfill-session="))
        .and_then(|cookie| cookie.split(';').next());
    cookie
        .unwrap_or_else(|| panic!("no cookie in {head}"))
        .to_owned()
}

/// Sends a request whose first lines are given; the host follows, and the end of the head unless
/// there is one.
fn ask(address: &str, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a timeout can be set");
    let (first, rest) = request.split_once("\r\n").unwrap_or((request, ""));
    let end = if rest.contains("\r\n\r\n") {
        ""
    } else {
        "\r\n"
    };
    write!(stream, "{first}\r\nHost: {address}\r\n{rest}{end}").expect("the server reads");
    stream
}

/// Reads until these characters were among the answer.
fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut read = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&read).contains(end) {
        let count = stream.read(&mut byte).expect("the server answers");
        assert_ne!(
            count,
            0,
            "the answer ended: {}",
            String::from_utf8_lossy(&read)
        );
        read.push(byte[0]);
    }
    String::from_utf8_lossy(&read).into_owned()
}
