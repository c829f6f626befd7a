use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::devtools::Devtools;
use super::part::Part;
use super::tab::Tab;

/// One tab, with nobody else's cookies. It has all the verbs of a [`Part`], for the whole page.
pub struct Page {
    tab: Arc<Tab>,
    whole: Part,
    address: String,
}

impl Page {
    pub(super) fn new(browser: Arc<Devtools>, address: &str) -> Page {
        Page::of(Tab::open(browser), address)
    }

    pub(super) fn of(tab: Tab, address: &str) -> Page {
        let tab = Arc::new(tab);
        let whole = Part::new(Arc::clone(&tab), Value::Null);
        Page {
            tab,
            whole,
            address: address.trim_end_matches('/').to_owned(),
        }
    }

    /// Opens an address of the application, as if typed into the address bar.
    #[track_caller]
    pub fn goes_to(&self, path: &str) {
        let address = json!({ "url": format!("{}{path}", self.address) });
        let answer = self.tab.must("Page.navigate", address);
        if let Some(why) = answer["errorText"].as_str() {
            self.tab.fail(&format!("{path} could not be opened: {why}"));
        }
        self.tab
            .ask(&format!("{path} opens"), json!({ "verb": "loaded" }));
    }

    /// Waits until the page is the one at this path; with a question mark, the search part counts as well.
    #[track_caller]
    pub fn is_at(&self, path: &str) {
        self.tab.ask(
            &format!("the page is {path}"),
            json!({ "verb": "at", "wanted": path }),
        );
    }

    /// Only what is in the one row (of a table or list) that contains this text.
    pub fn in_row(&self, text: &str) -> Part {
        Part::new(Arc::clone(&self.tab), json!({ "row": text }))
    }

    /// Only what is in the first visible element of this kind.
    pub fn within(&self, selector: &str) -> Part {
        Part::new(Arc::clone(&self.tab), json!({ "selector": selector }))
    }

    /// Goes into an element and types key by key, keeping what is there.
    #[track_caller]
    pub fn types(&self, selector: &str, text: &str) {
        let question = json!({ "verb": "focus", "wanted": selector });
        self.tab
            .ask(&format!("{selector} can be typed into"), question);
        text.chars()
            .for_each(|letter| self.tab.press(&letter.to_string()));
    }

    /// Presses keys one after the other: `g o`, `Enter`, `Control+k`.
    pub fn presses(&self, keys: &str) {
        keys.split(' ').for_each(|key| self.tab.press(key));
    }

    /// What a barcode scanner does where nothing is typed into: all keys at once, then Enter. They are
    /// pressed within the page, as a busy machine may let more time pass between two keys sent to it
    /// than between two of a hand.
    pub fn scans(&self, code: &str) {
        let keys: Vec<String> = code.chars().map(String::from).collect();
        let burst = format!(
            "for (const key of [...{}, 'Enter']) document.activeElement.dispatchEvent(
               new KeyboardEvent('keydown', {{ key, bubbles: true, cancelable: true }}))",
            json!(keys)
        );
        self.tab
            .must("Runtime.evaluate", json!({ "expression": burst }));
    }

    /// What a barcode scanner does in a field: type, then Enter.
    pub fn scans_into_the_field(&self, code: &str) {
        code.chars()
            .for_each(|letter| self.tab.press(&letter.to_string()));
        self.tab.press("Enter");
    }

    /// The network of the tablet goes, or is there again.
    pub fn is_offline(&self, gone: bool) {
        let none = json!({ "offline": gone, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.tab.must("Network.enable", json!({}));
        self.tab.must("Network.emulateNetworkConditions", none);
    }

    /// A desk has 1440 by 900, a tablet on a trolley 820 by 1180.
    pub fn is_sized(&self, width: u32, height: u32) {
        self.tab.size(width, height);
    }

    /// Pulls the corner of a text field, as people do who write much.
    pub fn draws_larger(&self, selector: &str) {
        let pull = format!("document.querySelector({selector:?}).style.height = '300px'");
        self.tab
            .must("Runtime.evaluate", json!({ "expression": pull }));
    }

    /// The errors on the console since last asked. Who asks for them, expects them.
    pub fn console_errors(&self) -> Vec<String> {
        self.tab.console_errors()
    }

    /// Takes a picture of what is in the window.
    pub fn screenshot(&self, file: &Path) {
        self.tab.screenshot(file);
    }
}

impl Deref for Page {
    type Target = Part;

    fn deref(&self) -> &Part {
        &self.whole
    }
}
