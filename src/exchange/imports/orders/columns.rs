//! Which column of a file is what.

use super::column::{COUNT, Column, NAMES, every};
use crate::exchange::Unreadable;
use crate::sheet::{self, Marks, Row, RowWalk, Spool, is_separator_line, without_apostrophe};

/// Letters of a cell that is a number, a date, a name or a word.
const LONGEST_CELL: usize = 1_000;
/// Bytes that are read of a cell; of the longest text, a note, 1,000 letters are kept.
const LONGEST_TEXT: usize = 4_000;

/// Where each column stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    at: [Option<usize>; COUNT],
    /// What the file calls its columns.
    names: Vec<String>,
    /// How many the file has.
    pub count: usize,
    /// Names of the file nobody knows what to do with.
    pub unused: Vec<String>,
}

impl Columns {
    /// Whether the file has such a column.
    pub fn has(&self, column: Column) -> bool {
        self.at[column as usize].is_some()
    }

    /// Whether it is the first column: nothing before it can shift it.
    pub fn is_first(&self, column: Column) -> bool {
        self.at[column as usize] == Some(0)
    }

    /// What the file calls a column.
    pub fn name(&self, column: Column) -> &str {
        let name = self.at[column as usize].and_then(|at| self.names.get(at));
        name.map_or(NAMES[column as usize].1, String::as_str)
    }

    /// What a row says in a column, as far as any column is long; nothing when the file has no such
    /// column.
    pub fn cell<'r>(&self, row: &'r Row<'_>, column: Column) -> &'r str {
        let cell = self.whole(row, column);
        let cell = &cell[..cell.floor_char_boundary(LONGEST_TEXT)];
        match column {
            Column::Description | Column::Note => cell,
            _ => without_apostrophe(cell),
        }
    }

    /// The column in which a row says more than belongs there. Of texts the beginning is taken.
    pub fn overfull(&self, row: &Row<'_>) -> Option<Column> {
        let is_text = |column| {
            let texts = [Column::Description, Column::Address, Column::Note];
            texts.contains(&column)
        };
        every().find(|column| {
            let cell = self.whole(row, *column);
            !is_text(*column) && cell.len() > LONGEST_CELL && cell.chars().count() > LONGEST_CELL
        })
    }

    fn whole<'r>(&self, row: &'r Row<'_>, column: Column) -> &'r str {
        let cell = self.at[column as usize].and_then(|at| row.cells.get(at));
        cell.map_or("", AsRef::as_ref)
    }

    fn of(head: &Row<'_>) -> Self {
        let names: Vec<String> = head.cells.iter().map(|cell| plain(cell)).collect();
        let mut at = [None; COUNT];
        let mut used = vec![false; names.len()];
        for (column, _, known) in NAMES {
            let best = known
                .split_whitespace()
                .find_map(|name| names.iter().position(|found| found == name));
            // Several columns may carry an order's name; the customer's own goes without a number.
            if let Some(best) = best.filter(|&best| !used[best]) {
                at[*column as usize] = Some(best);
                used[best] = true;
            }
        }
        let customer = Column::Customer as usize;
        let name = Column::CustomerName as usize;
        let product = Column::Description as usize;
        if at[product].is_none()
            && let (Some(beside), Some(sku)) = (at[name], at[Column::Sku as usize])
            && ["name", "nom"].contains(&names[beside].as_str())
            && beside == sku + 1
        {
            at.swap(name, product);
        }
        if at[name].is_none()
            && let Some(beside) = names.iter().position(|found| found == "customer")
            && at[customer] != Some(beside)
        {
            at[name] = Some(beside);
            used[beside] = true;
        }
        let unused = used
            .iter()
            .zip(&head.cells)
            .filter(|(used, cell)| !**used && !cell.is_empty())
            .map(|(_, cell)| shortened(cell))
            .collect();
        Self {
            at,
            names: head.cells.iter().map(|cell| shortened(cell)).collect(),
            count: names.len(),
            unused,
        }
    }

    fn known(&self) -> usize {
        self.at.iter().flatten().count()
    }

    fn missing(&self) -> String {
        let missing: Vec<&str> = NAMES[..3]
            .iter()
            .filter(|(column, ..)| !self.has(*column))
            .map(|(_, name, _)| *name)
            .collect();
        missing.join(", ")
    }
}

/// How the rows of a file are separated, and what their columns are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Between and around its cells.
    pub marks: Marks,
    /// Line of the head.
    pub line: usize,
    /// What stands where.
    pub columns: Columns,
}

