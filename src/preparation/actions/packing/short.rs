//! A parcel is packed with less than was set aside for it.

use diesel::prelude::*;

use super::super::left_out::{LeftOut, leave_out};
use super::count::become_packed;
use super::{lines, must_have_open};
use crate::db::Act;
use crate::preparation::{Error, Shipment, ShortReason};
use crate::types::ShipmentId;

/// What is not packed yet stays out, with a reason: the parcel is packed as it is, or given back where nothing is in it. The
/// units are promised to nobody until they are counted. Answers with the parcel, and what is to be put back in words.
///
/// # Errors
/// [`Error::NothingOpen`]; [`Error::NothingShort`] when nothing is left to pack.
pub fn pack_short(
    act: &mut Act<'_>,
    id: ShipmentId,
    reason: ShortReason,
) -> Result<(Shipment, String), Error> {
    let parcel = must_have_open(act, id)?;
    let lines = lines(act, id)?;
    let left_out: Vec<LeftOut> = lines
        .iter()
        .filter(|line| !line.left().is_zero())
        .map(|line| LeftOut {
            line: line.id,
            bin: None,
            units: line.left(),
        })
        .collect();
    if left_out.is_empty() {
        return Err(Error::NothingShort);
    }
    let words = leave_out(act, &left_out, reason)?;
    become_packed(act, &parcel)?;
    let parcel: Shipment = Shipment::query().find(id).first(act.conn())?;
    Ok((parcel, words))
}
