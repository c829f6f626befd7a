//! Makes what a story needs, with defaults for everything it does not talk about.

use std::sync::OnceLock;

use backfill::accounts::password::{NewPassword, Owner};
use backfill::accounts::{self, NewUser, User};
use backfill::catalog::LocationKind;
use backfill::schema::{locations, warehouses};
use backfill::types::{Email, LocationId, WarehouseId};
use backfill::web::{Rights, Role};
use diesel::prelude::*;

use super::app::Shop;

/// Of everybody, unless a test says otherwise.
pub const PASSWORD: &str = "a password of the tests";

impl Shop {
    /// The one account that stands for a role, such as `manager@shop.example`.
    pub fn person(&self, role: Role) -> User {
        let email = format!("{role}@shop.example");
        let known = self.read(|conn| Ok(accounts::credentials(conn, &email)?));
        match known {
            Some(known) => self.read(|conn| Ok(accounts::user(conn, known.id)?)),
            None => self.account(&email, role),
        }
    }

    /// Says where the account that stands for a role may do more than that, or less.
    pub fn gives(&self, role: Role, rights: &Rights) {
        let person = self.person(role).id;
        self.write(|act| Ok(accounts::set_rights(act, person, rights)?));
    }

    /// An account with this address.
    pub fn account(&self, email: &str, role: Role) -> User {
        let name = email.split('@').next().unwrap_or(email);
        let new = NewUser {
            email: Email::parse(email).expect("an address"),
            name: format!("{} {}", role.label(), name),
            role,
            password_hash: hash().to_owned(),
        };
        self.write(|conn| Ok(accounts::create(conn, &new)?))
    }

    /// The warehouse of this code, made if it is not there: it ships orders. `MAIN`, the primary one, is always there.
    pub fn warehouse(&self, code: &str) -> WarehouseId {
        self.write(|conn| {
            Ok(diesel::insert_into(warehouses::table)
                .values((
                    warehouses::code.eq(code),
                    warehouses::name.eq(format!("Warehouse {code}")),
                ))
                .on_conflict(warehouses::code)
                .do_update()
                .set(warehouses::code.eq(code))
                .returning(warehouses::id)
                .get_result(conn.conn())?)
        })
    }

    /// A bin of a warehouse, passed after those there are.
    pub fn location(&self, warehouse: WarehouseId, code: &str, kind: LocationKind) -> LocationId {
        self.write(|act| {
            let of_warehouse = locations::table.filter(locations::warehouse_id.eq(warehouse));
            let passed: i64 = of_warehouse.count().get_result(act.conn())?;
            Ok(diesel::insert_into(locations::table)
                .values((
                    locations::warehouse_id.eq(warehouse),
                    locations::code.eq(code),
                    locations::barcode.eq(format!("{warehouse}-{code}")),
                    locations::kind.eq(kind),
                    locations::walk.eq(i32::try_from(passed).expect("few")),
                    locations::created_at.eq(act.at()),
                ))
                .returning(locations::id)
                .get_result(act.conn())?)
        })
    }
}

/// Hashing is slow by design, so once is enough.
fn hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        NewPassword::parse(PASSWORD, Owner::default())
            .expect("it obeys the rules")
            .hash()
            .expect("there are random numbers")
    })
}
