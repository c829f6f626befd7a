//! A browser at a program that runs in a process of its own: real HTTP, and answers that may never come.

use ureq::Agent;
use ureq::http::Response;
use ureq::http::header::{COOKIE, HeaderName, LOCATION, SET_COOKIE};

use super::html::{Form, Page};
use super::make::PASSWORD;

/// Somebody signed in. The cookie outlives the program.
#[derive(Clone)]
pub struct Remote {
    agent: Agent,
    address: String,
    cookie: String,
}

impl Remote {
    pub fn sign_in(address: String, email: &str) -> Remote {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false);
        let agent = config.build().new_agent();
        let mut remote = Remote {
            agent,
            address,
            cookie: String::new(),
        };
        let fields = [("email", email), ("password", PASSWORD)];
        let reply = remote.post("/sign-in", &fields).expect("it answers");
        let cookies = reply.headers().get_all(SET_COOKIE).iter();
        let cookies = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        remote.cookie = cookies.collect::<Vec<_>>().join("; ");
        assert!(!remote.cookie.is_empty(), "somebody is signed in");
        remote
    }

    /// The same browser at the program that was started instead.
    pub fn at(&self, address: String) -> Remote {
        Remote {
            address,
            ..self.clone()
        }
    }

    /// Opens a page that must be there.
    pub fn page(&self, path: &str) -> Page {
        let url = format!("http://{}{path}", self.address);
        let reply = self.agent.get(url).header(COOKIE, &self.cookie).call();
        let mut reply = reply.expect("it answers");
        let body = reply.body_mut().read_to_string().expect("all of it comes");
        assert_eq!(reply.status(), 200, "{path}: {body}");
        Page::parse(&body)
    }

    /// Whether a page comes at this moment.
    pub fn sees(&self, path: &str) -> bool {
        let url = format!("http://{}{path}", self.address);
        let reply = self.agent.get(url).header(COOKIE, &self.cookie).call();
        reply.is_ok_and(|reply| reply.status() == 200)
    }

    /// Sends a form; where it leads to, or nothing if no answer came.
    pub fn send(&self, form: &Form) -> Option<String> {
        let reply = self.post(&form.action, &form.fields).ok()?;
        let location = header(&reply, &LOCATION);
        Some(location.unwrap_or_else(|| panic!("no redirect, but {}", reply.status())))
    }

    fn post<T: AsRef<str>>(
        &self,
        path: &str,
        fields: &[(T, T)],
    ) -> Result<Response<ureq::Body>, ureq::Error> {
        let fields = fields
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()));
        self.agent
            .post(format!("http://{}{path}", self.address))
            .header("Sec-Fetch-Site", "same-origin")
            .header(COOKIE, &self.cookie)
            .send_form(fields)
    }
}

fn header(reply: &Response<ureq::Body>, name: &HeaderName) -> Option<String> {
    let value = reply.headers().get(name)?.to_str().ok()?;
    Some(value.to_owned())
}
