//! What somebody looks at is kept for the next time.

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::db::Act;
use crate::preparation::Choice;
use crate::schema::preparation_choices;

/// Keeps what whoever acts looks at.
pub fn remember(act: &mut Act<'_>, choice: &Choice) -> QueryResult<()> {
    let Some(user) = act.by() else {
        return Ok(());
    };
    diesel::insert_into(preparation_choices::table)
        .values((
            preparation_choices::user_id.eq(user),
            preparation_choices::warehouse_id.eq(choice.warehouse),
            preparation_choices::operator.eq(choice.by.text()),
        ))
        .on_conflict(preparation_choices::user_id)
        .do_update()
        .set((
            preparation_choices::warehouse_id.eq(excluded(preparation_choices::warehouse_id)),
            preparation_choices::operator.eq(excluded(preparation_choices::operator)),
        ))
        .execute(act.conn())?;
    Ok(())
}
