//! How the desk answers: with a page, a part of it, or the way to another.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::view::View;
use super::{Htmx, Result, html};
use crate::types::RecordRef;

/// Where an act leads, and what is said there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Go {
    path: String,
    said: Option<String>,
    /// Nothing was done: the page says why.
    #[serde(default)]
    refused: bool,
}

impl Go {
    /// To a page.
    pub fn to(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            said: None,
            refused: false,
        }
    }

    /// Nothing but that it was asked for was kept: the page, as it is shown again, says why.
    #[must_use]
    pub fn refusing(mut self) -> Self {
        self.refused = true;
        self
    }

    pub(super) const fn is_refusal(&self) -> bool {
        self.refused
    }

    /// The page there says this once.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.said = Some(sentence.into());
        self
    }

    pub(super) fn answer(self, htmx: &Htmx) -> Result {
        match self.said {
            Some(sentence) => htmx.go_saying(self.path, sentence),
            None => htmx.go(self.path),
        }
    }

    /// The page stays as it is, and says what was done.
    pub(super) fn answer_nowhere(self) -> HttpResponse {
        html::saying(
            HttpResponse::NoContent().finish(),
            &self.said.unwrap_or_default(),
        )
    }

    /// The part that htmx asks for, if the page has it.
    pub(super) fn answer_beside(self, htmx: &Htmx, view: &impl View) -> Result {
        let Some(part) = htmx.target().and_then(|element| view.part(element)) else {
            return self.answer(htmx);
        };
        let shown = html::with_text(StatusCode::OK, part?)?;
        Ok(match self.said {
            Some(said) => html::saying(shown, &said),
            None => shown,
        })
    }
}

impl From<RecordRef> for Go {
    fn from(record: RecordRef) -> Self {
        Self::to(record.path())
    }
}

/// A form in the dialog of the page where it was asked from, which opens by itself.
pub(super) fn in_dialog(status: StatusCode, title: &str, form: String) -> Result {
    let title = title.to_owned();
    let mut answer = html::with_status(status, InDialog { title, form })?;
    for (name, value) in [("hx-retarget", DIALOG_PLACE), ("hx-reswap", "innerHTML")] {
        let name = HeaderName::from_static(name);
        let value = HeaderValue::from_static(value);
        answer.headers_mut().insert(name, value);
    }
    Ok(answer)
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "components/in_dialog.html")]
struct InDialog {
    title: String,
    form: String,
}

/// The element of every page that a form opens in.
const DIALOG: &str = "dialog-content";
/// The same, as a selector.
const DIALOG_PLACE: &str = "#dialog-content";

/// The page, its form, or the part of it that htmx asks for.
pub(super) fn answer(htmx: &Htmx, status: StatusCode, view: &impl View) -> Result {
    if let Some(part) = htmx.target().and_then(|element| view.part(element)) {
        return html::with_text(status, part?);
    }
    let in_dialog = htmx.targets(DIALOG);
    let again = htmx.asks() && status != StatusCode::OK;
    if (in_dialog || again)
        && let Some((title, form)) = view.form()
    {
        let form = form?;
        return match in_dialog {
            true => html::with_status(status, InDialog { title, form }),
            false => html::with_text(status, form),
        };
    }
    html::with_text(status, view.render()?)
}
