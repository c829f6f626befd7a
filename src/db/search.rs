//! What a person types into a search box, as a pattern of LIKE.

/// Matches what contains `text`; its own `%` and `_` mean themselves.
pub fn containing(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// Matches what contains the words of a text, one by one; no more than eight are looked for.
pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace().take(8).map(containing).collect()
}

/// Matches what begins with `text`.
pub fn beginning(text: &str) -> String {
    format!("{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.trim().chars().filter(|letter| *letter != '\0') {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_is_looked_for_as_such() {
        assert_eq!(containing(" 50%_off "), "%50\\%\\_off%");
        assert_eq!(beginning("a\\b"), "a\\\\b%");
    }
}
