//! The weeks of a product in pictures, for its page.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use crate::inventory::queries::{self, WEEKS, Week};
use crate::types::{ProductId, counted, dates};
use crate::web::chart::{Chart, Spot};
use crate::web::{Desk, Result, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "inventory/weeks.html")]
struct ShowWeeks {
    weeks: Vec<Week>,
    level: Chart,
    shipped: Chart,
}
view!(ShowWeeks);

impl ShowWeeks {
    fn new(weeks: Vec<Week>) -> Self {
        let now = weeks.last().map_or(0, |week| week.level);
        let left: i64 = weeks.iter().map(|week| week.shipped).sum();
        let levels = weeks.iter().map(|week| Some(week.level)).collect();
        let shipped: Vec<Option<i64>> = weeks.iter().map(|week| Some(week.shipped)).collect();
        let of_level = format!("Units on hand at the end of each of {WEEKS} weeks: {now} now");
        let of_shipped = format!("Units shipped in each of {WEEKS} weeks: {left} in all");
        Self {
            level: Chart::of_counts(of_level, &[("level", levels)])
                .with_days(spots(&weeks, |week| format!("{} on hand", week.level))),
            shipped: Chart::of_sums(of_shipped, &shipped)
                .with_days(spots(&weeks, |week| format!("{} shipped", week.shipped))),
            weeks,
        }
    }

    fn now(&self) -> String {
        let level = self.weeks.last().map_or(0, |week| week.level);
        format!("{} on hand", counted(level, "unit"))
    }

    /// Units shipped, of all the weeks.
    fn left(&self) -> String {
        let left: i64 = self.weeks.iter().map(|week| week.shipped).sum();
        format!("{} shipped", counted(left, "unit"))
    }

    fn latest_first(&self) -> impl Iterator<Item = &Week> {
        self.weeks.iter().rev()
    }

    fn day(&self, week: &Week) -> String {
        dates::day(&week.begin)
    }
}

fn spots(weeks: &[Week], words: impl Fn(&Week) -> String) -> Vec<Spot> {
    let spot = |week: &Week| Spot {
        day: format!("Week of {}", dates::short_day(&week.begin)),
        words: words(week),
        path: None,
    };
    weeks.iter().map(spot).collect()
}

#[get("/products/{id:\\d+}/weeks")]
async fn show(desk: Desk<SignedIn>, id: Path<ProductId>) -> Result {
    desk.show(move |conn, shell| {
        let weeks = queries::weeks_of(conn, *id, shell.zone(), shell.today())?;
        Ok(ShowWeeks::new(weeks))
    })
    .await
}
