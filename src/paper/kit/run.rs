//! A line of text as glyphs of the typeface.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};

use super::style::{Style, Weight};

/// Source Sans 3: wide Latin coverage, and figures of equal width, so that columns of numbers align.
static REGULAR: LazyLock<Typeface> = LazyLock::new(|| {
    Typeface::new(include_bytes!(
        "../../../static/fonts/source-sans-3-regular.ttf"
    ))
});
static STRONG: LazyLock<Typeface> = LazyLock::new(|| {
    Typeface::new(include_bytes!(
        "../../../static/fonts/source-sans-3-semibold.ttf"
    ))
});

/// What the typeface can write; letters of other scripts come out as boxes whichever way they run.
const DIRECTION: Direction = Direction::LeftToRight;

struct Typeface {
    shaper: Face<'static>,
    /// Made once: it takes longer than shaping a line.
    plan: ShapePlan,
    ink: Font,
}

impl Typeface {
    fn new(bytes: &'static [u8]) -> Self {
        let shaper = Face::from_slice(bytes, 0).expect("the typeface is built in");
        let plan = ShapePlan::new(&shaper, DIRECTION, Some(script::LATIN), None, &[]);
        let ink = Font::new(bytes.to_vec().into(), 0).expect("the typeface is built in");
        Self { shaper, plan, ink }
    }

    fn of(weight: Weight) -> &'static Self {
        match weight {
            Weight::Regular => &REGULAR,
            Weight::Strong => &STRONG,
        }
    }
}

/// One line of text whose glyphs are chosen: what is measured is what is drawn.
#[derive(Clone, Debug)]
pub struct Run {
    pub text: String,
    pub style: Style,
    pub glyphs: Vec<KrillaGlyph>,
    /// Without the spaces at the end, which hang over the edge.
    pub width: f32,
}

impl Run {
    pub fn new(text: &str, style: Style) -> Self {
        let glyphs = shape(text, style.weight);
        let end = text.trim_end().len();
        let seen = glyphs.iter().filter(|glyph| glyph.text_range.start < end);
        let width = seen.map(|glyph| glyph.x_advance).sum::<f32>() * style.size;
        Self {
            text: text.to_owned(),
            style,
            glyphs,
            width,
        }
    }

    pub fn font(&self) -> Font {
        Typeface::of(self.style.weight).ink.clone()
    }
}

/// Advances and offsets are in ems, as the PDF engine wants them.
fn shape(text: &str, weight: Weight) -> Vec<KrillaGlyph> {
    let Typeface {
        shaper: face, plan, ..
    } = Typeface::of(weight);
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.set_direction(DIRECTION);
    buffer.set_script(script::LATIN);
    let shaped = rustybuzz::shape_with_plan(face, plan, buffer);

    let em = face.units_per_em() as f32;
    let infos = shaped.glyph_infos();
    let start = |at: usize| infos[at].cluster as usize;
    (0..shaped.len())
        .map(|at| {
            let place = shaped.glyph_positions()[at];
            let end = (at + 1..shaped.len())
                .map(start)
                .find(|next| *next > start(at));
            KrillaGlyph::new(
                GlyphId::new(infos[at].glyph_id),
                place.x_advance as f32 / em,
                place.x_offset as f32 / em,
                place.y_offset as f32 / em,
                place.y_advance as f32 / em,
                start(at)..end.unwrap_or(text.len()),
                None,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_equally_wide_so_that_columns_align() {
        for style in [Style::BODY, Style::STRONG] {
            let widths = ('0'..='9').map(|figure| Run::new(&figure.to_string(), style).width);

            assert!(
                widths
                    .collect::<Vec<_>>()
                    .windows(2)
                    .all(|pair| pair[0] == pair[1])
            );
        }
    }

    #[test]
    fn a_letter_the_typeface_lacks_takes_the_room_of_a_box() {
        let run = Run::new("茶", Style::BODY);

        assert_eq!(run.glyphs[0].glyph_id.to_u32(), 0);
        assert!(run.width > 4.0);
    }
}
