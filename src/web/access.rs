//! Who is asking, and the guards that stand in handler signatures.
//!
//! `accounts` fills in the [`Visitor`] once per request; every page can ask without importing it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::rights::{Right, Rights};
use crate::db::{Db, Who};
use crate::error::Error;
use crate::types::{Limit, SessionId, UserId, Zone, text_enum};

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
    /// Under which they asked.
    pub session: SessionId,
    /// Their account.
    pub id: UserId,
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they may do more than their role, or less.
    pub rights: Rights,
    /// The warehouses they may see and touch.
    pub limit: Limit,
    /// The codes of these; empty: all.
    pub limited_to: String,
    /// The company they work for, for the head of the page.
    pub company: String,
    /// Where that company tells the time.
    pub zone: Zone,
    /// Their role needs a second factor, and they have none yet.
    pub lacks_second_factor: bool,
}

impl Visitor {
    fn must_be(&self, least: Role) -> Result<(), Error> {
        match self.role >= least {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }

    fn must(&self, right: Right) -> Result<(), Error> {
        match self.may(right) {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }

    /// Whether they have a right.
    pub fn may(&self, right: Right) -> bool {
        self.rights.allow(self.role, right)
    }

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

/// The way to what the visitor of a request may see. Pages take it so, never as it is.
impl FromRequest for Db {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let limit = visitor(request).map(|visitor| visitor.limit);
        let db = request.app_data::<Data<Self>>();
        ready(
            db.map(|db| db.within(&limit.unwrap_or_default()))
                .ok_or_else(|| Error::Failure("no database is given to the pages".into())),
        )
    }
}

macro_rules! guard {
    ($(#[$doc:meta])* $name:ident, $may:expr) => {
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
                    Some(visitor) => $may(&visitor).map(|()| Self(visitor)),
                    None => Err(Error::SignInRequired),
                })
            }
        }
    };
}

guard!(
    /// Anybody signed in.
    SignedIn,
    |visitor: &Visitor| visitor.must_be(Role::User)
);
guard!(
    /// A manager or an admin.
    Manager,
    |visitor: &Visitor| visitor.must_be(Role::Manager)
);
guard!(
    /// An admin.
    Admin,
    |visitor: &Visitor| visitor.must_be(Role::Admin)
);
guard!(
    /// A manager or an admin who is limited to no warehouses: for what decides about all of them.
    Everywhere,
    |visitor: &Visitor| {
        visitor.must_be(Role::Manager)?;
        match visitor.limit.is_any() {
            true => Err(Error::NotYours(
                "This decides about all warehouses: whoever is limited to some cannot do it.".into(),
            )),
            false => Ok(()),
        }
    }
);
guard!(
    /// Who may receive goods.
    MayReceive,
    |visitor: &Visitor| visitor.must(Right::ReceiveGoods)
);
guard!(
    /// Who may cancel units of orders.
    MayCancelUnits,
    |visitor: &Visitor| visitor.must(Right::CancelUnits)
);
guard!(
    /// Who may decide about reserved units.
    MayDecideReserved,
    |visitor: &Visitor| visitor.must(Right::DecideReserved)
);
guard!(
    /// Who may send purchase orders.
    MaySendPurchaseOrders,
    |visitor: &Visitor| visitor.must(Right::SendPurchaseOrders)
);
guard!(
    /// Who may correct stock.
    MayCorrectStock,
    |visitor: &Visitor| visitor.must(Right::CorrectStock)
);
guard!(
    /// Who may write to customers.
    MayMailCustomers,
    |visitor: &Visitor| visitor.must(Right::MailCustomers)
);
guard!(
    /// Who may count.
    MayCount,
    |visitor: &Visitor| visitor.must(Right::Count)
);
