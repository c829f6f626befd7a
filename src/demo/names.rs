//! Names for customers who are only numbers in the data set.

const FIRST: [&str; 23] = [
    "Willow", "Juniper", "Hazel", "Rosemary", "Clover", "Bramble", "Ivy", "Saffron", "Poppy",
    "Linden", "Marigold", "Fern", "Thistle", "Laurel", "Heather", "Sorrel", "Maple", "Aster",
    "Rowan", "Olive", "Briar", "Lavender", "Myrtle",
];
const SECOND: [&str; 29] = [
    "Wren",
    "Finch",
    "Lark",
    "Heron",
    "Robin",
    "Swift",
    "Plover",
    "Linnet",
    "Starling",
    "Kestrel",
    "Martin",
    "Teal",
    "Sparrow",
    "Curlew",
    "Dove",
    "Egret",
    "Falcon",
    "Goldcrest",
    "Jay",
    "Kite",
    "Magpie",
    "Nightjar",
    "Osprey",
    "Pipit",
    "Quail",
    "Rook",
    "Siskin",
    "Thrush",
    "Whimbrel",
];
const TOWNS: [&str; 12] = [
    "Bath", "Chester", "Durham", "Exeter", "Hereford", "Lincoln", "Norwich", "Ripon", "Stirling",
    "Truro", "Wells", "York",
];

/// The name of the customer that is number `at` of the list; no two are the same below 667.
pub fn of_customer(at: usize) -> String {
    format!(
        "{} & {}",
        FIRST[at % FIRST.len()],
        SECOND[(at / FIRST.len() + at) % SECOND.len()]
    )
}

/// Where that customer lives; the country stands in the data set.
pub fn address(at: usize, country: &str) -> String {
    let street = SECOND[(at * 7 + 3) % SECOND.len()];
    if country == "United Kingdom" {
        format!(
            "{} {street} Street\n{}",
            at % 90 + 1,
            TOWNS[at % TOWNS.len()]
        )
    } else {
        format!("{} {street} Street", at % 90 + 1)
    }
}

/// A description of the data set as a person would write it: they are all in capitals there.
pub fn of_product(description: &str) -> String {
    let lower = description.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
