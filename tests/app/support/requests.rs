//! A browser without a screen: cookies, forms, redirects, and the requests of htmx.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::App as ActixApp;
use actix_web::body::MessageBody;
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, COOKIE, HeaderMap, SET_COOKIE};
use actix_web::test::{self, TestRequest};
use actix_web::web::Bytes;
use backfill::types::RequestKey;

use super::html::{Form, Page};

/// What was answered with a 500, by request.
pub type Failures = Rc<RefCell<Vec<String>>>;

type Answer = Pin<Box<dyn Future<Output = Reply>>>;

/// The application, its type forgotten.
#[derive(Clone)]
pub struct App(Rc<dyn Fn(TestRequest) -> Answer>);

impl App {
    pub async fn start<S, B>(app: ActixApp<S>, failures: Failures) -> App
    where
        S: ServiceFactory<
                ServiceRequest,
                Config = (),
                Response = ServiceResponse<B>,
                Error = actix_web::Error,
                InitError = (),
            > + 'static,
        B: MessageBody + 'static,
    {
        let service = Rc::new(test::init_service(app).await);
        App(Rc::new(move |request| {
            let (service, failures) = (Rc::clone(&service), Rc::clone(&failures));
            Box::pin(async move {
                let request = request.to_request();
                let asked = format!("{} {}", request.method(), request.path());
                let reply = Reply::read(test::call_service(&*service, request).await).await;
                if reply.status == StatusCode::INTERNAL_SERVER_ERROR {
                    failures.borrow_mut().push(asked);
                }
                reply
            })
        }))
    }
}

/// One person's browser. Clones share the cookies.
#[derive(Clone)]
pub struct Browser {
    app: App,
    cookies: Rc<RefCell<BTreeMap<String, String>>>,
    headers: Vec<(String, String)>,
}

impl Browser {
    pub fn new(app: App) -> Browser {
        Browser {
            app,
            cookies: Rc::default(),
            headers: vec![],
        }
    }

    /// Another browser with the cookies this one has now.
    pub fn copy(&self) -> Browser {
        Browser {
            cookies: Rc::new(RefCell::new(self.cookies.borrow().clone())),
            ..self.clone()
        }
    }

    /// The same browser when htmx asks, for the element with this id; `""` for none.
    pub fn htmx(&self, target: &str) -> Browser {
        let browser = self.with_header("HX-Request", "true");
        if target.is_empty() {
            browser
        } else {
            browser.with_header("HX-Target", target)
        }
    }

    /// The same browser sending one more header, in place of its own of that name.
    pub fn with_header(&self, name: &str, value: &str) -> Browser {
        let mut browser = self.clone();
        browser.headers.push((name.into(), value.into()));
        browser
    }

    /// Opens a page. Redirects are not followed.
    pub async fn get(&self, path: &str) -> Reply {
        self.ask(TestRequest::get().uri(path)).await
    }

    /// Opens a page that must be there.
    pub async fn page(&self, path: &str) -> Page {
        let reply = self.get(path).await;
        assert_eq!(reply.status(), 200, "{path}: {}", reply.summary());
        reply.page()
    }

