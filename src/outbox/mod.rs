//! Outgoing mail: queued with its reason, sent by a worker, kept for ever.
//!
//! Owns `mails` and `mail_attachments`.
//!
//! Promises: a mail is queued in the transaction that gives the reason for it, so there is never one
//! without the other. What was rendered when it was queued is what is sent and shown. A mail is
//! marked sent only after the mail server accepted it, and is never deleted. A try that fails for
//! now is repeated after 1, 2, 4 .. minutes; what the server refuses for good is shown with its
//! words. Without a mail server mails are kept readable and say so.
//!
//! A program that is killed while a server accepts a mail will offer it again, with the same
//! Message-ID, for that is the one thing SMTP cannot settle.
//!
//! Refuses: a mail to nobody; sending again what is being sent at that moment.

mod actions;
mod error;
mod mailer;
mod message;
mod model;
pub mod pages;
mod queries;
pub mod worker;

pub use actions::{enqueue, enqueue_all, send_again};
pub use error::Error;
pub use mailer::{Delivery, Mailer, NoServer, Refusal, Smtp};
pub use model::{Attachment, Mail, MailLine, MailState, NewMail};
pub use queries::{caused_since, of_record};
pub use worker::Worker;
