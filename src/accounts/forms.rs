//! Forms of accounts, as browsers send them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::error::Error;
use super::model::{OrganizerMail, User, UserChange};
use super::password::{NewPassword, Owner};
use super::sessions::SignInRules;
use crate::types::{Email, FieldErrors, Fields, WarehouseId, read_form, required_text};
use crate::web::{Right, Rights, Role};

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

/// Where somebody may do more than their role, or less.
///
/// # Errors
/// All complaints.
pub fn rights(form: &Fields) -> Result<Rights, FieldErrors> {
    let typed = Right::ALL
        .iter()
        .map(|right| (*right, form.get(right.as_str())));
    let read = typed
        .filter(|(_, typed)| !typed.is_empty())
        .map(|(right, typed)| match typed {
            "yes" => Ok((right, true)),
            "no" => Ok((right, false)),
            _ => Err(FieldErrors::one(right.as_str(), "Choose one of the list.")),
        });
    read.collect()
}

/// A new account, and its password.
///
/// # Errors
/// All complaints.
pub fn new_person(form: &Fields) -> Result<(UserChange, NewPassword), FieldErrors> {
    let owner = Owner {
        name: form.get("name"),
        email: form.get("email"),
    };
    let password = NewPassword::parse(form.get("password"), owner);
    let password = password.map_err(|why| FieldErrors::one("password", why));
    FieldErrors::both(person(form), password)
}

/// A new password of somebody, typed twice.
///
/// # Errors
/// All complaints.
pub fn new_password(form: &Fields, user: &User) -> Result<NewPassword, FieldErrors> {
    let owner = Owner {
        name: &user.name,
        email: &user.email,
    };
    match NewPassword::parse(form.get("password"), owner) {
        Ok(_) if form.get("password") != form.get("again") => {
            Err(FieldErrors::one("again", "The two passwords differ."))
        }
        Ok(password) => Ok(password),
        Err(why) => Err(FieldErrors::one("password", why)),
    }
}

/// How people sign in.
///
/// # Errors
/// All complaints.
pub fn sign_in_rules(form: &Fields) -> Result<SignInRules, FieldErrors> {
    read_form!(form => SignInRules {
        idle_hours: "idle_hours", |text| within(text, 1..=720, "hours");
        longest_days: "longest_days", |text| within(text, 1..=90, "days");
        second_factor_from: "second_factor_from", from_role;
    })
}

fn from_role(text: &str) -> Result<Option<Role>, String> {
    match text {
        "" => Ok(None),
        role => role
            .parse()
            .map(Some)
            .map_err(|_| "Choose one of the list.".into()),
    }
}

fn within(text: &str, range: RangeInclusive<i32>, unit: &str) -> Result<i32, String> {
    let typed = text.parse().ok();
    typed.filter(|many| range.contains(many)).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        format!("Enter {least} to {most} {unit}.")
    })
}
