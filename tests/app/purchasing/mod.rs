//! Buying what is missing, and receiving it.

mod desk;
mod needs;
mod ordering;
mod pages;
mod receiving;
mod reversing;
mod sending;
