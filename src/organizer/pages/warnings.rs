//! Notes that warn, for whatever is done to their records.

use crate::organizer::actions::read;
use crate::organizer::queries::unread;
use crate::web::notes::Notes;

/// How all pages ask for them.
pub const NOTES: Notes = Notes {
    unread: |act, acted| Ok(unread(act, &acted.records, acted.is_sent)?),
    read: |act, notes| Ok(read(act, notes)?),
};
