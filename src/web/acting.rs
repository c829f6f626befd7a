//! What a handler does: in one transaction, and then the answer.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::StatusCode;
use diesel::PgConnection;

use super::answer::{Go, answer};
use super::notes::Gate;
use super::theirs::Theirs;
use super::view::{Sheet, View};
use super::{Htmx, Result, Shell};
use crate::db::{Act, Db, Who};
use crate::error::Error;
use crate::types::Fields;

/// What is about to be done.
pub struct Acting<F> {
    pub(super) db: Db,
    pub(super) htmx: Htmx,
    pub(super) shell: Shell,
    pub(super) who: Who,
    pub(super) theirs: Theirs,
    pub(super) gate: Gate,
    pub(super) typed: Fields,
    pub(super) act: F,
    pub(super) in_place: bool,
    pub(super) stays: bool,
}

impl<F> Acting<F>
where
    F: Fn(&mut Act<'_>, &Fields) -> Result<Go> + Send + Sync + 'static,
{
    /// The form is a part of its page: where htmx asks for that part, it is shown as it is then, and
    /// what was done is said beside it.
    #[must_use]
    pub fn in_place(self) -> Self {
        Self {
            in_place: self.htmx.target().is_some(),
            ..self
        }
    }

    /// The form stands in a dialog over any page: where htmx asks, that page stays, what was done is
    /// said, and its live parts show it.
    #[must_use]
    pub fn staying(self, stays: bool) -> Self {
        Self {
            stays: stays && self.htmx.asks(),
            ..self
        }
    }

    /// Does it; what is wrong with the form is said beside its fields, on the form again as it was
    /// typed.
    ///
    /// # Errors
    /// Those of the act and of `load`.
    pub async fn or_again<V: View>(
        self,
        load: impl FnOnce(&mut PgConnection, Sheet) -> Result<V> + Send + 'static,
    ) -> Result {
        let (rest, acted) = self.act().await;
        match acted {
            Ok(go) if go.is_refusal() => {
                let sheet = Sheet::new(rest.shell, Arc::unwrap_or_clone(rest.typed));
                let view = rest.db.read(move |conn| load(conn, sheet)).await?;
                answer(&rest.htmx, StatusCode::UNPROCESSABLE_ENTITY, &view)
            }
            Ok(go) if rest.in_place => {
                let sheet = Sheet::new(rest.shell, Fields::default());
                let view = rest.db.read(move |conn| load(conn, sheet)).await?;
                go.answer_beside(&rest.htmx, &view)
            }
            Err(Error::Invalid(errors)) => {
                let mut sheet = Sheet::new(rest.shell, Arc::unwrap_or_clone(rest.typed));
                sheet.errors = errors;
                let view = rest.db.read(move |conn| load(conn, sheet)).await?;
                answer(&rest.htmx, StatusCode::UNPROCESSABLE_ENTITY, &view)
            }
            acted => rest.answer(acted),
        }
    }

    /// Does it in one transaction, unless there is a note to read first.
    async fn act(self) -> (Rest, Result<Go>) {
        let (typed, read) = Gate::open(self.typed);
        let (typed, act, theirs, gate) = (Arc::new(typed), self.act, self.theirs, self.gate);
        let rest = Rest {
            db: self.db,
            htmx: self.htmx,
            shell: self.shell,
            gate: gate.clone(),
            typed: Arc::clone(&typed),
            in_place: self.in_place,
            stays: self.stays,
        };
        if !read.is_empty() {
            let reader = gate.clone();
            let kept = rest
                .db
                .write(self.who, move |with| reader.keep(with, &read));
            if let Err(error) = kept.await {
                return (rest, Err(error));
            }
        }
        let acted = rest.db.write(self.who, move |with| {
            theirs.check(with, &typed)?;
            let go = act(with, &typed)?;
            gate.check(with, &typed)?;
            Ok(go)
        });
        let acted = acted.await;
        (rest, acted)
    }

    async fn now(self) -> Result {
        let (rest, acted) = self.act().await;
        rest.answer(acted)
    }
}

/// What is left to answer with when something was done, or was not.
struct Rest {
    db: Db,
    htmx: Htmx,
    shell: Shell,
    gate: Gate,
    typed: Arc<Fields>,
    in_place: bool,
    stays: bool,
}

impl Rest {
    fn answer(self, acted: Result<Go>) -> Result {
        match acted {
            Ok(go) if self.stays => Ok(go.answer_nowhere()),
            Ok(go) => go.answer(&self.htmx),
            Err(Error::Unread(warnings)) => {
                let target = self.htmx.target().filter(|_| self.in_place);
                let target = target.map(str::to_owned);
                self.gate
                    .answer(&self.htmx, self.shell, &self.typed, warnings, target)
            }
            Err(error) => Err(error),
        }
    }
}

impl<F> IntoFuture for Acting<F>
where
    F: Fn(&mut Act<'_>, &Fields) -> Result<Go> + Send + Sync + 'static,
{
    type Output = Result;
    type IntoFuture = Pin<Box<dyn Future<Output = Result>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.now())
    }
}
