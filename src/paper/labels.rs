//! Labels for locations: the code to read from afar, the bars to scan.

use chrono::NaiveDate;

use super::kit::{Furniture, Run, Sheet, Style, barcode};
use super::{Error, Party};
use crate::types::text_enum;

text_enum! {
    /// What labels are printed on.
    LabelSize {
        /// A4 sheets of 3 by 8 labels.
        Sheet = "a4", "A4, 3 \u{d7} 8 labels";
        /// A label printer, one label per page.
        Printer = "printer", "Label printer, 100 \u{d7} 50 mm";
    }
}

const MILLIMETRE: f32 = 72.0 / 25.4;
/// Around what is printed; room that a scanner needs beside the bars.
const PADDING: f32 = 12.0;

impl LabelSize {
    /// The most characters a barcode may have so that a scanner still reads it.
    pub const fn longest(self) -> usize {
        match self {
            Self::Sheet => 28,
            Self::Printer => 43,
        }
    }

    /// Labels beside each other, and below each other.
    const fn grid(self) -> (usize, usize) {
        match self {
            Self::Sheet => (3, 8),
            Self::Printer => (1, 1),
        }
    }

    fn page(self) -> (f32, f32) {
        match self {
            Self::Sheet => Sheet::A4,
            Self::Printer => (100.0 * MILLIMETRE, 50.0 * MILLIMETRE),
        }
    }

    fn cell(self) -> (f32, f32) {
        let ((width, height), (columns, rows)) = (self.page(), self.grid());
        (width / columns as f32, height / rows as f32)
    }

    const fn bars(self) -> f32 {
        match self {
            Self::Sheet => 30.0,
            Self::Printer => 50.0,
        }
    }
}

/// What stands on the label of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationLabel {
    /// Large.
    pub code: String,
    /// Small; may be empty.
    pub zone: String,
    /// As bars, and below them in letters.
    pub barcode: String,
}

/// Labels as PDF, in the order they are given.
pub fn location_labels(
    size: LabelSize,
    labels: &[LocationLabel],
    dated: NaiveDate,
) -> Result<Vec<u8>, Error> {
    let furniture = Furniture {
        title: "Location labels".into(),
        author: "Backfill".into(),
        language: "en",
        dated,
        foot: String::new(),
        page_of: |_, _| String::new(),
    };
    let mut sheet = Sheet::bare(furniture, size.page());
    let (columns, rows) = size.grid();
    let (width, height) = size.cell();
    for (at, label) in labels.iter().enumerate() {
        let place = at % (columns * rows);
        if at > 0 && place == 0 {
            sheet.next_page();
        }
        let (column, row) = (place % columns, place / columns);
        let corner = (column as f32 * width, row as f32 * height);
        label.draw(&mut sheet, size, corner);
    }
    sheet.into_pdf()
}

impl LocationLabel {
    fn draw(&self, sheet: &mut Sheet, size: LabelSize, (left, top): (f32, f32)) {
        let (width, height) = size.cell();
        let (x, measure) = (left + PADDING, width - 2.0 * PADDING);
        let code = large(&self.code, size, measure);
        let below = top + PADDING * 0.6 + code.style.leading;
        sheet.text(x, top + PADDING * 0.6, code);
        sheet.text(x, below, Run::new(&self.zone, Style::SMALL));

        let letters = top + height - PADDING * 0.7 - Style::SMALL.leading;
        let bars = letters - size.bars() - 1.0;
        barcode::draw(sheet, &self.barcode, x, bars, (measure, size.bars()));
        sheet.text(x, letters, Run::new(&self.barcode, Style::SMALL));
    }
}

/// What stands on a package: where it goes, and what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressLabel {
    /// Who sends it.
    pub from: String,
    pub to: Party,
    /// Who carries it; may be empty.
    pub carrier: String,
    /// The parcel; printed as bars too.
    pub parcel: String,
    /// `2 of 3`
    pub package: String,
}

/// Labels of packages as PDF, each on a page of 100 by 150 mm.
pub fn address_labels(labels: &[AddressLabel], dated: NaiveDate) -> Result<Vec<u8>, Error> {
    let furniture = Furniture {
        title: "Package labels".into(),
        author: "Backfill".into(),
        language: "en",
        dated,
        foot: String::new(),
        page_of: |_, _| String::new(),
    };
    let mut sheet = Sheet::bare(furniture, AddressLabel::PAGE);
    for (at, label) in labels.iter().enumerate() {
        if at > 0 {
            sheet.next_page();
        }
        label.draw(&mut sheet);
    }
    sheet.into_pdf()
}

impl AddressLabel {
    const PAGE: (f32, f32) = (100.0 * MILLIMETRE, 150.0 * MILLIMETRE);
    /// Lines of an address that there is room for.
    const LINES: usize = 7;

    fn draw(&self, sheet: &mut Sheet) {
        let (width, height) = Self::PAGE;
        let (x, measure) = (PADDING, width - 2.0 * PADDING);
        let mut y = PADDING;
        let line = |sheet: &mut Sheet, text: &str, style: Style, y: &mut f32| {
            sheet.text(x, *y, fitting(text, style, measure));
            *y += style.leading;
        };
        line(sheet, &self.from, Style::SMALL, &mut y);
        y += PADDING;
        line(sheet, &self.to.name, Style::HOUSE, &mut y);
        for text in self.to.address.iter().take(Self::LINES) {
            line(sheet, text, Style::BODY, &mut y);
        }
        let bars = 50.0;
        let top = height - PADDING - bars - 2.0 * Style::SMALL.leading;
        let said = [self.carrier.as_str(), self.package.as_str()];
        let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
        let above = top - Style::BODY.leading - 4.0;
        sheet.text(x, above, fitting(&said.join(" · "), Style::BODY, measure));
        barcode::draw(sheet, &self.parcel, x, top, (measure, bars));
        let below = top + bars + 2.0;
        sheet.text(x, below, Run::new(&self.parcel, Style::SMALL));
    }
}

/// A text as small as it must be to fit.
fn fitting(text: &str, style: Style, measure: f32) -> Run {
    let run = Run::new(text, style);
    match run.width <= measure {
        true => run,
        false => {
            let size = style.size * measure / run.width;
            Run::new(text, Style { size, ..style })
        }
    }
}

/// The code as large as there is room for.
fn large(code: &str, size: LabelSize, measure: f32) -> Run {
    let styles: &[Style] = match size {
        LabelSize::Sheet => &[Style::POSTER, Style::TITLE, Style::HOUSE],
        LabelSize::Printer => &[Style::BANNER, Style::POSTER, Style::TITLE, Style::HOUSE],
    };
    let runs = styles.iter().map(|style| Run::new(code, *style));
    let fits = runs.into_iter().find(|run| run.width <= measure);
    fits.unwrap_or_else(|| {
        let small = Style::SMALL;
        let share = measure / Run::new(code, small).width;
        let size = small.size * share.min(1.0);
        Run::new(code, Style { size, ..small })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_as_large_as_its_label_allows() {
        let (width, _) = LabelSize::Sheet.cell();
        let size = |code: &str| {
            large(code, LabelSize::Sheet, width - 2.0 * PADDING)
                .style
                .size
        };

        assert!(size("A-01-01") > size("A-VERY-LONG-CODE-01-01"));
        for code in ["A-01-01".to_owned(), "W".repeat(40)] {
            assert!(
                large(&code, LabelSize::Sheet, width).width <= width,
                "{code}"
            );
        }
    }
}
