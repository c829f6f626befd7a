//! Lines that join in great numbers, weighed part by part, so that few books are open at a time.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::change::preview_changes;
use super::effects::{Changes, Effects};
use super::error::Error;
use super::happening::{Ask, Happening};
use super::model::Place;
use super::read;
use crate::catalog;
use crate::db::set_based;
use crate::types::{ProductId, WarehouseId};

/// Lines weighed at a time, and all others of their places.
const AT_ONCE: usize = 5_000;

/// Who would gain and who would lose if all these joined: what [`preview`](super::preview) of them
/// says. Places decide nothing about each other, but those that share kits and those of a warehouse
/// where complete orders go first; these are weighed at once, however many lines join there.
///
/// # Errors
/// Those of [`preview`](super::preview).
pub fn preview_joins(
    conn: &mut PgConnection,
    at: DateTime<Utc>,
    mut joins: Vec<Ask>,
) -> Result<Effects, Error> {
    let coupled = coupled(conn, &joins)?;
    let is_coupled = |join: &Ask| join.set.is_some() || coupled.contains(&join.place);
    joins.sort_unstable_by_key(|join| (!is_coupled(join), join.place));
    let first_apart = joins.partition_point(is_coupled);
    let mut changes = Changes::default();
    let mut rest = joins.as_slice();
    let mut least = first_apart;
    while !rest.is_empty() {
        let many = match least {
            0 => whole_places(rest, AT_ONCE),
            coupled => coupled,
        };
        let (part, others) = rest.split_at(many);
        let happenings: Vec<Happening> = part.iter().cloned().map(Happening::Join).collect();
        changes.hear(preview_changes(conn, at, &happenings)?);
        (rest, least) = (others, 0);
    }
    let today = catalog::zone(conn)?.day(at);
    Ok(changes.effects(conn, today)?)
}

/// How many of them stand at the places of the first so many.
fn whole_places(joins: &[Ask], least: usize) -> usize {
    let Some(last) = joins.get(least.saturating_sub(1)) else {
        return joins.len();
    };
    joins.partition_point(|join| join.place <= last.place)
}

/// Of the places where these join, those that decide about others.
fn coupled(conn: &mut PgConnection, joins: &[Ask]) -> QueryResult<BTreeSet<Place>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = BigInt)]
        w: WarehouseId,
        #[diesel(sql_type = BigInt)]
        p: ProductId,
    }
    let places: BTreeSet<Place> = joins.iter().map(|join| join.place).collect();
    let rules = read::rules(conn, &places)?;
    let with_kits: Vec<Row> = set_based!(
        "select u.w, u.p from :rows
         where exists (
           select from demand d
           where d.warehouse_id = u.w and d.product_id = u.p and d.kit_line_id is not null)",
        &places, |place|
        w: BigInt = place.warehouse,
        p: BigInt = place.product
    )
    .load(conn)?;
    let with_kits = with_kits.iter().map(|row| Place::new(row.w, row.p));
    let mut coupled: BTreeSet<Place> = with_kits.collect();
    let places = places.into_iter();
    coupled.extend(places.filter(|place| rules.complete_first(place.warehouse)));
    Ok(coupled)
}
