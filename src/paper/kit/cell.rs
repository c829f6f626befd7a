//! Columns of a table, and what stands in their cells.

use super::run::Run;
use super::style::Style;
use super::wrap::wrap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column is as wide as its widest cell, within its limit; the one without a limit takes the rest.
pub struct Column {
    pub title: &'static str,
    pub align: Align,
    pub limit: Option<f32>,
}

impl Column {
    pub fn new(title: &'static str, limit: f32) -> Self {
        Self {
            title,
            align: Align::Left,
            limit: Some(limit),
        }
    }

    pub fn of_numbers(title: &'static str, limit: f32) -> Self {
        Self {
            title,
            align: Align::Right,
            limit: Some(limit),
        }
    }

    pub fn filling(title: &'static str) -> Self {
        Self {
            title,
            align: Align::Left,
            limit: None,
        }
    }
}

/// What stands in a cell: one text below another, each in its style.
pub struct Cell(Vec<(String, Style)>);

impl Cell {
    pub fn new(text: impl Into<String>) -> Self {
        Self::styled(text, Style::BODY)
    }

    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Self(vec![(text.into(), style)])
    }

    pub fn with_note(mut self, note: Option<String>) -> Self {
        self.0.extend(note.map(|note| (note, Style::SMALL)));
        self
    }

    pub fn natural_width(&self) -> f32 {
        let width = |(text, style): &(String, Style)| Run::new(text, *style).width;
        self.0.iter().map(width).fold(0.0, f32::max)
    }

    pub fn lines(&self, width: f32) -> Vec<Run> {
        self.0
            .iter()
            .flat_map(|(text, style)| wrap(text, *style, width))
            .collect()
    }
}
