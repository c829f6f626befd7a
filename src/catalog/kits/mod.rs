//! Kits, as everybody reads them: what they are made of, and how many can be packed. Written by the
//! actions of `inventory` only.

mod packable;
mod parts;
mod stock;

pub use packable::{Packable, packable};
pub use parts::{
    KitOfPart, KitPart, kit_refusal, kit_refusals, kits_of_parts, open_orders, parts_in_words,
    parts_of_kits,
};
pub use stock::{KitStock, kit_stock};
