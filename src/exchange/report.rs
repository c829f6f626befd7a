//! What was not imported, for a spreadsheet.

use super::imports::orders::Reading;

/// Every line and document that is left out: its line, its order, what it says and why.
pub fn left_out(reading: &Reading) -> String {
    let refused = reading.refusals.iter().map(|one| {
        let place = one.line.to_string();
        (
            one.line,
            [
                place,
                one.order.clone(),
                one.says.clone(),
                one.reason.clone(),
            ],
        )
    });
    let skipped = reading.skipped.iter().map(|one| {
        let says = format!("{} lines", one.lines);
        (
            one.line,
            [one.place(), one.order.clone(), says, one.reason()],
        )
    });
    let mut rows: Vec<_> = refused.chain(skipped).collect();
    rows.sort_by_key(|(line, _)| *line);
    let mut text = String::from("line,order,says,reason\r\n");
    for (_, cells) in rows {
        text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// In quotes where needed; what a spreadsheet would run as a formula becomes text.
fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if runs {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_never_run() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("7\", blue"), "\"7\"\", blue\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
