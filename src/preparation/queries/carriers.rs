//! Carriers, and the shipping methods that are theirs.

use diesel::prelude::*;

use crate::preparation::{Carrier, CarrierInput};
use crate::schema::{carriers, shipping_methods};
use crate::types::CarrierId;

/// All carriers by name, each with its shipping methods; two statements.
pub fn carriers(conn: &mut PgConnection) -> QueryResult<Vec<(Carrier, Vec<String>)>> {
    let all: Vec<Carrier> = Carrier::query().order(carriers::name).load(conn)?;
    let methods: Vec<(CarrierId, String)> = shipping_methods::table
        .order(shipping_methods::name)
        .select((shipping_methods::carrier_id, shipping_methods::name))
        .load(conn)?;
    let of = |carrier: CarrierId| {
        let own = methods.iter().filter(move |(of, _)| *of == carrier);
        own.map(|(_, name)| name.clone()).collect()
    };
    let with_methods = all.into_iter().map(|each| (of(each.id), each));
    Ok(with_methods
        .map(|(methods, each)| (each, methods))
        .collect())
}

/// Names of the carriers that parcels may be given to.
pub fn carriers_offered(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    carriers::table
        .filter(carriers::is_active)
        .order(carriers::name)
        .select(carriers::name)
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
    let carrier: Option<CarrierInput> = carriers::table
        .inner_join(shipping_methods::table)
        .filter(lower(shipping_methods::name).eq(lower(method)))
        .filter(carriers::is_active)
        .select(CarrierInput::as_select())
        .first(conn)
        .optional()?;
    Ok(carrier.map_or_else(|| method.to_owned(), |carrier| carrier.name))
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}
