//! How a file is laid out: its columns, how they are written, where its table ends. One look through
//! all of it tells.

use super::column::Column;
use super::columns::{self, Columns};
use super::dates::{DayEvidence, DayOrder};
use super::numbers::{self, Count, Evidence, Price, Styles};
use super::reading::Format;
use crate::exchange::Unreadable;
use crate::sheet::{self, LongText, Marks, Row, RowWalk, Spool};
use crate::types::Money;

/// A file whose head is understood.
pub(super) struct Layout {
    pub(super) columns: Columns,
    pub(super) styles: Styles,
    pub(super) day_order: DayOrder,
    pub(super) format: Format,
    pub(super) guessed_dates: bool,
    /// Lines of its table that say anything.
    pub(super) lines: usize,
    marks: Marks,
    /// The line of its head.
    head: usize,
    /// The first line of what stands below its table.
    footer: Option<usize>,
}

/// What the lines of a table tell, whatever each is.
#[derive(Clone, Copy, Default)]
struct Heard {
    lines: usize,
    quantities: Evidence,
    prices: Evidence,
    days: DayEvidence,
    /// Whether a date does not begin with its year.
    has_slashes: bool,
}

/// Where a row stands: in its table, below it, or above.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Head,
    Table,
    Footer,
}

impl Layout {
    pub(super) fn of(file: &LongText) -> Result<Self, Unreadable> {
        let head = columns::head(&file.text)?;
        let (heard, footer) = look_through(&file.text, &head)?;
        if heard.lines == 0 {
            return Err(Unreadable::NoLines);
        }
        let separator = head.marks.separator;
        let styles = Styles::of(heard.quantities, heard.prices, separator);
        let (day_order, guessed_dates) = heard.days.order();
        let format = Format {
            encoding: file.encoding.into(),
            separator: match separator {
                b';' => "semicolon",
                b'\t' => "tab",
                b'|' => "vertical bar",
                _ => "comma",
            }
            .into(),
            decimals: styles.prices.words().into(),
            dates: heard.has_slashes.then(|| day_order.words().into()),
            currency: String::new(),
            zone: String::new(),
            unused: head.columns.unused.clone(),
        };
        Ok(Self {
            columns: head.columns,
            styles,
            day_order,
            format,
            guessed_dates,
            lines: heard.lines,
            marks: head.marks,
            head: head.line,
            footer,
        })
    }

    /// All rows of its file, from the head on.
    pub(super) const fn walk<'t>(&self, text: &'t Spool) -> RowWalk<'t> {
        RowWalk::through(text, self.marks, Some(self.columns.count))
    }

    /// The rows of a part of its file, which begins on that line.
    pub(super) fn rows<'t>(&self, text: &'t str, line: usize) -> sheet::Rows<'t> {
        sheet::rows_from(text, self.marks, Some(self.columns.count), line)
    }

    pub(super) fn part(&self, row: &Row<'_>) -> Part {
        if row.line <= self.head {
            Part::Head
        } else if self.footer.is_some_and(|footer| row.line >= footer) {
            Part::Footer
        } else {
            Part::Table
        }
    }

    pub(super) fn cell<'r>(&self, row: &'r Row<'_>, column: Column) -> &'r str {
        self.columns.cell(row, column)
    }

    pub(super) fn count(&self, row: &Row<'_>) -> Result<Count, String> {
        numbers::quantity(
            self.columns.cell(row, Column::Quantity),
            self.styles.quantities,
        )
    }

    /// The price of one unit; none when the line says none.
    pub(super) fn price<'r>(&self, row: &'r Row<'_>) -> Result<Option<Price<'r>>, String> {
        let price = |cell| numbers::price(cell, self.styles.prices);
        let cell = |column| self.columns.cell(row, column);
        match (cell(Column::UnitPrice), cell(Column::LineTotal)) {
            ("", "") => Ok(None),
            ("", total) => Ok(Some(each(price(total)?, self.count(row)?))),
            (unit, _) => price(unit).map(Some),
        }
    }

    /// Why the cells of a row do not stand where they should.
    pub(super) fn flaw(&self, row: &Row<'_>) -> Option<String> {
        if row.is_broken {
            return Some("A quote is opened on this line and not closed.".into());
        }
        let known = self.columns.count;
        let is_beyond = row.cells.iter().skip(known).any(|cell| !cell.is_empty());
        is_beyond.then(|| {
            let found = row.cells.len();
            format!(
                "The line has {found} cells and the head names {known} columns: a text that holds the separator \
                 must stand in quotes."
            )
        })
    }
}

/// What the lines of the table tell, and on which line begins what stands below it, after a blank
/// line, and names no goods: counts and names that marketplaces add.
fn look_through(
    text: &Spool,
    head: &columns::Head,
) -> Result<(Heard, Option<usize>), sheet::Unreadable> {
    let columns = &head.columns;
    let mut rows = RowWalk::through(text, head.marks, Some(columns.count));
    let (mut heard, mut says_goods) = (Heard::default(), false);
    // What would be the table, should nothing below name goods.
    let mut above: Option<(Heard, usize)> = None;
    while let Some((_, row)) = rows.next_row()? {
        if row.line <= head.line {
            continue;
        }
        if names_goods(columns, &row) {
            (above, says_goods) = (None, true);
        } else if row.after_blank && says_goods && above.is_none() {
            above = Some((heard, row.line));
        }
        heard.hear(columns, &row);
    }
    Ok(match above {
        Some((heard, footer)) => (heard, Some(footer)),
        None => (heard, None),
    })
}

fn names_goods(columns: &Columns, row: &Row<'_>) -> bool {
    let of_goods = [
        Column::Sku,
        Column::Quantity,
        Column::UnitPrice,
        Column::LineTotal,
        Column::Description,
    ];
    let mut cells = of_goods.into_iter().map(|column| columns.cell(row, column));
    cells.any(|cell| !cell.is_empty())
}

impl Heard {
    fn hear(&mut self, columns: &Columns, row: &Row<'_>) {
        self.lines += 1;
        self.quantities.hear(columns.cell(row, Column::Quantity));
        self.prices.hear(columns.cell(row, Column::UnitPrice));
        self.prices.hear(columns.cell(row, Column::LineTotal));
        let date = columns.cell(row, Column::PlacedAt);
        self.days.hear(date);
        self.has_slashes |= !date.is_empty() && !begins_with_year(date);
    }
}

/// The price of one unit, where a file has that of the whole line.
fn each(total: Price<'_>, count: Count) -> Price<'_> {
    let (Count::Units(units) | Count::Negative(units)) = count else {
        return total;
    };
    let (sum, units) = (total.amount.ten_thousandths(), i64::from(units.get()));
    let (amount, rest) = (sum / units, sum % units);
    let up = if 2 * rest.abs() >= units {
        rest.signum()
    } else {
        0
    };
    let amount = if matches!(count, Count::Negative(_)) {
        -(amount + up)
    } else {
        amount + up
    };
    Price {
        amount: Money::from_ten_thousandths(amount),
        is_rounded: total.is_rounded || rest != 0,
        ..total
    }
}

fn begins_with_year(date: &str) -> bool {
    date.bytes().take_while(u8::is_ascii_digit).count() >= 4
}
