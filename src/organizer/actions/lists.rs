//! What entries choose from grows.

use diesel::dsl::max;
use diesel::prelude::*;

use super::tell_list;
use crate::db::Act;
use crate::error::OnConstraint;
use crate::organizer::{Error, ListKind, Tone};
use crate::schema::{organizer_categories, organizer_priorities, organizer_statuses};
use crate::types::{EntryCategoryId, EntryPriorityId, EntryStatusId, ListChange};

/// Offers one more category, after the others.
///
/// # Errors
/// [`Error::NameTaken`].
pub fn add_category(act: &mut Act<'_>, name: &str) -> Result<EntryCategoryId, Error> {
    let last = organizer_categories::table.select(max(organizer_categories::position));
    let last: Option<i32> = last.first(act.conn())?;
    let id = diesel::insert_into(organizer_categories::table)
        .values((
            organizer_categories::name.eq(name),
            organizer_categories::position.eq(next(last)),
        ))
        .returning(organizer_categories::id)
        .get_result(act.conn())
        .on_constraint("organizer_categories_name_key", Error::NameTaken)?;
    tell_list(act, ListKind::Categories, name, ListChange::Added)?;
    Ok(id)
}

/// Offers one more priority, above the others.
///
/// # Errors
/// [`Error::NameTaken`].
pub fn add_priority(act: &mut Act<'_>, name: &str, tone: Tone) -> Result<EntryPriorityId, Error> {
    let last = organizer_priorities::table.select(max(organizer_priorities::rank));
    let last: Option<i32> = last.first(act.conn())?;
    let id = diesel::insert_into(organizer_priorities::table)
        .values((
            organizer_priorities::name.eq(name),
            organizer_priorities::rank.eq(next(last)),
            organizer_priorities::tone.eq(tone),
            organizer_priorities::is_usual.eq(false),
        ))
        .returning(organizer_priorities::id)
        .get_result(act.conn())
        .on_constraint("organizer_priorities_name_key", Error::NameTaken)?;
    tell_list(act, ListKind::Priorities, name, ListChange::Added)?;
    Ok(id)
}

/// Offers one more status, after the others.
///
/// # Errors
/// [`Error::NameTaken`].
pub fn add_status(
    act: &mut Act<'_>,
    name: &str,
    tone: Tone,
    is_done: bool,
) -> Result<EntryStatusId, Error> {
    let last = organizer_statuses::table.select(max(organizer_statuses::position));
    let last: Option<i32> = last.first(act.conn())?;
    let id = diesel::insert_into(organizer_statuses::table)
        .values((
            organizer_statuses::name.eq(name),
            organizer_statuses::position.eq(next(last)),
            organizer_statuses::tone.eq(tone),
            organizer_statuses::is_done.eq(is_done),
        ))
        .returning(organizer_statuses::id)
        .get_result(act.conn())
        .on_constraint("organizer_statuses_name_key", Error::NameTaken)?;
    tell_list(act, ListKind::Statuses, name, ListChange::Added)?;
    Ok(id)
}

fn next(last: Option<i32>) -> i32 {
    last.unwrap_or_default() + 1
}
