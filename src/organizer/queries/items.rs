//! The lists that entries choose from, as an admin edits them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::organizer::{ListKind, Tone};

/// One of a list, in its order.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ListItem {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The colour of its word.
    #[diesel(sql_type = Text)]
    pub tone: Tone,
    /// Of a status: nothing is left to do.
    #[diesel(sql_type = Bool)]
    pub is_done: bool,
    /// New entries have it.
    #[diesel(sql_type = Bool)]
    pub is_usual: bool,
    /// Entries that have it.
    #[diesel(sql_type = BigInt)]
    pub entries: i64,
}

impl ListItem {
    /// Whether something must take its place when it goes.
    pub const fn is_needed(&self) -> bool {
        self.entries > 0 || self.is_usual
    }
}

/// What a list offers, in its order.
pub fn list_items(conn: &mut PgConnection, list: ListKind) -> QueryResult<Vec<ListItem>> {
    diesel::sql_query(match list {
        ListKind::Categories => {
            "select t.id, t.name, 'quiet' as tone, false as is_done, false as is_usual,
               (select count(*) from organizer_entries e where e.category_id = t.id) as entries
             from organizer_categories t order by t.position, t.id"
        }
        ListKind::Priorities => {
            "select t.id, t.name, t.tone, false as is_done, t.is_usual,
               (select count(*) from organizer_entries e where e.priority_id = t.id) as entries
             from organizer_priorities t order by t.rank desc, t.id"
        }
        ListKind::Statuses => {
            "select t.id, t.name, t.tone, t.is_done, false as is_usual,
               (select count(*) from organizer_entries e where e.status_id = t.id) as entries
             from organizer_statuses t order by t.position, t.id"
        }
    })
    .load(conn)
}
