//! The numbers of the floor: who did how much on which day, how long orders took, and whether today's parcels leave in time.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Double, Nullable, Text, Timestamptz};

use crate::db::sql;
use crate::types::{UserId, WarehouseId, Zone};

/// Which days of which warehouse.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub warehouse: WarehouseId,
    /// The first day, and the last.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub zone: Zone,
}

/// What somebody did on a day.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Worked {
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub user_id: Option<UserId>,
    #[diesel(sql_type = Text)]
    pub operator: String,
    /// Orders of which they packed units.
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    /// Lines of which they picked units.
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Units they picked.
    #[diesel(sql_type = BigInt)]
    pub picked: i64,
    /// Units they packed.
    #[diesel(sql_type = BigInt)]
    pub packed: i64,
    /// Scans that counted nothing.
    #[diesel(sql_type = BigInt)]
    pub refused: i64,
    /// Units they said are not there.
    #[diesel(sql_type = BigInt)]
    pub short: i64,
}

/// What each did on each day, the latest first.
pub fn worked(conn: &mut PgConnection, span: &Span) -> QueryResult<Vec<Worked>> {
    let (begin, end) = span.bounds();
    sql!(
        "with done as (
           select (s.at at time zone :zone)::date as day, s.user_id, s.id, s.stage, s.outcome, s.units, s.shipment_id
           from scans s
           where s.warehouse_id = :warehouse and s.at >= :begin and s.at < :end and s.undone_at is null
         ), picked as (
           select d.day, d.user_id, count(distinct n.shipment_line_id) as lines
           from done d join scan_lines n on n.scan_id = d.id
           where d.stage = 'pick' and d.outcome = 'counted' group by 1, 2
         )
         select d.day, d.user_id, coalesce(u.name, 'Backfill') as operator,
           count(distinct d.shipment_id) filter (where d.stage = 'pack' and d.outcome = 'counted') as orders,
           coalesce(max(p.lines), 0) as lines,
           coalesce(sum(d.units) filter (where d.stage = 'pick' and d.outcome = 'counted'), 0) as picked,
           coalesce(sum(d.units) filter (where d.stage = 'pack' and d.outcome = 'counted'), 0) as packed,
           count(*) filter (where d.outcome = 'refused') as refused,
           coalesce(sum(d.units) filter (where d.outcome = 'short'), 0) as short
         from done d
         left join picked p on p.day = d.day and p.user_id is not distinct from d.user_id
         left join users u on u.id = d.user_id
         group by d.day, d.user_id, u.name
         order by d.day desc, packed desc, operator",
        zone: Text = span.zone.name(),
        warehouse: BigInt = span.warehouse,
        begin: Timestamptz = begin,
        end: Timestamptz = end,
    )
    .load(conn)
}

/// How parcels left on a day.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct LeftOn {
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    pub parcels: i64,
    /// Hours from ready to shipped, of the parcel in the middle; none: nobody kept when they stood ready.
    #[diesel(sql_type = Nullable<Double>)]
    pub median_hours: Option<f64>,
    /// The same of the tenth part that took longest.
    #[diesel(sql_type = Nullable<Double>)]
    pub slow_hours: Option<f64>,
}

/// How parcels left, day by day; a day without any is there as well.
pub fn left_on(conn: &mut PgConnection, span: &Span) -> QueryResult<Vec<LeftOn>> {
    let (begin, end) = span.bounds();
    sql!(
        "select days.day::date as day, count(s.id) as parcels,
           percentile_cont(0.5) within group (order by extract(epoch from s.shipped_at - s.ready_at) / 3600) as median_hours,
           percentile_cont(0.9) within group (order by extract(epoch from s.shipped_at - s.ready_at) / 3600) as slow_hours
         from generate_series(:from::date, :to::date, interval '1 day') days (day)
         left join shipments s on s.warehouse_id = :warehouse and s.status = 'shipped'
           and s.shipped_at >= :begin and s.shipped_at < :end
           and (s.shipped_at at time zone :zone)::date = days.day::date
         group by 1 order by 1",
        from: Date = span.from,
        to: Date = span.to,
        warehouse: BigInt = span.warehouse,
        begin: Timestamptz = begin,
        end: Timestamptz = end,
        zone: Text = span.zone.name(),
    )
    .load(conn)
}

impl Span {
    /// From when to when.
    fn bounds(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        let after = self.to.succ_opt().unwrap_or(self.to);
        (self.zone.begin(self.from), self.zone.begin(after))
    }
}

/// The orders of today that one carrier takes.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Wave {
    /// As it is called; empty: nobody says who takes them.
    #[diesel(sql_type = Text)]
    pub carrier: String,
    /// Until when it takes parcels; empty: nobody said.
    #[diesel(sql_type = Text)]
    pub cut_off: String,
    /// Reserved whole, and nobody prepares them yet.
    #[diesel(sql_type = BigInt)]
    pub ready: i64,
    #[diesel(sql_type = BigInt)]
    pub to_pick: i64,
    #[diesel(sql_type = BigInt)]
    pub picked: i64,
    #[diesel(sql_type = BigInt)]
    pub packed: i64,
    /// Left today.
    #[diesel(sql_type = BigInt)]
    pub shipped: i64,
    /// Packed or shipped in the last hour.
    #[diesel(sql_type = BigInt)]
    pub last_hour: i64,
}

/// What stands ready, what is under way and what left today, by carrier.
pub fn waves(conn: &mut PgConnection, span: &Span, now: DateTime<Utc>) -> QueryResult<Vec<Wave>> {
    let (begin, _) = span.bounds();
    sql!(
        "with today as (
           select s.order_id, s.status, s.carrier, coalesce(s.packed_at, s.shipped_at) as done_at from shipments s
           where s.warehouse_id = :warehouse
             and (s.status in ('to_pick', 'picked', 'packed') or s.status = 'shipped' and s.shipped_at >= :begin)
           union all
           select c.order_id, 'ready', '', null from consignments c where c.warehouse_id = :warehouse and c.state = 'reserved'
         ), each as (
           select t.status, t.done_at, coalesce(nullif(t.carrier, ''), k.name, o.shipping_method) as carrier
           from today t
           join orders o on o.id = t.order_id
           left join shipping_methods m on lower(m.name) = lower(o.shipping_method)
           left join carriers k on k.id = m.carrier_id
         )
         select * from (select e.carrier, coalesce(max(k.cut_off), '') as cut_off,
           count(*) filter (where e.status = 'ready') as ready,
           count(*) filter (where e.status = 'to_pick') as to_pick,
           count(*) filter (where e.status = 'picked') as picked,
           count(*) filter (where e.status = 'packed') as packed,
           count(*) filter (where e.status = 'shipped') as shipped,
           count(*) filter (where e.done_at >= :hour_ago) as last_hour
         from each e
         left join carriers k on lower(k.name) = lower(e.carrier)
         group by e.carrier) wave order by cut_off = '', cut_off, carrier",
        warehouse: BigInt = span.warehouse,
        begin: Timestamptz = begin,
        hour_ago: Timestamptz = now - chrono::TimeDelta::hours(1),
    )
    .load(conn)
}
