//! Who is asking, and the guards that stand in handler signatures.
//!
//! `accounts` fills in the [`Visitor`] once per request; every page can ask without importing it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::db::Who;
use crate::error::Error;
use crate::types::{UserId, Zone, text_enum};

text_enum! {
    /// What a person may do; each role has all the rights of the ones before it.
    Role {
        /// Sales desk, picker, packer.
        User = "user", "User";
        /// Buyer, warehouse lead.
        Manager = "manager", "Manager";
        /// Owner.
        Admin = "admin", "Admin";
    }
}

/// The person behind a request.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Their account.
    pub id: UserId,
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The company they work for, for the head of the page.
    pub company: String,
    /// Where that company tells the time.
    pub zone: Zone,
}

impl Visitor {
    /// Whether they may do what a manager does.
    pub fn is_manager(&self) -> bool {
        self.role >= Role::Manager
    }
}

/// The visitor of a request, if anybody is signed in.
pub fn visitor(request: &HttpRequest) -> Option<Visitor> {
    request.extensions().get::<Visitor>().cloned()
}

impl From<&Visitor> for Who {
    fn from(visitor: &Visitor) -> Self {
        visitor.id.into()
    }
}

macro_rules! guard {
    ($(#[$doc:meta])* $name:ident, $least:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub Visitor);

        impl AsRef<Visitor> for $name {
            fn as_ref(&self) -> &Visitor {
                &self.0
            }
        }

        impl From<&$name> for Who {
            fn from(guard: &$name) -> Self {
                (&guard.0).into()
            }
        }

        impl FromRequest for $name {
            type Error = Error;
            type Future = Ready<Result<Self, Error>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(match visitor(request) {
                    Some(visitor) if visitor.role >= $least => Ok(Self(visitor)),
                    Some(_) => Err(Error::Forbidden),
                    None => Err(Error::SignInRequired),
                })
            }
        }
    };
}

guard!(
    /// Anybody signed in.
    SignedIn,
    Role::User
);
guard!(
    /// A manager or an admin.
    Manager,
    Role::Manager
);
guard!(
    /// An admin.
    Admin,
    Role::Admin
);
