//! What is called as somebody scans at the desk.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::db::{Document, sql};
use crate::types::{OrderId, RecordRef, ReturnId};

/// An order that is meant, and the return of it that is waited for.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Called {
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    /// The return that was scanned, or the first that is announced of the order.
    #[diesel(sql_type = Nullable<BigInt>)]
    return_id: Option<ReturnId>,
}

impl Called {
    /// Whether no return of the order is waited for.
    pub const fn is_new(&self) -> bool {
        self.return_id.is_none()
    }

    /// The return, or the form of a new one.
    pub fn path(&self) -> String {
        match self.return_id {
            Some(id) => RecordRef::Return(id).path(),
            None => format!("/returns/new?order={}", self.order_id),
        }
    }
}

/// What is called so: the number of a return, a parcel or an order, a tracking number, or what a shop
/// calls an order. At most a few.
pub fn called(conn: &mut PgConnection, code: &str) -> QueryResult<Vec<Called>> {
    let code = code.trim();
    sql!(
        "with meant as (
           select r.order_id, r.id as return_id from returns r where r.number = :number
           union select s.order_id, null from shipments s where s.number = :number
           union select s.order_id, null from shipments s
             where s.tracking_number <> '' and upper(s.tracking_number) = :upper
           union select o.id, null from orders o where o.number in (:code, :number, :bare)
           union select o.id, null from orders o
             where o.external_reference <> '' and o.external_reference in (:code, :bare)
           limit 20
         )
         select o.id as order_id, o.number as order_number,
           coalesce(max(m.return_id), (
             select min(r.id) from returns r where r.order_id = o.id and r.status = 'announced'
           )) as return_id
         from meant m join orders o on o.id = m.order_id
         group by o.id, o.number order by o.id",
        number: Text = Document::whole_number(code),
        upper: Text = code.to_uppercase(),
        code: Text = code,
        bare: Text = code.strip_prefix('#').unwrap_or(code),
    )
    .load(conn)
}
