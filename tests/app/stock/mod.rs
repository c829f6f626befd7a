//! The heart: the pure plan, and the books on a real database.

mod books;
mod counts;
mod effects;
mod joins;
mod plan;
mod plan_kits;
mod verify;
