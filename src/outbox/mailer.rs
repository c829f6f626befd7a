//! The edge of our world: whoever takes a message from us.

use std::error::Error as _;
use std::time::Duration;

use lettre::message::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::response::Code;
use lettre::{SmtpTransport, Transport};

use crate::config::Config;
use crate::types::{MailServer, Privacy};

/// How long a server may think about one command; one that scans attachments takes its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes messages.
pub trait Mailer {
    /// Hands a message over.
    ///
    /// # Errors
    /// The reason in a sentence, and whether trying again makes sense.
    fn deliver(&self, message: &Message) -> Result<Delivery, Refusal>;
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server has it.
    Accepted,
    /// There is no mail server; it stays readable with us.
    Kept,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Another try may succeed.
    Later(String),
    /// No other try will.
    Never(String),
}

/// The mailer that `config` asks for.
pub fn of(config: &Config) -> Box<dyn Mailer + Send> {
    match &config.smtp_url {
        Some(url) => Box::new(Smtp::at(url.reveal())),
        None => Box::new(NoServer),
    }
}

/// No mail server is configured: every message is kept.
pub struct NoServer;

impl Mailer for NoServer {
    fn deliver(&self, _: &Message) -> Result<Delivery, Refusal> {
        Ok(Delivery::Kept)
    }
}

/// A mail server, with a connection per message.
pub struct Smtp {
    server: Result<MailServer, String>,
}

impl Smtp {
    /// The server at an address as `SMTP_URL` has it. An address that makes no sense refuses every
    /// message, for the time being.
    pub fn at(url: &str) -> Self {
        Self {
            server: MailServer::parse(url),
        }
    }
}

impl Mailer for Smtp {
    fn deliver(&self, message: &Message) -> Result<Delivery, Refusal> {
        let transport = match &self.server {
            Ok(server) => transport(server).map_err(Refusal::Later)?,
            Err(why) => return Err(Refusal::Later(format!("SMTP_URL {why}."))),
        };
        match transport.send(message) {
            Ok(_) => Ok(Delivery::Accepted),
            Err(error) => Err(refusal(&error)),
        }
    }
}

/// Made anew for each message, so that a renewed file of certificates is noticed.
fn transport(server: &MailServer) -> Result<SmtpTransport, String> {
    let tls = match server.privacy {
        Privacy::None => Tls::None,
        Privacy::StartTls => Tls::Required(tls_parameters(server)?),
        Privacy::Tls => Tls::Wrapper(tls_parameters(server)?),
    };
    let mut transport = SmtpTransport::builder_dangerous(&server.host)
        .port(server.port)
        .timeout(Some(PATIENCE))
        .tls(tls);
    if let Some((name, password)) = &server.login {
        transport = transport.credentials(Credentials::new(name.clone(), password.clone()));
    }
    Ok(transport.build())
}

fn tls_parameters(server: &MailServer) -> Result<TlsParameters, String> {
    let mut parameters = TlsParameters::builder(server.host.clone());
    if let Some(ca) = &server.ca {
        let wrong =
            |why: String| format!("The certificates in {} are no use: {why}.", ca.display());
        let pem = std::fs::read(ca).map_err(|why| wrong(why.to_string()))?;
        let trusted = Certificate::from_pem(&pem).map_err(|why| wrong(why.to_string()))?;
        parameters = parameters
            .certificate_store(CertificateStore::None)
            .add_root_certificate(trusted);
    }
    parameters
        .build()
        .map_err(|why| format!("No encrypted connection is possible: {why}."))
}

fn refusal(error: &SmtpError) -> Refusal {
    let words = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    match error.status() {
        Some(code) if error.is_permanent() && !is_about_login(code) => {
            Refusal::Never(format!("The mail server refused it: {code} {words}"))
        }
        Some(code) if error.is_permanent() => Refusal::Later(format!(
            "The mail server does not let Backfill sign in: {code} {words}"
        )),
        Some(code) => Refusal::Later(format!("The mail server says to try later: {code} {words}")),
        None if error.is_timeout() => {
            Refusal::Later("The mail server did not answer in time.".into())
        }
        None if error.is_response() => {
            Refusal::Later(format!("The mail server broke off in the middle: {words}"))
        }
        None if error.is_client() => Refusal::Later(format!("The mail server is no use: {words}")),
        None => Refusal::Later(format!("The mail server cannot be reached: {words}")),
    }
}

/// A wrong password is ours to mend, and must not condemn the mails that wait meanwhile.
fn is_about_login(code: Code) -> bool {
    matches!(u16::from(code), 530 | 534 | 535 | 538)
}
