//! The state of a list, as the links of its page carry it.

/// A query string of these pairs, encoded, without a question mark; what is empty is left out.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let said = pairs.iter().filter(|(_, value)| !value.is_empty());
    serde_urlencoded::to_string(said.collect::<Vec<_>>())
        .expect("pairs of texts can always be encoded")
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn what_is_empty_is_left_out() {
        assert_eq!(
            query(&[("q", "50 % & more"), ("state", "")]),
            "q=50+%25+%26+more"
        );
    }
}
