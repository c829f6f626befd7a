//! How the program is built: imports point down, only pages know the web, every module says what it
//! is, templates keep to the content policy.

use std::collections::BTreeSet;

use backfill::web::assets;

use crate::sources::{Source, between, sources};

/// What every domain may use.
const GROUND: &[&str] = &["schema", "types", "config", "error", "db", "web", "sheet"];

/// What each module may use beyond itself; `*`: everything.
const MAY_USE: &[(&str, &[&str])] = &[
    ("schema", &[]),
    ("types", &[]),
    ("config", &["types"]),
    ("error", &["schema", "types", "config"]),
    ("db", &["schema", "types", "config", "error"]),
    ("sheet", &["types"]),
    (
        "web",
        &["schema", "types", "config", "error", "db", "sheet"],
    ),
    ("paper", &["types", "error"]),
    ("outbox", GROUND),
    ("accounts", &["outbox"]),
    ("catalog", GROUND),
    ("stock", &["catalog"]),
    ("inventory", &["stock", "catalog", "paper", "outbox"]),
    ("purchasing", &["stock", "catalog", "paper", "outbox"]),
    ("sales", &["stock", "catalog", "paper", "outbox"]),
    (
        "preparation",
        &["sales", "stock", "catalog", "paper", "outbox"],
    ),
    ("returns", &["sales", "stock", "catalog"]),
    ("organizer", &["outbox"]),
    ("dashboard", &["*"]),
    ("search", &["*"]),
    ("exchange", &["*"]),
    ("demo", &["*"]),
    ("bench", &["*"]),
    ("app", &["*"]),
    ("server", &["*"]),
    ("cli", &["*"]),
    ("main", &["*"]),
    ("lib", &["*"]),
];

/// Modules that are not domains: they may know the web outside of `pages`.
const TECHNICAL: &[&str] = &[
    "error", "db", "web", "app", "server", "cli", "demo", "bench",
];

/// What code outside of pages may take from `web`: who asks, how days are written, how figures are drawn.
const SHARED_BY_WEB: &[&str] = &[
    "Right", "Rights", "Role", "Seal", "Visitor", "access", "chart", "dates",
];

const LONGEST: usize = 300;

