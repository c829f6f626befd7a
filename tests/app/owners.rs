//! Tables have owners: the map in `src/lib.rs` says which module writes which tables, and whose tables it reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::circles::spelled_out;
use crate::sources::{Source, sources};

/// Module to tables.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Figures that are measured on copies and by hand; they own nothing and are run by nobody at work.
const MEASURES: &str = "bench";

/// Views of the tables of others, through which these are read by whoever reads them.
const VIEWS: &str = "src/db/limited.sql";

#[test]
fn only_its_owner_writes_a_table() {
    let (owners, _) = declared();
    let written = found(&tables(), writes);

    let wrong: Vec<String> = written
        .iter()
        .flat_map(|(module, tables)| tables.iter().map(move |table| (module, table)))
        .filter(|(module, table)| !owners.get(*module).is_some_and(|own| own.contains(*table)))
        .map(|(module, table)| format!("{module} writes {table}"))
        .collect();

    assert!(wrong.is_empty(), "src/lib.rs says otherwise: {wrong:#?}");
    assert_eq!(
        owners, written,
        "src/lib.rs names what is written, and nothing else"
    );
}

#[test]
fn every_table_has_one_owner() {
    let (owners, _) = declared();
    let tables = tables();
    for table in &tables {
        let own: Vec<&String> = owners
            .iter()
            .filter(|(_, owned)| owned.contains(table))
            .map(|(module, _)| module)
            .collect();
        assert_eq!(own.len(), 1, "{table} is written by {own:?}");
    }
}

#[test]
fn who_reads_the_tables_of_others_is_named() {
    let (owners, declared) = declared();
    let mut read = found(&tables(), reads);
    for (module, own) in &owners {
        if let Some(tables) = read.get_mut(module) {
            tables.retain(|table| !own.contains(table));
        }
    }
    read.retain(|_, tables| !tables.is_empty());

    assert_eq!(
        declared, read,
        "src/lib.rs names what is read, and nothing else"
    );
}

/// The rows of the map: `| [`stock`] | writes | reads |`.
fn declared() -> (Uses, Uses) {
    let sources = sources("src", "rs");
    let map = sources.iter().find(|source| source.path == "src/lib.rs");
    let map = &map.expect("the library has a top").text;
    let (_, map) = map
        .split_once("# Tables")
        .expect("the map has a part about tables");
    let mut uses = (Uses::new(), Uses::new());
    for row in map.lines().filter_map(|line| line.strip_prefix("//! | [`")) {
        let mut cells = row.split('|');
        let module = cells.next().and_then(|cell| cell.split('`').next());
        let module = module.expect("a row names its module").to_owned();
        let mut named = || -> BTreeSet<String> {
            let cell = cells.next().unwrap_or_default();
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect()
        };
        for (of, tables) in [(&mut uses.0, named()), (&mut uses.1, named())] {
            if !tables.is_empty() {
                of.insert(module.clone(), tables);
            }
        }
    }
    uses
}

/// The tables of the schema.
fn tables() -> BTreeSet<String> {
    let sources = sources("src", "rs");
    let schema = sources.iter().find(|source| source.path == "src/schema.rs");
    let lines = schema.expect("the schema is there").text.lines();
    lines
        .filter_map(|line| line.strip_suffix(" {")?.trim_start().split_once(" ("))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// What each module does with which tables.
fn found(tables: &BTreeSet<String>, does: fn(&str, &str) -> bool) -> Uses {
    let mut uses = Uses::new();
    let all = sources("src", "rs")
        .into_iter()
        .chain(sources("src", "sql"));
    for source in all.filter(|source| source.path != "src/schema.rs") {
        let module = source.module().to_owned();
        if module == MEASURES || source.path == VIEWS {
            continue;
        }
        let code = code(&source);
        let named = tables.iter().filter(|table| does(&code, table));
        uses.entry(module).or_default().extend(named.cloned());
    }
    uses.retain(|_, tables| !tables.is_empty());
    uses
}

/// The code of a file in one line, without what follows `#[cfg(test)]`.
fn code(source: &Source) -> String {
    let code = source.code();
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("( ", "(")
}

fn writes(code: &str, table: &str) -> bool {
    let by_diesel = ["insert_into(", "update(", "delete("]
        .iter()
        .any(|verb| code.contains(&format!("{verb}{table}::table")));
    let by_sql = ["insert into ", "update ", "delete from "]
        .iter()
        .any(|verb| names(code, &format!("{verb}{table}")));
    by_diesel || by_sql
}

fn reads(code: &str, table: &str) -> bool {
    let imports = code
        .split("use ")
        .skip(1)
        .filter_map(|rest| rest.split_once(';'));
    let paths = imports.flat_map(|(path, _)| spelled_out("", &path.replace(' ', "")));
    let by_diesel = paths
        .into_iter()
        .any(|path| path == format!("crate::schema::{table}"))
        || names(code, &format!("crate::schema::{table}"));
    by_diesel
        || ["from ", "join ", "from public.", "join public."]
            .iter()
            .any(|before| names(code, &format!("{before}{table}")))
}

/// Whether the words stand there, and end there.
fn names(code: &str, words: &str) -> bool {
    code.match_indices(words).any(|(at, _)| {
        let next = code[at + words.len()..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || next == '_' || next == ':')
    })
}
