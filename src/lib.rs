//! Backfill manages backorders: sales orders whose products are not in stock.
//!
//! # The map
//!
//! A module is a domain or a layer under the domains. In a domain *pages* ask, *actions* decide and
//! write, *queries* read; only pages know HTTP and HTML, and everything another domain may use is
//! re-exported by its `mod.rs`.
//!
//! | Module | What it is | Domains it may use |
//! |---|---|---|
//! | [`server`] | runs the application until it is told to stop | all |
//! | [`app`] | puts the parts together | all |
//! | [`demo`], [`bench`](mod@bench) | a shop at work; figures | all |
//! | [`exchange`] | files in: orders of a shop, previewed, then placed | all |
//! | [`dashboard`] | the first page: what waits, what is ready, what is late | reads all |
//! | [`preparation`] | from the tab to the parcel | sales, stock, catalog, paper, outbox |
//! | [`sales`], [`purchasing`], [`inventory`] | siblings that never use each other | stock, catalog, paper, outbox |
//! | [`stock`] | the heart: levels, demand, supply, the queue | catalog |
//! | [`catalog`] | products, suppliers, warehouses, the company | |
//! | [`accounts`] | who may sign in, with which role | outbox |
//! | [`outbox`] | mail: queued with its reason, sent by a worker, kept | |
//! | [`paper`] | purchase orders and packing slips as PDF | |
//! | [`web`] | what every page needs of HTTP | |
//! | [`db`] | the pool, transactions, history, announcements | |
//! | [`error`], [`types`], [`config`], [`schema`] | the ground | |
//!
//! Imports point down this table; a test reads the sources and checks it.

pub mod accounts;
pub mod app;
pub mod bench;
pub mod catalog;
pub mod config;
pub mod dashboard;
pub mod db;
pub mod demo;
pub mod error;
pub mod exchange;
pub mod inventory;
pub mod outbox;
pub mod paper;
pub mod preparation;
pub mod purchasing;
#[rustfmt::skip]
pub mod schema;
pub mod sales;
pub mod server;
pub mod stock;
pub mod types;
pub mod web;

pub use error::Error;
