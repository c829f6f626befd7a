//! A file whose head is understood: its columns, its styles, its lines.

use std::collections::HashSet;

use super::column::Column;
use super::columns::{self, Columns};
use super::dates::DayOrder;
use super::numbers::{self, Count, Price, Styles};
use super::reading::Format;
use crate::exchange::Unreadable;
use crate::sheet::{self, Row, Text};
use crate::types::{Money, Sku};

/// A file whose head is understood.
pub(super) struct File<'a> {
    pub(super) columns: Columns,
    pub(super) styles: Styles,
    pub(super) day_order: DayOrder,
    pub(super) format: Format,
    pub(super) guessed_dates: bool,
    /// What stands below the table.
    pub(super) footer: Vec<Row<'a>>,
    pub(super) rows: Vec<Row<'a>>,
}

impl<'a> File<'a> {
    pub(super) fn open(text: &'a Text<'_>) -> Result<Self, Unreadable> {
        let head = columns::head(&text.text)?;
        let columns = head.columns;
        let mut rows: Vec<Row<'a>> = sheet::rows(&text.text, head.marks, Some(columns.count))
            .filter(|row| row.line > head.line)
            .collect();
        let footer = take_footer(&columns, &mut rows);
        if rows.is_empty() {
            return Err(Unreadable::NoLines);
        }
        let cells =
            |column| -> Vec<&str> { rows.iter().map(|row| columns.cell(row, column)).collect() };
        let dates = cells(Column::PlacedAt);
        let quantities = cells(Column::Quantity);
        let prices = [cells(Column::UnitPrice), cells(Column::LineTotal)].concat();
        let styles = Styles::of(&quantities, &prices, head.marks.separator);
        let (day_order, guessed) = DayOrder::of(dates.iter().copied());
        let slashes = dates
            .iter()
            .any(|date| !date.is_empty() && !begins_with_year(date));
        let format = Format {
            encoding: text.encoding,
            separator: match head.marks.separator {
                b';' => "semicolon",
                b'\t' => "tab",
                b'|' => "vertical bar",
                _ => "comma",
            },
            decimals: styles.prices.words(),
            dates: slashes.then_some(day_order.words()),
            currency: String::new(),
            zone: "",
            unused: columns.unused.clone(),
        };
        Ok(Self {
            columns,
            styles,
            day_order,
            format,
            guessed_dates: guessed,
            footer,
            rows,
        })
    }

    pub(super) fn cell<'r>(&self, row: &'r Row<'a>, column: Column) -> &'r str {
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

    pub(super) fn numbers(&self) -> HashSet<&str> {
        self.rows
            .iter()
            .map(|row| self.cell(row, Column::Order))
            .collect()
    }

    pub(super) fn skus(&self) -> HashSet<String> {
        let skus = self.rows.iter().map(|row| self.cell(row, Column::Sku));
        skus.filter_map(|sku| Sku::parse(sku).ok())
            .map(|sku| sku.as_str().to_owned())
            .collect()
    }
}

/// Takes off what stands below a table, after a blank line, and names no goods: counts and names
/// that marketplaces add.
fn take_footer<'a>(columns: &Columns, rows: &mut Vec<Row<'a>>) -> Vec<Row<'a>> {
    let of_goods = [
        Column::Sku,
        Column::Quantity,
        Column::UnitPrice,
        Column::LineTotal,
        Column::Description,
    ];
    let says_goods = |row: &Row<'_>| {
        of_goods
            .iter()
            .any(|column| !columns.cell(row, *column).is_empty())
    };
    let table = rows
        .iter()
        .rposition(says_goods)
        .map_or(rows.len(), |last| last + 1);
    let below = rows.iter().skip(table).position(|row| row.after_blank);
    below.map_or(Vec::new(), |below| rows.split_off(table + below))
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
