//! The tables as `diesel print-schema` prints them with the settings in `diesel.toml`; it is too large to install for that.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::{load, names};

pub fn schema(conn: &mut PgConnection) -> String {
    let tables: Vec<Table> = load(
        conn,
        "select relname::text as name, obj_description(pg_class.oid, 'pg_class') as comment,
           array(select attname::text from unnest(conkey) with ordinality as part (number, place)
             join pg_attribute on attrelid = pg_class.oid and attnum = part.number order by place) as keys
         from pg_class join pg_constraint on conrelid = pg_class.oid and contype = 'p'
         where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like '\\_\\_diesel%'
         order by relname collate \"C\"",
    );

    let mut text = "// @generated automatically by Diesel CLI.\n".to_owned();
    for table in &tables {
        text.push_str("\ndiesel::table! {\n");
        text.push_str(&doc("    ", table.comment.as_deref()));
        text.push_str(&format!(
            "    {} ({}) {{\n",
            table.name,
            table.keys.join(", ")
        ));
        for column in columns_of(conn, &table.name) {
            text.push_str(&doc("        ", column.comment.as_deref()));
            text.push_str(&format!(
                "        {} -> {},\n",
                column.name,
                column.rust_type()
            ));
        }
        text.push_str("    }\n}\n");
    }

    text.push('\n');
    for joinable in joinables(conn) {
        text.push_str(&format!("diesel::joinable!({joinable});\n"));
    }
    text.push_str("\ndiesel::allow_tables_to_appear_in_same_query!(\n");
    for table in &tables {
        text.push_str(&format!("    {},\n", table.name));
    }
    text.push_str(");\n");
    text
}

fn doc(indent: &str, comment: Option<&str>) -> String {
    comment
        .into_iter()
        .flat_map(str::lines)
        .map(|line| format!("{indent}/// {}\n", line.trim()))
        .collect()
}

fn columns_of(conn: &mut PgConnection, table: &str) -> Vec<Column> {
    load(
        conn,
        &format!(
            "select attname::text as name, typname::text as type_name, not attnotnull as nullable,
               col_description(attrelid, attnum) as comment
             from pg_attribute join pg_type on pg_type.oid = atttypid
             where attrelid = 'public.{table}'::regclass and attnum > 0 and not attisdropped order by attnum"
        ),
    )
}

/// Foreign keys to a primary key that are the only one between their tables.
fn joinables(conn: &mut PgConnection) -> Vec<String> {
    names(
        conn,
        "select format('%s -> %s (%s)', child, parent, min(attname)) as name
         from (
           select conrelid::regclass::text as child, confrelid::regclass::text as parent, attname::text
           from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
           where contype = 'f' and connamespace = 'public'::regnamespace
             and cardinality(conkey) = 1 and conrelid <> confrelid
             and exists (select from pg_constraint as key
               where key.contype = 'p' and key.conrelid = pg_constraint.confrelid and key.conkey = pg_constraint.confkey)
         ) as keys
         group by child, parent having count(*) = 1
         order by child collate \"C\", parent collate \"C\"",
    )
}

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    comment: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    keys: Vec<String>,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
    #[diesel(sql_type = Nullable<Text>)]
    comment: Option<String>,
}

impl Column {
    fn rust_type(&self) -> String {
        let name = match self.type_name.strip_prefix('_') {
            Some(element) => format!("Array<Nullable<{}>>", capitalised(element)),
            None => capitalised(&self.type_name),
        };
        if self.nullable {
            format!("Nullable<{name}>")
        } else {
            name
        }
    }
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
