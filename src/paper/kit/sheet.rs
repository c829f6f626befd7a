//! Pages of a paper, while it is laid out.

use krilla::Document;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;

use super::furniture::Furniture;
use super::run::Run;
use super::style::{Colour, Style};
use super::wrap::wrap;
use crate::paper::Error;

/// A4.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;

const TOP: f32 = 50.0;
const FOOT: f32 = 66.0;

/// A paper while it is laid out: marks on pages, and the height reached on the last of them.
pub struct Sheet {
    furniture: Furniture,
    size: (f32, f32),
    /// Whether its pages get their foot and their numbers in the end.
    is_to_be_numbered: bool,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

enum Mark {
    Text {
        x: f32,
        baseline: f32,
        run: Run,
    },
    Block {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
}

impl Sheet {
    pub const A4: (f32, f32) = (WIDTH, HEIGHT);
    pub const LEFT: f32 = 50.0;
    pub const RIGHT: f32 = WIDTH - Self::LEFT;
    /// Between the margins.
    pub const MEASURE: f32 = Self::RIGHT - Self::LEFT;

    pub fn new(furniture: Furniture) -> Self {
        Self {
            furniture,
            size: Self::A4,
            is_to_be_numbered: true,
            pages: vec![Vec::new()],
            y: TOP,
        }
    }

    /// Pages of another size, without head, foot and numbers.
    pub fn bare(furniture: Furniture, size: (f32, f32)) -> Self {
        Self {
            size,
            is_to_be_numbered: false,
            ..Self::new(furniture)
        }
    }

    /// Goes on overleaf, where nothing stands yet.
    pub fn next_page(&mut self) {
        self.pages.push(Vec::new());
    }

    pub fn y(&self) -> f32 {
        self.y
    }

    pub fn move_to(&mut self, y: f32) {
        self.y = y;
    }

    pub fn skip(&mut self, height: f32) {
        self.y += height;
    }

    pub fn fits(&self, height: f32) -> bool {
        self.y + height <= HEIGHT - FOOT
    }

    /// Whether it would fit below the running head of an otherwise empty page.
    pub fn fits_a_page(height: f32) -> bool {
        TOP + Style::SMALL.leading * 3.0 + height <= HEIGHT - FOOT
    }

    /// Goes on overleaf, under a running head that names the paper.
    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
        let title = one_line(&self.furniture.title, Style::SMALL, Self::MEASURE * 0.48);
        let author = one_line(&self.furniture.author, Style::SMALL, Self::MEASURE * 0.48);
        self.text(Self::LEFT, self.y, title);
        self.text_left_of(Self::RIGHT, self.y, author);
        self.y += Style::SMALL.leading * 2.5;
    }

    pub fn turn_unless_fits(&mut self, height: f32) {
        if !self.fits(height) {
            self.turn();
        }
    }

    /// A line of text with its top at `y`.
    pub fn text(&mut self, x: f32, y: f32, run: Run) {
        let baseline = y + run.style.baseline();
        self.mark(Mark::Text { x, baseline, run });
    }

    pub fn text_left_of(&mut self, right: f32, y: f32, run: Run) {
        self.text(right - run.width, y, run);
    }

    pub fn block(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.mark(Mark::Block {
            x,
            y,
            width,
            height,
            colour,
        });
    }

    /// A line across the measure, at the height reached.
    pub fn rule(&mut self, thickness: f32, colour: Colour) {
        self.block(Self::LEFT, self.y, Self::MEASURE, thickness, colour);
    }

    fn mark(&mut self, mark: Mark) {
        self.pages
            .last_mut()
            .expect("a sheet begins with a page")
            .push(mark);
    }

    /// The same with the pages of another behind its own; each counts its own.
    #[must_use]
    pub fn followed_by(mut self, mut other: Self) -> Self {
        self.number_pages();
        other.number_pages();
        self.pages.extend(other.pages);
        self
    }

    pub fn into_pdf(mut self) -> Result<Vec<u8>, Error> {
        self.number_pages();
        let mut document = Document::new();
        document.set_metadata(self.furniture.metadata());
        for marks in &self.pages {
            let (width, height) = self.size;
            let size = PageSettings::from_wh(width, height).expect("a page has a size");
            let mut page = document.start_page_with(size);
            let mut surface = page.surface();
            for mark in marks {
                mark.draw(&mut surface);
            }
            surface.finish();
            page.finish();
        }
        Ok(document.finish()?)
    }

    /// Once: nothing else is put on them then.
    fn number_pages(&mut self) {
        if !std::mem::take(&mut self.is_to_be_numbered) {
            return;
        }
        let of = self.pages.len();
        let y = HEIGHT - FOOT + 22.0;
        for (at, marks) in self.pages.iter_mut().enumerate() {
            let number = Run::new(&(self.furniture.page_of)(at + 1, of), Style::SMALL);
            let room = Self::MEASURE - number.width - 24.0;
            let right = Self::RIGHT - number.width;
            let lines = wrap(&self.furniture.foot, Style::SMALL, room);
            for (line, run) in lines.into_iter().take(2).enumerate() {
                let baseline = y + Style::SMALL.baseline() + line as f32 * Style::SMALL.leading;
                marks.push(Mark::Text {
                    x: Self::LEFT,
                    baseline,
                    run,
                });
            }
            let baseline = y + Style::SMALL.baseline();
            marks.push(Mark::Text {
                x: right,
                baseline,
                run: number,
            });
        }
    }
}

impl Mark {
    fn draw(&self, surface: &mut Surface<'_>) {
        match self {
            Self::Text { x, baseline, run } => {
                ink(surface, run.style.colour);
                let at = Point::from_xy(*x, *baseline);
                let size = run.style.size;
                surface.draw_glyphs(at, &run.glyphs, run.font(), &run.text, size, false);
            }
            Self::Block {
                x,
                y,
                width,
                height,
                colour,
            } => {
                ink(surface, *colour);
                let mut path = PathBuilder::new();
                if let Some(block) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(block);
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }
}

fn ink(surface: &mut Surface<'_>, colour: Colour) {
    surface.set_fill(Some(Fill {
        paint: colour.rgb().into(),
        ..Fill::default()
    }));
}

/// The first line only, for places that have room for one.
fn one_line(text: &str, style: Style, width: f32) -> Run {
    wrap(text, style, width)
        .into_iter()
        .next()
        .unwrap_or_else(|| Run::new("", style))
}

#[cfg(test)]
impl Sheet {
    /// The lines of each page, in the order they were set.
    pub fn pages_of_text(&self) -> Vec<Vec<&str>> {
        self.pages
            .iter()
            .map(|marks| marks.iter().filter_map(Mark::words).collect())
            .collect()
    }
}

#[cfg(test)]
impl Mark {
    fn words(&self) -> Option<&str> {
        match self {
            Self::Text { run, .. } => Some(run.text.trim_end()),
            Self::Block { .. } => None,
        }
    }
}

#[cfg(test)]
pub fn blank_sheet() -> Sheet {
    Sheet::new(Furniture {
        title: "Paper 1".to_owned(),
        author: "House".to_owned(),
        language: "en",
        dated: chrono::NaiveDate::default(),
        foot: String::new(),
        page_of: |page, of| format!("{page}/{of}"),
    })
}
