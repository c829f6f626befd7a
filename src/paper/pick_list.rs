//! The list an operator walks along the shelves with.

use chrono::NaiveDate;

use super::kit::blocks::{facts, letterhead, remark};
use super::kit::{Cell, Column, Furniture, Run, Sheet, Style, Table, barcode};
use super::{Error, Language, Letterhead};

/// What to take for a parcel, in the order of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickListPaper {
    pub language: Language,
    pub company: Letterhead,
    /// Empty for a batch.
    pub order_number: String,
    /// Or that of a batch. Printed as bars too, so that the packing desk can scan it.
    pub shipment_number: String,
    /// The warehouse.
    pub from: String,
    /// May be empty.
    pub shipping_method: String,
    /// May be empty.
    pub picked_by: String,
    pub date: NaiveDate,
    pub lines: Vec<PickListLine>,
    /// For the operator to read first; empty for none.
    pub note: String,
}

/// Units of one product to take out of one bin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickListLine {
    /// Empty where nobody says.
    pub bin: String,
    pub sku: String,
    pub description: String,
    /// Kits they are parts of; may be empty.
    pub kits: String,
    pub units: u32,
    /// The places on a cart they go to, with the units of each; empty: they go together.
    pub into: String,
    /// About the product; may be empty.
    pub note: String,
}

/// The pick list as PDF, A4.
pub fn pick_list(paper: &PickListPaper) -> Result<Vec<u8>, Error> {
    let words = paper.language.words();
    let mut sheet = Sheet::new(paper.furniture());
    let number = &paper.shipment_number;
    letterhead(&mut sheet, &paper.company, words.pick_list, number);
    paper.draw_facts(&mut sheet);
    remark(&mut sheet, words.note, &paper.note);
    if !paper.note.trim().is_empty() {
        sheet.skip(16.0);
    }
    paper.lines_table().draw(&mut sheet, SUM);
    paper.draw_sum(&mut sheet);
    sheet.into_pdf()
}

const SUM: f32 = 20.0;
const BARS: (f32, f32) = (200.0, 38.0);

impl PickListPaper {
    fn furniture(&self) -> Furniture {
        Furniture {
            title: format!(
                "{} {}",
                self.language.words().pick_list,
                self.shipment_number
            ),
            author: self.company.name.clone(),
            language: self.language.code(),
            dated: self.date,
            foot: self.order_number.clone(),
            page_of: self.language.page_of(),
        }
    }

    fn draw_facts(&self, sheet: &mut Sheet) {
        let words = self.language.words();
        let said = [
            (words.order, self.order_number.clone()),
            (words.from, self.from.clone()),
            (words.date, self.language.date(self.date)),
            (words.shipping_method, self.shipping_method.clone()),
            (words.picked_by, self.picked_by.clone()),
        ];
        let said: Vec<_> = said.into_iter().filter(|(_, is)| !is.is_empty()).collect();

        let half = Sheet::MEASURE / 2.0;
        let end = facts(sheet, (Sheet::LEFT, half - 20.0), &said);
        let (x, y) = (Sheet::LEFT + half, sheet.y());
        let drawn = barcode::draw(sheet, &self.shipment_number, x, y, BARS);
        let bars = if drawn { y + BARS.1 } else { y };
        sheet.move_to(end.max(bars) + 24.0);
    }

    fn lines_table(&self) -> Table {
        let words = self.language.words();
        let mut columns = vec![
            Column::new(words.bin, 90.0),
            Column::new(words.sku, 100.0),
            Column::filling(words.description),
            Column::of_numbers(words.units, 60.0),
        ];
        if self.has_slots() {
            columns.push(Column::new(words.into, 90.0));
        }
        let mut table = Table::new(columns);
        for line in &self.lines {
            table.row(self.cells(line));
        }
        table
    }

    /// Whether what is taken goes to several places.
    fn has_slots(&self) -> bool {
        self.lines.iter().any(|line| !line.into.is_empty())
    }

    fn cells(&self, line: &PickListLine) -> Vec<Cell> {
        let bin = match line.bin.as_str() {
            "" => Cell::styled("–", Style::QUIET),
            code => Cell::styled(code, Style::STRONG),
        };
        let kits = (!line.kits.is_empty())
            .then(|| format!("{} {}", self.language.words().for_kit, line.kits));
        let note = (!line.note.is_empty()).then(|| line.note.clone());
        let mut cells = vec![
            bin,
            Cell::new(&line.sku),
            Cell::new(&line.description).with_note(kits).with_note(note),
            Cell::styled(self.language.amount(line.units), Style::STRONG),
        ];
        if self.has_slots() {
            cells.push(Cell::styled(&line.into, Style::STRONG));
        }
        cells
    }

    fn draw_sum(&self, sheet: &mut Sheet) {
        let units: u64 = self.lines.iter().map(|line| u64::from(line.units)).sum();
        let words = self.language.words().units;
        let sum = format!("{words} {}", self.language.amount(units));
        sheet.skip(4.0);
        let run = Run::new(&sum, Style::STRONG);
        sheet.text_left_of(Sheet::LEFT + Sheet::MEASURE, sheet.y(), run);
    }
}
