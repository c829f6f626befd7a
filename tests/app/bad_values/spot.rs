//! The places of values in a request.

use super::found::{Known, Route};
use super::kinds::{Bad, Change, Place};
use super::sent::Sent;

/// Where in a request a value stands: a part of its path, or a field of this name.
#[derive(Debug, Clone)]
pub enum Spot {
    Part(usize),
    Field(String),
}

/// Each place of a value once: of rows of boxes, the first.
pub fn spots(route: Route, known: &[Known]) -> Vec<Spot> {
    let parts = route.1.split('/').enumerate();
    let parts = parts.filter(|(_, part)| part.starts_with('{'));
    let mut spots: Vec<Spot> = parts.map(|(at, _)| Spot::Part(at)).collect();
    let mut patterns = vec![];
    for name in known.iter().flat_map(|known| &known.sent.names) {
        let pattern: String = name
            .chars()
            .filter(|letter| !letter.is_ascii_digit())
            .collect();
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
            spots.push(Spot::Field(name.clone()));
        }
    }
    spots
}

impl Spot {
    pub fn is_in(&self, sent: &Sent) -> bool {
        match self {
            Spot::Part(_) => true,
            Spot::Field(name) => sent.names.contains(name),
        }
    }

    /// What kind of place it is, its name, and what stands there when all is well.
    pub fn said(&self, sent: &Sent) -> (Place, String, String) {
        match self {
            Spot::Part(at) => {
                let part = sent.path.split('/').nth(*at).unwrap_or_default();
                (Place::Path, format!("part {at}"), part.to_owned())
            }
            Spot::Field(name) => {
                let place = if sent.posts {
                    Place::Body
                } else {
                    Place::Query
                };
                let value = sent.fields.iter().find(|(each, _)| each == name);
                (
                    place,
                    name.clone(),
                    value.map(|(_, value)| value.clone()).unwrap_or_default(),
                )
            }
        }
    }

    /// The request with a bad value in this place.
    pub fn with(&self, sent: &Sent, bad: &Bad) -> Sent {
        let mut sent = sent.clone();
        match (self, &bad.change) {
            (Spot::Part(at), Change::Is(value)) => {
                let encoded = in_a_path(value);
                let parts = sent.path.split('/').enumerate();
                let parts: Vec<&str> = parts
                    .map(|(each, part)| if each == *at { encoded.as_str() } else { part })
                    .collect();
                sent.path = parts.join("/");
            }
            (Spot::Part(_), _) => {}
            (Spot::Field(name), Change::LeftOut) => sent.fields.retain(|(each, _)| each != name),
            (Spot::Field(name), Change::Repeated(value)) => {
                sent.fields.push((name.clone(), (*value).to_owned()));
            }
            (Spot::Field(name), Change::Is(value)) => {
                match sent.fields.iter_mut().find(|(each, _)| each == name) {
                    Some((_, stands)) => stands.clone_from(value),
                    None => sent.fields.push((name.clone(), value.clone())),
                }
            }
        }
        sent
    }
}

/// As it is written in a path.
fn in_a_path(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte.is_ascii_alphanumeric() {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}
