//! The organizer of a shop that writes much down.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::client::Client;
use super::pages::deep;
use crate::error::Result;

/// Writes so many notes and tasks, on orders and products.
pub fn write(conn: &mut PgConnection, many: usize) -> Result<()> {
    let many = i64::try_from(many).unwrap_or(i64::MAX);
    diesel::sql_query(include_str!("notes.sql"))
        .bind::<BigInt, _>(many)
        .execute(conn)?;
    diesel::sql_query("vacuum analyze organizer_entries").execute(conn)?;
    Ok(())
}

/// The organizer's pages, and what a page of orders asks it for.
pub fn paths(client: &Client) -> Result<Vec<(String, String)>> {
    let orders = client.get("/orders")?.body;
    let records: Vec<String> = orders
        .split("data-notes=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|record| record.replace(':', "%3A"))
        .collect();
    let narrowed = |what: &str| format!("/organizer?{what}");
    Ok(vec![
        ("organizer".into(), "/organizer".into()),
        ("organizer, deep".into(), deep(client, "/organizer")?),
        ("organizer, mine".into(), narrowed("assignee=me")),
        ("organizer, overdue".into(), narrowed("due=overdue")),
        ("organizer, of orders".into(), narrowed("on=order")),
        ("organizer, by words".into(), narrowed("q=customer+77")),
        ("organizer, done or not".into(), narrowed("status=all")),
        (
            format!("marks of {} rows", records.len()),
            format!("/organizer/marks?of={}", records.join(",")),
        ),
    ])
}
