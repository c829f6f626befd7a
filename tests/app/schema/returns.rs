//! What was taken back before there were returns is received by returns.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::MigrationHarness;

use crate::support::database::{TestDatabase, migrations};

const MIGRATION: &str = "20261204000100";

/// An order of mugs, and of two sets of which one came back whole; of the other, whose sets were broken
/// later, a part came back alone.
const BEFORE: &str = "
  insert into products (sku, name, kind) values
    ('MUG', 'Mug', 'simple'), ('TIN', 'Tin', 'simple'), ('SET', 'Set', 'kit');
  insert into customers (code, name, channel_id) select 'A', 'Ada', id from channels where is_own;
  insert into orders (number, channel_id, customer_id, currency, placed_at, created_at, status, closed_at)
    select 'SO-1', c.channel_id, c.id, 'EUR', now(), now(), 'shipped', now() from customers c;
  insert into order_lines
    (order_id, line_number, product_id, warehouse_id, ordered, shipped, returned, unit_price)
    select o.id, 1, p.id, w.id, 5, 5, 2, 0 from orders o, products p, warehouses w
    where p.sku = 'MUG' and w.is_primary;
  insert into order_lines
    (order_id, line_number, product_id, warehouse_id, ordered, shipped, returned, unit_price, is_kit,
     broken_at, broken_because)
    select o.id, 2, p.id, w.id, 2, 2, 1, 0, true, now(), 'in a hurry' from orders o, products p, warehouses w
    where p.sku = 'SET' and w.is_primary;
  insert into order_lines
    (order_id, line_number, product_id, warehouse_id, ordered, shipped, returned, unit_price,
     kit_line_id, per_kit)
    select o.id, 3, p.id, w.id, 4, 4, 3, 0, k.id, 2
    from orders o, products p, warehouses w, order_lines k
    where p.sku = 'TIN' and w.is_primary and k.is_kit;";

#[test]
fn what_came_back_before_stands_in_a_received_return() {
    let database = TestDatabase::without_migrations();
    let mut conn = database.connect();
    conn.run_pending_migrations(migrations())
        .expect("they go up");
    while conn
        .revert_last_migration(migrations())
        .expect("it goes down")
        .to_string()
        != MIGRATION
    {}
    conn.batch_execute(BEFORE).expect("some came back");

    conn.run_pending_migrations(migrations())
        .expect("it goes up");

    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let lines: Vec<Line> = diesel::sql_query(
        "select concat_ws(' ', r.number, r.status, l.line_number, b.good) as line
         from return_lines b join returns r on r.id = b.return_id
         join order_lines l on l.id = b.order_line_id order by l.line_number",
    )
    .load(&mut conn)
    .expect("it has lines");
    let lines: Vec<String> = lines.into_iter().map(|row| row.line).collect();
    assert_eq!(
        lines,
        [
            "RT-000001 received 1 2",
            "RT-000001 received 2 1",
            "RT-000001 received 3 1"
        ]
    );
}
