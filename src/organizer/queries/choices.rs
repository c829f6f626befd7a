//! What an entry chooses from, in one statement.

use std::fmt::Display;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::organizer::mentions::Person;
use crate::types::{EntryCategoryId, EntryPriorityId, EntryStatusId, UserId};

/// Something that can be chosen, in the order of its list.
#[derive(Debug, Clone)]
pub struct Choice<Id> {
    pub id: Id,
    pub name: String,
    /// Of categories and priorities: the usual one. Of statuses: nothing is left to do. Of people: they
    /// may sign in.
    pub flag: bool,
}

/// All that can be chosen.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub categories: Vec<Choice<EntryCategoryId>>,
    pub priorities: Vec<Choice<EntryPriorityId>>,
    pub statuses: Vec<Choice<EntryStatusId>>,
    pub people: Vec<Choice<UserId>>,
    /// Those of them who can be named in a text.
    pub named: Vec<Person>,
}

impl Choices {
    /// The first status that is done, or that is not.
    pub fn status(&self, is_done: bool) -> Option<&Choice<EntryStatusId>> {
        self.statuses.iter().find(|status| status.flag == is_done)
    }
}

/// The one with this id.
pub fn chosen<Id: PartialEq>(of: &[Choice<Id>], id: Id) -> Option<&Choice<Id>> {
    of.iter().find(|choice| choice.id == id)
}

/// What the one with this id is called; empty: there is none.
pub fn name_of<Id: PartialEq>(of: &[Choice<Id>], id: Option<Id>) -> &str {
    let choice = id.and_then(|id| chosen(of, id));
    choice.map_or("", |choice| &choice.name)
}

/// The usual one, as a form says it.
pub fn usual<Id: Display>(of: &[Choice<Id>]) -> String {
    let usual = of.iter().find(|choice| choice.flag).or_else(|| of.first());
    usual.map_or_else(String::new, |choice| choice.id.to_string())
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Row {
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    flag: bool,
    #[diesel(sql_type = Text)]
    mailbox: String,
}

/// What can be chosen now.
pub fn choices(conn: &mut PgConnection) -> QueryResult<Choices> {
    let rows: Vec<Row> = diesel::sql_query(include_str!("choices.sql")).load(conn)?;
    let mut choices = Choices::default();
    for row in rows {
        match row.what.as_str() {
            "category" => choices.categories.extend(row.choice()),
            "priority" => choices.priorities.extend(row.choice()),
            "status" => choices.statuses.extend(row.choice()),
            _ => {
                let person: Option<Choice<UserId>> = row.choice();
                let active = person.iter().filter(|person| person.flag);
                choices.named.extend(active.map(|person| Person {
                    id: person.id,
                    name: person.name.clone(),
                    mailbox: row.mailbox.clone(),
                }));
                choices.people.extend(person);
            }
        }
    }
    Ok(choices)
}

impl Row {
    /// Ids are made of texts only.
    fn choice<Id: std::str::FromStr>(&self) -> Option<Choice<Id>> {
        Some(Choice {
            id: self.id.to_string().parse().ok()?,
            name: self.name.clone(),
            flag: self.flag,
        })
    }
}