/// Tries each separator on the first row; the one that makes most sense of it is right. A line
/// `sep=;`, as spreadsheets write it, decides by itself.
///
/// # Errors
/// [`Unreadable::NoColumns`] when no separator gives an order number, a SKU and a quantity.
pub fn head(text: &Spool) -> Result<Head, Unreadable> {
    let words_in_quotes = sheet::words_in_quotes(text).map_err(sheet::Unreadable::from)?;
    let mut heads = Vec::new();
    for separator in [b'|', b'\t', b';', b','] {
        let marks = Marks::with(separator, words_in_quotes);
        let (first, second) = first_rows(text, marks)?;
        let row = match first {
            Some(row) if is_separator_line(&row) => second,
            first => first,
        };
        heads.extend(row.map(|row| Head {
            marks,
            line: row.line,
            columns: Columns::of(&row),
        }));
    }
    let best = heads
        .into_iter()
        .max_by_key(|head| head.columns.known())
        .ok_or(sheet::Unreadable::Empty)?;
    let missing = best.columns.missing();
    if missing.is_empty() {
        return Ok(best);
    }
    let (first, _) = first_rows(text, best.marks)?;
    let found = first
        .map(|row| {
            row.cells
                .iter()
                .take(12)
                .map(|cell| shortened(cell))
                .collect::<Vec<_>>()
                .join(", ")
        })
        .unwrap_or_default();
    Err(Unreadable::NoColumns { missing, found })
}

type FirstRows = (Option<Row<'static>>, Option<Row<'static>>);

fn first_rows(text: &Spool, marks: Marks) -> Result<FirstRows, sheet::Unreadable> {
    let mut rows = RowWalk::through(text, marks, None);
    let mut next =
        || -> Result<_, sheet::Unreadable> { Ok(rows.next_row()?.map(|(_, row)| row.held())) };
    Ok((next()?, next()?))
}

/// Letters and digits, lower case, without accents.
pub(super) fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|letter| match letter {
            '\u{e9}' | '\u{e8}' | '\u{ea}' => 'e',
            '\u{e0}' | '\u{e2}' | '\u{e4}' => 'a',
            '\u{f4}' | '\u{f6}' => 'o',
            '\u{fc}' | '\u{fb}' => 'u',
            '\u{e7}' => 'c',
            '\u{b0}' => ' ',
            letter => letter,
        })
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

fn shortened(cell: &str) -> String {
    cell.chars()
        .filter(|letter| !letter.is_control())
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_any_name_in_any_order_and_with_any_separator() {
        let cases = [
            ("order_number,sku,quantity,unit_price", b','),
            ("Qty;Unit Price;SKU;Order Number", b';'),
            ("InvoiceNo\tStockCode\tQuantity\tPrice", b'\t'),
            ("Menge|Einzelpreis|Artikelnummer|Bestellnummer", b'|'),
            (
                "\"Num\u{e9}ro de commande\";\"Code article\";\"Quantit\u{e9}\";\"Prix\"",
                b';',
            ),
            ("sep=;\nORDER ID;Item Code;QTY;PRICE", b';'),
        ];
        for (text, separator) in cases {
            let head = head(&text.into()).expect(text);

            assert_eq!(head.marks.separator, separator, "{text}");
            for column in [
                Column::Order,
                Column::Sku,
                Column::Quantity,
                Column::UnitPrice,
            ] {
                assert!(head.columns.has(column), "{column:?} in {text}");
            }
        }
    }

    #[test]
    fn a_customer_has_a_number_or_a_name_or_both() {
        let head = head(&"order,sku,qty,customer,customer_id,colour".into()).expect("columns");
        let row = sheet::rows("1,A,2,Ada Ltd,17,red", head.marks, None)
            .next()
            .expect("a row");

        assert_eq!(head.columns.cell(&row, Column::Customer), "17");
        assert_eq!(head.columns.cell(&row, Column::CustomerName), "Ada Ltd");
        assert_eq!(head.columns.unused, ["colour"]);
    }

    #[test]
    fn a_name_right_behind_the_sku_is_that_of_the_product() {
        for (text, column) in [
            ("order,email,sku,name,qty", Column::Description),
            ("order,email,sku,name,description,qty", Column::CustomerName),
            ("order,name,sku,qty", Column::CustomerName),
        ] {
            let head = head(&text.into()).expect(text);

            assert_eq!(head.columns.name(column), "name", "{text}");
        }
    }

    #[test]
    fn an_apostrophe_before_a_value_is_not_of_it() {
        for (cell, expected) in [
            ("'00501", "00501"),
            ("'+49 30", "+49 30"),
            ("\u{2019}17", "17"),
            ("'t Hooft", "'t Hooft"),
            ("'", "'"),
            ("00501", "00501"),
        ] {
            assert_eq!(without_apostrophe(cell), expected, "{cell}");
        }
    }

    #[test]
    fn missing_columns_are_named() {
        let refusal = head(&"order_number,description\n1,Mug".into()).expect_err("no SKU");

        assert_eq!(
            refusal,
            Unreadable::NoColumns {
                missing: "sku, quantity".into(),
                found: "order_number, description".into()
            }
        );
    }
}
