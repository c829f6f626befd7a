//! The purchase order, as the supplier reads it.

use chrono::NaiveDate;

use super::kit::blocks::{address, facts, letterhead, remark};
use super::kit::{Cell, Colour, Column, Furniture, Run, Sheet, Style, Table};
use super::{Error, Language, Letterhead, Party};

/// What the supplier is asked to deliver, where, when and at what price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseOrderPaper {
    pub language: Language,
    pub company: Letterhead,
    pub supplier: Party,
    /// The warehouse the goods are to arrive at.
    pub deliver_to: Party,
    pub number: String,
    pub ordered_on: NaiveDate,
    /// The day most of it is to be there.
    pub deliver_by: Option<NaiveDate>,
    /// The ISO code, such as `EUR`; amounts are in it and need not repeat it.
    pub currency: String,
    pub lines: Vec<PurchaseOrderLine>,
    pub net: String,
    pub shipping: Option<String>,
    pub extra: Option<String>,
    pub total: String,
    /// For the supplier to read; empty for none.
    pub comments: String,
}

/// One product on a purchase order; see [`Language::amount`] for how to write its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseOrderLine {
    /// What the supplier calls it; the column is left out if no line has one.
    pub supplier_sku: Option<String>,
    pub sku: String,
    pub description: String,
    pub quantity: u32,
    pub unit_price: String,
    pub amount: String,
    /// Only if it differs from that of the order.
    pub deliver_by: Option<NaiveDate>,
}

/// The purchase order as PDF, A4, in the supplier's language.
pub fn purchase_order(paper: &PurchaseOrderPaper) -> Result<Vec<u8>, Error> {
    let mut sheet = Sheet::new(paper.furniture());
    letterhead(
        &mut sheet,
        &paper.company,
        paper.language.words().purchase_order,
        &paper.number,
    );
    paper.draw_parties(&mut sheet);
    paper.lines_table().draw(&mut sheet, paper.totals_height());
    paper.draw_totals(&mut sheet);
    sheet.skip(20.0);
    remark(&mut sheet, paper.language.words().comments, &paper.comments);
    sheet.into_pdf()
}

const SPACE: f32 = 6.0;
const TOTALS_WIDTH: f32 = 210.0;
const ROW: f32 = 17.0;
const GRAND_ROW: f32 = 28.0;

impl PurchaseOrderPaper {
    fn furniture(&self) -> Furniture {
        Furniture {
            title: format!("{} {}", self.language.words().purchase_order, self.number),
            author: self.company.name.clone(),
            language: self.language.code(),
            dated: self.ordered_on,
            foot: self.company.details.join("  ·  "),
            page_of: self.language.page_of(),
        }
    }

    fn draw_parties(&self, sheet: &mut Sheet) {
        let words = self.language.words();
        let mut about = vec![(words.order_date, self.language.date(self.ordered_on))];
        about.extend(
            self.deliver_by
                .map(|day| (words.deliver_by, self.language.date(day))),
        );
        about.push((words.currency, self.currency.clone()));

        let column = |at: f32| Sheet::LEFT + at;
        let supplier = address(sheet, (column(0.0), 140.0), words.supplier, &self.supplier);
        let warehouse = address(
            sheet,
            (column(152.0), 140.0),
            words.deliver_to,
            &self.deliver_to,
        );
        let about = facts(sheet, (column(304.0), Sheet::MEASURE - 304.0), &about);
        sheet.move_to(supplier.max(warehouse).max(about) + 28.0);
    }

    fn lines_table(&self) -> Table {
        let words = self.language.words();
        let supplier_skus = self.lines.iter().any(|line| line.supplier_sku.is_some());
        let mut columns = vec![
            Column::new(words.our_sku, 80.0),
            Column::filling(words.description),
            Column::of_numbers(words.quantity, 54.0),
            Column::of_numbers(words.unit_price, 78.0),
            Column::of_numbers(words.amount, 78.0),
        ];
        if supplier_skus {
            columns.insert(0, Column::new(words.supplier_sku, 80.0));
        }

        let mut table = Table::new(columns);
        for line in &self.lines {
            let mut cells = self.cells(line);
            if supplier_skus {
                cells.insert(0, Cell::new(line.supplier_sku.as_deref().unwrap_or("–")));
            }
            table.row(cells);
        }
        table
    }

    fn cells(&self, line: &PurchaseOrderLine) -> Vec<Cell> {
        let by = |day| {
            format!(
                "{} {}",
                self.language.words().deliver_by,
                self.language.date(day)
            )
        };
        vec![
            Cell::new(&line.sku),
            Cell::new(&line.description).with_note(line.deliver_by.map(by)),
            Cell::new(self.language.amount(line.quantity)),
            Cell::new(&line.unit_price),
            Cell::new(&line.amount),
        ]
    }

    fn sums(&self) -> Vec<(&'static str, &str)> {
        let words = self.language.words();
        let mut sums = vec![(words.net, self.net.as_str())];
        sums.extend(
            self.shipping
                .as_deref()
                .map(|amount| (words.shipping, amount)),
        );
        sums.extend(self.extra.as_deref().map(|amount| (words.extra, amount)));
        sums
    }

    fn totals_height(&self) -> f32 {
        self.sums().len() as f32 * ROW + GRAND_ROW + SPACE
    }

    fn draw_totals(&self, sheet: &mut Sheet) {
        let words = self.language.words();
        let units: u64 = self.lines.iter().map(|line| u64::from(line.quantity)).sum();
        let left = Sheet::RIGHT - TOTALS_WIDTH;
        sheet.turn_unless_fits(self.totals_height());
        sheet.skip(SPACE);

        let units = format!("{} {}", words.units, self.language.amount(units));
        sheet.text(Sheet::LEFT, sheet.y(), Run::new(&units, Style::QUIET));
        for (label, amount) in self.sums() {
            sheet.text(left, sheet.y(), Run::new(label, Style::QUIET));
            sheet.text_left_of(Sheet::RIGHT, sheet.y(), Run::new(amount, Style::BODY));
            sheet.skip(ROW);
        }
        sheet.skip(2.0);
        sheet.block(left, sheet.y(), TOTALS_WIDTH, 0.8, Colour::Ink);
        sheet.skip(6.0);
        let total = format!("{} {}", words.total, self.currency);
        sheet.text(left, sheet.y(), Run::new(&total, Style::TOTAL));
        sheet.text_left_of(Sheet::RIGHT, sheet.y(), Run::new(&self.total, Style::TOTAL));
        sheet.skip(Style::TOTAL.leading + 4.0);
    }
}
