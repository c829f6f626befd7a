//! Opens books: makes missing levels, locks, reads. Constant in the number of lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use super::books::{Books, Claimed, OpenClaim, OpenLayer, OpenShelf};
use super::error::Error;
use super::model::{Level, Place};
use super::queue::QueueKey;
use crate::catalog::AllocationPolicy;
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, WarehouseId,
};

/// What decides how stock is given out.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    /// Whether an order on hold may hold stock.
    pub(super) held_orders_keep_stock: bool,
    /// Policy of each warehouse, and the days after which an order may collect.
    pub(super) policies: BTreeMap<WarehouseId, (AllocationPolicy, u32)>,
}

pub(super) fn open(conn: &mut PgConnection, mut places: BTreeSet<Place>) -> Result<Books, Error> {
    let rules = rules(conn, &places)?;
    widen(conn, &rules, &mut places)?;
    let (warehouses, products) = columns(&places);

    make_levels(conn, &warehouses, &products)?;
    let mut shelves: BTreeMap<Place, OpenShelf> = lock_levels(conn, &warehouses, &products)?
        .into_iter()
        .map(|level| {
            let place = Place::new(level.warehouse_id, level.product_id);
            let on_hand = level.on_hand.get();
            let (claims, layers) = (BTreeMap::new(), BTreeMap::new());
            (
                place,
                OpenShelf {
                    level,
                    on_hand,
                    claims,
                    layers,
                },
            )
        })
        .collect();

    let mut lines = HashMap::new();
    for row in read_demand(conn, &warehouses, &products)? {
        let place = Place::new(row.warehouse_id, row.product_id);
        lines.insert(row.order_line_id, place);
        if let Some(shelf) = shelves.get_mut(&place) {
            let now = row.claimed();
            shelf.claims.insert(
                row.order_line_id,
                OpenClaim {
                    was: Some(now.clone()),
                    now,
                },
            );
        }
    }
    for row in read_supply(conn, &warehouses, &products)? {
        if let Some(shelf) = shelves.get_mut(&Place::new(row.warehouse_id, row.product_id)) {
            let now = (row.quantity.get(), row.due_on);
            let layer = OpenLayer {
                order: row.purchase_order_id,
                was: Some(now),
                now,
            };
            shelf.layers.insert(row.purchase_order_line_id, layer);
        }
    }
    Ok(Books {
        shelves,
        lines,
        rules,
        movements: Vec::new(),
    })
}

fn columns(places: &BTreeSet<Place>) -> (Vec<WarehouseId>, Vec<ProductId>) {
    places
        .iter()
        .map(|place| (place.warehouse, place.product))
        .unzip()
}

fn rules(conn: &mut PgConnection, places: &BTreeSet<Place>) -> Result<Rules, Error> {
    use crate::schema::{company, warehouses};
    let touched: BTreeSet<WarehouseId> = places.iter().map(|place| place.warehouse).collect();
    let rows: Vec<(WarehouseId, AllocationPolicy, i32)> = warehouses::table
        .filter(warehouses::id.eq_any(touched))
        .select((
            warehouses::id,
            warehouses::allocation_policy,
            warehouses::collect_after_days,
        ))
        .load(conn)?;
    let held_orders_keep_stock = company::table
        .select(company::held_orders_keep_stock)
        .first(conn)?;
    let policies = rows
        .into_iter()
        .map(|(id, policy, days)| (id, (policy, days.unsigned_abs())))
        .collect();
    Ok(Rules {
        held_orders_keep_stock,
        policies,
    })
}

/// Where complete orders go first, one product's stock decides about another's: all of the
/// warehouse is planned at once, by one transaction at a time.
fn widen(
    conn: &mut PgConnection,
    rules: &Rules,
    places: &mut BTreeSet<Place>,
) -> Result<(), Error> {
    use crate::schema::demand;
    let complete_first: Vec<WarehouseId> = rules
        .policies
        .iter()
        .filter(|(_, (policy, _))| *policy == AllocationPolicy::CompleteFirst)
        .map(|(id, _)| *id)
        .collect();
    if complete_first.is_empty() {
        return Ok(());
    }
    diesel::sql_query("select pg_advisory_xact_lock(id) from unnest($1) as id")
        .bind::<Array<BigInt>, _>(&complete_first)
        .execute(conn)?;
    let waiting: Vec<(WarehouseId, ProductId)> = demand::table
        .filter(demand::warehouse_id.eq_any(complete_first))
        .select((demand::warehouse_id, demand::product_id))
        .distinct()
        .load(conn)?;
    places.extend(
        waiting
            .into_iter()
            .map(|(warehouse, product)| Place::new(warehouse, product)),
    );
    Ok(())
}

