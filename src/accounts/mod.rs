//! Who may sign in, with which role, and limited to which warehouses.
//!
//! Owns the tables `users`, `user_warehouses` and `sign_in_attempts`.
//!
//! Promises:
//! - A password is known to nobody: only its argon2id hash is kept, and it never reaches the log.
//! - A session ends at once when the password or the role changes or the account is disabled: it
//!   carries the `session_epoch` it was begun under, and each of these raises the epoch.
//! - Whoever cannot sign in learns neither why nor whether the account exists.
//! - Another limit is in effect at the next request; the [`Visitor`](crate::web::Visitor) carries it.
//! - What was done to an account, and by whom, stands in its history.
//!
//! Refuses to disable or demote the last admin, and to check passwords as fast as they are guessed.

mod actions;
pub mod attempts;
mod error;
mod forms;
mod limits;
mod model;
mod pages;
pub mod password;
mod queries;

pub use actions::{create, disable, enable, update};
pub use error::Error;
pub use limits::limit;
pub use model::{Credentials, NewUser, User, UserChange};
pub use pages::{identify, routes};
pub use queries::{credentials, user, users, visitor};
