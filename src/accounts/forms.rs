//! Forms of accounts, as browsers send them.

use serde::Deserialize;

use super::model::{User, UserChange};
use super::password::NewPassword;
use crate::types::{Email, FieldErrors, required_text};
use crate::web::Role;

/// Signing in.
#[derive(Clone, Default, Deserialize)]
pub struct SignInForm {
    /// The login.
    #[serde(default)]
    pub email: String,
    /// The password.
    #[serde(default)]
    pub password: String,
    /// Where to go then.
    #[serde(default)]
    pub next: String,
}

impl SignInForm {
    /// The login, as accounts have it.
    pub fn account(&self) -> String {
        self.email.trim().to_lowercase()
    }
}

/// An account in the hands of an admin; `password` only when it is made.
#[derive(Clone, Default, Deserialize)]
pub struct UserForm {
    /// What others read.
    #[serde(default)]
    pub name: String,
    /// What they sign in with.
    #[serde(default)]
    pub email: String,
    /// What they may do.
    #[serde(default)]
    pub role: String,
    /// The first password.
    #[serde(default)]
    pub password: String,
}

impl UserForm {
    /// What an existing account becomes.
    ///
    /// # Errors
    /// All complaints.
    pub fn parse(&self) -> Result<UserChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let change = self.parse_into(&mut errors);
        change.ok_or(errors)
    }

    /// What a new account becomes, and its password.
    ///
    /// # Errors
    /// All complaints.
    pub fn parse_new(&self) -> Result<(UserChange, NewPassword), FieldErrors> {
        let mut errors = FieldErrors::default();
        let change = self.parse_into(&mut errors);
        let password = errors.field("password", NewPassword::parse(&self.password, &self.email));
        change.zip(password).ok_or(errors)
    }

    fn parse_into(&self, errors: &mut FieldErrors) -> Option<UserChange> {
        let name = errors.field("name", required_text(&self.name, 120));
        let email = errors.field("email", Email::parse(&self.email));
        let role = errors.field("role", self.role.parse::<Role>());
        Some(UserChange {
            email: email?,
            name: name?,
            role: role?,
        })
    }
}

impl From<&User> for UserForm {
    fn from(user: &User) -> Self {
        Self {
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role.to_string(),
            password: String::new(),
        }
    }
}

/// A new password, typed twice: by an admin, or by its owner together with the current one.
#[derive(Clone, Default, Deserialize)]
pub struct PasswordForm {
    /// The password so far; only its owner is asked.
    #[serde(default)]
    pub current: String,
    /// The new one.
    #[serde(default)]
    pub password: String,
    /// The new one again.
    #[serde(default)]
    pub again: String,
}

impl PasswordForm {
    /// The new password for the account `email`.
    ///
    /// # Errors
    /// All complaints.
    pub fn parse(&self, email: &str) -> Result<NewPassword, FieldErrors> {
        let mut errors = FieldErrors::default();
        let password = errors.field("password", NewPassword::parse(&self.password, email));
        if password.is_some() && self.password != self.again {
            errors.add("again", "The two passwords differ.");
        }
        password.filter(|_| errors.is_empty()).ok_or(errors)
    }
}
