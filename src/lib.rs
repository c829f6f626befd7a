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
//! | [`search`] | one box: what is called so opens | reads all |
//! | [`preparation`] | from the tab to the parcel | sales, stock, catalog, paper, outbox |
//! | [`returns`] | what customers send back | sales, stock, catalog |
//! | [`sales`], [`purchasing`], [`inventory`] | siblings that never use each other | stock, catalog, paper, outbox |
//! | [`stock`] | the heart: levels, demand, supply, the queue | catalog |
//! | [`catalog`] | products, suppliers, warehouses, the company | |
//! | [`accounts`] | who may sign in, with which role | outbox |
//! | [`outbox`] | mail: queued with its reason, sent by a worker, kept | |
//! | [`organizer`] | notes and tasks on any record | outbox |
//! | [`paper`] | purchase orders and packing slips as PDF | |
//! | [`web`] | what every page needs of HTTP | |
//! | [`sheet`] | rows of cells out of the files people send | |
//! | [`db`] | the pool, transactions, history, announcements; backups; a private server | |
//! | [`error`], [`types`], [`config`], [`schema`] | the ground | |
//!
//! Imports point down this table; a test reads the sources and checks it.
//!
//! # How to add
//!
//! - **A page**: a read model in the domain's `queries`; a template; a page struct with `view!`; a
//!   handler that takes a [`web::Desk`] with its guard and says what to `show`, `ask` or `act`; its
//!   route, and its line in the table of `tests/app/access.rs`.
//! - **A list**: its filter, its [`db::Sorts`] and its query (`db::page!`, in SQL `db::listed!`); one
//!   table of [`web::Column`] heads the page and writes the file.
//! - **Something that happens to stock**: a variant of [`stock::Happening`], whom it reaches
//!   (`happening.rs`), and its effect on the books (`books/apply.rs`); a step of the random walk.
//! - **Something people do to a record**: a variant of [`types::Event`], its sentence in
//!   [`web::telling`], and `act.note` in the action.
//! - **A table**: a migration, its print in `schema.rs`, its owner below; its view in `db/limited.sql`
//!   where it belongs to a warehouse; a query of `verify` for what must always be true of it.
//!
//! # Tables
//!
//! Who writes which tables, and whose tables each module reads. A test holds the sources against it.
//!
//! | Module | Writes | Reads |
//! |---|---|---|
//! | [`db`] | `audit_trail`, `handled_requests`, `history` | `order_lines`, `organizer_entries`, `users`, `warehouses` |
//! | [`outbox`] | `mail_attachments`, `mails` | `users` |
//! | [`accounts`] | `password_links`, `recovery_codes`, `sessions`, `sign_in_attempts`, `sign_in_browsers`, `sign_in_rules`, `user_rights`, `user_warehouses`, `users` | `audit_trail`, `company`, `warehouses` |
//! | [`catalog`] | `barcodes`, `company`, `product_pictures`, `products`, `supplier_products`, `suppliers` | `kit_parts`, `levels`, `locations`, `movements`, `order_lines`, `orders`, `purchase_order_lines`, `purchase_orders`, `receptions`, `shipments`, `users`, `warehouses` |
//! | [`stock`] | `bin_contents`, `bin_holds`, `consignment_counts`, `consignments`, `decisions`, `demand`, `hand_moves`, `integrity_runs`, `levels`, `movements`, `promise_entries`, `reservation_entries`, `shortages`, `supply`, `turns` | `company`, `count_lines`, `count_scans`, `counts`, `customers`, `locations`, `manifests`, `order_lines`, `orders`, `products`, `purchase_order_lines`, `purchase_orders`, `reception_lines`, `reception_reversals`, `receptions`, `return_lines`, `returns`, `reversal_lines`, `scan_lines`, `scans`, `shipment_lines`, `shipments`, `transfer_lines`, `transfer_losses`, `transfers`, `users`, `warehouses` |
//! | [`inventory`] | `count_lines`, `count_scans`, `counts`, `kit_parts`, `locations`, `transfer_lines`, `transfer_losses`, `transfers`, `warehouses` | `barcodes`, `bin_contents`, `company`, `consignment_counts`, `consignments`, `customers`, `decisions`, `demand`, `levels`, `movements`, `order_lines`, `orders`, `products`, `purchase_order_lines`, `purchase_orders`, `receptions`, `reservation_entries`, `returns`, `shipments`, `shortages`, `supplier_products`, `supply`, `users` |
//! | [`purchasing`] | `purchase_order_lines`, `purchase_orders`, `reception_lines`, `reception_reversals`, `receptions`, `replenishment_choices`, `reversal_lines` | `customers`, `decisions`, `demand`, `levels`, `orders`, `products`, `reservation_entries`, `shipment_lines`, `shipments`, `supplier_products`, `suppliers`, `supply`, `transfer_lines`, `transfers`, `users`, `warehouses` |
//! | [`sales`] | `channels`, `customers`, `order_amounts`, `order_lines`, `orders`, `shipping_rule_warehouses`, `shipping_rules`, `told_dates` | `consignments`, `decisions`, `demand`, `levels`, `products`, `promise_entries`, `reservation_entries`, `shipment_lines`, `shipments`, `supplier_products`, `suppliers`, `supply`, `users`, `warehouses` |
//! | [`preparation`] | `batches`, `carriers`, `manifests`, `packages`, `preparation_choices`, `scan_lines`, `scans`, `shipment_lines`, `shipments`, `shipping_methods` | `bin_contents`, `bin_holds`, `consignment_counts`, `consignments`, `customers`, `demand`, `locations`, `movements`, `order_lines`, `orders`, `product_pictures`, `products`, `users`, `warehouses` |
//! | [`returns`] | `return_lines`, `returns` | `customers`, `locations`, `movements`, `order_lines`, `orders`, `products`, `shipments`, `users`, `warehouses` |
//! | [`organizer`] | `organizer_categories`, `organizer_digests`, `organizer_entries`, `organizer_mentions`, `organizer_priorities`, `organizer_reads`, `organizer_statuses`, `organizer_tellings` | `company`, `counts`, `customers`, `locations`, `orders`, `products`, `purchase_orders`, `receptions`, `returns`, `shipments`, `suppliers`, `transfers`, `user_warehouses`, `users`, `warehouses` |
//! | [`exchange`] | `import_left_out`, `import_orders`, `import_pieces`, `import_products`, `imports`, `stock_files` | `barcodes`, `channels`, `demand`, `levels`, `locations`, `orders`, `products`, `users`, `warehouses` |
//! | [`dashboard`] | `figures_by_day` | `consignment_counts`, `customers`, `decisions`, `demand`, `order_lines`, `orders`, `products`, `purchase_orders`, `reception_lines`, `receptions`, `reservation_entries`, `suppliers`, `supply`, `transfers`, `warehouses` |
//! | [`search`] |  | `barcodes`, `channels`, `counts`, `customers`, `locations`, `orders`, `products`, `purchase_orders`, `receptions`, `returns`, `shipments`, `suppliers`, `transfers`, `warehouses` |
//! | [`demo`] |  | `bin_contents`, `consignments`, `count_lines`, `demand`, `levels`, `locations`, `order_lines`, `orders`, `products`, `purchase_order_lines`, `purchase_orders`, `shipment_lines`, `shipments`, `supplier_products`, `suppliers`, `users` |

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
pub mod organizer;
pub mod outbox;
pub mod paper;
pub mod preparation;
pub mod purchasing;
pub mod returns;
#[rustfmt::skip]
pub mod schema;
pub mod sales;
pub mod search;
pub mod server;
pub mod sheet;
pub mod stock;
pub mod types;
pub mod web;

pub use error::Error;
