//! What happens to records, as data. Sentences about it are made where it is shown.

use chrono::NaiveDate;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};

use super::{
    Change, DateNamed, FieldChanged, LineChanged, ListChange, OrderChange, Quantity, Sku, UnitsOf,
};

/// What happened to a record. Stored as `jsonb` under the name of the variant in `kind`, beside the
/// details; a variant may get details that are optional, and never loses one that was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It was written down for the first time.
    Created,
    /// What was said of it was changed.
    Edited,
    /// It is offered no more.
    Archived,
    /// It is offered again.
    Restored,
    /// It was given up.
    Cancelled { reason: String },

    /// Somebody signed in.
    SignedIn,
    /// Somebody could not: the account as it was typed.
    SignInFailed { account: String },
    /// Somebody signed out.
    SignedOut,
    /// A list was taken along as a file.
    Exported { what: String },
    /// What is said of somebody or something was changed.
    FieldsChanged { changes: Vec<FieldChanged> },
    /// What holds for all was changed.
    SettingsChanged { changes: Vec<FieldChanged> },
    /// An account was made.
    AccountCreated { role: String },
    /// A user sees and touches other warehouses.
    LimitChanged { was: String, now: String },
    /// Somebody is called otherwise.
    NameChanged { was: String, now: String },
    /// Somebody signs in with another address.
    EmailChanged { was: String, now: String },
    /// Somebody may do more, or less.
    RoleChanged { was: String, now: String },
    /// Somebody may do more than their role, or less.
    RightsChanged { was: String, now: String },
    /// A password was changed, and sessions ended with it.
    PasswordChanged,
    /// Codes of a phone are asked for beside the password.
    SecondFactorOn,
    /// The password alone is enough.
    SecondFactorOff,
    /// A code on paper took the place of one of the phone.
    RecoveryCodeUsed,
    /// An account may not sign in any more.
    Disabled,
    /// It may again.
    Enabled,
    /// A mail about the record was queued once more.
    MailQueuedAgain { subject: String, to: String },
    /// The mail server took it.
    MailSent { subject: String, to: String },
    /// There is no mail server: it can be read, and is not sent.
    MailKept { subject: String, to: String },
    /// It will not be tried again.
    MailFailed {
        subject: String,
        to: String,
        why: String,
    },
    /// A product has other levels in a warehouse; `None`: those of the warehouse.
    LevelsSet {
        warehouse: String,
        warning: Option<Quantity>,
        ideal: Option<Quantity>,
    },
    /// A product belongs in another bin of a warehouse; `None`: in any.
    UsualBinSet {
        warehouse: String,
        bin: Option<String>,
    },
    /// A product can be bought at a supplier; none is named by an import.
    SupplierAdded { supplier: Option<String> },
    /// On other terms.
    TermsEdited { supplier: String },
    /// There before anywhere else.
    PrimarySupplier { supplier: String },
    /// It is bought there no more.
    SupplierRemoved { supplier: String },
    /// A product is shown by a picture, or by another one.
    PictureSet,
    /// By none any more.
    PictureRemoved,
    /// It is packed of other products from now on, or of others; of none: it is no kit any more.
    PartsSet { parts: Vec<UnitsOf> },
    /// Somebody counted, and the books were wrong.
    StockCorrected { change: Change, note: String },
    /// An order came in.
    Placed,
    /// A line of an order ships from another warehouse than before.
    Rerouted {
        sku: Sku,
        was: String,
        now: String,
        reason: String,
    },
    /// It was changed by hand; why, if units were cancelled by it.
    OrderEdited {
        changes: Vec<OrderChange>,
        #[serde(default)]
        reason: String,
    },
    /// It was stopped.
    Held { reason: String },
    /// It goes on.
    Released,
    /// Somebody wrote to the customer about it.
    CustomerWritten { subject: String, to: String },
    /// The customer knows the dates as they are, without a letter.
    CustomerKnows,
    /// It jumps the queue more, or less.
    PriorityChanged {
        was: String,
        now: String,
        reason: String,
    },
    /// Some units of a line were given up.
    UnitsCancelled {
        units: Quantity,
        sku: Sku,
        reason: String,
    },
    /// The customer sends units back.
    ReturnAnnounced { number: String, units: Quantity },
    /// They are there.
    ReturnReceived { found: super::UnitsFound },
    /// An order sends the customer others for what came back.
    Replaced { number: String, by: String },
    /// Some units of a line came back from the customer.
    UnitsReturned {
        units: Quantity,
        sku: Sku,
        reason: String,
    },
    /// Parts of a kit ship by the unit from then on.
    SetBroken { sku: Sku, reason: String },
    /// The last of it left.
    OrderShipped,
    /// A line goes before all others.
    Pinned { sku: Sku, reason: String },
    /// It takes its turn again.
    Unpinned { sku: Sku, reason: String },
    /// Reserved units went to another order by hand.
    UnitsGiven {
        units: Quantity,
        sku: Sku,
        reason: String,
    },
    /// They came from another order by hand.
    UnitsGot {
        units: Quantity,
        sku: Sku,
        reason: String,
    },
    /// They went to those who wait.
    UnitsReleased {
        units: Quantity,
        sku: Sku,
        reason: String,
    },
    /// What was moved by hand was moved back.
    MoveTakenBack { sku: Sku, reason: String },
    /// What is reserved became a parcel.
    ParcelBegun,
    /// Its units were taken off the shelves.
    ParcelPicked,
    /// They are in a closed parcel.
    ParcelPacked,
    /// Fewer units were there than were to be picked or packed.
    PickedShort { short: UnitsOf, reason: String },
    /// Who is to carry it, and what they call it, before it leaves; both may be empty.
    ParcelLabelled { carrier: String, tracking: String },
    /// It left.
    ParcelShipped {
        parcel: String,
        carrier: String,
        tracking: String,
    },
    /// Its units went back to the queue.
    ParcelGivenBack { parcel: String },
    /// It had not left after all.
    ParcelTakenBack { parcel: String },
    /// Its customer should have been told that it left, and nobody knows an address.
    CustomerNotTold { parcel: String },
    /// A purchase order was written.
    Drafted {
        supplier: String,
        lines: usize,
        units: Quantity,
    },
    /// A product joined a draft.
    LineAdded { units: Quantity, sku: Sku },
    /// It left it.
    LineRemoved { sku: Sku },
    /// The supplier was told; to whom the mail went, if one did.
    Sent {
        lines: usize,
        units: Quantity,
        to: Option<String>,
    },
    /// The supplier said when it comes.
    Confirmed { day: NaiveDate },
    /// What has not arrived was changed.
    RestChanged {
        lines: Vec<LineChanged>,
        #[serde(default)]
        dates: Vec<DateNamed>,
    },
    /// A delivery of a purchase order was received.
    DeliveryReceived {
        reception: String,
        lines: usize,
        units: Quantity,
    },
    /// Goods arrived when nothing was to come any more; how many units are to come again.
    OpenedAgain { reason: String, to_come: Quantity },
    /// A reception was posted.
    Received { note: String },
    /// A reception was a mistake: units that were taken back out, and units that could not be. Before
    /// they were counted, all were.
    Reversed {
        reason: String,
        #[serde(default)]
        units: Option<Quantity>,
        #[serde(default)]
        stay: Quantity,
    },
    /// A reception of a purchase order was.
    ReceptionReversed {
        reception: String,
        reason: String,
        #[serde(default)]
        units: Option<Quantity>,
        #[serde(default)]
        stay: Quantity,
    },
    /// A transfer was written.
    TransferDrafted {
        from: String,
        to: String,
        lines: usize,
        units: Quantity,
    },
    /// Its goods left; why units of orders did as well, if they did.
    TransferSent {
        units: Vec<UnitsOf>,
        day: NaiveDate,
        #[serde(default)]
        reason: String,
    },
    /// Goods of it come on another day.
    TransferExpected { day: NaiveDate, reason: String },
    /// Goods of it arrived.
    TransferReceived { units: Vec<UnitsOf>, note: String },
    /// Goods of it were written off.
    TransferLost { units: Vec<UnitsOf>, reason: String },
    /// Goods of it went back where they came from.
    TransferCalledBack { units: Vec<UnitsOf>, reason: String },
    /// A count began: what is counted.
    CountOpened { asked: String, lines: usize },
    /// Lines of it are counted once more.
    RecountAsked { lines: usize },
    /// Whatever was not found is not there.
    RestIsNone { lines: usize },
    /// The books follow what was found.
    CountApplied {
        lines: usize,
        more: Quantity,
        fewer: Quantity,
    },
    /// What a note or a task says was changed.
    EntryEdited { changes: Vec<FieldChanged> },
    /// A list that they choose from offers something else.
    ListChanged { item: String, change: ListChange },
    /// Written down in words, before events were data.
    Noted {
        what: String,
        #[serde(default)]
        detail: String,
    },
}
