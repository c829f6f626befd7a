//! The heart: one queue per product and warehouse, and everything read off it.
//!
//! Keeps three books per place: what lies here (`levels`, from the ledger of `movements`), what is
//! asked for (`demand`, one row per order line with units to ship, each with its place in the queue)
//! and what is coming (`supply`, one row per line of a purchase order or transfer with units to come). What one order
//! wants from one warehouse is a consignment (`consignments`), whose state is derived.
//! Every change leaves one decision (`decisions`: cause, document, who, why, when); what it changed about
//! reserved units stands in `reservation_entries`, about expected dates in `promise_entries`.
//!
//! Promises: every change of demand, stock or incoming goods is planned in its own transaction, by
//! one pure [`plan`] whose result is reservations, promises and needs together. Running it twice
//! changes nothing the second time. Reserved units never exceed what lies there; nothing waits while
//! stock it may take is free; units in a parcel are never robbed. Parts of a kit are reserved and promised
//! in whole sets, so places that share kits are planned together.
//!
//! Where a warehouse has bins, each unit lies in one: `bin_contents` add up to what is on hand, and to
//! quarantine, which is not; units in a parcel are held in their bins (`bin_holds`).
//!
//! Refuses: any other way to write these tables. [`change()`] takes a list of what
//! happens, locks, plans and writes; there is nothing to forget.

mod apart;
mod binning;
mod books;
mod bounds;
mod by_hand;
mod change;
mod compare;
mod counts;
mod effect;
mod effects;
mod error;
mod explain;
mod happening;
mod integrity;
mod kit;
mod limits;
mod look;
mod loss;
mod model;
mod origin;
mod outcome;
pub mod pages;
mod parcels;
mod pin;
pub mod plan;
mod queries;
mod queue;
mod reach;
mod read;
mod shortage;
mod spare;
mod unused;
mod verify;
mod weigh;
mod when;
mod write;

pub use apart::preview_joins;
pub use binning::{fill_bin, forget_bins};
pub use bounds::{Balance, MOST, Named, room};
pub use by_hand::{HandMove, move_units, preview_move, preview_undo, takers, undo_move};
pub use change::{change, change_if_agreed, preview};
pub use compare::{Comparison, compare_policies};
pub use counts::add_up_counts;
pub use effect::Effect;
pub use effects::Effects;
pub use error::Error;
pub use explain::{Ahead, Decision, Standing, Why, decisions, why};
pub use happening::{Ask, Condition, Expect, Happening};
pub use integrity::{IntegrityRun, keep_run, last_run};
pub use kit::InSet;
pub use limits::{
    Limits, hold, set_limits, set_limits_of_all, set_usual_bin, set_usual_bins_of_all,
};
pub use look::{LineLook, Look};
pub use loss::{Consent, Loss};
pub use model::{Cause, CauseKind, Level, MoveReason, Place};
pub use origin::{Origin, brought_by};
pub use outcome::{LineChange, Outcome};
pub use parcels::{InParcel, in_parcels, in_parcels_of, lines_in_words};
pub use pin::{Pinning, Queued, pin, preview_pin, queued};
pub use queries::{
    Assigned, AssignedByTransfer, Claimant, Incoming, KIT_SQL, SERVED_SQL, assigned_by,
    assigned_by_return, assigned_by_transfer, claimants, incoming,
};
pub use queue::{NO_DATE, Priority, QUEUE_SQL, QueueKey, ShippingPolicy};
pub use read::must_reach;
pub use shortage::{Shortage, keep_shortages, report_shortage};
pub use spare::{SPARES_SQL, Spare, spares};
pub use unused::{InUse, in_use, pause, set_kept};
pub use verify::{Finding, verify};
pub use when::When;
