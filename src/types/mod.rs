//! Value types: parsed once at the edge, trusted everywhere after.
//!
//! Owns no table and imports no other module. Every number has a type here, every id has one of
//! its own, and every text that must obey a rule is parsed by the type that states the rule.

pub mod clock;
pub mod dates;
mod email;
mod encryption;
mod event;
mod event_parts;
mod event_stored;
mod field_errors;
mod fields;
mod grams;
mod gs1;
mod ids;
mod limit;
mod list_kind;
mod mail_server;
mod money;
mod paper;
mod percent;
mod price;
mod quantity;
mod record;
mod request_key;
mod sku;
mod text;
mod text_enum;
mod too_long;
mod totals;
mod warning;
mod zone;

pub use email::{Email, EmailList};
pub use encryption::check_encryption;
pub use event::Event;
pub use event_parts::{
    DateNamed, FieldChanged, LineChanged, ListChange, OrderChange, UnitsFound, UnitsOf,
};
pub use field_errors::FieldErrors;
pub(crate) use fields::read_form;
pub use fields::{Fields, Reading};
pub use grams::Grams;
pub use gs1::Element;
pub use ids::*;
pub use limit::Limit;
pub use list_kind::ListKind;
pub use mail_server::{MailServer, Privacy};
pub use money::Money;
pub use paper::Paper;
pub(crate) use percent::percent_decoded;
pub use quantity::{Change, Quantity};
pub use record::RecordRef;
pub use request_key::RequestKey;
pub use sku::Sku;
pub use text::{
    LONGEST_LETTER, counted, currency, cut, date, days, first_few, grouped, is_unseen, legible,
    make_legible, optional, optional_date, optional_text, required_text, ticked,
};
pub(crate) use text_enum::text_enum;
pub use too_long::TooLong;
pub use totals::{TooMuch, total};
pub use warning::Warning;
pub use zone::Zone;
