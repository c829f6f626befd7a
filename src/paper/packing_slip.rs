//! The packing slip that lies in a parcel.

use chrono::NaiveDate;

use super::kit::blocks::{address, facts, letterhead, remark};
use super::kit::{Cell, Column, Furniture, Run, Sheet, Style, Table, barcode};
use super::{Error, Language, Letterhead, Party};

/// What lies in a parcel, for the one who opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackingSlipPaper {
    pub language: Language,
    pub company: Letterhead,
    pub ship_to: Party,
    pub order_number: String,
    /// Printed as bars too, so that the packing desk can scan it.
    pub shipment_number: String,
    pub date: NaiveDate,
    pub lines: Vec<PackingSlipLine>,
    /// For the customer to read; empty for none.
    pub note: String,
}

/// One product of the order, in this parcel or still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackingSlipLine {
    pub sku: String,
    pub description: String,
    /// Whether it lies in the kit above it.
    pub is_part: bool,
    pub ordered: u32,
    pub in_this_parcel: u32,
    pub still_to_come: u32,
}

/// The packing slip as PDF, A4, in the customer's language.
///
/// # Errors
/// [`Error`].
pub fn packing_slip(paper: &PackingSlipPaper) -> Result<Vec<u8>, Error> {
    laid_out(paper).into_pdf()
}

/// Packing slips one after the other in one file, each as it is alone.
///
/// # Errors
/// [`Error`].
pub fn packing_slips(
    first: &PackingSlipPaper,
    others: &[PackingSlipPaper],
) -> Result<Vec<u8>, Error> {
    let others = others.iter().map(laid_out);
    others.fold(laid_out(first), Sheet::followed_by).into_pdf()
}

fn laid_out(paper: &PackingSlipPaper) -> Sheet {
    let words = paper.language.words();
    let mut sheet = Sheet::new(paper.furniture());
    letterhead(
        &mut sheet,
        &paper.company,
        words.packing_slip,
        &paper.shipment_number,
    );
    paper.draw_parties(&mut sheet);
    paper.lines_table().draw(&mut sheet, SUM);
    paper.draw_sum(&mut sheet);
    sheet.skip(20.0);
    remark(&mut sheet, words.note, &paper.note);
    sheet
}

const SUM: f32 = 34.0;
const BARS: (f32, f32) = (200.0, 38.0);

impl PackingSlipPaper {
    fn furniture(&self) -> Furniture {
        Furniture {
            title: format!(
                "{} {}",
                self.language.words().packing_slip,
                self.shipment_number
            ),
            author: self.company.name.clone(),
            language: self.language.code(),
            dated: self.date,
            foot: self.company.details.join("  ·  "),
            page_of: self.language.page_of(),
        }
    }

    fn draw_parties(&self, sheet: &mut Sheet) {
        let words = self.language.words();
        let about = [
            (words.order, self.order_number.clone()),
            (words.shipment, self.shipment_number.clone()),
            (words.date, self.language.date(self.date)),
        ];

        let place = (Sheet::LEFT, 230.0);
        let customer = address(sheet, place, words.ship_to, &self.ship_to);
        let half = Sheet::LEFT + Sheet::MEASURE / 2.0;
        let about = facts(sheet, (half, Sheet::MEASURE / 2.0), &about);
        let bars = (about + 12.0, BARS);
        let drawn = barcode::draw(sheet, &self.shipment_number, half, bars.0, bars.1);
        let end = if drawn { bars.0 + BARS.1 } else { about };
        sheet.move_to(customer.max(end) + 28.0);
    }

    fn lines_table(&self) -> Table {
        let words = self.language.words();
        let mut table = Table::new(vec![
            Column::new(words.sku, 100.0),
            Column::filling(words.description),
            Column::of_numbers(words.ordered, 60.0),
            Column::of_numbers(words.in_this_parcel, 66.0),
            Column::of_numbers(words.still_to_come, 66.0),
        ]);
        for line in &self.lines {
            table.row(self.cells(line));
        }
        table
    }

    /// What is not here is quiet, so that the eye finds what is.
    fn cells(&self, line: &PackingSlipLine) -> Vec<Cell> {
        let units = |units: u32, style| match units {
            0 => Cell::styled("–", Style::QUIET),
            units => Cell::styled(self.language.amount(units), style),
        };
        let cell = |text: &str| match line.is_part {
            true => Cell::styled(format!("\u{2003}{text}"), Style::QUIET),
            false => Cell::new(text),
        };
        vec![
            cell(&line.sku),
            cell(&line.description),
            units(line.ordered, Style::QUIET),
            units(line.in_this_parcel, Style::STRONG),
            units(line.still_to_come, Style::BODY),
        ]
    }

    fn draw_sum(&self, sheet: &mut Sheet) {
        let words = self.language.words();
        let sum = |units: fn(&PackingSlipLine) -> u32| {
            self.lines
                .iter()
                .map(|line| u64::from(units(line)))
                .sum::<u64>()
        };
        let here = sum(|line| line.in_this_parcel);
        let rest = sum(|line| line.still_to_come);
        sheet.turn_unless_fits(SUM);
        sheet.skip(4.0);

        let here = format!("{} {}", words.in_this_parcel, self.language.amount(here));
        sheet.text(Sheet::LEFT, sheet.y(), Run::new(&here, Style::STRONG));
        sheet.skip(Style::STRONG.leading + 2.0);
        if rest > 0 {
            sheet.text(
                Sheet::LEFT,
                sheet.y(),
                Run::new(words.rest_follows, Style::QUIET),
            );
            sheet.skip(Style::QUIET.leading);
        }
    }
}
