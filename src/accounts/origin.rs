//! From where somebody asks, and what browsers and systems call themselves.

/// From where somebody signs in, or changes an account.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Of the client, as far as it can be known.
    pub address: String,
    /// What the browser calls itself; may be empty.
    pub browser: String,
}

/// What browsers call themselves: those that pretend to be others come first.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Browser and system, as far as it says; none: it is called like nothing that is known.
pub(super) fn program(browser: &str) -> Option<String> {
    let named = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| browser.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (named(BROWSERS), named(SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser} on {system}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}