    /// Sends form fields, with a key like every form of a page. Redirects are not followed.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let key = RequestKey::fresh().to_string();
        let fields = with_key(fields, &key);
        let body = serde_urlencoded::to_string(fields).expect("fields are text");
        self.send_body(path, "application/x-www-form-urlencoded", body.into_bytes())
            .await
    }

    /// Sends a form of a page, as it stands there or as it was filled in. Redirects are not
    /// followed.
    pub async fn send(&self, form: &Form) -> Reply {
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        if form.posts {
            return self.post(&form.action, &fields).await;
        }
        let query = serde_urlencoded::to_string(&fields).expect("fields are text");
        self.get(&format!("{}?{query}", form.action)).await
    }

    /// Sends form fields, which must be accepted, and opens the page that answers.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let reply = self.post(path, fields).await;
        self.follow(&reply).await
    }

    /// Sends a form, which must be accepted, and opens the page that answers.
    pub async fn submit_form(&self, form: &Form) -> Page {
        let reply = self.send(form).await;
        self.follow(&reply).await
    }

    /// Opens the page a reply leads to; there must be one.
    pub async fn follow(&self, reply: &Reply) -> Page {
        let Some(location) = reply.location() else {
            panic!("no redirect, but {}", reply.summary());
        };
        self.page(&location).await
    }

    /// Sends form fields and one file.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (name, file_name, content): (&str, &str, &[u8]),
    ) -> Reply {
        const BOUNDARY: &str = "a-boundary-no-file-contains";
        let (mut body, key) = (vec![], RequestKey::fresh().to_string());
        for (field, value) in with_key(fields, &key) {
            body.extend_from_slice(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_body(path, &content_type, body).await
    }

    /// Signs in; it must succeed.
    pub async fn sign_in(&self, email: &str, password: &str) {
        let reply = self
            .post("/sign-in", &[("email", email), ("password", password)])
            .await;
        assert_eq!(
            reply.location().as_deref(),
            Some("/"),
            "{}",
            reply.summary()
        );
    }

    /// The value of a cookie, as it was sent.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Loses a cookie.
    pub fn forgets(&self, name: &str) {
        self.cookies.borrow_mut().remove(name);
    }

    async fn send_body(&self, path: &str, content_type: &str, body: Vec<u8>) -> Reply {
        let request = TestRequest::post()
            .uri(path)
            .insert_header((CONTENT_TYPE, content_type))
            .set_payload(body);
        self.ask(request).await
    }

    async fn ask(&self, request: TestRequest) -> Reply {
        let mut request = request.insert_header(("Sec-Fetch-Site", "same-origin"));
        for (name, value) in &self.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        // As it was sent: a cookie of the test kit would encode the value once more.
        let cookies: Vec<String> = self
            .cookies
            .borrow()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request = request.insert_header((COOKIE, cookies.join("; ")));
        let reply = (self.app.0)(request).await;
        self.keep_cookies(&reply);
        reply
    }

    fn keep_cookies(&self, reply: &Reply) {
        let mut cookies = self.cookies.borrow_mut();
        for cookie in reply.cookies() {
            let ended = cookie.max_age().is_some_and(|age| age.is_zero());
            if ended {
                cookies.remove(cookie.name());
            } else {
                cookies.insert(cookie.name().into(), cookie.value().into());
            }
        }
    }
}

fn with_key<'a>(fields: &[(&'a str, &'a str)], key: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = fields.to_vec();
    if fields.iter().all(|(name, _)| *name != RequestKey::FIELD) {
        fields.push((RequestKey::FIELD, key));
    }
    fields
}

/// What was answered.
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Reply {
    async fn read(response: ServiceResponse<impl MessageBody>) -> Reply {
        let (status, headers) = (response.status(), response.headers().clone());
        let endless = headers
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind == "text/event-stream");
        let body = if endless {
            Bytes::new()
        } else {
            test::read_body(response).await
        };
        Reply {
            status,
            headers,
            body,
        }
    }

    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The cookies it sets, with their flags.
    pub fn cookies(&self) -> Vec<Cookie<'static>> {
        self.headers
            .get_all(SET_COOKIE)
            .filter_map(|value| Cookie::parse_encoded(value.to_str().ok()?.to_owned()).ok())
            .collect()
    }

    /// Where it leads, for a browser or for htmx.
    pub fn location(&self) -> Option<String> {
        ["Location", "HX-Location", "HX-Redirect"]
            .iter()
            .find_map(|name| self.header(name))
            .map(str::to_owned)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Its HTML, a whole page or a fragment.
    pub fn page(&self) -> Page {
        Page::parse(&self.text())
    }

    /// For the message of a failing test.
    pub fn summary(&self) -> String {
        let location = self
            .location()
            .map(|to| format!(" to {to}"))
            .unwrap_or_default();
        let words: String = self.page().words().chars().take(600).collect();
        format!("{}{location}: {words}", self.status)
    }
}
