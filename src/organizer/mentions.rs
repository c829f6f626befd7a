//! Whom a text names: `@Ada`, `@Ada Lovelace`, or `@ada` of an address.

use crate::types::UserId;

/// A colleague who can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    /// What stands before the `@` of their address.
    pub mailbox: String,
}

/// Everybody a text names, each as it is written there. A first name that two people bear names
/// nobody.
pub fn named_in(text: &str, people: &[Person]) -> Vec<(String, UserId)> {
    let mut named: Vec<(String, UserId)> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let Some((long, id)) = who(&text[at + 1..], people) else {
            continue;
        };
        let written = &text[at..=at + long];
        if named.iter().all(|(known, _)| known != written) {
            named.push((written.to_owned(), id));
        }
    }
    named
}

/// Who is named at the beginning of a text, and how much of it names them; the longest name wins.
fn who(text: &str, people: &[Person]) -> Option<(usize, UserId)> {
    let whole = people.iter().flat_map(|person| {
        let names = [person.name.as_str(), person.mailbox.as_str()];
        names.map(|name| (name, person.id))
    });
    let longest = whole
        .filter(|(name, _)| begins_with(text, name))
        .max_by_key(|(name, _)| name.len());
    let longest = longest.map(|(name, id)| (name.len(), id));
    longest.or_else(|| first_name(text, people))
}

fn first_name(text: &str, people: &[Person]) -> Option<(usize, UserId)> {
    let mut called = people.iter().filter_map(|person| {
        let first = person.name.split_whitespace().next()?;
        begins_with(text, first).then_some((first.len(), person.id))
    });
    let one = called.next();
    one.filter(|_| called.next().is_none())
}

/// Whether a name stands there and ends there, in capitals or not.
fn begins_with(text: &str, name: &str) -> bool {
    let begins = text
        .get(..name.len())
        .is_some_and(|part| !name.is_empty() && part.to_lowercase() == name.to_lowercase());
    begins && !text[name.len()..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Vec<Person> {
        let person = |nth, name: &str, mailbox: &str| Person {
            id: UserId::unwritten(nth),
            name: name.into(),
            mailbox: mailbox.into(),
        };
        vec![
            person(1, "Ada Lovelace", "ada.l"),
            person(2, "Grace Hopper", "grace"),
            person(3, "Grace Kelly", "kelly"),
            person(4, "Zoé", "zoe"),
        ]
    }

    #[test]
    fn a_colleague_is_named_by_name_first_name_or_mailbox() {
        let named = |text: &str| -> Vec<String> {
            let named = named_in(text, &people());
            named.into_iter().map(|(written, _)| written).collect()
        };

        assert_eq!(named("ask @Ada Lovelace, please"), ["@Ada Lovelace"]);
        assert_eq!(named("@ada: call @zoé!"), ["@ada", "@zoé"]);
        assert_eq!(named("@kelly @kelly"), ["@kelly"]);
        assert_eq!(named("@grace"), ["@grace"], "a mailbox");
        for nobody in ["@", "@adam", "ada@ada.l", "@nobody", "@ Ada"] {
            assert_eq!(named(nobody), [""; 0], "{nobody}");
        }
    }

    #[test]
    fn a_first_name_of_two_names_nobody() {
        let mut people = people();
        people[1].mailbox = "hopper".into();

        assert_eq!(named_in("@Grace", &people), []);
        assert_eq!(named_in("@Grace Kelly", &people).len(), 1);
    }
}
