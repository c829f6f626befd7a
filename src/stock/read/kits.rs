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
        let sharing = Sharing { named, brings };
        let (rows, robbed) = match robbed {
            // Nobody else is in reach: one that waits does so at the places that are named.
            Robbed::Nobody if frees => {
                let rows = sharing.read(conn, Robbed::Anybody, true)?;
                let robbed = if rows.is_empty() {
                    robbed
                } else {
                    Robbed::Anybody
                };
                (rows, robbed)
            }
            Robbed::From(_) if frees => match sharing.read(conn, robbed, false)? {
                rows if rows.iter().any(|row| row.waits) => {
                    (sharing.read(conn, Robbed::Anybody, false)?, Robbed::Anybody)
                }
                rows => (rows, robbed),
            },
            robbed => (sharing.read(conn, robbed, false)?, robbed),
        };
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

/// Kits, from the places that are named on.
struct Sharing<'a> {
    named: &'a BTreeSet<Place>,
    brings: bool,
}

impl Sharing<'_> {
    /// The places of all parts of the kits in reach, whether or not they are named. `where_one_waits`:
    /// none, unless a kit waits at a place that is named.
    fn read(
        &self,
        conn: &mut PgConnection,
        robbed: Robbed,
        where_one_waits: bool,
    ) -> QueryResult<Vec<Row>> {
        let named = self.named;
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let key: Option<QueueKey> = match robbed {
            Robbed::From(key) => Some(key),
            Robbed::Anybody | Robbed::Nobody => None,
        };
        // Each kit is followed once, however many of its parts lead to it.
        of_places!(
            &format!(
                "with recursive reached(w, p) as (
                   select u.w, u.p from :rows
                   where not :where_one_waits or exists (
                     select from :rows
                     join demand d on d.warehouse_id = u.w and d.product_id = u.p
                     where d.kit_line_id is not null and d.reserved < d.to_ship
                   )
                   union
                   select o.warehouse_id, o.product_id
                   from (select distinct d.kit_line_id from reached r {IN_REACH}) k
                   join demand o on o.kit_line_id = k.kit_line_id
                 )
                 select o.warehouse_id, o.product_id, bool_or(k.waits) as waits
                 from (
                   select d.kit_line_id, bool_or(d.reserved < d.to_ship) as waits
                   from reached r {IN_REACH} group by 1
                 ) k
                 join demand o on o.kit_line_id = k.kit_line_id
                 group by 1, 2"
            ),
            named;
            anybody: Bool = robbed == Robbed::Anybody,
            where_one_waits: Bool = where_one_waits,
            brings: Bool = self.brings,
            pinned_at: Nullable<Timestamptz> = key.and_then(|key| key.pinned_at()),
            rank: Nullable<SmallInt> = key.map(|key| key.priority_rank),
            required_by: Nullable<Date> = key.map(|key| key.required_by),
            placed_at: Nullable<Timestamptz> = key.map(|key| key.placed_at),
            order_id: Nullable<BigInt> = key.map(|key| key.order),
            line_number: Nullable<Integer> = key.map(|key| key.line_number)
        )
        .load(conn)
    }
}

/// The parts `d` of kits in reach at the places `r`.
const IN_REACH: &str = "\
    join demand d on d.warehouse_id = r.w and d.product_id = r.p and d.kit_line_id is not null
    join levels l on l.warehouse_id = r.w and l.product_id = r.p
      and (:anybody
        or d.reserved < d.to_ship and (:brings or l.on_hand > l.reserved or l.incoming > 0)
        or (coalesce(d.pinned_at, 'infinity'), d.priority_rank, d.required_by, d.placed_at,
            d.order_id, d.line_number)
          >= (coalesce(:pinned_at, 'infinity'), :rank, :required_by, :placed_at,
            :order_id, :line_number))";
