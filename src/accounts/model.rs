//! People with an account.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::users;
use crate::types::{Email, RecordRef, UserId, text_enum};
use crate::web::Role;

text_enum! {
    /// When somebody is told by mail of tasks that are theirs and of notes that name them.
    OrganizerMail {
        AtOnce = "at_once", "At once";
        Daily = "daily", "Once a day, in the morning";
        Never = "never", "Never";
    }
}

/// Somebody who may sign in, or once might.
#[derive(Debug, Clone, HasQuery)]
pub struct User {
    pub id: UserId,
    /// What they sign in with.
    pub email: String,
    /// What others read.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Since when they may no longer sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Since when there is the account.
    pub created_at: DateTime<Utc>,
    /// When they get the mails of the organizer.
    pub organizer_mail: OrganizerMail,
    /// Since when they need a code of their phone beside the password.
    pub totp_since: Option<DateTime<Utc>>,
}

impl User {
    /// As history names it.
    pub const fn record(&self) -> RecordRef {
        RecordRef::User(self.id)
    }

    /// Where their page is.
    pub fn path(&self) -> String {
        self.record().path()
    }

    /// Whether they may no longer sign in.
    pub const fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }

    /// Whether they keep the shop from being without an admin.
    pub fn is_acting_admin(&self) -> bool {
        self.role == Role::Admin && !self.is_disabled()
    }
}

/// What a password is checked against; it has no `Debug`, so that no hash is printed.
#[derive(Clone, HasQuery)]
#[diesel(table_name = users)]
pub struct Credentials {
    /// Whose.
    pub id: UserId,
    /// The argon2id hash of their password.
    pub password_hash: String,
    /// Since when a code is asked for as well.
    pub totp_since: Option<DateTime<Utc>>,
}

/// An account to be.
#[derive(Clone)]
pub struct NewUser {
    /// What they sign in with.
    pub email: Email,
    /// What others read.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// See [`super::password::NewPassword::hash`].
    pub password_hash: String,
}

/// What an admin may change about an account.
#[derive(Debug, Clone)]
pub struct UserChange {
    /// What they sign in with.
    pub email: Email,
    /// What others read.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl UserChange {
    /// A new account of this kind.
    pub fn with_password(self, password_hash: String) -> NewUser {
        NewUser {
            email: self.email,
            name: self.name,
            role: self.role,
            password_hash,
        }
    }
}
