//! What a page sends when its links are followed, its forms filled in and its buttons pressed.

use scraper::{ElementRef, Html, Selector};

use crate::support::html::value_of;
use crate::support::make::PASSWORD;

/// A request as a page sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub posts: bool,
    pub path: String,
    pub fields: Vec<(String, String)>,
    /// Every box and button of the form, filled in or not.
    pub names: Vec<String>,
    pub has_file: bool,
}

/// What people type where a form is opened empty.
const TYPED: &[(&str, &str)] = &[
    ("again", "another password of the tests"),
    ("bin", "A1"),
    ("change", "1"),
    ("channel", "new-channel"),
    ("code", "MUG"),
    ("confirmed_on", "2027-01-20"),
    ("counted", "3"),
    ("current", PASSWORD),
    ("customer", "ADA"),
    ("email", "somebody@shop.example"),
    ("expected_on", "2027-01-20"),
    ("from", "B-01"),
    ("label", "To be done"),
    ("location", "A1"),
    ("name", "Somebody"),
    ("note", "As agreed"),
    ("password", "another password of the tests"),
    ("price", "2.50"),
    ("product", "MUG"),
    ("quantity", "1"),
    ("qty", "1"),
    // A note has none.
    ("assignee", ""),
    ("due_on", ""),
    ("reason", "As agreed"),
    ("recipients", "somebody@shop.example"),
    // Nobody here has one.
    ("second_factor_from", ""),
    ("sku", "MUG"),
    ("status", ""),
    ("to", "B-03"),
    ("units", "1"),
    ("weight", "10"),
];

/// Everything that can be sent from `html`, the page at `here`.
pub fn all(html: &str, here: &str) -> Vec<Sent> {
    let page = Html::parse_document(html);
    let mut sent: Vec<Sent> = links(&page, here);
    sent.extend(select(&page, "form").flat_map(|form| form_of(&page, form, here)));
    let parts = select(&page, "[hx-get][name], [hx-include], [hx-post]:not(form)");
    sent.extend(parts.map(|part| part_of(&page, part)));
    sent
}

fn links(page: &Html, here: &str) -> Vec<Sent> {
    let places = select(page, "[href], [hx-get], [src]").flat_map(|element| {
        let places = ["href", "hx-get", "src"];
        places
            .into_iter()
            .filter_map(move |name| element.attr(name))
    });
    places.filter_map(|to| Sent::get(to, here)).collect()
}

impl Sent {
    /// What a link sends; none: it leads out of the shop.
    pub fn get(to: &str, here: &str) -> Option<Sent> {
        let (path, query) = to.split_once('?').unwrap_or((to, ""));
        let path = if path.is_empty() { here } else { path };
        let fields: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
        path.starts_with('/').then(|| Sent {
            posts: false,
            path: path.to_owned(),
            names: fields.iter().map(|(name, _)| name.clone()).collect(),
            fields,
            has_file: false,
        })
    }

    pub fn url(&self) -> String {
        match self.fields.as_slice() {
            [] => self.path.clone(),
            fields => {
                let query = serde_urlencoded::to_string(fields).expect("fields are text");
                format!("{}?{query}", self.path)
            }
        }
    }
}

/// A form as each of its buttons sends it.
fn form_of(page: &Html, form: ElementRef<'_>, here: &str) -> Vec<Sent> {
    let address = ["action", "hx-post", "hx-get"];
    let address = address.iter().find_map(|name| form.attr(name));
    let posts = form.attr("method") == Some("post") || form.attr("hx-post").is_some();
    let controls = controls(page, form);
    let pressed = |button: &ElementRef<'_>| {
        let mut sent = filled(&controls);
        let pair = (
            button.attr("name"),
            button.attr("value").unwrap_or_default(),
        );
        if let (Some(name), value) = pair {
            sent.fields.push((name.to_owned(), value.to_owned()));
        }
        let to = button.attr("formaction").or(address).unwrap_or(here);
        to_address(Sent { posts, ..sent }, to, here)
    };
    let buttons = controls.iter().filter(|control| {
        control.value().name() == "button" && control.attr("type") != Some("button")
    });
    let mut all: Vec<Sent> = buttons.map(pressed).collect();
    if all.is_empty() {
        let sent = Sent {
            posts,
            ..filled(&controls)
        };
        all.push(to_address(sent, address.unwrap_or(here), here));
    }
    all
}

