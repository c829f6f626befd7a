//! The database as the migrations make it: reversible, in house style, and what `src/schema.rs` says it is.

mod limited;
mod printed;
mod purchase_dates;
mod returns;
mod reversals;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::MigrationHarness;

use crate::support::database::{TestDatabase, migrations};

#[test]
fn the_migrations_go_down_to_nothing_and_up_again() {
    let database = TestDatabase::without_migrations();
    let mut conn = database.connect();
    conn.run_pending_migrations(migrations())
        .expect("they go up");
    let first = everything_in(&mut conn);

    conn.revert_all_migrations(migrations())
        .expect("they go down");
    let left = everything_in(&mut conn);
    conn.run_pending_migrations(migrations())
        .expect("they go up again");

    assert_eq!(left, Vec::<String>::new());
    assert_eq!(everything_in(&mut conn), first);
}

#[test]
fn schema_rs_is_what_diesel_would_print() {
    let database = TestDatabase::create();
    let file = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema.rs"))
        .expect("it is there");

    let printed = printed::schema(&mut database.connect());

    for (number, (written, expected)) in file.lines().zip(printed.lines()).enumerate() {
        assert_eq!(
            written,
            expected,
            "line {} of src/schema.rs; generate it anew: diesel print-schema",
            number + 1
        );
    }
    assert_eq!(file.lines().count(), printed.lines().count());
}

