//! A browser that only asks for pages: real HTTP on one connection.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ureq::http::Response;
use ureq::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use ureq::typestate::WithBody;
use ureq::{Agent, Body, RequestBuilder};

use crate::error::{Error, Result};
use crate::types::RequestKey;

/// Longer than any answer takes.
const LONGEST: Duration = Duration::from_secs(60);

/// Somebody signed in.
pub struct Client {
    agent: Agent,
    address: SocketAddr,
    cookie: String,
}

/// A page that came, whole.
pub struct Reply {
    pub body: String,
    /// From the request to the last byte, in milliseconds.
    pub ms: f64,
}

impl Client {
    pub fn sign_in(address: SocketAddr, email: &str, password: &str) -> Result<Self> {
        let agent = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(LONGEST))
            .build()
            .new_agent();
        let reply = agent
            .post(format!("http://{address}/sign-in"))
            .header("Sec-Fetch-Site", "same-origin")
            .send_form([("email", email), ("password", password)])
            .map_err(failed)?;
        let all = |name| {
            let values = reply.headers().get_all(name).iter();
            values.filter_map(|value| value.to_str().ok())
        };
        let cookies = all(SET_COOKIE).filter_map(|cookie| cookie.split(';').next());
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        match all(LOCATION).next() {
            Some("/") => Ok(Self {
                cookie: cookies,
                agent,
                address,
            }),
            _ => Err(Error::Failure("nobody could sign in".into())),
        }
    }

    /// The page at a path; anything but a page is a failure.
    pub fn get(&self, path: &str) -> Result<Reply> {
        let started = Instant::now();
        let mut reply = self
            .agent
            .get(format!("http://{}{path}", self.address))
            .header(COOKIE, &self.cookie)
            .call()
            .map_err(failed)?;
        let body = reply.body_mut().read_to_string().map_err(failed)?;
        let ms = started.elapsed().as_secs_f64() * 1_000.0;
        match reply.status().as_u16() {
            200 => Ok(Reply { body, ms }),
            status => Err(Error::Failure(format!("{path} answers {status}"))),
        }
    }

    /// Scans something on a page that shows the answer in an element; how long the answer took, in milliseconds. A no is an
    /// answer.
    pub fn scan(&self, path: &str, element: &str, fields: &[(&str, &str)]) -> Result<f64> {
        let key = RequestKey::fresh().to_string();
        let key = [(RequestKey::FIELD, key.as_str())];
        let fields = fields.iter().chain(&key).copied();
        let started = Instant::now();
        let mut reply = self
            .posting(path)
            .header("HX-Request", "true")
            .header("HX-Target", element)
            .send_form(fields)
            .map_err(failed)?;
        reply.body_mut().read_to_string().map_err(failed)?;
        let ms = started.elapsed().as_secs_f64() * 1_000.0;
        match reply.status().as_u16() {
            200 => Ok(ms),
            status => Err(Error::Failure(format!("{path} answers {status}"))),
        }
    }

    /// Sends a form to any server of the same database; how it is answered, if it is.
    pub fn attempt(
        &self,
        address: SocketAddr,
        path: &str,
        fields: &[(&str, String)],
    ) -> Option<u16> {
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        let reply = self.posting_to(address, path).send_form(fields);
        Some(reply.ok()?.status().as_u16())
    }
}

/// A boundary that no file contains.
const BOUNDARY: &str = "a-bench-that-no-file-contains";

impl Client {
    /// Sends a form; the answer sends to another page, or it is a failure.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let reply = self.posting(path).send_form(fields.iter().copied());
        redirected(path, reply).map(|_| ())
    }

    /// Sends a form with a file; the path that its answer sends to.
    pub fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (name, content): (&str, &[u8]),
    ) -> Result<String> {
        let key = RequestKey::fresh().to_string();
        let key = [(RequestKey::FIELD, key.as_str())];
        let fields = fields.iter().chain(&key).map(|(name, value)| {
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        });
        let head = format!(
            "{}--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n",
            fields.collect::<String>()
        );
        let end = format!("\r\n--{BOUNDARY}--\r\n");
        let body = [head.as_bytes(), content, end.as_bytes()].concat();
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let reply = self.posting(path).header(CONTENT_TYPE, content_type);
        redirected(path, reply.send(&body))
    }

    fn posting(&self, path: &str) -> RequestBuilder<WithBody> {
        self.posting_to(self.address, path)
    }

    fn posting_to(&self, address: SocketAddr, path: &str) -> RequestBuilder<WithBody> {
        self.agent
            .post(format!("http://{address}{path}"))
            .header("Sec-Fetch-Site", "same-origin")
            .header(COOKIE, &self.cookie)
    }
}

fn redirected(path: &str, reply: Result<Response<Body>, ureq::Error>) -> Result<String> {
    let mut reply = reply.map_err(failed)?;
    let to = reply.headers().get(LOCATION);
    match to.and_then(|to| to.to_str().ok()) {
        Some(to) => Ok(to.to_owned()),
        None => {
            let body = reply.body_mut().read_to_string().map_err(failed)?;
            let status = reply.status();
            Err(Error::Failure(format!("{path} answers {status}: {body}")))
        }
    }
}

fn failed(error: ureq::Error) -> Error {
    Error::Failure(format!("the server does not answer: {error}"))
}
