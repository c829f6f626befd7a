//! What the layout of a signed-in page needs, and nothing else.

use std::future::{Ready, ready};

use actix_session::{Session, SessionExt};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, NaiveDate, Utc};

use super::access::{self, Role, Visitor};
use super::rights::Right;
use crate::error::{Error, Result};
use crate::types::{RequestKey, SessionId, UserId, Zone, dates};

const FLASH: &str = "flash";

/// The frame around a page: who is signed in, where the reader is, what was just done.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    visitor: Option<Visitor>,
    path: String,
    flash: Option<String>,
}

impl Shell {
    /// The frame of this request; does not consume the flash.
    pub fn of(request: &HttpRequest) -> Self {
        Self {
            visitor: access::visitor(request),
            path: request.path().to_owned(),
            flash: None,
        }
    }

    /// Whether anybody is signed in.
    pub fn signed_in(&self) -> bool {
        self.visitor.is_some()
    }

    /// Whether it is the session under which this is asked.
    pub fn is_session(&self, id: &SessionId) -> bool {
        self.visitor
            .as_ref()
            .is_some_and(|visitor| visitor.session == *id)
    }

    /// Who is signed in.
    pub fn visitor_id(&self) -> Option<UserId> {
        self.visitor.as_ref().map(|visitor| visitor.id)
    }

    /// The name of who is signed in.
    pub fn name(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.name)
    }

    /// Their role, in words.
    pub fn role_label(&self) -> &'static str {
        self.visitor
            .as_ref()
            .map_or("", |visitor| visitor.role.label())
    }

    /// The codes of the warehouses they are limited to; empty: they see all.
    pub fn limited_to(&self) -> &str {
        let visitor = self.visitor.as_ref();
        visitor.map_or("", |visitor| &visitor.limited_to)
    }

    /// Whether what needs a right may be offered.
    pub fn may(&self, right: Right) -> bool {
        self.visitor
            .as_ref()
            .is_some_and(|visitor| visitor.may(right))
    }

    /// Whether what a manager does may be offered.
    pub fn is_manager(&self) -> bool {
        self.is(Role::Manager)
    }

    /// Whether what decides about all warehouses may be offered.
    pub fn is_everywhere(&self) -> bool {
        self.is_manager() && self.limited_to().is_empty()
    }

    /// Whether what an admin does may be offered.
    pub fn is_admin(&self) -> bool {
        self.is(Role::Admin)
    }

    fn is(&self, role: Role) -> bool {
        self.visitor
            .as_ref()
            .is_some_and(|visitor| visitor.role >= role)
    }

    /// The company, for the head of the page.
    pub fn company(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.company)
    }

    /// Where the company tells the time.
    pub fn zone(&self) -> Zone {
        self.visitor
            .as_ref()
            .map_or(Zone::UTC, |visitor| visitor.zone)
    }

    /// The day it is for the company.
    pub fn today(&self) -> NaiveDate {
        self.zone().today()
    }

    /// `23 Nov 2026`: the day of an instant.
    pub fn day(&self, at: &DateTime<Utc>) -> String {
        dates::day(&self.zone().day(*at))
    }

    /// `23 Nov 2026, 14:05`
    pub fn moment(&self, at: &DateTime<Utc>) -> String {
        dates::moment(*at, self.zone())
    }

    /// For one form of the page: it acts once.
    pub fn key(&self) -> RequestKey {
        RequestKey::fresh()
    }

    /// What was just done, to be said once.
    pub fn flash(&self) -> Option<&str> {
        self.flash.as_deref()
    }

    /// Whether the page is `section` or lies below it; `/` is only itself.
    pub fn is_at(&self, section: &str) -> bool {
        match self.path.strip_prefix(section) {
            Some(rest) => rest.is_empty() || (section != "/" && rest.starts_with('/')),
            None => false,
        }
    }
}

pub(super) fn set_flash(session: &Session, sentence: String) -> Result<()> {
    session
        .insert(FLASH, sentence)
        .map_err(|error| Error::Failure(format!("session: {error}")))
}

impl FromRequest for Shell {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut shell = Self::of(request);
        // A fragment would swallow what the page is to say.
        if !request.headers().contains_key("HX-Target") {
            let session = request.get_session();
            if let Ok(Some(flash)) = session.get::<String>(FLASH) {
                session.remove(FLASH);
                shell.flash = Some(flash);
            }
        }
        ready(Ok(shell))
    }
}

#[cfg(test)]
mod tests {
    use super::Shell;

    #[test]
    fn a_section_of_the_menu_holds_the_pages_below_it() {
        let at = |path: &str| Shell {
            path: path.into(),
            ..Shell::default()
        };

        assert!(at("/orders/42").is_at("/orders"));
        assert!(!at("/orders-archive").is_at("/orders"));
        assert!(at("/").is_at("/"));
        assert!(!at("/orders").is_at("/"));
    }
}
