//! One box for everything that has a name: what was typed or scanned opens, or what is like it is
//! listed by kind.
//!
//! Owns no table and changes nothing; one statement for what is called exactly so, one for the rest.

mod pages;
mod queries;

pub use pages::routes;
