//! The lines of a long document, so many on a page.

use std::ops::Range;

use serde::Deserialize;

/// Lines on one page: an answer of a size that any machine takes.
const LINES: usize = 200;

/// The page somebody asks for, as the URL has it: `page=2`. What names no page is the first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Leaf {
    page: String,
}

/// Where one is in a document: which of its lines are on the page, and what its neighbours are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaves {
    /// The page shown, from 1.
    page: usize,
    /// Lines in all.
    lines: usize,
}

impl Leaf {
    /// That page of a document of so many lines; of those behind its end, the last.
    pub fn of(&self, lines: usize) -> Leaves {
        let asked: usize = self.page.parse().unwrap_or(1);
        let pages = lines.div_ceil(LINES).max(1);
        let page = asked.clamp(1, pages);
        Leaves { page, lines }
    }
}

impl Leaves {
    /// Places of the lines that are shown, among all.
    pub fn range(&self) -> Range<usize> {
        let first = (self.page - 1) * LINES;
        first..self.lines.min(first + LINES)
    }

    /// Whether the document takes more than one page.
    pub fn are_many(&self) -> bool {
        self.lines > LINES
    }

    /// Lines in all.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// The page shown, from 1.
    pub fn page(&self) -> usize {
        self.page
    }

    /// The page before.
    pub fn back(&self) -> Option<usize> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// The page after.
    pub fn next(&self) -> Option<usize> {
        (self.range().end < self.lines).then(|| self.page + 1)
    }

    /// What is shown: `Lines 201 to 400 of 1234`.
    pub fn words(&self) -> String {
        let shown = self.range();
        format!(
            "Lines {} to {} of {}",
            shown.start + 1,
            shown.end,
            self.lines
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(page: &str, lines: usize) -> Leaves {
        Leaf { page: page.into() }.of(lines)
    }

    #[test]
    fn a_long_document_has_pages_of_two_hundred_lines() {
        let second = asked("2", 450);
        assert_eq!(second.range(), 200..400);
        assert_eq!((second.back(), second.next()), (Some(1), Some(3)));
        assert_eq!(second.words(), "Lines 201 to 400 of 450");

        let last = asked("3", 450);
        assert_eq!(last.range(), 400..450);
        assert_eq!((last.back(), last.next()), (Some(2), None));
    }

    #[test]
    fn a_short_document_is_one_page() {
        assert_eq!(asked("", 200).range(), 0..200);
        assert!(!asked("", 200).are_many());
        assert!(asked("", 201).are_many());
        assert_eq!(asked("", 0).range(), 0..0);
    }

    #[test]
    fn what_names_no_page_is_the_first_and_what_is_behind_the_end_the_last() {
        assert_eq!(asked("many", 450), asked("1", 450));
        assert_eq!(asked("0", 450), asked("1", 450));
        assert_eq!(asked("99999", 450), asked("3", 450));
    }
}
