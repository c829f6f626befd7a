//! Breaking a text into the lines of a column.

use std::ops::Range;

use super::run::Run;
use super::style::Style;

/// The lines that `text` takes in a column of this width, its own line breaks kept.
///
/// Lines end at spaces, or after a hyphen or slash between letters; a word wider than the column is
/// cut, because running over the next column would be worse.
pub fn wrap(text: &str, style: Style, width: f32) -> Vec<Run> {
    tidy(text)
        .lines()
        .flat_map(|paragraph| wrap_paragraph(paragraph, style, width))
        .collect()
}

/// Without what has no shape on paper.
fn tidy(text: &str) -> String {
    text.trim_end()
        .chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        })
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

fn wrap_paragraph(text: &str, style: Style, width: f32) -> Vec<Run> {
    // Without a space at the end, some programs that read PDF would join the last word of a line
    // with the first of the next.
    let whole = Run::new(&format!("{text} "), style);
    if whole.width <= width {
        return vec![whole];
    }

    lines(&whole, width)
        .into_iter()
        .map(|line| Run::new(&whole.text[line], style))
        .collect()
}

/// Letters with their accents stay together: a line is a range of whole clusters.
fn lines(whole: &Run, width: f32) -> Vec<Range<usize>> {
    let clusters = clusters(whole);
    let offset = |at: usize| {
        clusters
            .get(at)
            .map_or(whole.text.len(), |cluster| cluster.0)
    };
    let mut lines = Vec::new();
    let mut first = 0;

    while first < clusters.len() {
        let mut next = first;
        let mut used = 0.0;
        while let Some((start, advance)) = clusters.get(next) {
            let hangs = whole.text[*start..].starts_with(' ');
            if next > first && !hangs && used + advance > width {
                break;
            }
            used += advance;
            next += 1;
        }

        if next < clusters.len() {
            let ends = (first + 1..=next)
                .rev()
                .find(|at| may_end(&whole.text, offset(*at)));
            next = ends.unwrap_or(next);
        }
        lines.push(offset(first)..offset(next));
        first = next;
    }

    lines
}

/// Where each cluster begins, and how wide it is.
fn clusters(run: &Run) -> Vec<(usize, f32)> {
    let mut clusters: Vec<(usize, f32)> = Vec::new();
    for glyph in &run.glyphs {
        let advance = glyph.x_advance * run.style.size;
        match clusters.last_mut() {
            Some((start, width)) if *start == glyph.text_range.start => *width += advance,
            _ => clusters.push((glyph.text_range.start, advance)),
        }
    }
    clusters
}

fn may_end(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some(' ') => true,
        Some('-' | '/' | '–' | '—') => before.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: f32) -> Vec<String> {
        wrap(text, Style::BODY, width)
            .into_iter()
            .map(|line| line.text.trim_end().to_owned())
            .collect()
    }

    #[test]
    fn a_line_that_fits_is_left_alone() {
        assert_eq!(wrapped("White mug, 30 cl", 400.0), ["White mug, 30 cl"]);
    }

    #[test]
    fn lines_end_at_spaces_and_fit_the_column() {
        let text = "A white mug of glazed stoneware with a handle for two fingers";

        let lines = wrap(text, Style::BODY, 90.0);

        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| line.width <= 90.0));
        let words: String = lines.into_iter().map(|line| line.text).collect();
        assert_eq!(words.trim_end(), text);
    }

    #[test]
    fn a_long_code_is_broken_after_its_hyphens_first() {
        assert_eq!(
            wrapped("STONEWARE-WHITE-LARGE", 60.0),
            ["STONEWARE-", "WHITE-LARGE"]
        );
    }

    #[test]
    fn a_word_wider_than_the_column_is_cut_and_nothing_is_lost() {
        let lines = wrapped(&"W".repeat(50), 40.0);

        assert!(lines.len() > 5);
        assert_eq!(lines.concat(), "W".repeat(50));
    }

    #[test]
    fn an_accent_stays_with_its_letter() {
        let lines = wrapped(&"x\u{323}\u{302}".repeat(30), 20.0);

        assert!(lines.len() > 1);
        assert!(
            lines
                .iter()
                .all(|line| line.starts_with('x') && line.ends_with('\u{302}'))
        );
    }

    #[test]
    fn line_breaks_of_the_writer_are_kept_and_control_characters_dropped() {
        assert_eq!(
            wrapped("one\r\n\ntwo\tthree\u{7}\u{0}", 400.0),
            ["one", "", "two three"]
        );
    }

    #[test]
    fn a_column_without_width_still_ends() {
        assert_eq!(wrapped("ab c", 0.0).concat().replace(' ', ""), "abc");
    }
}
