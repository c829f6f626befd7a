//! Mails and what is attached to them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use crate::schema::{mail_attachments, mails};
use crate::types::{AttachmentId, Email, MailId, RecordRef, UserId, text_enum};

/// How often a mail is offered before it is given up.
const MOST_TRIES: i32 = 10;
/// The waits double up to this one.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(4);

text_enum! {
    /// How far a mail is.
    MailState {
        /// Waits for its next try.
        Queued = "queued", "Queued";
        /// Accepted by the mail server.
        Sent = "sent", "Sent";
        /// Given up; can be sent again by hand.
        Failed = "failed", "Failed";
        /// Readable here only, for there is no mail server.
        Kept = "kept", "Kept here";
    }
}

impl MailState {
    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Queued => "info",
            Self::Sent => "ok",
            Self::Failed => "bad",
            Self::Kept => "quiet",
        }
    }
}

/// A mail to queue, rendered.
#[derive(Debug, Clone, Default)]
pub struct NewMail {
    /// What it is about.
    pub record: Option<RecordRef>,
    /// Who gets it; at least one.
    pub recipients: Vec<Email>,
    /// `Name <address>`: [`Config::mail_from`](crate::config::Config::mail_from).
    pub sender: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Email>,
    /// One line.
    pub subject: String,
    /// The plain text.
    pub body_text: String,
    /// The same in HTML; may be empty.
    pub body_html: String,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// Only its recipients may read it: it is shown to nobody, and its text is forgotten when it has left.
    pub is_secret: bool,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = mail_attachments, check_for_backend(diesel::pg::Pg))]
pub struct Attachment {
    /// File name.
    pub name: String,
    /// Such as `application/pdf`.
    pub content_type: String,
    /// The file itself.
    pub content: Vec<u8>,
}

/// An attachment as a list shows it.
#[derive(Debug, Clone)]
pub struct AttachmentLine {
    pub id: AttachmentId,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: usize,
}

impl AttachmentLine {
    /// Such as "24 KB".
    pub fn size_in_words(&self) -> String {
        match self.size {
            0..1_000 => format!("{} B", self.size),
            1_000..1_000_000 => format!("{} KB", self.size.div_ceil(1_000)),
            _ => format!("{}.{} MB", self.size / 1_000_000, self.size / 100_000 % 10),
        }
    }
}

/// A mail as a list shows it: without its text.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = mails)]
pub struct MailLine {
    pub id: MailId,
    record_kind: Option<String>,
    record_id: Option<i64>,
    /// Addresses, separated by commas.
    pub recipients: String,
    /// One line.
    pub subject: String,
    /// How far it is.
    pub state: MailState,
    /// How often it was offered to the mail server.
    pub tries: i32,
    /// When it is offered next, while it is queued.
    pub next_try_at: DateTime<Utc>,
    /// What went wrong at the last try, in a sentence.
    pub last_error: Option<String>,
    /// Since when it exists.
    pub queued_at: DateTime<Utc>,
    /// When the mail server accepted it.
    pub sent_at: Option<DateTime<Utc>>,
}

/// A mail, whole but for its attachments.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = mails)]
pub struct Mail {
    /// What a list shows of it.
    #[diesel(embed)]
    pub line: MailLine,
    /// `Name <address>`.
    pub sender: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// The plain text.
    pub body_text: String,
    /// The same in HTML; may be empty.
    pub body_html: String,
    /// Who caused it.
    pub queued_by: Option<UserId>,
    /// Only its recipients may read it.
    pub is_secret: bool,
}

impl MailLine {
    /// What it is about.
    pub fn record(&self) -> Option<RecordRef> {
        RecordRef::of_row(self.record_kind.as_deref()?, self.record_id?)
    }

    pub fn path(&self) -> String {
        path(self.id)
    }

    /// When it is offered again after a try that failed.
    pub fn next_try(&self) -> Option<DateTime<Utc>> {
        (self.state == MailState::Queued && self.tries > 0).then_some(self.next_try_at)
    }

    /// What went wrong, if that still matters; may be empty.
    pub fn trouble(&self) -> &str {
        match self.state {
            MailState::Queued | MailState::Failed => self.last_error.as_deref().unwrap_or_default(),
            MailState::Sent | MailState::Kept => "",
        }
    }

    /// How long it waits after a try that failed for now: `None` when it is given up.
    pub(super) fn wait_after_failure(&self) -> Option<TimeDelta> {
        let failures = self.tries + 1;
        if failures >= MOST_TRIES {
            return None;
        }
        let wait = TimeDelta::minutes(1_i64 << (failures - 1));
        Some(wait.min(LONGEST_WAIT))
    }
}

/// Where the page of a mail is.
pub(super) fn path(id: MailId) -> String {
    format!("/mails/{id}")
}
