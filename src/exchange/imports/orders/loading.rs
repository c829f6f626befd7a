//! Rows of a file, read again where they stand.

use std::io;

use super::grouping::Documents;
use super::layout::Layout;
use crate::sheet::{Row, Spool};

/// The text of some rows; where they stand beside each other it is read at once.
pub(super) struct Loaded {
    /// Which rows, ascending.
    places: Vec<u32>,
    /// Each text, with the line on which it begins.
    texts: Vec<(usize, String)>,
}

impl Loaded {
    pub(super) fn from(text: &Spool, documents: &Documents, places: &[u32]) -> io::Result<Self> {
        let mut places = places.to_vec();
        places.sort_unstable();
        let mut texts = Vec::new();
        for stretch in places.chunk_by(|one, next| one + 1 == *next) {
            let (first, last) = (stretch[0] as usize, stretch[stretch.len() - 1] as usize);
            let begin = documents.rows[first];
            let end = documents.rows.get(last + 1);
            let end = end.map_or(documents.end, |next| next.at);
            let bytes = text.part(begin.at as usize, (end - begin.at) as usize)?;
            let text = String::from_utf8(bytes).map_err(io::Error::other)?;
            texts.push((begin.line as usize, text));
        }
        Ok(Self { places, texts })
    }

    pub(super) fn rows(&self, layout: &Layout) -> Vec<Row<'_>> {
        let texts = self.texts.iter();
        texts
            .flat_map(|(line, text)| layout.rows(text, *line))
            .collect()
    }

    /// Where among them a row is.
    pub(super) fn at(&self, place: u32) -> Option<usize> {
        self.places.binary_search(&place).ok()
    }
}
