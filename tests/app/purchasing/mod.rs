//! Buying what is missing, and receiving it.

mod dates;
mod desk;
mod drafted;
mod late_goods;
mod long;
mod needs;
mod ordering;
mod pages;
mod rates;
mod receiving;
mod reversing;
mod reversing_in_part;
mod sending;
mod typing;
