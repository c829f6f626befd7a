//! What the tests stand on: a database of their own, a browser, the program as typed by a person.

pub mod app;
pub mod browser;
pub mod certificate;
pub mod command;
pub mod counting;
pub mod database;
pub mod gate;
pub mod goods;
pub mod html;
pub mod letter;
pub mod looks;
pub mod make;
pub mod notes;
pub mod postman;
pub mod remote;
pub mod requests;
pub mod served;
pub mod smtp;
mod smtp_talk;
