//! Forms of accounts, as browsers send them.

use std::collections::BTreeSet;

use super::error::Error;
use super::model::{OrganizerMail, UserChange};
use super::password::NewPassword;
use crate::types::{Email, FieldErrors, Fields, WarehouseId, read_form, required_text};
use crate::web::Role;

/// The login of who signs in, as accounts have it.
pub fn account(form: &Fields) -> String {
    form.get("email").trim().to_lowercase()
}

/// What an admin says of an account.
///
/// # Errors
/// All complaints.
pub fn person(form: &Fields) -> Result<UserChange, FieldErrors> {
    read_form!(form => UserChange {
        name: "name", |text| required_text(text, 120);
        email: "email", Email::parse;
        role: "role", str::parse::<Role>;
    })
}

/// When somebody wants the mails of the organizer.
///
/// # Errors
/// A complaint beside `organizer_mail`.
pub fn organizer_mail(form: &Fields) -> Result<OrganizerMail, FieldErrors> {
    let chosen = form.get("organizer_mail").parse();
    chosen.map_err(|_| FieldErrors::one("organizer_mail", "Choose one of the list."))
}

/// The warehouses an admin limits somebody to; none: all may be seen.
///
/// # Errors
/// All complaints.
pub fn limit(form: &Fields) -> Result<BTreeSet<WarehouseId>, FieldErrors> {
    let ticked = form.all("warehouses").map(str::parse);
    let ticked: Result<_, _> = ticked.collect();
    ticked.map_err(|_| FieldErrors::one("warehouses", Error::NoSuchWarehouse.to_string()))
}

/// A new account, and its password.
///
/// # Errors
/// All complaints.
pub fn new_person(form: &Fields) -> Result<(UserChange, NewPassword), FieldErrors> {
    let password = NewPassword::parse(form.get("password"), form.get("email"));
    let password = password.map_err(|why| FieldErrors::one("password", why));
    FieldErrors::both(person(form), password)
}

/// A new password for the account `email`, typed twice.
///
/// # Errors
/// All complaints.
pub fn new_password(form: &Fields, email: &str) -> Result<NewPassword, FieldErrors> {
    match NewPassword::parse(form.get("password"), email) {
        Ok(_) if form.get("password") != form.get("again") => {
            Err(FieldErrors::one("again", "The two passwords differ."))
        }
        Ok(password) => Ok(password),
        Err(why) => Err(FieldErrors::one("password", why)),
    }
}
