//! Notes and tasks on any record.

mod chromium;
mod doing;
mod limited;
mod list;
mod mail;
mod marks;
mod panel;
mod printed;
mod settings;
mod warnings;
mod writing;
