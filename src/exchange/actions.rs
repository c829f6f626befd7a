//! A file is kept, looked at, and confirmed once.

use chrono::Duration;
use diesel::prelude::*;

use super::channel;
use super::imports::orders::{self, Choices, Destination, Reading};
use super::{Error, Import, ImportState, report};
use crate::db::{Act, announce};
use crate::schema::{imports, warehouses};
use crate::stock::Consent;
use crate::types::{ImportId, Quantity, WarehouseId, is_unseen};

/// Previews nobody came back to are removed after so many days.
const KEPT_DAYS: i64 = 14;

/// A file to be looked at.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What it is called where it came from.
    pub file_name: String,
    /// What it holds.
    pub content: Vec<u8>,
    /// Where its orders are to go.
    pub to: Destination,
    /// What the reader chose about it.
    pub choices: Choices,
}

/// Keeps a file that can be read, until somebody confirms or discards it. Places nothing.
///
/// # Errors
/// [`Error::Unreadable`], [`Error::NoSuchWarehouse`], [`Error::OwnChannel`].
pub fn keep(act: &mut Act<'_>, upload: &Upload) -> Result<Import, Error> {
    check_warehouse(act, upload.to.warehouse)?;
    let file_name = readable(&upload.file_name, "orders.csv");
    let to = Destination {
        channel: channel::of_file(act, &upload.to.channel, &file_name)?,
        ..upload.to
    };
    let at = act.at();
    let reading = orders::preview(act, &to, &upload.content, upload.choices, at)?;
    let forgotten = imports::state
        .eq(ImportState::Previewed)
        .and(imports::uploaded_at.lt(at - Duration::days(KEPT_DAYS)));
    diesel::delete(imports::table.filter(forgotten)).execute(act.conn())?;
    let import = diesel::insert_into(imports::table)
        .values((
            imports::file_name.eq(&file_name),
            imports::content.eq(&upload.content),
            imports::uploaded_by.eq(act.by()),
            imports::uploaded_at.eq(at),
            chosen(&to, upload.choices),
            counts(&reading),
        ))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    announce(act, &["imports".into()])?;
    Ok(import)
}

/// A name that can be shown, whatever the browser calls the file.
pub(super) fn readable(name: &str, unnamed: &str) -> String {
    let shown = name.chars().filter(|letter| !is_unseen(*letter));
    match shown.take(200).collect::<String>().trim() {
        "" => unnamed.to_owned(),
        name => name.to_owned(),
    }
}

/// Reads a file that waits to be confirmed in another way.
///
/// # Errors
/// [`Error::Done`], [`Error::Discarded`], [`Error::NoSuchWarehouse`], [`Error::OwnChannel`].
pub fn choose(
    act: &mut Act<'_>,
    id: ImportId,
    to: &Destination,
    choices: Choices,
) -> Result<Import, Error> {
    let import = lock(act, id)?;
    refuse_unless_preview(&import)?;
    check_warehouse(act, to.warehouse)?;
    let to = Destination {
        channel: channel::of_file(act, &to.channel, &import.file_name)?,
        ..*to
    };
    let content = super::content(act, id)?;
    let at = act.at();
    let reading = orders::preview(act, &to, &content, choices, at)?;
    Ok(diesel::update(imports::table.find(id))
        .set((chosen(&to, choices), counts(&reading)))
        .returning(Import::as_returning())
        .get_result(act.conn())?)
}

/// Places the orders of a file, once: confirming it again changes nothing and answers the same.
///
/// # Errors
/// [`Error::Discarded`], [`Error::NothingToImport`], what sales and the catalog refuse, and
/// [`crate::stock::Error::NotAgreed`] when orders that are here would lose units that nobody agreed
/// to lose.
pub fn confirm(act: &mut Act<'_>, id: ImportId, consent: &Consent) -> Result<Import, Error> {
    let import = lock(act, id)?;
    match import.state {
        ImportState::Applied => return Ok(import),
        ImportState::Discarded => return Err(Error::Discarded),
        ImportState::Previewed => {}
    }
    let content = super::content(act, id)?;
    let at = act.at();
    let to = import.destination();
    let reading = orders::preview(act, &to, &content, import.choices(), at)?;
    let orders = orders::apply(act, &reading, &to, consent)?;
    let import = diesel::update(imports::table.find(id))
        .set((
            imports::state.eq(ImportState::Applied),
            imports::applied_at.eq(at),
            imports::content.eq(Vec::<u8>::new()),
            imports::left_out.eq(report::left_out(&reading)),
            counts(&reading),
        ))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    tracing::info!(
        orders = orders.len(),
        lines = reading.order_lines(),
        "orders were imported from a file"
    );
    announce(act, &["imports".into()])?;
    Ok(import)
}

/// Decides against a file. Discarding it again changes nothing.
///
/// # Errors
/// [`Error::Done`] when its orders are placed.
pub fn discard(act: &mut Act<'_>, id: ImportId) -> Result<Import, Error> {
    let import = lock(act, id)?;
    match import.state {
        ImportState::Applied => return Err(Error::Done),
        ImportState::Discarded => return Ok(import),
        ImportState::Previewed => {}
    }
    let import = diesel::update(imports::table.find(id))
        .set((
            imports::state.eq(ImportState::Discarded),
            imports::content.eq(Vec::<u8>::new()),
        ))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    announce(act, &["imports".into()])?;
    Ok(import)
}

/// The file, kept from others until the transaction ends.
fn lock(conn: &mut PgConnection, id: ImportId) -> QueryResult<Import> {
    Import::query()
        .filter(imports::id.eq(id))
        .for_no_key_update()
        .first(conn)
}

const fn refuse_unless_preview(import: &Import) -> Result<(), Error> {
    match import.state {
        ImportState::Previewed => Ok(()),
        ImportState::Applied => Err(Error::Done),
        ImportState::Discarded => Err(Error::Discarded),
    }
}

fn check_warehouse(conn: &mut PgConnection, id: Option<WarehouseId>) -> Result<(), Error> {
    let Some(id) = id else {
        return Ok(());
    };
    let ships = warehouses::table
        .find(id)
        .filter(warehouses::is_active)
        .filter(warehouses::ships_orders);
    if diesel::select(diesel::dsl::exists(ships)).get_result(conn)? {
        Ok(())
    } else {
        Err(Error::NoSuchWarehouse)
    }
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = imports, treat_none_as_null = true)]
struct Chosen {
    warehouse_id: Option<WarehouseId>,
    channel: String,
    creates_products: bool,
    without_refused: bool,
    with_closed: bool,
}

fn chosen(to: &Destination, choices: Choices) -> Chosen {
    Chosen {
        warehouse_id: to.warehouse,
        channel: to.channel.clone(),
        creates_products: choices.create_products,
        without_refused: choices.without_refused,
        with_closed: choices.with_closed,
    }
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = imports)]
struct Counts {
    orders: Quantity,
    lines: Quantity,
    products: Quantity,
    refused: Quantity,
}

fn counts(reading: &Reading) -> Counts {
    let count = |many: usize| Quantity::new(u32::try_from(many).unwrap_or(u32::MAX));
    Counts {
        orders: count(reading.orders.len()),
        lines: count(reading.order_lines()),
        products: count(reading.products.len()),
        refused: count(reading.refusals.len()),
    }
}
