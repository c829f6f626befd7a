//! What somebody looks at is kept for the next time.

use diesel::prelude::*;
use diesel::upsert::excluded;

use crate::db::Act;
use crate::preparation::Choice;
use crate::schema::preparation_choices as choices;

/// Keeps what whoever acts looks at.
pub fn remember(act: &mut Act<'_>, choice: &Choice) -> QueryResult<()> {
    let Some(user) = act.by() else {
        return Ok(());
    };
    diesel::insert_into(choices::table)
        .values((
            choices::user_id.eq(user),
            choices::warehouse_id.eq(choice.warehouse),
            choices::operator.eq(choice.by.text()),
        ))
        .on_conflict(choices::user_id)
        .do_update()
        .set((
            choices::warehouse_id.eq(excluded(choices::warehouse_id)),
            choices::operator.eq(excluded(choices::operator)),
        ))
        .execute(act.conn())?;
    Ok(())
}
