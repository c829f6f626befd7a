use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::tab::{Tab, text};

/// A page, or what lies within one of its rows or elements. Every verb waits until it can be done.
pub struct Part {
    tab: Arc<Tab>,
    within: Value,
}

impl Part {
    pub(super) fn new(tab: Arc<Tab>, within: Value) -> Part {
        Part { tab, within }
    }

    /// Waits until this can be read.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.ask(&format!("{text:?} is seen"), "sees", text);
    }

    /// Waits until this cannot be read any more.
    #[track_caller]
    pub fn does_not_see(&self, text: &str) {
        self.ask(&format!("{text:?} is not seen"), "sees_not", text);
    }

    /// Clicks the button, link or tab on which this is written.
    #[track_caller]
    pub fn clicks(&self, name: &str) {
        let point = self.ask(&format!("{name:?} is clicked"), "click", name);
        self.tab.click(&point);
    }

    /// Lets the mouse rest on the button, link or tab on which this is written.
    #[track_caller]
    pub fn hovers(&self, name: &str) {
        let point = self.ask(&format!("{name:?} is pointed at"), "click", name);
        self.tab.point_at(&point);
    }

    /// Clicks what has no name, by its selector.
    #[track_caller]
    pub fn clicks_at(&self, selector: &str) {
        let point = self.ask(&format!("{selector} is clicked"), "click_element", selector);
        self.tab.click(&point);
    }

    /// Clicks it twice, as impatient people do, by its selector.
    #[track_caller]
    pub fn clicks_twice_at(&self, selector: &str) {
        let what = format!("{selector} is clicked twice");
        let point = self.ask(&what, "click_element", selector);
        self.tab.click(&point);
        self.tab.click(&point);
    }

    /// Replaces what is in the field with this label.
    #[track_caller]
    pub fn fills(&self, label: &str, text: &str) {
        let answer = self.ask_with(&format!("{label:?} is filled"), "fill", label, json!(text));
        if answer["done"] == true {
            return;
        }
        match text {
            "" => self.tab.press("Backspace"),
            _ => {
                self.tab.must("Input.insertText", json!({ "text": text }));
            }
        }
    }

    /// Chooses one of a list.
    #[track_caller]
    pub fn chooses(&self, label: &str, option: &str) {
        let what = format!("{option:?} is chosen as {label:?}");
        self.ask_with(&what, "choose", label, json!(option));
    }

    #[track_caller]
    pub fn checks(&self, label: &str) {
        self.sets(label, true);
    }

    #[track_caller]
    pub fn unchecks(&self, label: &str) {
        self.sets(label, false);
    }

    #[track_caller]
    fn sets(&self, label: &str, checked: bool) {
        let answer = self.ask_with(&format!("{label:?} is set"), "check", label, json!(checked));
        if answer["done"] != true {
            self.tab.click(&answer);
        }
    }

    /// Puts a file into the field with this label.
    #[track_caller]
    pub fn attaches(&self, label: &str, file: &Path) {
        self.ask(&format!("{label:?} takes a file"), "mark", label);
        let marked = json!({ "expression": "globalThis.foundByTest" });
        let found = self.tab.must("Runtime.evaluate", marked);
        let params = json!({ "objectId": found["result"]["objectId"], "files": [file] });
        self.tab.must("DOM.setFileInputFiles", params);
    }

    /// What is in the field with this label, or the words of the option chosen.
    #[track_caller]
    pub fn value_of(&self, label: &str) -> String {
        text(&self.ask(&format!("{label:?} has a value"), "value", label)["text"])
    }

    /// What can be read in the first visible element of this kind.
    #[track_caller]
    pub fn text_of(&self, selector: &str) -> String {
        text(&self.ask(&format!("{selector} is there"), "text", selector)["text"])
    }

    /// How many rows the first visible element of this kind has.
    #[track_caller]
    pub fn rows_of(&self, selector: &str) -> i64 {
        let answer = self.ask(&format!("{selector} is there"), "lies", selector);
        answer["rows"].as_i64().expect("a number of rows")
    }

    /// How far below the edge of the window the first visible element of this kind begins, in pixels.
    #[track_caller]
    pub fn place_of(&self, selector: &str) -> i64 {
        let answer = self.ask(&format!("{selector} is there"), "lies", selector);
        answer["top"].as_i64().expect("a number of pixels")
    }

    /// How far what is in the first visible element of this kind reaches beyond its edge, in pixels.
    #[track_caller]
    pub fn reaches_beyond(&self, selector: &str) -> i64 {
        let answer = self.ask(&format!("{selector} is there"), "beyond", selector);
        answer["pixels"].as_i64().expect("a number of pixels")
    }

    /// The words of the visible elements of this kind that cannot be read without scrolling sideways.
    #[track_caller]
    pub fn cut_off(&self, selector: &str) -> Vec<String> {
        let answer = self.ask(&format!("{selector} is looked at"), "cut", selector);
        words_of(&answer)
    }

    /// The visible elements of this kind that are lower than so many pixels.
    #[track_caller]
    pub fn lower_than(&self, pixels: u32, selector: &str) -> Vec<String> {
        let what = format!("{selector} is measured");
        words_of(&self.ask_with(&what, "lower", selector, json!(pixels)))
    }

    #[track_caller]
    fn ask(&self, what: &str, verb: &str, wanted: &str) -> Value {
        self.ask_with(what, verb, wanted, Value::Null)
    }

    #[track_caller]
    fn ask_with(&self, what: &str, verb: &str, wanted: &str, other: Value) -> Value {
        let question =
            json!({ "verb": verb, "within": self.within, "wanted": wanted, "other": other });
        self.tab.ask(what, question)
    }
}

fn words_of(answer: &Value) -> Vec<String> {
    let words = answer["words"].as_array().expect("a list of words");
    words.iter().map(text).collect()
}
