//! The parts of kits follow the lines of their kits.

use std::collections::HashMap;

use super::edited::{wanting, without_the_rest};
use super::said::{OfLine, Said};
use crate::sales::{Error, OrderLine};
use crate::types::OrderLineId;

/// Parts, before and after an edit of the lines that were sold.
///
/// # Errors
/// [`Error::Broken`]: of a kit whose sets are broken only the rest can be given up as a whole.
pub(super) fn edited_parts(
    parts: &[OrderLine],
    lines: &[(OrderLine, OrderLine)],
    said: &Said<'_>,
) -> Result<Vec<(OrderLine, OrderLine)>, Error> {
    let kits = lines.iter().map(|line| (line.0.id, line));
    let kits: HashMap<OrderLineId, &(OrderLine, OrderLine)> = kits.collect();
    let after = |part: &OrderLine| {
        let Some((was, now)) = kits.get(&part.sold_as()) else {
            return Ok(part.clone());
        };
        let same = (was.wanted(), was.warehouse_id) == (now.wanted(), now.warehouse_id);
        match (part.set(), said.of_line(was.id)) {
            (_, OfLine::Nothing) => Ok(part.clone()),
            (Some(set), _) => Ok(OrderLine {
                warehouse_id: now.warehouse_id,
                ..wanting(part, now.wanted().times(set.per_kit))
            }),
            (None, OfLine::Out) => Ok(without_the_rest(part)),
            (None, OfLine::Row(..)) if same => Ok(part.clone()),
            (None, OfLine::Row(line, _)) => Err(Error::Broken { line }),
        }
    };
    let edited = parts.iter().map(|part| Ok((part.clone(), after(part)?)));
    edited.collect()
}
