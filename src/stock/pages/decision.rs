//! "Are you sure, and why": one shape for every decision about stock, in a dialog or on a page.

use askama::Template;

use crate::stock::{Effects, Error};
use crate::types::{FieldErrors, Fields};
use crate::web::{Result, Sheet, Shell, view};

/// What is about to be decided, what it would do, and why it is done.
#[derive(Template)]
#[template(path = "stock/decision.html", blocks = ["form", "weighed"])]
pub struct Decision {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    title: String,
    action: String,
    crumb: (String, String),
    words: String,
    questions: Vec<Question>,
    weighed: Weighed,
    reason: Reason,
    button: Button,
}

/// A field of a decision, beside the reason.
pub enum Question {
    /// Sent as it is.
    Kept { name: &'static str, value: String },
    /// Sent as they are, one by one.
    Each {
        name: &'static str,
        values: Vec<String>,
    },
    /// Words, some of which are offered.
    Text {
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        offered: Vec<String>,
    },
    /// A number of units.
    Units {
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        value: String,
    },
    /// A day.
    Day {
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        value: String,
    },
    /// One of a list: value and words.
    Choice {
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        /// What is chosen before.
        kept: String,
        of: Vec<(String, String)>,
    },
}

enum Weighed {
    /// Nothing is said of what it would do, as long as not enough was said.
    NotYet,
    /// Nor later.
    Never,
    Effects(Effects),
    /// It cannot be done as it stands.
    Refused(String),
}

#[derive(PartialEq, Eq)]
enum Reason {
    Required,
    Optional,
    None,
}

struct Button {
    verb: String,
    is_dangerous: bool,
    leave: &'static str,
}

impl Decision {
    /// A decision posted to `action`, with a reason that must be given.
    pub fn new(sheet: Sheet, title: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            title: title.into(),
            action: action.into(),
            crumb: Default::default(),
            words: String::new(),
            questions: Vec::new(),
            weighed: Weighed::NotYet,
            reason: Reason::Required,
            button: Button {
                verb: String::new(),
                is_dangerous: false,
                leave: "Leave it",
            },
        }
    }

    /// The record it is about, and where its page is.
    #[must_use]
    pub fn about(mut self, record: impl Into<String>, path: impl Into<String>) -> Self {
        self.crumb = (record.into(), path.into());
        self
    }

    /// What it means, in a sentence or two.
    #[must_use]
    pub fn meaning(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// What else is to be said; what was typed stands in the field again. A change of one that has
    /// consequences shows them anew.
    #[must_use]
    pub fn asking(mut self, question: Question) -> Self {
        self.questions.push(question);
        self
    }

    /// Who would gain and who would lose.
    #[must_use]
    pub fn weighing(mut self, effects: Effects) -> Self {
        self.weighed = Weighed::Effects(effects);
        self
    }

    /// The same of what may be refused: then the refusal stands where the effects would.
    pub fn weighing_or_refused(mut self, weighed: Result<Effects, Error>) -> Result<Self> {
        self.weighed = match weighed {
            Ok(effects) => Weighed::Effects(effects),
            Err(Error::Db(failure)) => return Err(failure.into()),
            Err(refusal) => Weighed::Refused(refusal.to_string()),
        };
        Ok(self)
    }

    /// It cannot be done as it stands, and why.
    #[must_use]
    pub fn refused(mut self, why: impl Into<String>) -> Self {
        self.weighed = Weighed::Refused(why.into());
        self
    }

    /// What it would do is not shown, whatever is said.
    #[must_use]
    pub fn unweighed(mut self) -> Self {
        self.weighed = Weighed::Never;
        self
    }

    /// A reason may be given.
    #[must_use]
    pub const fn reason_if_any(mut self) -> Self {
        self.reason = Reason::Optional;
        self
    }

    /// No reason is asked for.
    #[must_use]
    pub const fn without_reason(mut self) -> Self {
        self.reason = Reason::None;
        self
    }

    /// What the button says.
    #[must_use]
    pub fn button(mut self, verb: impl Into<String>) -> Self {
        self.button.verb = verb.into();
        self
    }

    /// The button of what cannot be taken back easily.
    #[must_use]
    pub fn dangerous(mut self, verb: impl Into<String>) -> Self {
        self.button.is_dangerous = true;
        self.button(verb)
    }

    /// What the way out says.
    #[must_use]
    pub const fn or_leave(mut self, words: &'static str) -> Self {
        self.button.leave = words;
        self
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn asks(&self) -> bool {
        let kept =
            |question: &Question| matches!(question, Question::Kept { .. } | Question::Each { .. });
        !self.questions.iter().all(kept)
    }

    fn reason_is_asked(&self) -> bool {
        self.reason != Reason::None
    }

    fn reason_is_required(&self) -> bool {
        self.reason == Reason::Required
    }

    fn is_weighed(&self) -> bool {
        !matches!(self.weighed, Weighed::Never)
    }

    /// What was typed into a field, or what stands there before.
    fn value(&self, name: &str, kept: &str) -> String {
        self.typed.or(name, kept)
    }

    fn is_chosen(&self, name: &str, kept: &str, option: &str) -> bool {
        self.value(name, kept) == option
    }
}

view!(Decision as form title; effects => as_weighed);