fn make_levels(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<usize> {
    diesel::sql_query(
        "insert into levels (warehouse_id, product_id)
         select w, p from unnest($1, $2) as place (w, p) order by w, p
         on conflict do nothing",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .execute(conn)
}

fn lock_levels(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<Level>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = BigInt)]
        warehouse_id: WarehouseId,
        #[diesel(sql_type = BigInt)]
        product_id: ProductId,
        #[diesel(sql_type = Integer)]
        on_hand: Quantity,
        #[diesel(sql_type = Integer)]
        reserved: Quantity,
        #[diesel(sql_type = Integer)]
        to_ship: Quantity,
        #[diesel(sql_type = Integer)]
        incoming: Quantity,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select l.warehouse_id, l.product_id, l.on_hand, l.reserved, l.to_ship, l.incoming
         from unnest($1, $2) as place (w, p)
         join levels l on l.warehouse_id = place.w and l.product_id = place.p
         order by l.warehouse_id, l.product_id for update of l",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Level {
            warehouse_id: row.warehouse_id,
            product_id: row.product_id,
            on_hand: row.on_hand,
            reserved: row.reserved,
            to_ship: row.to_ship,
            incoming: row.incoming,
            warning_level: None,
            ideal_level: None,
        })
        .collect())
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct DemandRow {
    #[diesel(sql_type = BigInt)]
    order_line_id: OrderLineId,
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Integer)]
    to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    reserved: Quantity,
    #[diesel(sql_type = Integer)]
    taken: Quantity,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pinned_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = SmallInt)]
    priority_rank: i16,
    #[diesel(sql_type = Date)]
    required_by: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    placed_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    line_number: i32,
    #[diesel(sql_type = Bool)]
    held: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    covered_by: Option<PurchaseLineId>,
    #[diesel(sql_type = Nullable<Date>)]
    expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Integer)]
    uncovered: Quantity,
}

impl DemandRow {
    fn claimed(&self) -> Claimed {
        Claimed {
            key: QueueKey::new(
                self.pinned_at,
                self.priority_rank,
                self.required_by,
                self.placed_at,
                self.order_id,
                self.line_number,
            ),
            held: self.held,
            to_ship: self.to_ship.get(),
            reserved: self.reserved.get(),
            taken: self.taken.get(),
            covered_by: self.covered_by.zip(self.expected_on),
            uncovered: self.uncovered.get(),
        }
    }
}

fn read_demand(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<DemandRow>> {
    diesel::sql_query(
        "select d.order_line_id, d.order_id, d.warehouse_id, d.product_id, d.to_ship, d.reserved,
           d.taken, d.pinned_at, d.priority_rank, d.required_by, d.placed_at, d.line_number, d.held,
           s.purchase_order_line_id as covered_by, d.expected_on, d.uncovered
         from unnest($1, $2) as place (w, p)
         join demand d on d.warehouse_id = place.w and d.product_id = place.p
         left join supply s on s.id = d.supply_id",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct SupplyRow {
    #[diesel(sql_type = BigInt)]
    purchase_order_line_id: PurchaseLineId,
    #[diesel(sql_type = BigInt)]
    purchase_order_id: PurchaseOrderId,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Integer)]
    quantity: Quantity,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
}

fn read_supply(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<SupplyRow>> {
    diesel::sql_query(
        "select s.purchase_order_line_id, s.purchase_order_id, s.warehouse_id, s.product_id,
           s.quantity, s.due_on
         from unnest($1, $2) as place (w, p)
         join supply s on s.warehouse_id = place.w and s.product_id = place.p",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}
