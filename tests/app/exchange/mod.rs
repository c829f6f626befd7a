//! Files of orders: what is read from them, and what comes of it.

mod amounts;
mod bounds;
mod cases;
mod channels;
mod command;
mod hostile;
pub mod import;
mod large;
mod layouts;
mod pages;
mod progress;
mod reading;
mod real_file;
pub mod stock;
mod styles;
mod weighing;
mod whole;
