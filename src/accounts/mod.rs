//! Who may sign in, with which role and rights, and limited to which warehouses.
//!
//! Owns the tables `users`, `user_warehouses`, `sessions`, `sign_in_rules`, `sign_in_browsers`,
//! `sign_in_attempts`, `password_links`, `recovery_codes`
//! and `user_rights`.
//!
//! Promises:
//! - A password is known to nobody: only its argon2id hash is kept, and it never reaches the log.
//! - A session is a row. It ends for good when its owner signs out, when it, the password or the role
//!   is changed by somebody, when the account is disabled, when nobody uses it and when it is too old;
//!   the streams of its pages end with it.
//! - Whoever cannot sign in learns neither why nor whether the account exists. A link by mail lets them
//!   choose a new password: it opens once, for half an hour.
//! - Another limit is in effect at the next request; the [`Visitor`](crate::web::Visitor) carries it.
//! - What was done to an account, and by whom, stands in its history. Its owner is told by mail when its
//!   password, address, role, second factor or recovery codes change, and when a browser signs in that
//!   did not before.
//!
//! Refuses to disable or demote the last admin, and to check passwords as fast as they are guessed.

mod actions;
pub mod attempts;
mod error;
mod forgotten;
mod forms;
mod hashing;
mod letter;
mod limits;
mod model;
mod notice;
mod origin;
mod pages;
pub mod password;
mod queries;
mod rights;
mod second_factor;
mod sessions;
mod token;
mod totp;
mod trail;

pub use actions::{create, disable, enable, update};
pub use error::Error;
pub use forgotten::{ask_for_link, forget_links};
pub use limits::{limit, limit_of};
pub use model::{Credentials, NewUser, User, UserChange};
pub use notice::Via;
pub use origin::Origin;
pub use pages::{cookie_named, identify, routes};
pub use queries::{credentials, user, users, visitor};
pub use rights::{rights_of, set_rights};
pub use sessions::{SignInRules, forget_sessions, set_sign_in_rules, sign_in_rules};
pub use token::Token;
