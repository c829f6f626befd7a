//! Mails to customers, as somebody looked them through.

use crate::sales::actions::ReadLetter;
use crate::sales::letter::{Letter, Opening};
use crate::sales::papers::Papers;
use crate::types::{
    EmailList, FieldErrors, Fields, LONGEST_LETTER, OrderId, read_form, required_text,
};

/// What is to be sent about an order.
///
/// # Errors
/// All that is wrong with it.
pub fn letter(form: &Fields, order: OrderId) -> Result<ReadLetter, FieldErrors> {
    let letter = read_form!(form => Letter {
        recipients: "recipients", recipients;
        subject: "subject", |text| required_text(text, 300);
        text: "text", |text| required_text(text, LONGEST_LETTER);
    })?;
    Ok(ReadLetter {
        order,
        seen: form.get("seen").to_owned(),
        letter,
    })
}

fn recipients(text: &str) -> Result<EmailList, String> {
    let recipients = EmailList::parse(text)?;
    if recipients.is_empty() {
        return Err("Enter the address of the customer.".into());
    }
    Ok(recipients)
}

/// The form of a draft, where nothing else was typed. Whoever looks at it sees the order as it is
/// now.
pub fn of_draft(typed: &Fields, draft: &Letter, papers: &Papers) -> Fields {
    typed
        .without(|name| name == "seen")
        .with("seen", papers.seen())
        .with("recipients", &draft.recipients)
        .with("subject", &draft.subject)
        .with("text", &draft.text)
}

/// Letters of one form.
pub const MOST_LETTERS: usize = 20;

/// The letters of a form that holds several: those that are ticked.
///
/// # Errors
/// All that is wrong with them, each complaint beside its letter: `text-42`.
pub fn letters(form: &Fields) -> Result<Vec<ReadLetter>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut letters = Vec::new();
    let chosen = orders_of(form, "chosen");
    if chosen.len() > MOST_LETTERS {
        let sentence = format!("Tick at most {MOST_LETTERS}.");
        return Err(FieldErrors::one("letters", sentence));
    }
    for order in chosen {
        match letter(&letter_typed(form, order), order) {
            Ok(letter) => letters.push(letter),
            Err(wrong) => {
                for (field, sentence) in wrong.iter() {
                    errors.add(format!("{field}-{order}"), sentence);
                }
            }
        }
    }
    if letters.is_empty() && errors.is_empty() {
        errors.add("letters", "Tick at least one.");
    }
    if errors.is_empty() {
        Ok(letters)
    } else {
        Err(errors)
    }
}

/// Orders that a form names: `chosen`, whose letters are ticked, or `shown`, that stand in it.
pub fn orders_of(form: &Fields, name: &str) -> Vec<OrderId> {
    let ids = form.all(name).filter_map(|id| id.parse().ok());
    let mut ids: Vec<OrderId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What was typed into the letter of one order.
pub fn letter_typed(form: &Fields, order: OrderId) -> Fields {
    ["recipients", "subject", "text", "seen"]
        .into_iter()
        .filter(|name| form.has(&format!("{name}-{order}")))
        .fold(Fields::default(), |typed, name| {
            typed.with(name, form.get(&format!("{name}-{order}")))
        })
}

/// How all of them begin.
pub fn opening(form: &Fields) -> Opening {
    Opening {
        subject: form.get("subject").trim().to_owned(),
        introduction: form.get("introduction").trim().to_owned(),
    }
}
