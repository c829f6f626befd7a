//! Speaking with htmx, and with a plain browser in the same breath.

use std::future::{Ready, ready};

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use super::{Result, shell};
use crate::error::Error;

/// How the request came: by htmx, and for which element.
#[derive(Clone)]
pub struct Htmx {
    by_htmx: bool,
    target: Option<String>,
    session: actix_session::Session,
}

impl Htmx {
    /// Whether exactly this element is to be replaced, so that a fragment answers. A boosted
    /// visit or a history restore has no such target and wants the page.
    pub fn targets(&self, element: &str) -> bool {
        self.target.as_deref() == Some(element)
    }

    /// The element that is to be replaced, if htmx says one.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// Whether htmx asks at all.
    pub fn asks(&self) -> bool {
        self.by_htmx
    }

    /// Goes to a page after a post: a 303 would make htmx swap the whole page into the form.
    pub fn go(&self, path: impl AsRef<str>) -> Result {
        let path = path.as_ref();
        Ok(if self.by_htmx {
            HttpResponse::NoContent()
                .insert_header(("HX-Location", path))
                .finish()
        } else {
            HttpResponse::SeeOther()
                .insert_header((LOCATION, path))
                .finish()
        })
    }

    /// Like [`Htmx::go`], and the page there says `sentence` once.
    ///
    /// # Errors
    /// When the session cannot hold it.
    pub fn go_saying(&self, path: impl AsRef<str>, sentence: impl Into<String>) -> Result {
        shell::set_flash(&self.session, sentence.into())?;
        self.go(path)
    }
}

impl FromRequest for Htmx {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = |name| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        ready(Ok(Self {
            by_htmx: header("HX-Request").is_some(),
            target: header("HX-Target").map(str::to_owned),
            session: request.get_session(),
        }))
    }
}

/// `path` if it is a path of this site, else `/`: what a form says about where to go next is not
/// trusted.
pub fn local_path(path: &str) -> &str {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/orders?tab=1"), "/orders?tab=1");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "orders",
            "/\t/x",
        ] {
            assert_eq!(local_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
