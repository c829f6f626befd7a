//! Files of orders: what is read from them, and what comes of it.

mod command;
mod import;
mod pages;
mod reading;
mod real_file;
mod styles;
