//! Whoever is limited to some warehouses reads views: there is one for each table that belongs to a
//! warehouse, and it has the columns of its table.

use super::names;
use crate::support::database::TestDatabase;

/// Tables that name a warehouse, or a record of one, and are read as they are; and why.
#[rustfmt::skip]
const WITHOUT: &[(&str, &str)] = &[
    ("decisions", "why and when books changed: read only beside their entries, which have a view"),
];

#[test]
fn a_view_has_the_columns_of_its_table_in_their_order() {
    let database = TestDatabase::create();

    let differing = names(
        &mut database.connect(),
        "with columns as (
           select relnamespace::regnamespace::text as place, relname,
             string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod)), ', ' order by attnum) as columns
           from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
           where relkind in ('r', 'v') group by 1, 2
         )
         select v.relname::text as name
         from columns v left join columns t on t.place = 'public' and t.relname = v.relname
         where v.place = 'limited' and v.relname <> 'whole_orders' and v.columns is distinct from t.columns
         order by 1",
    );

    assert_eq!(differing, Vec::<String>::new(), "see src/db/limited.sql");
}

#[test]
fn every_table_that_belongs_to_a_warehouse_has_a_view() {
    let database = TestDatabase::create();
    let mut conn = database.connect();

    // Those that name a warehouse, and those that name a record of a table with a view.
    let belong = names(
        &mut conn,
        "select distinct conrelid::regclass::text as name
         from pg_constraint key join pg_class named on named.oid = confrelid
         where contype = 'f' and connamespace = 'public'::regnamespace
           and named.relname in (select relname from pg_class where relnamespace = 'limited'::regnamespace)
         order by 1",
    );
    let views = names(
        &mut conn,
        "select relname::text as name from pg_class
         where relnamespace = 'limited'::regnamespace and relkind = 'v' order by 1",
    );

    assert!(belong.len() > 20, "{belong:?}");
    let without: Vec<&String> = belong
        .iter()
        .filter(|table| !views.contains(table))
        .collect();
    let known: Vec<&str> = WITHOUT.iter().map(|(table, _)| *table).collect();
    assert_eq!(without, known, "a view in src/db/limited.sql, or why not");
}
