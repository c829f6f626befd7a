//! The parts of kits follow the lines of their kits.

use super::edited::{wanting, without_the_rest};
use crate::sales::{Error, OrderLine};
use crate::types::OrderLineId;

/// Parts, before and after an edit of the lines that were asked for; `place_of` says where in the form
/// a line stands, if it is not left out.
///
/// # Errors
/// [`Error::Broken`]: of a kit whose sets are broken only the rest can be given up as a whole.
pub(super) fn edited_parts(
    parts: &[OrderLine],
    lines: &[(OrderLine, OrderLine)],
    place_of: impl Fn(OrderLineId) -> Option<usize>,
) -> Result<Vec<(OrderLine, OrderLine)>, Error> {
    let of_kit = |part: &OrderLine| {
        let mut lines = lines.iter();
        lines.find(|(was, _)| Some(was.id) == part.kit_line_id)
    };
    let after = |part: &OrderLine| {
        let Some((was, now)) = of_kit(part) else {
            return Ok(part.clone());
        };
        let same = (was.wanted(), was.warehouse_id) == (now.wanted(), now.warehouse_id);
        match (part.set(), place_of(was.id)) {
            (Some(set), _) => Ok(OrderLine {
                warehouse_id: now.warehouse_id,
                ..wanting(part, now.wanted().times(set.per_kit))
            }),
            (None, None) => Ok(without_the_rest(part)),
            (None, Some(_)) if same => Ok(part.clone()),
            (None, Some(line)) => Err(Error::Broken { line }),
        }
    };
    let edited = parts.iter().map(|part| Ok((part.clone(), after(part)?)));
    edited.collect()
}
