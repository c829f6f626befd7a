//! Notes that warn and were not read.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};

use super::shown::about;
use crate::db::{Act, sql};
use crate::organizer::called::CALLED;
use crate::types::{EntryId, RecordRef, Warning};

#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: EntryId,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = Text)]
    text: String,
    #[diesel(sql_type = Text)]
    record_kind: String,
    #[diesel(sql_type = BigInt)]
    record_id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    called: Option<String>,
}

/// Notes that warn of some records, and that who acts has not read as they are now. Those of an order
/// count for its parcels, those of a customer for the orders, and, where a purchase order is sent,
/// those of its supplier.
pub fn unread(
    act: &mut Act<'_>,
    records: &[RecordRef],
    is_sent: bool,
) -> QueryResult<Vec<Warning>> {
    let Some(reader) = act.by() else {
        return Ok(Vec::new());
    };
    let kinds: Vec<&str> = records.iter().map(|record| record.kind()).collect();
    let ids: Vec<i64> = records.iter().map(|record| record.id()).collect();
    let rows: Vec<Row> = sql!(
        format!(
            "with asked as (
               select kind, id from unnest(:kinds, :ids) as named (kind, id)
             ), whole as (
               select o.id, o.customer_id from orders o
               where o.id in (
                 select id from asked where kind = 'order'
                 union all
                 select s.order_id from shipments s
                 join asked a on a.kind = 'shipment' and a.id = s.id)
             ), concerned as (
               select kind, id from asked
               union select 'order', id from whole
               union select 'customer', customer_id from whole
               union select 'supplier', p.supplier_id from purchase_orders p
                 join asked a on a.kind = 'purchase_order' and a.id = p.id where :sent
             )
             select e.id, e.version, e.label, e.text, e.record_kind, e.record_id, {CALLED} as called
             from concerned c
             join organizer_entries e on e.record_kind = c.kind and e.record_id = c.id
             join organizer_priorities p on p.id = e.priority_id
             where e.warns and e.done_at is null and e.archived_at is null
               and not exists (
                 select from organizer_reads r
                 where r.entry_id = e.id and r.user_id = :reader and r.version = e.version)
             order by p.rank desc, e.record_kind, e.record_id, e.id"
        ),
        kinds: Array<Text> = kinds,
        ids: Array<BigInt> = ids,
        sent: Bool = is_sent,
        reader: BigInt = reader,
    )
    .load(act.conn())?;
    Ok(rows.into_iter().filter_map(Row::warning).collect())
}

impl Row {
    fn warning(self) -> Option<Warning> {
        let record = RecordRef::of_row(&self.record_kind, self.record_id)?;
        Some(Warning {
            entry: self.id,
            version: self.version,
            about: about(record, self.called.as_deref()),
            label: self.label,
            text: self.text,
            record,
        })
    }
}
