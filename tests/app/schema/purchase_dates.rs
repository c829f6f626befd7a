//! Purchase orders that were under way before their dates had two levels keep the day customers were told.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable};
use diesel_migrations::MigrationHarness;

use crate::support::database::{TestDatabase, migrations};

const MIGRATION: &str = "20261125001000";

/// One line by the lead time of its product, one told by an older one, one with a date of its own beside a date of the
/// supplier.
const BEFORE: &str = "
  insert into suppliers (code, name, lead_time_days) values ('HART', 'Hart', 30);
  insert into products (sku, name) values ('MUG', 'Mug'), ('JUG', 'Jug'), ('PAN', 'Pan');
  insert into supplier_products (product_id, supplier_id, lead_time_days)
    select p.id, s.id, case p.sku when 'MUG' then 9 end from products p, suppliers s;
  insert into purchase_orders (number, supplier_id, warehouse_id, status, currency, sent_at, confirmed_on)
    select n, s.id, w.id, 'sent', 'EUR', '2026-11-24 12:00Z', day::date
    from (values ('PO-1', null), ('PO-2', '2026-12-20')) of (n, day), suppliers s, warehouses w where w.is_primary;
  insert into purchase_order_lines (purchase_order_id, line_number, product_id, ordered, expected_on)
    select o.id, row_number() over (), p.id, 5, case o.number when 'PO-2' then date '2026-12-10' end
    from purchase_orders o, products p where (o.number = 'PO-1') = (p.sku <> 'PAN');
  insert into levels (warehouse_id, product_id)
    select o.warehouse_id, l.product_id from purchase_order_lines l join purchase_orders o on o.id = l.purchase_order_id;
  insert into supply (purchase_order_line_id, purchase_order_id, warehouse_id, product_id, quantity, due_on)
    select l.id, o.id, o.warehouse_id, l.product_id, 5, date '2026-12-01'
    from purchase_order_lines l join purchase_orders o on o.id = l.purchase_order_id
    join products p on p.id = l.product_id where p.sku = 'JUG';";

#[derive(Debug, PartialEq, QueryableByName)]
struct Due {
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<chrono::NaiveDate>,
}

#[test]
fn no_date_of_a_purchase_order_under_way_moved_when_dates_got_two_levels() {
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
    conn.batch_execute(BEFORE).expect("they are under way");

    conn.run_pending_migrations(migrations())
        .expect("it goes up");

    let due: Vec<Due> = diesel::sql_query(
        "select coalesce(l.confirmed_on, p.confirmed_on, l.expected_on, p.expected_on, l.lead_due_on, p.lead_due_on) as due_on
         from purchase_orders p join purchase_order_lines l on l.purchase_order_id = p.id
         join products g on g.id = l.product_id order by g.sku",
    )
    .load(&mut conn)
    .expect("they have dates");
    let days = due.iter().map(|due| due.due_on.expect("a day").to_string());
    assert_eq!(
        days.collect::<Vec<_>>(),
        ["2026-12-01", "2026-12-03", "2026-12-10"]
    );
}
