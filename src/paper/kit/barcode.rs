//! Barcodes, as a scanner reads them off paper.

use super::sheet::Sheet;
use super::style::Colour;

/// A bar is at most this wide; a scanner reads 0.8 points and more without effort.
const WIDEST: f32 = 1.0;
const START_B: usize = 104;
const STOP: &str = "2331112";

/// Code 128, values 0 to 105: widths of bar, space, bar, space, bar, space.
const PATTERNS: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232",
];

/// Draws `text` as Code 128 bars beginning at `x`, as vectors; answers whether it could.
///
/// Only printable ASCII has bars; for anything else nothing is drawn, since bars that read
/// differently from the number beside them would be worse than none.
pub fn draw(sheet: &mut Sheet, text: &str, x: f32, y: f32, (width, height): (f32, f32)) -> bool {
    let Some(widths) = code_128(text) else {
        return false;
    };

    let modules: u32 = widths.iter().sum();
    let module = (width / modules as f32).min(WIDEST);
    let mut x = x;
    for (at, width) in widths.iter().enumerate() {
        let width = *width as f32 * module;
        if at % 2 == 0 {
            sheet.block(x, y, width, height, Colour::Ink);
        }
        x += width;
    }
    true
}

/// Widths of bars and spaces in turn, in modules: start B, the text, checksum, stop.
fn code_128(text: &str) -> Option<Vec<u32>> {
    let values = values(text)?;
    let patterns = values
        .into_iter()
        .map(|value| PATTERNS[value])
        .chain([STOP]);
    Some(
        patterns
            .flat_map(str::bytes)
            .map(|digit| u32::from(digit - b'0'))
            .collect(),
    )
}

fn values(text: &str) -> Option<Vec<usize>> {
    if text.is_empty() || !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }

    let mut values = vec![START_B];
    values.extend(text.bytes().map(|byte| usize::from(byte - b' ')));
    let weighted = values
        .iter()
        .enumerate()
        .map(|(at, value)| at.max(1) * value);
    values.push(weighted.sum::<usize>() % 103);
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_agrees_with_a_published_example() {
        let values = values("Wikipedia").expect("plain letters have bars");

        assert_eq!(values, [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88]);
    }

    #[test]
    fn bars_begin_with_start_b_and_end_with_stop() {
        let widths = code_128("A").expect("plain letters have bars");

        let expected = "211214" /* start B */
            .to_owned()
            + "111323"
            + "131123"
            + "2331112";
        let written: String = widths.iter().map(u32::to_string).collect();
        assert_eq!(written, expected);
    }

    #[test]
    fn every_pattern_is_eleven_modules_wide_and_unlike_the_others() {
        let mut seen = PATTERNS.to_vec();
        seen.sort_unstable();
        seen.dedup();

        assert_eq!(seen.len(), PATTERNS.len());
        let width = |pattern: &&str| pattern.bytes().map(|digit| digit - b'0').sum::<u8>();
        assert!(PATTERNS.iter().all(|pattern| width(pattern) == 11));
    }

    #[test]
    fn what_has_no_bars_is_refused() {
        assert_eq!(code_128("É1"), None);
        assert_eq!(code_128(""), None);
    }
}
