//! The lines of a long document, so many on a page.

use std::fmt::Display;
use std::iter;
use std::ops::Range;

use serde::Deserialize;

use crate::types::Fields;

/// Lines on one page: an answer of a size that any machine takes.
const LINES: usize = 200;
/// What the page with the last lines is called, whichever it is: `page=last`.
const LAST: &str = "last";

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
    /// Place of its first line.
    first: usize,
    /// Place behind its last line.
    end: usize,
    /// Lines in all.
    lines: usize,
}

impl Leaf {
    /// The field that a form keeps its page in.
    pub const FIELD: &str = "page";

    /// The page that a form is of.
    pub fn typed(form: &Fields) -> Self {
        Self {
            page: form.get(Self::FIELD).to_owned(),
        }
    }

    /// The page with the last lines, if the form is of one of several.
    #[must_use]
    pub fn or_last(self) -> Self {
        match self.is_one_of_several() {
            true => Self { page: LAST.into() },
            false => self,
        }
    }

    /// Whether the form is of one page of several: one of a short document names none.
    pub fn is_one_of_several(&self) -> bool {
        !self.page.is_empty()
    }

    /// What a form knows of it.
    pub fn fields(&self) -> Fields {
        match self.page.as_str() {
            "" => Fields::default(),
            page => Fields::default().with(Self::FIELD, page),
        }
    }

    /// The address of that page of the document at `path`.
    pub fn at(&self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        let to = |page: &dyn Display| format!("{path}{joint}{}={page}", Self::FIELD);
        match (self.page.as_str(), self.number()) {
            (LAST, _) => to(&LAST),
            (_, 0 | 1) => path.to_owned(),
            (_, page) => to(&page),
        }
    }

    fn numbered(page: usize) -> Self {
        Self {
            page: page.to_string(),
        }
    }

    fn number(&self) -> usize {
        self.page.parse().unwrap_or(1)
    }

    /// That page of a document of so many lines; of those behind its end, the last.
    pub fn of(&self, lines: usize) -> Leaves {
        self.of_rows(iter::repeat_n(1, lines))
    }

    /// The same of lines that take so many rows each, which stay together: a page ends with the line
    /// that fills it.
    pub fn of_rows(&self, rows: impl IntoIterator<Item = usize>) -> Leaves {
        let (mut begins, mut lines, mut on_page) = (vec![0], 0, 0);
        for rows in rows {
            if on_page >= LINES {
                begins.push(lines);
                on_page = 0;
            }
            on_page += rows;
            lines += 1;
        }
        let page = match self.page.as_str() {
            LAST => begins.len(),
            _ => self.number().clamp(1, begins.len()),
        };
        Leaves {
            page,
            first: begins[page - 1],
            end: begins.get(page).copied().unwrap_or(lines),
            lines,
        }
    }
}

impl Leaves {
    /// Places of the lines that are shown, among all.
    pub fn range(&self) -> Range<usize> {
        self.first..self.end
    }

    /// Whether the document takes more than one page.
    pub fn are_many(&self) -> bool {
        self.range().len() < self.lines
    }

    /// Lines in all.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// The page shown, from 1.
    pub fn page(&self) -> usize {
        self.page
    }

    /// The address of the page shown, of the document at `path`.
    pub fn at(&self, path: &str) -> String {
        Leaf::numbered(self.page).at(path)
    }

    /// What is shown of all.
    pub fn of<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        &all[self.range()]
    }

    /// The page after, or the first after the last; of lines that take a row each.
    #[must_use]
    pub fn after(&self) -> Self {
        Leaf::numbered(self.next().unwrap_or(1)).of(self.lines)
    }

    /// The page where such a line is: this one, the next that has one, or the first after the last; none:
    /// no page has. Of lines that take a row each.
    pub fn onward<T>(&self, all: &[T], is_such: impl Fn(&T) -> bool) -> Option<Self> {
        let pages = self.lines.div_ceil(LINES);
        let here = self.page - 1;
        let pages = (here..pages).chain(0..here);
        let pages = pages.map(|at| Leaf::numbered(at + 1).of(self.lines));
        let mut with = pages.filter(|leaves| leaves.of(all).iter().any(&is_such));
        with.next()
    }

    /// The page before.
    pub fn back(&self) -> Option<usize> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// The page after.
    pub fn next(&self) -> Option<usize> {
        (self.end < self.lines).then(|| self.page + 1)
    }

    /// What is shown: `Lines 201 to 400 of 1234`.
    pub fn words(&self) -> String {
        let (first, last, all) = (self.first + 1, self.end, self.lines);
        format!("Lines {first} to {last} of {all}")
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
        assert_eq!(asked("last", 450), asked("3", 450));
    }

    #[test]
    fn a_page_has_an_address_and_the_first_is_the_document_itself() {
        let at = |page: &str| Leaf { page: page.into() }.at("/orders/1");

        assert_eq!(at("2"), "/orders/1?page=2");
        assert_eq!(at("last"), "/orders/1?page=last");
        let second = Leaf { page: "2".into() };
        assert_eq!(second.at("/ends?of=1"), "/ends?of=1&page=2");
        for first in ["", "1", "many", "2&x=<"] {
            assert_eq!(at(first), "/orders/1");
        }
        assert_eq!(asked("99999", 450).at("/orders/1"), "/orders/1?page=3");
    }

    #[test]
    fn one_goes_on_where_such_a_line_is() {
        let mut all = vec![false; 450];
        assert_eq!(asked("2", 450).onward(&all, |such| *such), None);

        all[0] = true;
        assert_eq!(
            asked("2", 450).onward(&all, |such| *such),
            Some(asked("1", 450))
        );

        all[449] = true;
        assert_eq!(
            asked("2", 450).onward(&all, |such| *such),
            Some(asked("3", 450))
        );
    }

    #[test]
    fn a_form_keeps_its_page() {
        let leaf = Leaf { page: "2".into() };

        assert_eq!(Leaf::typed(&leaf.fields()).of(450), leaf.of(450));
    }

    #[test]
    fn lines_of_several_rows_stay_together_and_the_last_fills_the_page() {
        let kits =
            |page: &str| Leaf { page: page.into() }.of_rows([1; 198].into_iter().chain([5; 50]));

        assert_eq!(kits("1").range(), 0..199);
        assert_eq!(kits("2").range(), 199..239);
        assert_eq!(kits("3").words(), "Lines 240 to 248 of 248");
        assert!(!Leaf::default().of_rows([300]).are_many());
    }
}
