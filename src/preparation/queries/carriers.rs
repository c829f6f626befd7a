//! Carriers, and the shipping methods that are theirs.

use diesel::prelude::*;

use crate::preparation::Carrier;
use crate::schema::{carriers, shipping_methods};
use crate::types::{CarrierId, OrderId};

/// All carriers by name, each with its shipping methods; two statements.
pub fn carriers(conn: &mut PgConnection) -> QueryResult<Vec<(Carrier, Vec<String>)>> {
    let all: Vec<Carrier> = Carrier::query().order(carriers::name).load(conn)?;
    let methods: Vec<(CarrierId, String)> = shipping_methods::table
        .order(shipping_methods::name)
        .select((shipping_methods::carrier_id, shipping_methods::name))
        .load(conn)?;
    let with_methods = all.into_iter().map(|carrier| {
        let own = methods.iter().filter(|(of, _)| *of == carrier.id);
        let own = own.map(|(_, name)| name.clone()).collect();
        (carrier, own)
    });
    Ok(with_methods.collect())
}

/// Names of the carriers that parcels may be given to.
pub fn carriers_offered(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    carriers::table
        .filter(carriers::is_active)
        .order(carriers::name)
        .select(carriers::name)
        .load(conn)
}

/// The shipping methods of these.
pub fn methods_offered(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    shipping_methods::table
        .inner_join(carriers::table)
        .filter(carriers::is_active)
        .order(shipping_methods::name)
        .select(shipping_methods::name)
        .load(conn)
}

/// The carrier of that name, in whatever letters.
pub fn carrier_called(conn: &mut PgConnection, name: &str) -> QueryResult<Option<Carrier>> {
    Carrier::query()
        .filter(lower(carriers::name).eq(lower(name)))
        .filter(carriers::is_active)
        .first(conn)
        .optional()
}

/// Who takes orders that are sent in a way: the carrier whose method it is, else the way itself.
pub fn carrier_of(conn: &mut PgConnection, method: &str) -> QueryResult<String> {
    let carrier: Option<String> = carriers::table
        .inner_join(shipping_methods::table)
        .filter(lower(shipping_methods::name).eq(lower(method)))
        .filter(carriers::is_active)
        .select(carriers::name)
        .first(conn)
        .optional()?;
    Ok(carrier.unwrap_or_else(|| method.to_owned()))
}

/// Who takes the parcels of an order, by the way it is sent.
pub fn carrier_for(conn: &mut PgConnection, order: OrderId) -> QueryResult<String> {
    use crate::schema::orders;
    let method: String = orders::table
        .find(order)
        .select(orders::shipping_method)
        .first(conn)?;
    carrier_of(conn, &method)
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}
