//! Stories through several domains, told in the words of the people in them.

mod cases;
mod dates;
pub mod desk;
mod elsewhere;
mod handed_on;
mod held;
mod in_between;
mod kits;
mod late;
mod lost;
pub mod races;
mod stocktake;
mod the_article;
mod told;
mod transfers;
mod walk;
mod warned;
