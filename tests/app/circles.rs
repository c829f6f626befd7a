//! Files that import each other in a circle can only be understood all at once: there are none in stock.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, sources};

/// Files, and those each imports.
type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_files_of_stock_import_each_other_in_a_circle() {
    let graph = graph("src/stock");

    let circles: Vec<String> = graph
        .keys()
        .filter(|file| reaches(&graph, file, file))
        .cloned()
        .collect();

    assert!(graph.len() > 20, "stock is here");
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn what_is_planned_is_planned_in_memory() {
    let wrong: Vec<String> = sources("src/stock", "rs")
        .into_iter()
        .filter(|source| {
            source.path.starts_with("src/stock/books/")
                || ["plan.rs", "weigh.rs"]
                    .iter()
                    .any(|name| source.path == format!("src/stock/{name}"))
        })
        .filter(|source| source.code().contains("diesel") || source.code().contains("Connection"))
        .map(|source| source.path)
        .collect();

    assert!(wrong.is_empty(), "these know a database: {wrong:#?}");
}

#[test]
fn one_place_asks_what_time_it_is() {
    let wrong: Vec<String> = sources("src", "rs")
        .into_iter()
        .filter(|source| source.path != "src/types/clock.rs")
        .filter(|source| source.code().contains("Utc::now"))
        .map(|source| source.path)
        .collect();

    assert!(
        wrong.is_empty(),
        "use types::clock, or the instant of the act: {wrong:#?}"
    );
}

fn graph(folder: &str) -> Graph {
    let all = sources(folder, "rs");
    let files: BTreeMap<String, String> = all
        .iter()
        .map(|source| (module(&source.path), source.path.clone()))
        .collect();
    all.iter()
        .map(|source| (source.path.clone(), imports(source, &files)))
        .collect()
}

/// `src/stock/books/mod.rs` is `crate::stock::books`.
fn module(path: &str) -> String {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    format!(
        "crate::{}",
        path.trim_end_matches("/mod").replace('/', "::")
    )
}

/// The files that a file imports something of.
fn imports(source: &Source, files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let own = module(&source.path);
    let is_folder = source.path.ends_with("/mod.rs");
    let code = source.code();
    let uses = code
        .split("use ")
        .skip(1)
        .filter_map(|rest| rest.split_once(';'));
    uses.flat_map(|(path, _)| spelled_out("", &path.split_whitespace().collect::<String>()))
        .filter_map(|path| {
            let path = absolute(&path, &own, is_folder);
            let mut path = path.as_str();
            loop {
                if let Some(file) = files.get(path) {
                    return Some(file.clone());
                }
                path = path.rsplit_once("::")?.0;
            }
        })
        .filter(|file| *file != source.path)
        .collect()
}

/// From the top of the crate.
fn absolute(path: &str, own: &str, is_folder: bool) -> String {
    if path.starts_with("crate::") {
        return path.to_owned();
    }
    let mut at = if is_folder { own } else { above(own) };
    let mut rest = path.strip_prefix("self::").unwrap_or(path);
    if let Some(below) = rest.strip_prefix("super::") {
        // Of a file, `super` is the folder it lies in.
        at = if is_folder { above(own) } else { at };
        rest = below;
    } else if !is_folder {
        at = own;
    }
    while let Some(below) = rest.strip_prefix("super::") {
        (at, rest) = (above(at), below);
    }
    format!("{at}::{rest}")
}

fn above(module: &str) -> &str {
    module.rsplit_once("::").map_or(module, |(above, _)| above)
}

/// `a::{b, c::{d}}` is `a::b` and `a::c::d`.
pub fn spelled_out(before: &str, path: &str) -> Vec<String> {
    let Some((head, group)) = path.split_once('{') else {
        return vec![format!("{before}{path}")];
    };
    let group = group.strip_suffix('}').unwrap_or(group);
    let (mut parts, mut depth, mut from) = (vec![], 0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[from..]);
    let before = format!("{before}{head}");
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .flat_map(|part| spelled_out(&before, part))
        .collect()
}

/// Whether `from` leads to `to` in one step or several.
fn reaches(graph: &Graph, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(file) = next.pop() {
        for imported in graph.get(file).into_iter().flatten() {
            if imported == to {
                return true;
            }
            if seen.insert(imported.as_str()) {
                next.push(imported);
            }
        }
    }
    false
}

#[test]
fn paths_are_read_as_the_compiler_does() {
    assert_eq!(
        spelled_out("", "a::{b,c::{d,e}}"),
        ["a::b", "a::c::d", "a::c::e"]
    );
    assert_eq!(
        absolute("super::plan::x", "crate::stock::weigh", false),
        "crate::stock::plan::x"
    );
    assert_eq!(
        absolute("books::x", "crate::stock", true),
        "crate::stock::books::x"
    );
}