#[test]
fn every_foreign_key_has_an_index() {
    let database = TestDatabase::create();

    let without = names(
        &mut database.connect(),
        "select conname::text as name from pg_constraint as key
         where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
           select from pg_index as index
           where index.indrelid = key.conrelid
             and (index.indkey::int2[])[0:cardinality(key.conkey) - 1] operator(pg_catalog.@>) key.conkey
             and (index.indpred is null or pg_get_expr(index.indpred, index.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$'))
         order by 1",
    );

    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn what_happened_has_a_time_zone() {
    let database = TestDatabase::create();

    let without = names(
        &mut database.connect(),
        "select table_name || '.' || column_name as name from information_schema.columns
         where table_schema = 'public' and table_name not like '\\_\\_diesel%'
           and data_type in ('timestamp without time zone', 'time without time zone', 'time with time zone')
         order by 1",
    );

    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn constraints_and_indexes_are_named_after_their_table_and_kind() {
    let database = TestDatabase::create();

    let misnamed = names(
        &mut database.connect(),
        "select conname::text as name from pg_constraint
         where connamespace = 'public'::regnamespace and conrelid <> 0
           and conrelid::regclass::text not like '\\_\\_diesel%'
           and contype in ('p', 'u', 'f', 'c')
           and not (starts_with(conname::text, conrelid::regclass::text || '_') and conname::text like '%\\_' || case contype
             when 'p' then 'pkey' when 'u' then 'key' when 'f' then 'fkey' else 'check' end)
         union all
         select class.relname::text from pg_index as index join pg_class as class on class.oid = index.indexrelid
         where class.relnamespace = 'public'::regnamespace
           and index.indrelid::regclass::text not like '\\_\\_diesel%'
           and not exists (select from pg_constraint where conindid = index.indexrelid and contype in ('p', 'u'))
           and not (starts_with(class.relname::text, index.indrelid::regclass::text || '_')
             and class.relname::text ~ case when index.indisunique then '_(key|idx)$' else '_idx$' end)
         order by 1",
    );

    assert_eq!(misnamed, Vec::<String>::new());
}

/// Chosen or derived, never stored, so no check lists them.
const NOT_STORED: [&str; 22] = [
    "AbcClass",
    "Attention",
    "Balance",
    "Doubt",
    "Ending",
    "ExportField",
    "KitShow",
    "LabelSize",
    "LineState",
    "ListKind",
    "LocationState",
    "NeedStatus",
    "OrderState",
    "RemarkKind",
    "Closing",
    "Parcels",
    "Shown",
    "Size",
    "Stood",
    "Tab",
    "Which",
    "Why",
];

#[test]
fn every_enum_lists_what_its_check_lists() {
    let database = TestDatabase::create();
    let checks = texts_of_checks(&mut database.connect());
    let enums = texts_of_enums(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));

    let strangers: Vec<_> = enums
        .iter()
        .filter(|(name, _)| !NOT_STORED.contains(&name.as_str()))
        .filter(|(_, texts)| !checks.contains(texts))
        .collect();

    assert!(!enums.is_empty(), "the sources have enums");
    assert!(
        strangers.is_empty(),
        "no check lists the same: {strangers:#?}\nthe checks list: {checks:#?}"
    );
}

/// The lists of texts that columns are checked against.
fn texts_of_checks(conn: &mut PgConnection) -> BTreeSet<BTreeSet<String>> {
    let checks = names(
        conn,
        "select pg_get_constraintdef(oid) as name from pg_constraint
         where contype = 'c' and connamespace = 'public'::regnamespace",
    );
    let listed = checks.iter().filter_map(|check| {
        let one = check.split_once("= ANY (ARRAY[");
        let several = || check.split_once("<@ ARRAY[");
        one.or_else(several)?.1.split_once(']')
    });
    listed.map(|(list, _)| quoted(list, '\'')).collect()
}

/// Every `text_enum!` of the sources, with the texts it writes to the database.
fn texts_of_enums(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut enums = BTreeMap::new();
    for entry in fs::read_dir(folder)
        .expect("the sources are there")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            enums.extend(texts_of_enums(&path));
            continue;
        }
        let source = fs::read_to_string(&path).unwrap_or_default();
        for declaration in source.split("\ntext_enum! {").skip(1) {
            let body = declaration.split("\n}").next().unwrap_or_default();
            let lines: Vec<&str> = body
                .lines()
                .map(str::trim)
                .filter(|line| !line.starts_with("//"))
                .collect();
            let name = lines
                .iter()
                .find_map(|line| line.strip_suffix(" {"))
                .unwrap_or_default();
            let stored = lines
                .iter()
                .filter_map(|line| line.split_once(" = \"")?.1.split('"').next());
            enums.insert(name.to_owned(), stored.map(str::to_owned).collect());
        }
    }
    enums
}

fn quoted(list: &str, quote: char) -> BTreeSet<String> {
    list.split(quote)
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Names of all that a migration could leave behind, with what matters about it.
fn everything_in(conn: &mut PgConnection) -> Vec<String> {
    names(
        conn,
        "select concat_ws(' ', relkind, relname, obj_description(oid, 'pg_class'),
           pg_get_viewdef(case when relkind in ('v', 'm') then oid end)) as name
         from pg_class where relnamespace = 'public'::regnamespace and relname not like '\\_\\_diesel%'
         union all
         select concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
           attidentity, attgenerated, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
         from pg_attribute join pg_class on pg_class.oid = attrelid
         left join pg_attrdef on adrelid = attrelid and adnum = attnum
         where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like '\\_\\_diesel%'
           and attnum > 0 and not attisdropped
         union all
         select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
         from pg_constraint
         where connamespace = 'public'::regnamespace and conrelid::regclass::text not like '\\_\\_diesel%'
         union all
         select concat_ws(' ', 'index', pg_get_indexdef(indexrelid))
         from pg_index join pg_class on pg_class.oid = indexrelid
         where relnamespace = 'public'::regnamespace and indrelid::regclass::text not like '\\_\\_diesel%'
         union all
         select concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
         union all
         select concat_ws(' ', 'function', prokind, oid::regprocedure, prosrc) from pg_proc
         where pronamespace = 'public'::regnamespace and proname not like 'diesel\\_%'
         union all
         select concat_ws(' ', 'type', typname) from pg_type
         where typnamespace = 'public'::regnamespace and typname not like '%\\_\\_diesel%'
         union all
         select concat_ws(' ', 'extension', extname) from pg_extension where extname <> 'plpgsql'
         union all
         select concat_ws(' ', 'schema', nspname) from pg_namespace
         where nspname !~ '^pg_|^information_schema$|^public$'
         order by 1",
    )
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn names(conn: &mut PgConnection, sql: &str) -> Vec<String> {
    load::<Name>(conn, sql)
        .into_iter()
        .map(|row| row.name)
        .collect()
}

fn load<Row>(conn: &mut PgConnection, sql: &str) -> Vec<Row>
where
    Row: QueryableByName<diesel::pg::Pg> + 'static,
{
    diesel::sql_query(sql)
        .load(conn)
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}
