//! A count begins with a list of what is to be counted.

use diesel::prelude::*;

use super::tell;
use crate::db::{Act, Document};
use crate::inventory::actions::kept;
use crate::inventory::queries::list_scope;
use crate::inventory::{Count, CountScope, Error};
use crate::schema::counts;
use crate::stock;
use crate::types::Event;

/// A count to be.
#[derive(Debug, Clone)]
pub struct NewCount {
    pub scope: CountScope,
    /// The same in words.
    pub asked: String,
    /// Whoever counts is not shown what the books say.
    pub blind: bool,
}

/// Lists what is to be counted. A place that another open count lists stays there.
///
/// # Errors
/// [`Error::NothingToCount`], [`Error::NoSuchWarehouse`].
pub fn begin_count(act: &mut Act<'_>, new: &NewCount) -> Result<Count, Error> {
    stock::must_reach(act, [new.scope.warehouse])?;
    let warehouse = kept::warehouse(act, new.scope.warehouse, "warehouse")?;
    let number = Document::Count.number(act)?;
    let count: Count = diesel::insert_into(counts::table)
        .values((
            counts::number.eq(number),
            counts::warehouse_id.eq(warehouse.id),
            counts::asked.eq(&new.asked),
            counts::blind.eq(new.blind),
            counts::created_by.eq(act.by()),
            counts::created_at.eq(act.at()),
        ))
        .returning(Count::as_returning())
        .get_result(act.conn())?;
    let at = act.at();
    let lines = list_scope(act, count.id, &new.scope, warehouse.uses_locations, at)?;
    if lines == 0 {
        return Err(Error::NothingToCount);
    }
    let asked = new.asked.clone();
    tell(act, &count, &Event::CountOpened { asked, lines })?;
    Ok(count)
}
