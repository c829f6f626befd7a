//! The pieces papers have in common: letterhead, addresses, sums.

use super::cell::Align;
use super::run::Run;
use super::sheet::Sheet;
use super::style::{Colour, Style};
use super::wrap::wrap;
use crate::paper::{Letterhead, Party};

/// Texts one below another in a column, from `y` down; answers where they end.
pub fn stack(
    sheet: &mut Sheet,
    (x, width): (f32, f32),
    y: f32,
    align: Align,
    texts: &[(&str, Style)],
) -> f32 {
    let mut y = y;
    for (text, style) in texts {
        for run in wrap(text, *style, width) {
            match align {
                Align::Left => sheet.text(x, y, run),
                Align::Right => sheet.text_left_of(x + width, y, run),
            }
            y += style.leading;
        }
    }
    y
}

/// The company on the left and what the paper is on the right; ends with a rule.
pub fn letterhead(sheet: &mut Sheet, company: &Letterhead, title: &str, number: &str) {
    let top = sheet.y();
    let half = Sheet::MEASURE / 2.0;
    let mut house = vec![(company.name.as_str(), Style::HOUSE)];
    house.extend(written(&company.address, Style::QUIET));
    let left = stack(sheet, (Sheet::LEFT, half - 20.0), top, Align::Left, &house);
    let paper = [(title, Style::TITLE), (number, Style::NUMBER)];
    let right = stack(
        sheet,
        (Sheet::LEFT + half, half),
        top - 5.0,
        Align::Right,
        &paper,
    );

    sheet.move_to(left.max(right) + 16.0);
    sheet.rule(1.5, Colour::Accent);
    sheet.skip(20.0);
}

/// A labelled name and address; answers where it ends.
pub fn address(sheet: &mut Sheet, place: (f32, f32), label: &str, party: &Party) -> f32 {
    let mut texts = vec![(label, Style::LABEL), (party.name.as_str(), Style::STRONG)];
    texts.extend(written(&party.address, Style::BODY));
    stack(sheet, place, sheet.y(), Align::Left, &texts)
}

/// Label and value side by side, one pair per line; answers where they end.
pub fn facts(sheet: &mut Sheet, (x, width): (f32, f32), facts: &[(&str, String)]) -> f32 {
    let label = |(label, _): &(&str, String)| Run::new(label, Style::QUIET).width;
    let indent = facts.iter().map(label).fold(0.0, f32::max) + 12.0;
    let mut y = sheet.y();
    for (label, value) in facts {
        sheet.text(x, y, Run::new(label, Style::QUIET));
        let place = (x + indent, width - indent);
        y = stack(sheet, place, y, Align::Left, &[(value, Style::STRONG)]).max(y);
    }
    y
}

/// A heading and free text, going on over the page if it must.
pub fn remark(sheet: &mut Sheet, heading: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }

    sheet.turn_unless_fits(Style::LABEL.leading + Style::BODY.leading * 2.0);
    sheet.text(Sheet::LEFT, sheet.y(), Run::new(heading, Style::LABEL));
    sheet.skip(Style::LABEL.leading + 2.0);
    for run in wrap(text.trim(), Style::BODY, Sheet::MEASURE * 0.8) {
        sheet.turn_unless_fits(Style::BODY.leading);
        sheet.text(Sheet::LEFT, sheet.y(), run);
        sheet.skip(Style::BODY.leading);
    }
}

fn written(lines: &[String], style: Style) -> impl Iterator<Item = (&str, Style)> {
    lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(move |line| (line.as_str(), style))
}
