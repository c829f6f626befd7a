//! The pages of stock and movements: plain, by each filter, and deep.

use chrono::{DateTime, Days, Utc};
use diesel::prelude::*;

use super::stocked::Stocked;
use crate::bench::client::Client;
use crate::bench::pages::{DEEP, deep};
use crate::db::Db;
use crate::error::Result;
use crate::schema::{locations, movements, users};
use crate::types::{MovementId, UserId};

/// What filters are filled with.
struct Chosen {
    /// The movement in the middle of the past, and its day.
    middle: (MovementId, DateTime<Utc>),
    clerk: UserId,
    /// The code of a bin.
    bin: String,
}

impl Chosen {
    fn read(conn: &mut PgConnection) -> Result<Self> {
        let count: i64 = movements::table.count().get_result(conn)?;
        Ok(Self {
            middle: movements::table
                .order(movements::id)
                .offset(count / 2)
                .select((movements::id, movements::at))
                .first(conn)?,
            clerk: users::table
                .filter(users::name.eq("Clerk 3"))
                .select(users::id)
                .first(conn)?,
            bin: locations::table
                .order(locations::id)
                .select(locations::code)
                .first(conn)?,
        })
    }
}

/// Each page with what it is called.
pub fn paths(db: &Db, client: &Client, stocked: &Stocked) -> Result<Vec<(String, String)>> {
    let chosen = db.read_now(Chosen::read)?;
    let mut paths = stock(stocked);
    paths.extend(moved(stocked, &chosen));
    for list in ["stock", "movements"] {
        let path = deep(client, &format!("/{list}"))?;
        paths.push((format!("{list}, {DEEP} pages deep"), path));
    }
    Ok(paths)
}

fn stock(stocked: &Stocked) -> Vec<(String, String)> {
    let Stocked {
        plain, with_bins, ..
    } = stocked;
    let middle = stocked.products.len() / 2;
    let queries = [
        ("", String::new()),
        (", from the middle", format!("after=P{middle}~{plain}")),
        (" of a warehouse", format!("warehouse={plain}")),
        (
            " of a warehouse, from the middle",
            format!("warehouse={plain}&after=P{middle}~{plain}"),
        ),
        (", low", "show=low".into()),
        (
            ", low in a warehouse",
            format!("show=low&warehouse={plain}"),
        ),
        (", with backorders", "show=short".into()),
        (", wanted by no order", "show=idle".into()),
        (", idle over 90 days", "idle=90".into()),
        (", idle over 360 days", "idle=360".into()),
        (", idle over 700 days: none", "idle=700".into()),
        (", no usual bin", "show=no_bin".into()),
        (
            ", no usual bin in a warehouse",
            format!("show=no_bin&warehouse={with_bins}"),
        ),
        (" by a whole SKU", format!("q=P{middle}")),
        (" by a part of many names", "q=product+1".into()),
    ];
    named("stock", "/stock", queries)
}

fn moved(stocked: &Stocked, chosen: &Chosen) -> Vec<(String, String)> {
    let Stocked {
        plain, reception, ..
    } = stocked;
    let (middle, at) = chosen.middle;
    let product = stocked.products.len() / 2;
    let (day, month) = (at.date_naive(), at.date_naive() + Days::new(30));
    let queries = [
        ("", String::new()),
        (", from the middle", format!("after={middle}")),
        (" of a warehouse", format!("warehouse={plain}")),
        (" of a product", format!("product=P{product}")),
        (" of a bin", format!("bin={}", chosen.bin)),
        (" of a document", format!("document={reception}")),
        (" by somebody", format!("user={}", chosen.clerk)),
        (" for a usual reason", "reason=shipment".into()),
        (" for a rare reason", "reason=scrap".into()),
        (" for a reason that none has", "reason=transfer".into()),
        (" of a day", format!("from={day}&to={day}")),
        (" of a month", format!("from={day}&to={month}")),
        (" until a day", format!("to={day}")),
        (
            " of a month by somebody, for a rare reason",
            format!("from={day}&to={month}&user={}&reason=scrap", chosen.clerk),
        ),
        (
            " of a month in a warehouse",
            format!("from={day}&to={month}&warehouse={plain}"),
        ),
    ];
    named("movements", "/movements", queries)
}

fn named<const MANY: usize>(
    list: &str,
    path: &str,
    queries: [(&str, String); MANY],
) -> Vec<(String, String)> {
    let queries = queries.into_iter();
    queries
        .map(|(what, query)| (format!("{list}{what}"), format!("{path}?{query}")))
        .collect()
}
