//! Notes and tasks on any record.

mod chromium;
mod doing;
mod limited;
mod list;
mod marks;
mod panel;
mod writing;
