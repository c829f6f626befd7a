//! Weights, sizes and inks.

use krilla::color::rgb;

/// The weights there are; anything more would be shouting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Strong,
}

/// The inks, the same as those of the application in its light scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Ink,
    Muted,
    Accent,
    Hairline,
}

impl Colour {
    pub fn rgb(self) -> rgb::Color {
        match self {
            Self::Ink => rgb::Color::new(0x1a, 0x1e, 0x26),
            Self::Muted => rgb::Color::new(0x56, 0x5e, 0x6c),
            Self::Accent => rgb::Color::new(0x2e, 0x53, 0xc6),
            Self::Hairline => rgb::Color::new(0xe4, 0xe7, 0xec),
        }
    }
}

/// How a text is set; the constants are the whole scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    /// From one line to the next.
    pub leading: f32,
    pub weight: Weight,
    pub colour: Colour,
}

impl Style {
    pub const BANNER: Self = Self::new(48.0, 52.0, Weight::Strong, Colour::Ink);
    pub const POSTER: Self = Self::new(32.0, 36.0, Weight::Strong, Colour::Ink);
    pub const TITLE: Self = Self::new(22.0, 26.0, Weight::Strong, Colour::Ink);
    pub const NUMBER: Self = Self::new(13.0, 17.0, Weight::Regular, Colour::Ink);
    pub const HOUSE: Self = Self::new(13.0, 18.0, Weight::Strong, Colour::Ink);
    pub const TOTAL: Self = Self::new(12.0, 16.0, Weight::Strong, Colour::Ink);
    pub const BODY: Self = Self::new(9.5, 13.0, Weight::Regular, Colour::Ink);
    pub const STRONG: Self = Self::new(9.5, 13.0, Weight::Strong, Colour::Ink);
    pub const QUIET: Self = Self::new(9.5, 13.0, Weight::Regular, Colour::Muted);
    pub const LABEL: Self = Self::new(8.5, 13.0, Weight::Strong, Colour::Muted);
    pub const SMALL: Self = Self::new(8.0, 11.0, Weight::Regular, Colour::Muted);

    const fn new(size: f32, leading: f32, weight: Weight, colour: Colour) -> Self {
        Self {
            size,
            leading,
            weight,
            colour,
        }
    }

    /// How far below the top of its line the letters stand.
    pub fn baseline(&self) -> f32 {
        self.leading / 2.0 + self.size * 0.33
    }
}
