//! A small picture of up to thirty days or weeks one after the other, over its whole width: where its
//! lines, bars and words stand.
//!
//! Whole numbers throughout, in units of the picture: it is drawn at about a tenth of its size.

/// Where the picture begins to show days, from the left.
const LEFT: i64 = 300;
/// Where they end.
const RIGHT: i64 = LEFT + 2_850;
/// Of so many days each takes less.
const FEW: usize = 7;
/// The line that stands for nothing.
const FLOOR: i64 = 900;
/// The foot of the words below.
const BELOW: i64 = 1_040;
/// The line that stands for the most.
const CEILING: i64 = 80;

/// A line over the whole width, with its figure.
pub struct Rule {
    pub y: i64,
    pub words: String,
}

/// A day, to be pointed at.
pub struct Spot {
    /// `23 Nov`
    pub day: String,
    /// Its figure.
    pub words: String,
    /// The list it opens; `None`: nothing is known of the day.
    pub path: Option<String>,
}

/// A figure as a bar.
pub struct Bar {
    pub x: i64,
    pub y: i64,
    pub height: i64,
}

/// Days one after the other that are known, drawn as one line.
pub struct Run {
    pub class: &'static str,
    /// As SVG has them: `x,y x,y`.
    pub points: String,
}

/// One figure of each day; `None`: it is not known.
pub type Figures = [Option<i64>];

/// The picture.
pub struct Chart {
    /// What one day takes.
    day: i64,
    /// What is to be seen, for who cannot.
    pub label: String,
    pub rules: Vec<Rule>,
    pub runs: Vec<Run>,
    pub bars: Vec<Bar>,
    pub spots: Vec<Spot>,
    /// The words below: the first day and the last.
    pub first: String,
    pub last: String,
}

