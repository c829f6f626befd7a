//! One binary for all tests of the application.

mod access;
mod accounts;
mod architecture;
mod browser;
mod catalog;
mod circles;
mod cli;
mod db;
mod demo;
mod exchange;
mod inventory;
mod leafing;
mod live;
mod numbering;
mod outbox;
mod owners;
mod paper;
mod preparation;
mod purchasing;
mod sales;
mod scenarios;
mod schema;
mod settings;
mod sources;
mod stock;
mod support;
