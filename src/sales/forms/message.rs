//! A mail to a customer, as somebody looked through it.

use crate::sales::letter::Letter;
use crate::types::{EmailList, FieldErrors, Fields, read_form, required_text};

/// What is to be sent.
///
/// # Errors
/// All that is wrong with it.
pub fn letter(form: &Fields) -> Result<Letter, FieldErrors> {
    read_form!(form => Letter {
        recipients: "recipients", recipients;
        subject: "subject", |text| required_text(text, 300);
        text: "text", |text| required_text(text, 20_000);
    })
}

fn recipients(text: &str) -> Result<EmailList, String> {
    let recipients = EmailList::parse(text)?;
    if recipients.is_empty() {
        return Err("Enter the address of the customer.".into());
    }
    Ok(recipients)
}

/// The form of a draft, where nothing else was typed.
pub fn of_draft(typed: Fields, draft: &Letter) -> Fields {
    typed
        .with("recipients", &draft.recipients)
        .with("subject", &draft.subject)
        .with("text", &draft.text)
}