impl Chart {
    /// Counts, each a line of its class.
    pub fn of_counts(label: String, lines: &[(&'static str, Vec<Option<i64>>)]) -> Self {
        let most = lines
            .iter()
            .flat_map(|(_, figures)| figures)
            .flatten()
            .max();
        let top = round_above(most.copied().unwrap_or(0));
        let days = lines.iter().map(|(_, figures)| figures.len()).max();
        let day = width(days.unwrap_or(0));
        let runs = lines
            .iter()
            .flat_map(|(class, figures)| runs(class, figures, (top, day)))
            .collect();
        let words = |part: i64| (part * top / 2).to_string();
        Self {
            rules: rules(words),
            runs,
            ..Self::empty(label, day)
        }
    }

    /// Shares in percent, each a bar.
    pub fn of_shares(label: String, shares: &Figures) -> Self {
        Self {
            rules: rules(|part| format!("{} %", part * 50)),
            ..Self::of_bars(label, shares, 100)
        }
    }

    /// Sums, each a bar.
    pub fn of_sums(label: String, sums: &Figures) -> Self {
        let most = sums.iter().flatten().max();
        let top = round_above(most.copied().unwrap_or(0));
        Self {
            rules: rules(|part| (part * top / 2).to_string()),
            ..Self::of_bars(label, sums, top)
        }
    }

    fn of_bars(label: String, figures: &Figures, top: i64) -> Self {
        let day = width(figures.len());
        let bars = figures.iter().enumerate().filter_map(|(at, figure)| {
            let y = height(figure.as_ref().copied()?, top);
            Some(Bar {
                x: begin(at, day) + (day - bar(day)) / 2,
                y,
                // Nothing at all is to be seen as well.
                height: (FLOOR - y).max(10),
            })
        });
        Self {
            bars: bars.collect(),
            ..Self::empty(label, day)
        }
    }

    /// The same with its days, one after the other.
    pub fn with_days(self, spots: Vec<Spot>) -> Self {
        let named = |spot: Option<&Spot>| spot.map_or_else(String::new, |spot| spot.day.clone());
        Self {
            first: named(spots.first()),
            last: named(spots.last()),
            spots,
            ..self
        }
    }

    /// Where a spot stands.
    pub fn spot(&self, at: &usize) -> i64 {
        begin(*at, self.day)
    }

    /// All there is to see, as SVG says it.
    pub fn view_box(&self) -> String {
        format!("0 0 {} {}", RIGHT + 50, BELOW + 40)
    }

    pub const fn left(&self) -> i64 {
        LEFT
    }

    /// Where the words of a rule end.
    pub const fn left_words(&self) -> i64 {
        LEFT - 40
    }

    pub const fn right(&self) -> i64 {
        RIGHT
    }

    pub const fn floor(&self) -> i64 {
        FLOOR
    }

    /// Where the words below the picture stand.
    pub const fn below(&self) -> i64 {
        BELOW
    }

    pub const fn bar_width(&self) -> i64 {
        bar(self.day)
    }

    pub const fn day_width(&self) -> i64 {
        self.day
    }

    fn empty(label: String, day: i64) -> Self {
        Self {
            day,
            label,
            rules: vec![],
            runs: vec![],
            bars: vec![],
            spots: vec![],
            first: String::new(),
            last: String::new(),
        }
    }
}

fn rules(words: impl Fn(i64) -> String) -> Vec<Rule> {
    let rule = |part| Rule {
        y: height(part, 2),
        words: words(part),
    };
    (0..=2).map(rule).collect()
}

/// What each of so many days takes.
fn width(days: usize) -> i64 {
    (RIGHT - LEFT) / i64::try_from(days.max(FEW)).unwrap_or(i64::MAX)
}

/// A bar is narrower than its day.
const fn bar(day: i64) -> i64 {
    day * 3 / 4
}

/// Where a day begins.
fn begin(at: usize, day: i64) -> i64 {
    LEFT + day * i64::try_from(at).unwrap_or(0)
}

/// How far from above a figure stands, where `top` is the most.
fn height(figure: i64, top: i64) -> i64 {
    FLOOR - (FLOOR - CEILING) * figure.clamp(0, top) / top
}

/// The least round number that is not below `most`, and can be halved.
fn round_above(most: i64) -> i64 {
    let mut ten = 1;
    loop {
        for step in [2, 4, 10] {
            if step * ten >= most {
                return step * ten;
            }
        }
        ten *= 10;
    }
}

/// A line for each row of days that are known.
fn runs(class: &'static str, figures: &Figures, (top, day): (i64, i64)) -> Vec<Run> {
    let mut runs = vec![];
    for known in figures
        .iter()
        .enumerate()
        .collect::<Vec<_>>()
        .chunk_by(|one, next| one.1.is_some() == next.1.is_some())
    {
        let points = known.iter().filter_map(|(at, figure)| {
            let y = height(figure.as_ref().copied()?, top);
            Some(format!("{},{y}", begin(*at, day) + day / 2))
        });
        let points: Vec<String> = points.collect();
        match points.as_slice() {
            [] => {}
            // From a day to itself: a dot.
            [alone] => runs.push(Run {
                class,
                points: format!("{alone} {alone}"),
            }),
            several => runs.push(Run {
                class,
                points: several.join(" "),
            }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_is_a_round_number_that_can_be_halved() {
        let tops = [0, 1, 3, 5, 11, 21, 41, 99, 101, 9_999].map(round_above);

        assert_eq!(tops, [2, 2, 4, 10, 20, 40, 100, 100, 200, 10_000]);
    }

    #[test]
    fn a_line_is_broken_where_a_day_is_not_known() {
        let chart = Chart::of_counts(
            String::new(),
            &[("line", vec![Some(0), Some(10), None, Some(5)])],
        );

        let points: Vec<&str> = chart.runs.iter().map(|run| run.points.as_str()).collect();
        assert_eq!(points, ["503,900 910,80", "1724,490 1724,490"]);
        let words: Vec<&str> = chart.rules.iter().map(|rule| rule.words.as_str()).collect();
        assert_eq!(words, ["0", "5", "10"]);
    }

    #[test]
    fn a_share_is_a_bar_and_none_is_none() {
        let chart = Chart::of_shares(String::new(), &[Some(100), None, Some(0)]);

        let bars: Vec<(i64, i64)> = chart.bars.iter().map(|bar| (bar.y, bar.height)).collect();
        assert_eq!(bars, [(80, 820), (900, 10)]);
    }
}