/// A part of a page that asks by itself, with the boxes it takes along.
fn part_of(page: &Html, part: ElementRef<'_>) -> Sent {
    let mut controls: Vec<ElementRef<'_>> = part
        .value()
        .attr("name")
        .map(|_| part)
        .into_iter()
        .collect();
    let usual = part.attr("hx-post").map_or("", |_| "closest form");
    match part.attr("hx-include").unwrap_or(usual) {
        "" => {}
        "this" => controls.extend(part.select(&selector(CONTROLS))),
        "closest form" => {
            let form = part.ancestors().filter_map(ElementRef::wrap);
            let form = form
                .into_iter()
                .find(|above| above.value().name() == "form");
            controls.extend(form.into_iter().flat_map(|form| self::controls(page, form)));
        }
        named => controls.extend(select(page, &named.replace(":checked", ""))),
    }
    let mut sent = filled(&controls);
    for (name, value) in said(part) {
        sent.names.push(name.clone());
        sent.fields.push((name, value));
    }
    let to = part
        .attr("hx-post")
        .or(part.attr("hx-get"))
        .unwrap_or_default();
    sent.posts = part.attr("hx-post").is_some();
    to_address(sent, to, "")
}

/// The query of an address stays where it is when a form is posted there, and gives way where it asks.
fn to_address(sent: Sent, to: &str, here: &str) -> Sent {
    let path = if to.is_empty() { here } else { to };
    match path.split_once('?') {
        Some((path, query)) if !sent.posts => {
            let fields: Vec<(String, String)> =
                serde_urlencoded::from_str(query).unwrap_or_default();
            let names = fields.iter().map(|(name, _)| name.clone());
            Sent {
                path: path.to_owned(),
                names: names.chain(sent.names).collect(),
                fields: fields.into_iter().chain(sent.fields).collect(),
                ..sent
            }
        }
        _ => Sent {
            path: path.to_owned(),
            ..sent
        },
    }
}

const CONTROLS: &str = "input, select, textarea, button";

/// Those inside a form, and those that name it.
fn controls<'a>(page: &'a Html, form: ElementRef<'a>) -> Vec<ElementRef<'a>> {
    let mut controls: Vec<ElementRef<'a>> = form.select(&selector(CONTROLS)).collect();
    if let Some(id) = form.attr("id") {
        controls.extend(select(page, &format!("[form='{id}']")));
    }
    controls
}

/// What is sent of these boxes by somebody who fills them in and chooses the first of what can be chosen.
fn filled(controls: &[ElementRef<'_>]) -> Sent {
    let (mut fields, mut names, mut has_file) = (vec![], vec![], false);
    for control in controls {
        let Some(name) = control.attr("name") else {
            continue;
        };
        names.push(name.to_owned());
        has_file |= control.attr("type") == Some("file");
        let is_first = fields.iter().all(|(each, _)| each != name);
        let is_open = control.attr("type") != Some("hidden");
        let value = value_of(*control).map(|value| match value.is_empty() && is_open {
            true => typed(*control, name, is_first),
            false => value,
        });
        let value = value.or_else(|| chosen(*control, name, &fields));
        if let Some(value) = value.filter(|_| control.value().name() != "button") {
            fields.push((name.to_owned(), value));
        }
    }
    Sent {
        posts: false,
        path: String::new(),
        fields,
        names,
        has_file,
    }
}

fn typed(control: ElementRef<'_>, name: &str, is_first: bool) -> String {
    let of_row = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
    let known = TYPED.iter().find(|(each, _)| *each == of_row);
    let known = known.map(|(_, typed)| *typed);
    if control.value().name() != "select" {
        return known.unwrap_or_default().to_owned();
    }
    let options = selector("option[value]");
    let options = control.select(&options);
    let mut values = options.filter_map(|option| option.attr("value"));
    let chosen = match name {
        _ if known == Some("") || !is_first => None,
        // Elsewhere than where it comes from.
        "to" => values.last(),
        _ => values.find(|value| !value.is_empty()),
    };
    chosen.unwrap_or_default().to_owned()
}

/// The first of several rows is ticked.
fn chosen(control: ElementRef<'_>, name: &str, fields: &[(String, String)]) -> Option<String> {
    let value = control.attr("value")?;
    let is_row = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_box = matches!(control.attr("type"), Some("checkbox" | "radio"));
    let is_first = fields.iter().all(|(each, _)| each != name);
    (is_row && is_box && is_first).then(|| value.to_owned())
}

/// The values an element adds by itself.
fn said(part: ElementRef<'_>) -> Vec<(String, String)> {
    let json = part.attr("hx-vals").unwrap_or("{}");
    let said: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).unwrap_or_default();
    said.into_iter()
        .map(|(name, value)| {
            (
                name,
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            )
        })
        .collect()
}

fn select<'a>(page: &'a Html, css: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let found: Vec<ElementRef<'a>> = page.select(&selector(css)).collect();
    found.into_iter()
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}
