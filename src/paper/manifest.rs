//! What a carrier's driver signs for: the parcels that leave on a day.

use chrono::NaiveDate;

use super::kit::blocks::{facts, letterhead, stack};
use super::kit::{Align, Colour, Furniture, Run, Sheet, Style, barcode};
use super::{Error, Language, Letterhead};

/// The parcels that leave a warehouse with a carrier on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestPaper {
    pub language: Language,
    pub company: Letterhead,
    pub number: String,
    /// May be empty.
    pub carrier: String,
    /// The warehouse.
    pub from: String,
    pub date: NaiveDate,
    pub parcels: Vec<ManifestPaperLine>,
    /// Of all of them; empty where nobody says.
    pub weight: String,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestPaperLine {
    /// Printed as bars too, so that the driver can scan it.
    pub number: String,
    pub order_number: String,
    pub customer: String,
    pub country: String,
    /// What the carrier calls it; may be empty.
    pub tracking: String,
    pub units: i64,
    /// Empty where nobody says.
    pub weight: String,
}

/// The manifest as PDF, A4.
pub fn manifest(paper: &ManifestPaper) -> Result<Vec<u8>, Error> {
    let mut sheet = Sheet::new(paper.furniture());
    let title = paper.language.words().manifest;
    letterhead(&mut sheet, &paper.company, title, &paper.number);
    paper.draw_facts(&mut sheet);
    for parcel in &paper.parcels {
        paper.draw_parcel(&mut sheet, parcel);
    }
    paper.draw_signature(&mut sheet);
    sheet.into_pdf()
}

const BARS: (f32, f32) = (130.0, 22.0);
/// Where the columns of a parcel begin, and how wide they are.
const NUMBER: (f32, f32) = (Sheet::LEFT, 140.0);
const ORDER: (f32, f32) = (Sheet::LEFT + 156.0, 170.0);
const TRACKING: (f32, f32) = (Sheet::LEFT + 338.0, Sheet::MEASURE - 338.0);
/// A parcel, and what the driver signs, are not torn.
const PARCEL: f32 = 52.0;
const SIGNATURE: f32 = 110.0;

impl ManifestPaper {
    fn furniture(&self) -> Furniture {
        Furniture {
            title: format!("{} {}", self.language.words().manifest, self.number),
            author: self.company.name.clone(),
            language: self.language.code(),
            dated: self.date,
            foot: self.carrier.clone(),
            page_of: self.language.page_of(),
        }
    }

    fn draw_facts(&self, sheet: &mut Sheet) {
        let words = self.language.words();
        let said = [
            (words.carrier, self.carrier.clone()),
            (words.from, self.from.clone()),
            (words.date, self.language.date(self.date)),
            (words.parcels, self.parcels.len().to_string()),
            (words.units, self.units()),
            (words.weight, self.weight.clone()),
        ];
        let said: Vec<_> = said.into_iter().filter(|(_, is)| !is.is_empty()).collect();
        let end = facts(sheet, (Sheet::LEFT, Sheet::MEASURE), &said);
        sheet.move_to(end + 16.0);
        sheet.rule(0.8, Colour::Ink);
        sheet.skip(6.0);
    }

    fn units(&self) -> String {
        let units: i64 = self.parcels.iter().map(|parcel| parcel.units).sum();
        self.language.amount(units)
    }

    fn draw_parcel(&self, sheet: &mut Sheet, parcel: &ManifestPaperLine) {
        let words = self.language.words();
        sheet.turn_unless_fits(PARCEL);
        let top = sheet.y();
        let number = [(parcel.number.as_str(), Style::STRONG)];
        let number = stack(sheet, NUMBER, top, Align::Left, &number);
        barcode::draw(sheet, &parcel.number, NUMBER.0, number, BARS);
        let order = [
            (parcel.order_number.as_str(), Style::BODY),
            (parcel.customer.as_str(), Style::BODY),
            (parcel.country.as_str(), Style::QUIET),
        ];
        let order = stack(sheet, ORDER, top, Align::Left, &order);
        let units = format!("{} {}", words.units, self.language.amount(parcel.units));
        let tracking = [
            (parcel.tracking.as_str(), Style::BODY),
            (units.as_str(), Style::QUIET),
            (parcel.weight.as_str(), Style::QUIET),
        ];
        let said = tracking.into_iter().filter(|(text, _)| !text.is_empty());
        let tracking = stack(sheet, TRACKING, top, Align::Left, &said.collect::<Vec<_>>());
        sheet.move_to((number + BARS.1).max(order).max(tracking) + 5.0);
        sheet.rule(0.5, Colour::Hairline);
        sheet.skip(5.0);
    }

    /// Where the driver says that the parcels are in the van.
    fn draw_signature(&self, sheet: &mut Sheet) {
        sheet.turn_unless_fits(SIGNATURE);
        sheet.skip(SIGNATURE - 30.0);
        sheet.rule(0.8, Colour::Ink);
        sheet.skip(4.0);
        let signed = Run::new(self.language.words().driver_signature, Style::LABEL);
        sheet.text(Sheet::LEFT, sheet.y(), signed);
    }
}
