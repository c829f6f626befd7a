//! What a person types into a search box, as a pattern of LIKE.

/// Matches what contains `text`; its own `%` and `_` mean themselves.
pub fn containing(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// Matches what contains the words of a text, one by one; no more than eight are looked for.
pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace().take(8).map(containing).collect()
}

/// The same in two parts: the longest word, if an index of three letters knows such, and the others. The
/// planner takes an index for all words it is offered, also for those of two letters, of which it finds
/// every row.
pub fn words_apart(text: &str) -> (Option<String>, Vec<String>) {
    let mut words: Vec<&str> = text.split_whitespace().take(8).collect();
    words.sort_by_key(|word| word.chars().count());
    let longest = words.pop_if(|word| word.chars().count() >= 3);
    let others = words.into_iter().map(containing).collect();
    (longest.map(containing), others)
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

    #[test]
    fn the_longest_word_is_looked_up_and_the_others_among_what_it_finds() {
        let apart = |text| {
            let (longest, others) = words_apart(text);
            (longest.unwrap_or_default(), others.join(" "))
        };

        assert_eq!(apart("customer 77"), ("%customer%".into(), "%77%".into()));
        assert_eq!(apart("an 77"), (String::new(), "%an% %77%".into()));
        assert_eq!(apart(" "), (String::new(), String::new()));
    }
}
