//! A file is kept, read, looked at, and confirmed once.

use chrono::Duration;
use diesel::prelude::*;

use super::channel;
use super::imports::orders::{self, Choices, Destination, File};
use super::kept::{self, KeptOrders};
use super::{Error, Import, ImportState, queries};
use crate::db::{Act, announce};
use crate::schema::{imports, warehouses};
use crate::sheet::Spool;
use crate::stock::Consent;
use crate::types::{ImportId, WarehouseId, is_unseen};

/// Previews nobody came back to are removed after so many days.
const KEPT_DAYS: i64 = 14;
/// A file of no more lines than these is read while its reader waits.
const READ_AT_ONCE: usize = 10_000;

/// A file to be looked at.
#[derive(Debug, Clone)]
pub struct Upload {
    /// What it is called where it came from.
    pub file_name: String,
    /// What it holds.
    pub content: Spool,
    /// Where its orders are to go.
    pub to: Destination,
    /// What the reader chose about it.
    pub choices: Choices,
}

/// Keeps a file that can be read, until somebody confirms or discards it, and reads it. Places nothing.
///
/// # Errors
/// [`Error::Unreadable`], [`Error::NoSuchWarehouse`], [`Error::OwnChannel`].
pub fn keep(act: &mut Act<'_>, upload: &Upload) -> Result<Import, Error> {
    keep_and_read(act, upload, usize::MAX)
}

/// The same of a file that may be large: then it is read later, by
/// [`Reading`](super::reader::Reading).
///
/// # Errors
/// Those of [`keep`].
pub fn receive(act: &mut Act<'_>, upload: &Upload) -> Result<Import, Error> {
    keep_and_read(act, upload, READ_AT_ONCE)
}

fn keep_and_read(act: &mut Act<'_>, upload: &Upload, at_once: usize) -> Result<Import, Error> {
    check_warehouse(act, upload.to.warehouse)?;
    let file_name = readable(&upload.file_name, "orders.csv");
    let to = Destination {
        channel: channel::of_file(act, &upload.to.channel, &file_name)?,
        ..upload.to
    };
    let file = File::open(&upload.content)?;
    let at = act.at();
    let forgotten = imports::state
        .eq_any([
            ImportState::Reading,
            ImportState::Broken,
            ImportState::Previewed,
        ])
        .and(imports::uploaded_at.lt(at - Duration::days(KEPT_DAYS)));
    diesel::delete(imports::table.filter(forgotten)).execute(act.conn())?;
    let import = diesel::insert_into(imports::table)
        .values((
            imports::file_name.eq(&file_name),
            imports::state.eq(ImportState::Reading),
            imports::uploaded_by.eq(act.by()),
            imports::uploaded_at.eq(at),
            chosen(&to, upload.choices),
        ))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    kept::keep(act, import.id, &upload.content)?;
    announce(act, &["imports".into()])?;
    read(act, import, &file, at_once)
}

/// Begins to read a file, and reads it to its end if it has no more than so many lines.
fn read(act: &mut Act<'_>, import: Import, file: &File, at_once: usize) -> Result<Import, Error> {
    kept::begin(act, &import, file)?;
    if file.lines() > at_once {
        return Ok(import);
    }
    let (limit, at) = (act.limit().clone(), act.at());
    kept::read(act, &import, file, (&limit, at))
}

/// A name that can be shown, whatever the browser calls the file.
pub(super) fn readable(name: &str, unnamed: &str) -> String {
    let shown = name.chars().filter(|letter| !is_unseen(*letter));
    match shown.take(200).collect::<String>().trim() {
        "" => unnamed.to_owned(),
        name => name.to_owned(),
    }
}

/// Reads a file again, in another way or as things are now; one that is large, later.
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
    refuse_what_is_over(&import)?;
    check_warehouse(act, to.warehouse)?;
    let to = Destination {
        channel: channel::of_file(act, &to.channel, &import.file_name)?,
        ..*to
    };
    let import = diesel::update(imports::table.find(id))
        .set((
            chosen(&to, choices),
            imports::state.eq(ImportState::Reading),
            imports::reading.eq(imports::reading + 1),
            imports::tries.eq(0),
        ))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    announce(act, &[import.topic(), "imports".into()])?;
    let file = File::open(&kept::load(act, id)?)?;
    read(act, import, &file, READ_AT_ONCE)
}

/// Refuses a preview that somebody had read in another way since it was shown; `seen` is empty where
/// nobody was shown one.
///
/// # Errors
/// [`Error::Changed`].
pub fn check_seen(act: &mut Act<'_>, id: ImportId, seen: &str) -> Result<(), Error> {
    let import = lock(act, id)?;
    let is_other = !seen.is_empty() && seen != import.reading.to_string();
    if import.is_preview() && is_other {
        return Err(Error::Changed("it was read in another way since".into()));
    }
    Ok(())
}

/// Places the orders of a file as they were read, once: confirming it again changes nothing and answers
/// the same.
///
/// # Errors
/// [`Error::NotRead`], [`Error::Discarded`], [`Error::NothingToImport`], [`Error::Changed`], what sales
/// and the catalog refuse, and [`crate::stock::Error::NotAgreed`] when orders that are here would lose
/// units that nobody agreed to lose.
pub fn confirm(act: &mut Act<'_>, id: ImportId, consent: &Consent) -> Result<Import, Error> {
    let import = lock(act, id)?;
    match import.state {
        ImportState::Applied => return Ok(import),
        ImportState::Discarded => return Err(Error::Discarded),
        ImportState::Reading | ImportState::Broken => return Err(Error::NotRead),
        ImportState::Previewed => {}
    }
    let outcome = queries::outcome(act, id)?.unwrap_or_default();
    let products = kept::products(act, id)?;
    orders::apply(
        act,
        (&KeptOrders(id), products),
        (&import.destination(), &outcome.format.currency),
        consent,
    )?;
    kept::forget(act, id)?;
    let at = act.at();
    let import = diesel::update(imports::table.find(id))
        .set((
            imports::state.eq(ImportState::Applied),
            imports::applied_at.eq(at),
        ))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    tracing::info!(
        orders = import.orders.get(),
        lines = import.lines.get(),
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
        ImportState::Reading | ImportState::Broken | ImportState::Previewed => {}
    }
    kept::forget(act, id)?;
    kept::forget_left_out(act, id)?;
    let import = diesel::update(imports::table.find(id))
        .set(imports::state.eq(ImportState::Discarded))
        .returning(Import::as_returning())
        .get_result(act.conn())?;
    announce(act, &[import.topic(), "imports".into()])?;
    Ok(import)
}

/// The file, kept from others until the transaction ends.
fn lock(conn: &mut PgConnection, id: ImportId) -> QueryResult<Import> {
    Import::query()
        .filter(imports::id.eq(id))
        .for_no_key_update()
        .first(conn)
}

const fn refuse_what_is_over(import: &Import) -> Result<(), Error> {
    match import.state {
        ImportState::Reading | ImportState::Broken | ImportState::Previewed => Ok(()),
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
