//! The desk of a handler: who asks, what they typed, and how they are answered.
//!
//! A handler says what to show, or what to do and where to go then. The rest is the desk's: the
//! guard, the transaction, choosing the page, its form or a part of it by what htmx asks for, and
//! the form again as it was typed, with its complaints.

use std::future::{Future, Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest};
use chrono::NaiveDate;
use diesel::PgConnection;

use super::access::Visitor;
use super::acting::Acting;
use super::answer::{Go, answer};
use super::notes::Gate;
use super::recent;
use super::theirs::Theirs;
use super::view::{Sheet, View};
use super::{Htmx, Result, Shell};
use crate::db::{Act, Db, Once, Seen};
use crate::error::Error;
use crate::types::{Fields, Zone};

/// What a handler works with; the guard says who may.
pub struct Desk<Guard = super::SignedIn> {
    /// `POST /products`
    route: String,
    db: Db,
    htmx: Htmx,
    shell: Shell,
    theirs: Theirs,
    gate: Gate,
    /// What a list must show at least.
    seen: Option<Seen>,
    guard: Guard,
}

impl<Guard: AsRef<Visitor>> Desk<Guard> {
    /// Who asks.
    pub fn visitor(&self) -> &Visitor {
        self.guard.as_ref()
    }

    /// The day it is for the company.
    pub fn today(&self) -> NaiveDate {
        self.shell.today()
    }

    /// Where the company tells the time.
    pub fn zone(&self) -> Zone {
        self.shell.zone()
    }

    /// Whether htmx asks for this element alone, so that the rest of the page need not be read.
    pub fn targets(&self, element: &str) -> bool {
        self.htmx.targets(element)
    }

    /// Reads in one consistent picture what becomes a file, not a page.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn read<T: Send + 'static>(
        self,
        load: impl FnOnce(&mut PgConnection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let theirs = self.theirs;
        self.db
            .read(move |conn| {
                theirs.check_shown(conn)?;
                load(conn)
            })
            .await
    }

    /// Shows what `load` reads in one consistent picture: the page, or the part htmx asks for.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn show<V: View>(
        self,
        load: impl FnOnce(&mut PgConnection, Shell) -> Result<V> + Send + 'static,
    ) -> Result {
        let (htmx, shell) = (self.htmx.clone(), self.shell.clone());
        let view = self.read(move |conn| load(conn, shell)).await?;
        answer(&htmx, StatusCode::OK, &view)
    }

    /// Shows a list, like [`Desk::show`]: it may be read from a standby, never less than the visitor has seen.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn list<V: View>(
        self,
        load: impl FnOnce(&mut PgConnection, Shell) -> Result<V> + Send + 'static,
    ) -> Result {
        let db = self.db.listing(self.seen);
        Self { db, ..self }.show(load).await
    }

    /// Shows a list, like [`Desk::list`], and keeps what was chosen there for the next time, where `load`
    /// says that it is other than before.
    ///
    /// # Errors
    /// Those of `load` and of `keep`.
    pub async fn list_and_keep<V: View, T: Send + 'static>(
        self,
        load: impl FnOnce(&mut PgConnection, Shell) -> Result<(V, Option<T>)> + Send + 'static,
        keep: impl Fn(&mut Act<'_>, &T) -> Result<()> + Send + 'static,
    ) -> Result {
        let (db, visitor) = (self.db.clone(), self.visitor().id);
        let (htmx, shell) = (self.htmx.clone(), self.shell.clone());
        let listing = self.db.listing(self.seen);
        let listing = Self {
            db: listing,
            ..self
        };
        let (view, chosen) = listing.read(move |conn| load(conn, shell)).await?;
        if let Some(chosen) = chosen {
            db.write(visitor, move |act| keep(act, &chosen)).await?;
        }
        answer(&htmx, StatusCode::OK, &view)
    }

    /// The same desk, for what a whole file needs: its time is another.
    #[must_use]
    pub fn patient(self) -> Self {
        let db = self.db.patient();
        Self { db, ..self }
    }

    /// Shows a form with what the link to it says of its fields.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn ask<V: View>(
        self,
        typed: Fields,
        load: impl FnOnce(&mut PgConnection, Sheet) -> Result<V> + Send + 'static,
    ) -> Result {
        self.show(move |conn, shell| load(conn, Sheet::new(shell, typed)))
            .await
    }

    /// Acts for the visitor in one transaction, with what was typed; then goes where `act` says.
    /// Awaited as it is, a form that is wrong becomes a notice; see [`Acting::or_again`].
    pub fn act<F>(self, typed: Fields, act: F) -> Acting<F>
    where
        F: Fn(&mut Act<'_>, &Fields) -> Result<Go> + Send + Sync + 'static,
    {
        Acting {
            who: self.visitor().into(),
            db: self.db,
            htmx: self.htmx,
            shell: self.shell,
            theirs: self.theirs,
            gate: self.gate,
            typed,
            act,
            in_place: false,
            stays: false,
        }
    }

    /// Acts like [`Desk::act`], once however often the form is sent: the same again gets the same
    /// answer. The form carries `shell.key()`.
    pub fn once<F>(
        self,
        typed: Fields,
        act: F,
    ) -> Acting<impl Fn(&mut Act<'_>, &Fields) -> Result<Go>>
    where
        F: Fn(&mut Act<'_>, &Fields) -> Result<Go> + Send + Sync + 'static,
    {
        let (route, user) = (self.route.clone(), self.visitor().id);
        self.act(typed, move |with, typed| {
            let request = Once::of(user, &route, typed)?;
            with.once(&request, |with| act(with, typed))
        })
    }
}

impl<Guard: FromRequest<Error = Error> + AsRef<Visitor>> FromRequest for Desk<Guard> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Self::open(request, payload))
    }
}

impl<Guard: FromRequest<Error = Error> + AsRef<Visitor>> Desk<Guard> {
    fn open(request: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        let guard = at_once(Guard::from_request(request, payload))?;
        Ok(Self {
            route: format!("{} {}", request.method(), request.path()),
            db: at_once(Db::from_request(request, payload))?,
            htmx: at_once(Htmx::from_request(request, payload))?,
            shell: at_once(Shell::from_request(request, payload))?,
            theirs: Theirs::of(request, &guard.as_ref().limit),
            gate: Gate::of(request)?,
            seen: recent::seen(request),
            guard,
        })
    }
}

/// The outcome of a future that waits for nothing: guards, the shell and the headers of htmx are
/// there with the request.
fn at_once<T>(extracted: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    futures_util::FutureExt::now_or_never(extracted)
        .unwrap_or_else(|| Err(Error::Failure("a guard waits".into())))
}
