//! A mail to a customer, as somebody looked through it.

use serde::Deserialize;

use crate::sales::letter::Letter;
use crate::types::{EmailList, FieldErrors, RequestKey, required_text};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MessageForm {
    /// Posted twice, it is sent once.
    pub key: String,
    pub recipients: String,
    pub subject: String,
    pub text: String,
}

impl MessageForm {
    /// A draft, as the form shows it first.
    pub fn of(draft: Letter) -> Self {
        Self {
            key: RequestKey::fresh().to_string(),
            recipients: draft.recipients.to_string(),
            subject: draft.subject,
            text: draft.text,
        }
    }

    /// What is to be sent.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<(RequestKey, Letter), FieldErrors> {
        let mut errors = FieldErrors::default();
        let key = errors.field("key", RequestKey::parse(&self.key));
        let recipients = errors.field("recipients", EmailList::parse(&self.recipients));
        if recipients.as_ref().is_some_and(EmailList::is_empty) {
            errors.add("recipients", "Enter the address of the customer.");
        }
        let subject = errors.field("subject", required_text(&self.subject, 300));
        let text = errors.field("text", required_text(&self.text, 20_000));
        match (key, recipients, subject, text) {
            (Some(key), Some(recipients), Some(subject), Some(text)) if errors.is_empty() => Ok((
                key,
                Letter {
                    recipients,
                    subject,
                    text,
                },
            )),
            _ => Err(errors),
        }
    }
}
