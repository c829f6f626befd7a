//! The channel a file belongs to.

use diesel::prelude::*;

use super::{Error, ImportState};
use crate::sales::{self, Channel};
use crate::schema::imports;
use crate::types::optional_text;

/// What a channel is called at most.
const MOST: usize = 60;

/// The channel somebody named; if nobody did, one the name of the file speaks of, else that of the
/// last file, else one called after the file.
///
/// # Errors
/// [`Error::OwnChannel`]: no file brings numbers into our own series.
pub fn of_file(conn: &mut PgConnection, named: &str, file_name: &str) -> Result<String, Error> {
    let channels = sales::channels(conn)?;
    let own = channels.iter().find(|channel| channel.is_own);
    let is_own = |name: &str| own.is_some_and(|own| own.name.to_lowercase() == name.to_lowercase());
    match named.trim() {
        "" => {}
        name if is_own(name) => return Err(Error::OwnChannel(name.to_owned())),
        name => {
            return Ok(
                optional_text(name, MOST).unwrap_or_else(|_| name.chars().take(MOST).collect())
            );
        }
    }
    if let Some(spoken_of) = spoken_of(&channels, file_name) {
        return Ok(spoken_of.to_owned());
    }
    let last: Option<String> = imports::table
        .filter(imports::state.eq(ImportState::Applied))
        .order(imports::id.desc())
        .select(imports::channel)
        .first(conn)
        .optional()?;
    Ok(last.unwrap_or_else(|| called_after(file_name)))
}

/// The channel with the longest name that stands in the name of a file.
fn spoken_of<'a>(channels: &'a [Channel], file_name: &str) -> Option<&'a str> {
    let file_name = letters(file_name);
    let known = channels.iter().filter(|channel| !channel.is_own);
    known
        .filter(|channel| file_name.contains(&letters(&channel.name)))
        .max_by_key(|channel| channel.name.len())
        .map(|channel| channel.name.as_str())
}

/// `Amazon` for `amazon-unshipped_2026.txt`; words that every file of orders bears are no name.
fn called_after(file_name: &str) -> String {
    const OF_ANY: [&str; 6] = ["order", "orders", "export", "import", "report", "file"];
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    let mut words = stem.split(|letter: char| !letter.is_alphabetic());
    let name = words.find(|word| word.len() > 1 && !OF_ANY.contains(&word.to_lowercase().as_str()));
    let mut letters = name.unwrap_or("import").chars().take(MOST);
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::ChannelId;

    #[test]
    fn a_file_is_of_the_channel_its_name_speaks_of_or_of_a_new_one() {
        let channel = |name: &str, is_own| Channel {
            id: "1".parse::<ChannelId>().expect("an id"),
            name: name.into(),
            is_own,
        };
        let known = [
            channel("By hand", true),
            channel("Amazon", false),
            channel("Amazon US", false),
        ];

        assert_eq!(spoken_of(&known, "amazon_us-orders.txt"), Some("Amazon US"));
        assert_eq!(spoken_of(&known, "Amazon 2026-11.txt"), Some("Amazon"));
        assert_eq!(spoken_of(&known, "by hand.csv"), None);
        assert_eq!(called_after("orders-shopify-2026.csv"), "Shopify");
        assert_eq!(called_after("orders_export_1.csv"), "Import");
    }
}
