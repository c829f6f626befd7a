//! The state of a list, as the links of its page carry it.

use serde::Serialize;

/// A filter as the query string that says it, without a question mark; what is empty is left out.
pub fn state(filter: &impl Serialize) -> String {
    let whole = serde_urlencoded::to_string(filter).expect("a filter is a flat record of texts");
    let said = whole.split('&').filter(|pair| !pair.ends_with('='));
    said.collect::<Vec<_>>().join("&")
}

/// The same as names and values: what a form that goes on from a list carries.
pub fn pairs(filter: &impl Serialize) -> Vec<(String, String)> {
    serde_urlencoded::from_str(&state(filter)).unwrap_or_default()
}

/// The same without its order: what a link that sorts anew keeps.
pub fn narrowing(filter: &impl Serialize) -> String {
    let whole = state(filter);
    let kept = whole.split('&').filter(|pair| !pair.starts_with("sort="));
    kept.collect::<Vec<_>>().join("&")
}

/// The same of single pairs.
pub fn query(pairs: &[(&str, &str)]) -> String {
    state(&pairs)
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn what_is_empty_is_left_out() {
        assert_eq!(
            query(&[("q", "50 % & more ="), ("state", "")]),
            "q=50+%25+%26+more+%3D"
        );
    }
}
