//! Receptions that were reversed when a reversal took everything were reversed with all their units.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::MigrationHarness;

use crate::support::database::{TestDatabase, migrations};

const MIGRATION: &str = "20261125005110";

/// Two receptions of two lines each; the second was a mistake.
const BEFORE: &str = "
  insert into suppliers (code, name, lead_time_days) values ('HART', 'Hart', 30);
  insert into products (sku, name) values ('MUG', 'Mug'), ('JUG', 'Jug');
  insert into purchase_orders
    (number, supplier_id, warehouse_id, status, currency, rate, sent_at, lead_due_on)
    select 'PO-1', s.id, w.id, 'sent', 'EUR', 1000000, '2026-11-24 12:00Z', '2026-12-01'
    from suppliers s, warehouses w where w.is_primary;
  insert into purchase_order_lines (purchase_order_id, line_number, product_id, ordered)
    select o.id, row_number() over (), p.id, 5 from purchase_orders o, products p;
  insert into receptions (number, purchase_order_id, warehouse_id)
    select n, o.id, o.warehouse_id from purchase_orders o, (values ('REC-1'), ('REC-2')) of (n);
  insert into reception_lines (reception_id, purchase_order_line_id, product_id, quantity)
    select r.id, l.id, l.product_id, l.line_number from receptions r, purchase_order_lines l;
  insert into reception_reversals (reception_id, reason)
    select id, 'a mistake' from receptions where number = 'REC-2';";

#[test]
fn what_was_reversed_before_was_reversed_with_all_its_units() {
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
    conn.batch_execute(BEFORE).expect("one was a mistake");

    conn.run_pending_migrations(migrations())
        .expect("it goes up");

    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let lines: Vec<Line> = diesel::sql_query(
        "select concat_ws(' ', r.number, v.reason, l.quantity) as line
         from reversal_lines l join reception_reversals v on v.id = l.reversal_id
         join receptions r on r.id = v.reception_id order by l.quantity",
    )
    .load(&mut conn)
    .expect("it has lines");
    let lines: Vec<String> = lines.into_iter().map(|row| row.line).collect();
    assert_eq!(lines, ["REC-2 a mistake 1", "REC-2 a mistake 2"]);
}
