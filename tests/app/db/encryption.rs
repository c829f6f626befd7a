//! The way to the database, encrypted: a real server with a certificate, which lets in nobody who
//! talks in the open.

use std::net::TcpListener;

use backfill::config::Database;
use backfill::db::Db;
use backfill::db::cluster::{Cluster, Settings};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::cluster::home::eventually;
use crate::support::certificate::Certificate;

#[test]
fn what_is_said_to_the_database_is_encrypted_when_its_address_says_so() {
    let server = Private::start();

    for ask in ["sslmode=require".to_owned(), server.verified()] {
        let db = Db::connect(&Database::at(server.url(&ask), 1)).expect("the database answers");
        let mut conn = db.connection().expect("a connection");

        let ours = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
        let encrypted: Encrypted = diesel::sql_query(ours)
            .get_result(&mut conn)
            .expect("the server knows");
        assert!(encrypted.ssl, "{ask}");
    }
}

#[test]
fn nothing_is_said_in_the_open_or_to_a_server_nobody_vouches_for() {
    let server = Private::start();
    let stranger = Certificate::create();

    let refused = |ask: &str| {
        let established = PgConnection::establish(&server.url(ask));
        established.err().expect("nobody gets in").to_string()
    };

    let open = refused("sslmode=disable");
    assert!(open.contains("no encryption"), "{open}");
    let ca = stranger.ca();
    let unknown = refused(&format!("sslmode=verify-full&sslrootcert={ca}"));
    assert!(unknown.contains("SSL error"), "{unknown}");
}

#[derive(QueryableByName)]
struct Encrypted {
    #[diesel(sql_type = Bool)]
    ssl: bool,
}

/// A server that listens on loopback too, where it insists on encryption.
struct Private {
    certificate: Certificate,
    port: u16,
    _cluster: Cluster,
}

impl Private {
    fn start() -> Private {
        let port = free_port();
        let settings = Settings::throwaway()
            .set("listen_addresses", "127.0.0.1")
            .set("port", &port.to_string());
        let cluster = Cluster::temporary(&settings).unwrap_or_else(|error| panic!("{error}"));
        let certificate = Certificate::create();

        // The server writes its files itself: they must be its own, and we may be root.
        let (shown, key) = certificate.pem();
        let socket = format!("{}?port={port}", cluster.url("postgres"));
        let mut conn = PgConnection::establish(&socket).expect("it takes connections");
        for (lines, file) in [
            (shown.as_str(), "> server.crt"),
            (key.as_str(), "> server.key"),
            ("hostssl all all 127.0.0.1/32 trust", ">> pg_hba.conf"),
        ] {
            let rows = format!("select unnest(string_to_array($${lines}$$, chr(10)))");
            conn.batch_execute(&format!("copy ({rows}) to program 'umask 077; cat {file}'"))
                .expect("a file is written");
        }
        for change in ["alter system set ssl = on", "select pg_reload_conf()"] {
            conn.batch_execute(change).expect("a setting is changed");
        }

        let private = Private {
            certificate,
            port,
            _cluster: cluster,
        };
        eventually("the server begins to encrypt", || {
            PgConnection::establish(&private.url("sslmode=require")).is_ok()
        });
        private
    }

    fn url(&self, ask: &str) -> String {
        format!("postgres://backfill@127.0.0.1:{}/postgres?{ask}", self.port)
    }

    /// The strictest way: by a name in the certificate, signed by the authority we trust.
    fn verified(&self) -> String {
        format!("sslmode=verify-full&sslrootcert={}", self.certificate.ca())
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("it has one").port()
}
