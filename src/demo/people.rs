//! Who works in the demo shop.

use crate::accounts::{self, NewUser, password};
use crate::db::Act;
use crate::error::{Error, Result};
use crate::types::{Email, UserId};
use crate::web::Role;

/// The password of all three; the demo listens to this machine only.
pub const PASSWORD: &str = "backfill-demo";

/// E-mail, name and role of each.
pub const LOGINS: [(&str, &str, Role); 3] = [
    ("user@demo.example", "Uma Okafor", Role::User),
    ("manager@demo.example", "Marc Delorme", Role::Manager),
    ("admin@demo.example", "Ada Winter", Role::Admin),
];

/// The three of them.
#[derive(Debug, Clone, Copy)]
pub struct People {
    pub packer: UserId,
    pub buyer: UserId,
    pub owner: UserId,
}

pub fn hire(act: &mut Act<'_>) -> Result<People> {
    let mut ids = Vec::new();
    for (email, name, role) in LOGINS {
        let password_hash = password::NewPassword::everybody_knows(PASSWORD).hash()?;
        let email = Email::parse(email).map_err(Error::Failure)?;
        let new = NewUser {
            email,
            name: name.to_owned(),
            role,
            password_hash,
        };
        ids.push(accounts::create(act, &new)?.id);
    }
    Ok(People {
        packer: ids[0],
        buyer: ids[1],
        owner: ids[2],
    })
}
