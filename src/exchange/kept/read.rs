//! Reads a file into rows.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::content::{forget_left_out, forget_orders};
use super::orders::KeptOrders;
use super::outcome::{Outcome, json};
use super::writing::Writing;
use crate::db::{announce, set_based, sql};
use crate::exchange::imports::orders::{self, File, Known, NewProduct, Sums};
use crate::exchange::{Error, Import, ImportState};
use crate::schema::{import_products, imports};
use crate::stock::Effects;
use crate::types::{ImportId, Limit, Money, Quantity, Sku};

/// Begins to read a file anew: nothing is read of it yet.
pub fn begin(conn: &mut PgConnection, import: &Import, file: &File) -> Result<(), Error> {
    conn.transaction(|conn| {
        let begun = diesel::update(imports::table.find(import.id))
            .filter(imports::reading.eq(import.reading))
            .filter(imports::state.eq(ImportState::Reading))
            .set((
                imports::file_lines.eq(count(file.lines())),
                imports::lines_read.eq(Quantity::ZERO),
            ))
            .execute(conn)?;
        if begun == 0 {
            return Err(Error::Overtaken);
        }
        forget_orders(conn, import.id)?;
        Ok(forget_left_out(conn, import.id)?)
    })
}

/// Reads all of a file that was begun, as things are at an instant, for somebody who may touch no more
/// than this.
pub fn read(
    conn: &mut PgConnection,
    import: &Import,
    file: &File,
    (limit, at): (&Limit, DateTime<Utc>),
) -> Result<Import, Error> {
    let nothing = (HashSet::new(), HashSet::new());
    let known = Known::load(conn, &import.destination(), &nothing.0, &nothing.1)?;
    let mut writing = Writing::of(conn, import, &known.currency);
    let products = file.read(import.choices(), at, &mut writing)?;
    let (sums, refused) = (writing.sums, writing.refused);
    let remarks = writing.remarks.finish();
    conn.transaction(|conn| {
        write_products(conn, import.id, &products)?;
        number_left_out(conn, import.id)?;
        let orders = KeptOrders(import.id);
        let (effects, why) = match orders::weigh(conn, &orders, &import.destination(), (limit, at))
        {
            Ok(effects) => (effects, String::new()),
            Err(error) => (Effects::default(), told(error)?),
        };
        let counts = Counts::of(&sums, products.len(), refused);
        let outcome = Outcome {
            format: file.format(&known),
            sums,
            remarks,
            effects,
            refused: why,
        };
        finish(conn, import, &outcome, counts)
    })
}

/// What the books refuse, in a sentence; any other failure stays one.
fn told(error: Error) -> Result<String, Error> {
    match error {
        Error::Stock(crate::stock::Error::Db(error)) => Err(error.into()),
        Error::Stock(refusal) => Ok(refusal.to_string()),
        error => Err(error),
    }
}

fn write_products(
    conn: &mut PgConnection,
    id: ImportId,
    products: &[NewProduct],
) -> QueryResult<()> {
    if products.is_empty() {
        return Ok(());
    }
    set_based!(
        "insert into import_products (:columns, import_id) select :columns, :import from :rows",
        (0_i32..).zip(products).collect::<Vec<_>>(), |(nth, product)|
        place: Integer = *nth,
        sku: Text = &product.sku,
        name: Text = product.name.as_str(),
        price: BigInt = product.price;
        import: BigInt = id
    )
    .execute(conn)?;
    Ok(())
}

/// Products that come with the orders of a file.
pub fn products(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<NewProduct>> {
    let rows: Vec<(Sku, String, Money)> = import_products::table
        .filter(import_products::import_id.eq(id))
        .order(import_products::place)
        .select((
            import_products::sku,
            import_products::name,
            import_products::price,
        ))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(sku, name, price)| NewProduct { sku, name, price })
        .collect())
}

/// Gives lines and documents that are left out their places on pages: they were met order by order.
fn number_left_out(conn: &mut PgConnection, id: ImportId) -> QueryResult<()> {
    sql!(
        "update import_left_out l set place = n.place
         from (
           select id, row_number() over (partition by is_document order by line, id) - 1 as place
           from import_left_out where import_id = :import
         ) n
         where l.id = n.id",
        import: BigInt = id
    )
    .execute(conn)?;
    Ok(())
}

#[derive(AsChangeset)]
#[diesel(table_name = imports)]
struct Counts {
    orders: Quantity,
    lines: Quantity,
    products: Quantity,
    refused: Quantity,
}

impl Counts {
    fn of(sums: &Sums, products: usize, refused: usize) -> Self {
        Self {
            orders: count(sums.orders),
            lines: count(sums.order_lines),
            products: count(products),
            refused: count(refused),
        }
    }
}

fn count(many: usize) -> Quantity {
    Quantity::new(u32::try_from(many).unwrap_or(u32::MAX))
}

fn finish(
    conn: &mut PgConnection,
    import: &Import,
    outcome: &Outcome,
    counts: Counts,
) -> Result<Import, Error> {
    let read = diesel::update(imports::table.find(import.id))
        .filter(imports::reading.eq(import.reading))
        .filter(imports::state.eq(ImportState::Reading))
        .set((
            imports::state.eq(ImportState::Previewed),
            imports::outcome.eq(json(outcome)?),
            counts,
        ))
        .returning(Import::as_returning())
        .get_result(conn)
        .optional()?;
    announce(conn, &[import.topic(), "imports".into()])?;
    read.ok_or(Error::Overtaken)
}
