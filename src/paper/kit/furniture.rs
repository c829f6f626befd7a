//! What is the same on all pages of a paper.

use chrono::{Datelike, NaiveDate};
use krilla::metadata::{DateTime, Metadata};

/// What a paper carries on each of its pages and in its properties.
pub struct Furniture {
    pub title: String,
    pub author: String,
    pub language: &'static str,
    pub dated: NaiveDate,
    /// At the foot of every page, on the left.
    pub foot: String,
    /// "Page 1 of 3", on the right of the foot.
    pub page_of: fn(usize, usize) -> String,
}

impl Furniture {
    /// Dated by the paper, not by the clock, so that the same paper is the same file.
    pub(super) fn metadata(&self) -> Metadata {
        let year = u16::try_from(self.dated.year()).unwrap_or_default();
        let (month, day) = (self.dated.month() as u8, self.dated.day() as u8);
        Metadata::new()
            .title(self.title.clone())
            .authors(vec![self.author.clone()])
            .creator("Backfill".to_owned())
            .language(self.language.to_owned())
            .creation_date(DateTime::new(year).month(month).day(day))
    }
}
