//! What every paper is built from: type, pages, tables, blocks, bars.
//!
//! Lengths are points (1/72 inch); the origin is the top left corner of the page, and `y` grows
//! downwards. A paper is first laid out on a [`Sheet`], as marks on pages, and only then written as
//! PDF: the number of pages is known by then, and tests can look at the marks.

pub mod barcode;
pub mod blocks;
mod cell;
mod furniture;
mod run;
mod sheet;
mod style;
mod table;
mod wrap;

pub use cell::{Align, Cell, Column};
pub use furniture::Furniture;
pub use run::Run;
pub use sheet::Sheet;
pub use style::{Colour, Style};
pub use table::Table;
