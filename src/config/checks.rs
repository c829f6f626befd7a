//! What no configuration may hold: keys that can be guessed, addresses that are none.

use std::collections::HashMap;

use crate::types::MailServer;

/// What a key must hold, as the letters in it tell.
pub(super) const LEAST_BITS: f64 = 192.0;

/// How many bits a text holds at most, if its letters come in no order: Shannon's entropy of them.
pub(super) fn bits(text: &str) -> f64 {
    let length = text.chars().count() as f64;
    let mut counts: HashMap<char, f64> = HashMap::new();
    for letter in text.chars() {
        *counts.entry(letter).or_default() += 1.0;
    }
    let each = counts.values().map(|count| count * (length / count).log2());
    each.sum()
}

/// Whether browsers can go there: a scheme, a host, and no query.
pub(super) fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let Some(rest) = rest else {
        return false;
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let of_host = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
    let begins = host.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '[');
    begins && host.chars().all(of_host) && !path.contains(['?', '#', ' '])
}

/// What is wrong with the address of the mail server, its file of certificates included.
pub(super) fn check_mail_server(url: &str) -> Result<(), String> {
    match MailServer::parse(url)?.ca {
        Some(ca) => match std::fs::read(&ca) {
            Ok(_) => Ok(()),
            Err(why) => Err(format!(
                "names a ca that cannot be read: {}: {why}",
                ca.display()
            )),
        },
        None => Ok(()),
    }
}
