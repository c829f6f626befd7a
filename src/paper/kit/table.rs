//! Tables that go on over pages.

use super::cell::{Align, Cell, Column};
use super::run::Run;
use super::sheet::Sheet;
use super::style::{Colour, Style};
use super::wrap::wrap;

const GAP: f32 = 12.0;
const PAD: f32 = 4.0;
const LINE: f32 = Style::BODY.leading;

/// Rows under a header; the header is repeated on every page the rows go on to.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Draws the rows; the last one stays on one page with the next `tail` points, so that totals
    /// never stand alone.
    pub fn draw(self, sheet: &mut Sheet, tail: f32) {
        let places = self.places();
        self.draw_header(sheet, &places);

        let last = self.rows.len().saturating_sub(1);
        for (at, row) in self.rows.iter().enumerate() {
            let cells: Vec<Vec<Run>> = row
                .iter()
                .zip(&places)
                .map(|(cell, place)| cell.lines(place.1))
                .collect();
            let lines = cells.iter().map(Vec::len).max().unwrap_or_default();
            let height = lines as f32 * LINE + PAD * 2.0;
            let needed = if at == last { height + tail } else { height };
            let whole = Sheet::fits_a_page(needed + self.header_height(&places));
            if whole && !sheet.fits(needed) {
                self.go_on(sheet, &places);
            }
            self.draw_row(sheet, &places, &cells, lines);
        }
    }

    /// Where each column begins, and its width.
    fn places(&self) -> Vec<(f32, f32)> {
        let natural = |at: usize, column: &Column| {
            let limit = column.limit?;
            let title = Run::new(column.title, Style::LABEL).width;
            let cells = self
                .rows
                .iter()
                .filter_map(|row| row.get(at))
                .map(Cell::natural_width);
            Some(cells.fold(title, f32::max).min(limit))
        };
        let fixed: Vec<Option<f32>> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| natural(at, column))
            .collect();
        let gaps = GAP * fixed.len().saturating_sub(1) as f32;
        let rest = Sheet::MEASURE - gaps - fixed.iter().flatten().sum::<f32>();

        let mut x = Sheet::LEFT;
        fixed
            .into_iter()
            .map(|width| {
                let place = (x, width.unwrap_or(rest));
                x += place.1 + GAP;
                place
            })
            .collect()
    }

    fn titles(&self, places: &[(f32, f32)]) -> Vec<Vec<Run>> {
        let title =
            |(column, place): (&Column, &(f32, f32))| wrap(column.title, Style::LABEL, place.1);
        self.columns.iter().zip(places).map(title).collect()
    }

    fn header_height(&self, places: &[(f32, f32)]) -> f32 {
        let lines = self
            .titles(places)
            .iter()
            .map(Vec::len)
            .max()
            .unwrap_or_default();
        lines as f32 * Style::LABEL.leading + PAD * 2.0 + 1.0
    }

    fn draw_header(&self, sheet: &mut Sheet, places: &[(f32, f32)]) {
        let titles = self.titles(places);
        let lines = titles.iter().map(Vec::len).max().unwrap_or_default();
        let top = sheet.y();
        for ((column, place), title) in self.columns.iter().zip(places).zip(titles) {
            let blank = lines - title.len();
            for (line, run) in title.into_iter().enumerate() {
                let y = top + (blank + line) as f32 * Style::LABEL.leading;
                set(sheet, column.align, *place, y, run);
            }
        }
        sheet.move_to(top + lines as f32 * Style::LABEL.leading + PAD);
        sheet.rule(0.8, Colour::Ink);
        sheet.skip(PAD + 1.0);
    }

    fn go_on(&self, sheet: &mut Sheet, places: &[(f32, f32)]) {
        sheet.turn();
        self.draw_header(sheet, places);
    }

    /// Cell by cell, so that the words of a cell follow each other for who copies them; a row longer
    /// than the page goes on over it.
    fn draw_row(&self, sheet: &mut Sheet, places: &[(f32, f32)], cells: &[Vec<Run>], lines: usize) {
        let mut drawn = 0;
        while drawn < lines {
            if !sheet.fits(LINE) {
                self.go_on(sheet, places);
            }
            let fitting = (1..=lines - drawn)
                .rev()
                .find(|count| sheet.fits(*count as f32 * LINE));
            let count = fitting.unwrap_or(1);
            for ((column, place), cell) in self.columns.iter().zip(places).zip(cells) {
                for (at, run) in cell.iter().skip(drawn).take(count).enumerate() {
                    let y = sheet.y() + at as f32 * LINE;
                    set(sheet, column.align, *place, y, run.clone());
                }
            }
            sheet.skip(count as f32 * LINE);
            drawn += count;
        }
        sheet.skip(PAD);
        sheet.rule(0.5, Colour::Hairline);
        sheet.skip(PAD);
    }
}

fn set(sheet: &mut Sheet, align: Align, (x, width): (f32, f32), y: f32, run: Run) {
    match align {
        Align::Left => sheet.text(x, y, run),
        Align::Right => sheet.text_left_of(x + width, y, run),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::blank_sheet;
    use super::*;

    fn table(rows: usize) -> Table {
        let mut table = Table::new(vec![
            Column::new("SKU", 80.0),
            Column::filling("Description"),
        ]);
        for row in 0..rows {
            table.row(vec![
                Cell::new(format!("MUG-{row}")),
                Cell::new("White mug"),
            ]);
        }
        table
    }

    #[test]
    fn a_short_table_stays_on_its_page() {
        let mut sheet = blank_sheet();

        table(20).draw(&mut sheet, 80.0);

        assert_eq!(sheet.pages_of_text().len(), 1);
    }

    #[test]
    fn a_long_table_repeats_its_header_and_loses_no_row() {
        let mut sheet = blank_sheet();

        table(200).draw(&mut sheet, 80.0);

        let pages = sheet.pages_of_text();
        assert!(pages.len() > 4);
        assert!(pages.iter().all(|page| page.contains(&"Description")));
        let rows = pages
            .concat()
            .into_iter()
            .filter(|text| text.starts_with("MUG-"));
        assert!(rows.eq((0..200).map(|row| format!("MUG-{row}"))));
    }

    #[test]
    fn the_last_row_waits_for_what_must_stand_below_it() {
        for rows in 28..42 {
            let mut sheet = blank_sheet();

            table(rows).draw(&mut sheet, 120.0);

            assert!(
                sheet.fits(120.0),
                "{rows} rows leave no room for the totals"
            );
            let last = format!("MUG-{}", rows - 1);
            assert!(
                sheet
                    .pages_of_text()
                    .last()
                    .is_some_and(|page| page.contains(&last.as_str()))
            );
        }
    }

    #[test]
    fn a_row_longer_than_a_page_goes_on_over_it() {
        let mut sheet = blank_sheet();
        let mut table = table(1);
        table.row(vec![
            Cell::new("LONG"),
            Cell::new("glazed stoneware ".repeat(2000)),
        ]);

        table.draw(&mut sheet, 80.0);

        let pages = sheet.pages_of_text();
        assert!(pages.len() > 2);
        let words: usize = pages
            .concat()
            .iter()
            .map(|text| text.matches("glazed").count())
            .sum();
        assert_eq!(words, 2000);
    }
}