#[test]
fn imports_point_down() {
    let mut wrong = vec![];
    for source in sources("src", "rs") {
        let module = source.module();
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{module} has no line in MAY_USE"));
            continue;
        };
        let is_domain = !TECHNICAL.contains(&module) && module != "paper";
        for used in uses(&source) {
            let fine = used == module
                || allowed.contains(&"*")
                || allowed.contains(&used.as_str())
                || (is_domain && !allowed.is_empty() && GROUND.contains(&used.as_str()));
            if !fine {
                wrong.push(format!("{}: {module} may not use {used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_pages_know_the_web() {
    let mut wrong = vec![];
    for source in sources("src", "rs") {
        if TECHNICAL.contains(&source.module()) || is_page(&source) {
            continue;
        }
        let code = source.code();
        if code.contains("actix_") {
            wrong.push(format!("{} uses actix", source.path));
        }
        // A letter is a text made from a template; an error may be that of a template.
        let writes = ["letter", "/error.rs", "/message"];
        if code.contains("askama") && !writes.iter().any(|name| source.path.contains(name)) {
            wrong.push(format!("{} uses askama", source.path));
        }
        for used in names_of_web(&code) {
            if !SHARED_BY_WEB.contains(&used.as_str()) {
                wrong.push(format!("{} uses web::{used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = sources("src", "rs")
        .into_iter()
        .filter(|source| source.path != "src/schema.rs")
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path)
        .collect();

    assert!(silent.is_empty(), "these begin without //!: {silent:#?}");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<String> = sources("src", "rs")
        .into_iter()
        .filter(|source| source.path != "src/schema.rs")
        .filter(|source| source.text.lines().count() > LONGEST)
        .map(|source| source.path)
        .collect();

    assert!(long.is_empty(), "split by noun: {long:#?}");
}

#[test]
fn templates_keep_to_the_content_policy() {
    let mut wrong = vec![];
    for template in sources("templates", "html") {
        // Mail is read by mail programs, which know no style sheet of ours.
        if template.path.starts_with("templates/mail/") {
            continue;
        }
        for tag in between(&template.text, "<", ">") {
            if tag.contains(" style=") || tag.starts_with("style") {
                wrong.push(format!("{}: inline style in <{tag}>", template.path));
            }
            if tag.starts_with("script") && !tag.contains(" src=") {
                wrong.push(format!("{}: inline script", template.path));
            }
            if tag.contains(" on") && has_handler(tag) || tag.contains("javascript:") {
                wrong.push(format!("{}: inline handler in <{tag}>", template.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Askama writes nothing for a block that is answered alone and stands inside a condition, or beside the
/// blocks of the layout that the template extends.
/// *Cancel* is what people do to orders.
#[test]
fn no_way_out_is_called_cancel() {
    let templates = sources("templates", "html").into_iter().map(|file| {
        let is_so = file.text.contains(">Cancel<") || file.text.contains("= \"Cancel\"");
        (file.path, is_so)
    });
    let pages = sources("src", "rs").into_iter().map(|file| {
        let is_so = file.text.contains("or_leave(\"Cancel");
        (file.path, is_so)
    });
    for (path, is_so) in templates.chain(pages) {
        assert!(!is_so, "{path} calls a way out Cancel");
    }
}

#[test]
fn a_block_stands_in_a_block_of_its_layout_and_in_no_condition() {
    let names = |template: &Source| -> Vec<String> {
        between(&template.text, "{%", "%}")
            .into_iter()
            .filter_map(|tag| tag.trim_matches(['-', ' ']).strip_prefix("block "))
            .map(|name| name.trim().to_owned())
            .collect()
    };
    let of_layouts: BTreeSet<String> = sources("templates/layouts", "html")
        .iter()
        .flat_map(names)
        .collect();
    let mut wrong = vec![];
    for template in sources("templates", "html") {
        let mut open = vec![];
        let extends = template.text.contains("{% extends");
        for tag in between(&template.text, "{%", "%}") {
            let mut words = tag.trim_matches(['-', ' ']).split_whitespace();
            let word = words.next().unwrap_or_default();
            if word == "block" {
                let name = words.next().unwrap_or_default();
                let in_condition = ["if", "for", "match"]
                    .iter()
                    .any(|condition| open.contains(condition));
                let beside = extends && open.is_empty() && !of_layouts.contains(name);
                if in_condition || beside {
                    wrong.push(format!("{}: block {name}", template.path));
                }
            }
            match word {
                "block" | "call" | "filter" | "for" | "if" | "macro" | "match" => open.push(word),
                _ if word.starts_with("end") => _ = open.pop(),
                _ => {}
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "put the condition into the block, and the block into one of the layout: {wrong:#?}"
    );
}

#[test]
fn every_asset_a_template_asks_for_is_served() {
    let served: BTreeSet<&str> = assets::names().collect();
    let mut missing = vec![];
    let mut asked = 0;
    for template in sources("templates", "html") {
        for name in between(&template.text, "assets::url(\"", "\")") {
            asked += 1;
            if !served.contains(name) {
                missing.push(format!("{} asks for {name}", template.path));
            }
        }
    }

    assert!(asked > 0, "templates ask for assets in some other way now");
    assert!(missing.is_empty(), "{missing:#?}");
}

fn is_page(source: &Source) -> bool {
    source.path.contains("/pages/") || source.path.ends_with("/pages.rs")
}

/// The modules of the crate that a file names.
fn uses(source: &Source) -> BTreeSet<String> {
    let code = source.code();
    code.split("crate::")
        .skip(1)
        .flat_map(first_names)
        // What the top of the crate defines itself: `crate::Error`.
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect()
}

/// `{a, b::{c, d}} ..` names a and b; `a::b ..` names a.
fn first_names(rest: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| is_part(*c))
            .collect()
    };
    let Some(group) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut names = vec![name(group)];
    let mut depth = 1;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// What is taken from `crate::web`, by its first name.
fn names_of_web(code: &str) -> Vec<String> {
    code.split("crate::web::")
        .skip(1)
        .flat_map(first_names)
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn names_are_read_out_of_nested_imports() {
    assert_eq!(first_names("web::live::Live;"), ["web"]);
    assert_eq!(
        first_names("{db, types::{Email, UserId}, web};"),
        ["db", "types", "web"]
    );
}

/// Whether a tag has an attribute such as `onclick=` or `hx-on:click=`.
fn has_handler(tag: &str) -> bool {
    tag.split_whitespace().any(|attribute| {
        let name = attribute.split('=').next().unwrap_or_default();
        attribute.contains('=') && name.starts_with("on") && name.chars().all(char::is_lowercase)
            || name.starts_with("hx-on")
    })
}
