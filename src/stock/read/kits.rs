//! Places that share kits: what happens at one may reach the others, so they are locked and planned
//! together.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use super::places::of_places;
use crate::stock::model::Place;
use crate::stock::queue::QueueKey;
use crate::stock::reach::{KitsRead, Robbed};
use crate::types::{ProductId, WarehouseId};

/// Places that must be planned together, as kits wait at them or may lose units.
pub(super) struct Coupled {
    pub(super) places: BTreeSet<Place>,
    /// Which kits have all their parts there.
    pub(super) read: KitsRead,
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Row {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    /// Whether a kit waits there.
    #[diesel(sql_type = Bool)]
    waits: bool,
}

impl Coupled {
    /// Of the places that are named, and all that share kits with them, over as many others as it
    /// takes. A kit that waits matters where there is anything to give, one that holds all it asks for
    /// where it may lose units; where units become free, one that waits may take others from those
    /// behind it, so then all matter.
    pub(super) fn with(
        conn: &mut PgConnection,
        named: &BTreeSet<Place>,
        robbed: Robbed,
        (frees, brings): (bool, bool),
    ) -> QueryResult<Self> {
        let mut rows = sharing(conn, named, robbed, brings)?;
        let mut robbed = robbed;
        if frees && robbed != Robbed::Anybody && rows.iter().any(|row| row.waits) {
            robbed = Robbed::Anybody;
            rows = sharing(conn, named, robbed, brings)?;
        }
        let places = rows.into_iter();
        Ok(Self {
            places: places
                .map(|row| Place::new(row.warehouse_id, row.product_id))
                .collect(),
            read: KitsRead {
                from: robbed,
                all_waiting: brings,
            },
        })
    }
}

fn sharing(
    conn: &mut PgConnection,
    named: &BTreeSet<Place>,
    robbed: Robbed,
    brings: bool,
) -> QueryResult<Vec<Row>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let key: Option<QueueKey> = match robbed {
        Robbed::From(key) => Some(key),
        Robbed::Anybody | Robbed::Nobody => None,
    };
    of_places!(
        "with recursive reached(w, p, waits) as (
           select u.w, u.p, null::boolean from :rows
           union
           select o.warehouse_id, o.product_id, d.reserved < d.to_ship
           from (select distinct w, p from reached) r
           join demand d on d.warehouse_id = r.w and d.product_id = r.p
             and d.kit_line_id is not null
           join levels l on l.warehouse_id = r.w and l.product_id = r.p
             and (:anybody
               or d.reserved < d.to_ship and (:brings or l.on_hand > l.reserved or l.incoming > 0)
               or (coalesce(d.pinned_at, 'infinity'), d.priority_rank, d.required_by, d.placed_at,
                   d.order_id, d.line_number)
                 >= (coalesce(:pinned_at, 'infinity'), :rank, :required_by, :placed_at,
                   :order_id, :line_number))
           join demand o on o.kit_line_id = d.kit_line_id
         )
         select w as warehouse_id, p as product_id, bool_or(waits) as waits
         from reached where waits is not null group by 1, 2",
        named;
        anybody: Bool = robbed == Robbed::Anybody,
        brings: Bool = brings,
        pinned_at: Nullable<Timestamptz> = key.and_then(|key| key.pinned_at()),
        rank: Nullable<SmallInt> = key.map(|key| key.priority_rank),
        required_by: Nullable<Date> = key.map(|key| key.required_by),
        placed_at: Nullable<Timestamptz> = key.map(|key| key.placed_at),
        order_id: Nullable<BigInt> = key.map(|key| key.order),
        line_number: Nullable<Integer> = key.map(|key| key.line_number)
    )
    .load(conn)
}
