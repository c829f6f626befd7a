//! The address of a mail server, as `SMTP_URL` writes it.

use std::fmt;
use std::path::PathBuf;

use super::percent::percent_decoded;

/// Where mail is handed over, and how.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Name or address.
    pub host: String,
    /// 25, 587 or 465 if the address names none.
    pub port: u16,
    /// Who may read along.
    pub privacy: Privacy,
    /// Name and password, if the server wants them.
    pub login: Option<(String, String)>,
    /// A file of certificates (PEM) to trust instead of the system's: a private authority.
    pub ca: Option<PathBuf>,
}

/// How a connection to a mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Not at all: for a server on this machine or in the same rack.
    None,
    /// `?tls=required`: STARTTLS before anything else is said.
    StartTls,
    /// `smtps://`: encrypted from the first byte.
    Tls,
}

impl MailServer {
    /// Parses `smtp://host:port`, `smtp://user:password@host?tls=required`, `smtps://host` and the
    /// like; user and password are percent-encoded, `ca=/path/to/ca.pem` names a private authority.
    ///
    /// # Errors
    /// A sentence that never repeats the address, for it may hold a password.
    pub fn parse(url: &str) -> Result<Self, String> {
        let (wrapped, rest) = match url.trim().split_once("://") {
            Some(("smtp", rest)) => (false, rest),
            Some(("smtps", rest)) => (true, rest),
            _ => return Err("must begin with smtp:// or smtps://".into()),
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (login, place) = match place.trim_end_matches('/').rsplit_once('@') {
            Some((login, place)) => (Some(parse_login(login)?), place),
            None => (None, place),
        };
        let (host, port) = parse_place(place)?;
        let Parameters { tls, ca } = parse_parameters(query)?;
        let privacy = match (wrapped, tls.as_deref()) {
            (true, None | Some("required")) => Privacy::Tls,
            (true, Some(_)) => return Err("smtps:// is always encrypted: leave tls out".into()),
            (false, Some("required")) => Privacy::StartTls,
            (false, Some("none")) => Privacy::None,
            (false, Some(_)) => return Err("tls can be required or none".into()),
            (false, None) if login.is_some() && !is_this_machine(&host) => {
                return Err("would send the password unencrypted: add ?tls=required \
                    (or tls=none if the way there is private)"
                    .into());
            }
            (false, None) => Privacy::None,
        };
        if ca.is_some() && privacy == Privacy::None {
            return Err("names a ca, but the connection is not encrypted".into());
        }
        Ok(Self {
            port: port.unwrap_or(match privacy {
                Privacy::None => 25,
                Privacy::StartTls => 587,
                Privacy::Tls => 465,
            }),
            host,
            privacy,
            login,
            ca,
        })
    }
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailServer")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("privacy", &self.privacy)
            .field("login", &self.login.as_ref().map(|(name, _)| name))
            .field("ca", &self.ca)
            .finish()
    }
}

fn parse_login(login: &str) -> Result<(String, String), String> {
    let (name, password) = login
        .split_once(':')
        .ok_or("has a user without a password")?;
    match (percent_decoded(name), percent_decoded(password)) {
        (Some(name), Some(password)) => Ok((name, password)),
        _ => Err("has a user or password that is not percent-encoded (a % is written %25)".into()),
    }
}

fn parse_place(place: &str) -> Result<(String, Option<u16>), String> {
    let (host, port) = match place
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    if host.is_empty() || host.contains(['/', '#', ' ']) {
        return Err("names no server".into());
    }
    let port = port
        .map(|port| port.parse().map_err(|_| "has a port that is no number"))
        .transpose()?;
    Ok((host.to_owned(), port))
}

#[derive(Default)]
struct Parameters {
    tls: Option<String>,
    ca: Option<PathBuf>,
}

fn parse_parameters(query: &str) -> Result<Parameters, String> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|_| "cannot be read after the ?")?;
    let mut parameters = Parameters::default();
    for (name, value) in pairs {
        match name.as_str() {
            "tls" => parameters.tls = Some(value),
            "ca" => parameters.ca = Some(value.into()),
            _ => return Err(format!("has a parameter that nobody knows: {name}")),
        }
    }
    Ok(parameters)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{MailServer, Privacy};

    #[test]
    fn the_usual_addresses_are_understood() {
        let local = MailServer::parse("smtp://127.0.0.1:2525").expect("plain");
        assert_eq!(
            (local.host.as_str(), local.port, local.privacy),
            ("127.0.0.1", 2525, Privacy::None)
        );

        let submission =
            MailServer::parse("smtp://me%40shop.example:a%2Fb+c@mail.example.com?tls=required")
                .expect("STARTTLS");
        assert_eq!(
            (submission.port, submission.privacy),
            (587, Privacy::StartTls)
        );
        assert_eq!(
            submission.login,
            Some(("me@shop.example".into(), "a/b+c".into()))
        );

        let wrapped = MailServer::parse("smtps://[::1]/?ca=%2Fetc%2Fca.pem").expect("TLS");
        assert_eq!(
            (wrapped.host.as_str(), wrapped.port, wrapped.privacy),
            ("::1", 465, Privacy::Tls)
        );
        assert_eq!(wrapped.ca, Some("/etc/ca.pem".into()));
    }

    #[test]
    fn a_password_does_not_leave_in_the_clear_unless_told_to() {
        let address = "smtp://me:secret@mail.example.com";

        let refused = MailServer::parse(address).expect_err("no encryption was asked for");

        assert!(refused.contains("tls=required"), "{refused}");
        assert!(!refused.contains("secret"), "{refused}");
        assert!(MailServer::parse(&format!("{address}?tls=none")).is_ok());
        assert!(MailServer::parse("smtp://me:secret@localhost:25").is_ok());
    }

    #[test]
    fn what_makes_no_sense_is_refused_in_words() {
        for (address, word) in [
            ("http://mail", "smtp://"),
            ("smtp://", "names no server"),
            ("smtp://mail:x", "port"),
            ("smtp://me@mail", "without a password"),
            ("smtp://me:100%@localhost", "percent-encoded"),
            ("smtp://mail?tls=maybe", "required"),
            ("smtp://mail?tsl=required", "tsl"),
            ("smtp://mail?ca=/ca.pem", "not encrypted"),
        ] {
            let refused = MailServer::parse(address).expect_err(address);
            assert!(refused.contains(word), "{address}: {refused}");
        }
    }

    #[test]
    fn a_mail_server_prints_no_password() {
        let server = MailServer::parse("smtps://me:hunter2@mail").expect("an address");

        assert!(!format!("{server:?}").contains("hunter2"));
    }
}
