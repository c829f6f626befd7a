//! Mail servers: a real one on loopback, and one that dies in the middle.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mailin::response::{AUTH_OK, INVALID_CREDENTIALS, OK};
use mailin::{AuthMechanism, Handler, Response, SessionBuilder};

use super::certificate::Certificate;
use super::letter::Letter;
use super::smtp_talk::talk;

/// Reached only by a mail that never arrives.
const LIMIT: Duration = Duration::from_secs(20);

/// A mail server, and what arrived there. It listens until the tests end.
pub struct Inbox {
    address: SocketAddr,
    desk: Arc<Desk>,
    certificate: Option<Certificate>,
}

/// How a server treats those who come.
#[derive(Default)]
pub struct Manners {
    /// Recipients it does not know, or whose mail it wants later, with its answer.
    pub refuses: Vec<(&'static str, u16, &'static str)>,
    /// Who may send, and how they prove it.
    pub login: Option<(AuthMechanism, &'static str, &'static str)>,
    /// Whether it offers STARTTLS, with a certificate of its own.
    pub starttls: bool,
}

impl Inbox {
    /// One that takes everything from everybody.
    pub fn start() -> Inbox {
        Inbox::with(Manners::default())
    }

    pub fn with(manners: Manners) -> Inbox {
        Inbox::listen(bind(0), manners)
    }

    /// One where another server was before, or none.
    pub fn start_at(address: SocketAddr) -> Inbox {
        Inbox::listen(bind(address.port()), Manners::default())
    }

    fn listen(listener: TcpListener, manners: Manners) -> Inbox {
        let address = listener.local_addr().expect("the server has an address");
        let certificate = manners.starttls.then(Certificate::create);
        let desk = Arc::new(Desk {
            manners,
            letters: Mutex::default(),
            arrived: Condvar::new(),
        });
        let mut manner = SessionBuilder::new("inbox.test");
        if certificate.is_some() {
            manner.enable_start_tls();
        }
        if let Some((mechanism, ..)) = &desk.manners.login {
            manner.enable_auth(mechanism.clone());
        }
        let privacy = certificate.as_ref().map(Certificate::config);
        let clerk = Clerk::at(&desk);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let session = manner.build(address.ip(), clerk.clone());
                let privacy = privacy.clone();
                // Who leaves without a word is no concern of the server's.
                thread::spawn(move || talk(stream, session, privacy));
            }
        });
        Inbox {
            address,
            desk,
            certificate,
        }
    }

    /// For `SMTP_URL`, if it is to be reached without ceremony.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// For `SMTP_URL`, encrypted, by this user, who trusts the server's authority.
    pub fn private_url(&self, login: &str) -> String {
        let ca = &self.certificate.as_ref().expect("it offers STARTTLS").ca();
        format!("smtp://{login}@{}?tls=required&ca={ca}", self.address)
    }

    /// The mails once there are so many.
    pub fn wait_for(&self, count: usize) -> Vec<Letter> {
        let letters = self.desk.letters.lock().expect("the inbox works");
        let (letters, timeout) = self
            .desk
            .arrived
            .wait_timeout_while(letters, LIMIT, |letters| letters.len() < count)
            .expect("the inbox works");
        assert!(!timeout.timed_out(), "{count} mails, but {letters:#?}");
        letters.clone()
    }

    /// What is there now.
    pub fn letters(&self) -> Vec<Letter> {
        self.desk.letters.lock().expect("the inbox works").clone()
    }
}

struct Desk {
    manners: Manners,
    letters: Mutex<Vec<Letter>>,
    arrived: Condvar,
}

/// Serves one connection; there is a copy for each.
#[derive(Clone)]
struct Clerk {
    desk: Arc<Desk>,
    recipients: Vec<String>,
    data: Vec<u8>,
}

impl Clerk {
    fn at(desk: &Arc<Desk>) -> Clerk {
        Clerk {
            desk: Arc::clone(desk),
            recipients: Vec::new(),
            data: Vec::new(),
        }
    }

    fn sign_in(&self, name: &str, password: &str) -> Response {
        match &self.desk.manners.login {
            Some((_, user, secret)) if (*user, *secret) == (name, password) => AUTH_OK,
            _ => INVALID_CREDENTIALS,
        }
    }
}

impl Handler for Clerk {
    fn mail(&mut self, _: IpAddr, _: &str, _: &str) -> Response {
        self.recipients.clear();
        self.data.clear();
        OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        let refused = |(who, ..): &&(&str, u16, &str)| *who == to;
        match self.desk.manners.refuses.iter().find(refused) {
            Some((_, code, words)) => Response::custom(*code, (*words).to_owned()),
            None => {
                self.recipients.push(to.to_owned());
                OK
            }
        }
    }

    fn data(&mut self, part: &[u8]) -> io::Result<()> {
        self.data.extend_from_slice(part);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let letter = Letter::read(self.recipients.clone(), &self.data);
        self.desk
            .letters
            .lock()
            .expect("the inbox works")
            .push(letter);
        self.desk.arrived.notify_all();
        OK
    }

    fn auth_plain(&mut self, _: &str, name: &str, password: &str) -> Response {
        self.sign_in(name, password)
    }

    fn auth_login(&mut self, name: &str, password: &str) -> Response {
        self.sign_in(name, password)
    }
}

/// A server that dies once it has read the head of a mail.
pub struct Dying {
    address: SocketAddr,
    head: JoinHandle<String>,
}

impl Dying {
    pub fn start() -> Dying {
        let listener = bind(0);
        let address = listener.local_addr().expect("the server has an address");
        let head = thread::spawn(move || take_half(&listener).expect("a mail begins to arrive"));
        Dying { address, head }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Waits for its death: where it was, and the head of the mail it had begun to read.
    pub fn bury(self) -> (SocketAddr, String) {
        let head = self.head.join().expect("it dies as it should");
        (self.address, head)
    }
}

fn take_half(listener: &TcpListener) -> io::Result<String> {
    let (stream, _) = listener.accept()?;
    let mut answers = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    answers.write_all(b"220 frail.test\r\n")?;
    // EHLO, MAIL, RCPT, DATA
    for answer in ["250 frail.test", "250 OK", "250 OK", "354 Go on"] {
        lines.next().transpose()?;
        answers.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    let head = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty());
    Ok(head.collect::<Vec<_>>().join("\n"))
}

/// An address where nobody listens.
pub fn nobody() -> SocketAddr {
    bind(0).local_addr().expect("it had an address")
}

fn bind(port: u16) -> TcpListener {
    TcpListener::bind(("127.0.0.1", port)).expect("there is a free port")
}
