//! What whoever runs a Backfill does with it, by typing commands.

mod at_work;
mod backup;
mod home;
mod restart;
