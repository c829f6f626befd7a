//! The numbers of the floor.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use diesel::PgConnection;
use serde::{Deserialize, Serialize};

use super::places::places;
use crate::catalog::Warehouse;
use crate::error::Error;
use crate::preparation::queries::{self, LeftOn, Span, Wave, Worked};
use crate::types::{WarehouseId, Zone, clock, counted, dates};
use crate::web::chart::{Chart, Spot};
use crate::web::{Column, Csv, Desk, Result, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(export);
}

/// Days that are shown, where nobody says how many.
const USUAL: u64 = 7;

/// Which days of which warehouse, as the URL has it.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    warehouse: String,
    /// How many days, today the last.
    days: String,
}

impl Asked {
    /// How many days can be chosen.
    const DAYS: [u64; 3] = [7, 14, 30];

    fn days(&self) -> u64 {
        let days = self.days.parse().ok();
        days.filter(|days| Self::DAYS.contains(days))
            .unwrap_or(USUAL)
    }

    fn of(&self, warehouse: WarehouseId, zone: Zone) -> Span {
        let to = zone.today();
        let from = to.checked_sub_days(Days::new(self.days() - 1));
        Span {
            warehouse,
            from: from.unwrap_or(to),
            to,
            zone,
        }
    }
}

#[derive(Template)]
#[template(path = "preparation/figures/show.html")]
struct Figures {
    shell: Shell,
    asked: Asked,
    warehouses: Vec<Warehouse>,
    warehouse: Option<WarehouseId>,
    waves: Vec<Forecast>,
    worked: Vec<Worked>,
    days: Vec<LeftOn>,
    parcels: Chart,
    hours: Chart,
}
view!(Figures);

impl Figures {
    fn load(conn: &mut PgConnection, shell: Shell, asked: Asked) -> Result<Self> {
        let (zone, now) = (shell.zone(), clock::now());
        let visitor = shell.visitor_id().ok_or(Error::SignInRequired)?;
        let (warehouses, warehouse) = places(conn, visitor, &asked.warehouse)?;
        let (mut waves, mut worked, mut days) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(warehouse) = warehouse {
            let span = asked.of(warehouse, zone);
            let today = Span {
                from: span.to,
                ..span
            };
            let all = queries::waves(conn, &today, now)?.into_iter();
            waves = all.map(|wave| Forecast::of(wave, zone, now)).collect();
            worked = queries::worked(conn, &span)?;
            days = queries::left_on(conn, &span)?;
        }
        Ok(Self {
            shell,
            asked,
            warehouses,
            warehouse,
            waves,
            worked,
            parcels: parcels(&days),
            hours: hours(&days),
            days,
        })
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse == Some(warehouse.id)
    }

    fn is_asked(&self, days: &u64) -> bool {
        self.asked.days() == *days
    }

    fn latest_first(&self) -> impl Iterator<Item = &LeftOn> {
        self.days.iter().rev()
    }

    fn day(&self, day: &chrono::NaiveDate) -> String {
        dates::day(day)
    }
}

/// `5.5 h`; nothing is known: a dash.
fn hours_in_words(hours: &Option<f64>) -> String {
    hours.map_or_else(|| "–".to_owned(), |hours| format!("{hours:.1} h"))
}

fn parcels(days: &[LeftOn]) -> Chart {
    let all: i64 = days.iter().map(|day| day.parcels).sum();
    let each: Vec<Option<i64>> = days.iter().map(|day| Some(day.parcels)).collect();
    let label = format!("Parcels that left each day: {all} in all");
    let spots = days.iter().map(|day| Spot {
        day: dates::short_day(&day.day),
        words: counted(day.parcels, "parcel"),
        path: None,
    });
    Chart::of_sums(label, &each).with_days(spots.collect())
}

fn hours(days: &[LeftOn]) -> Chart {
    let whole = |hours: Option<f64>| hours.map(|hours| hours.round() as i64);
    let median = days.iter().map(|day| whole(day.median_hours)).collect();
    let slow = days.iter().map(|day| whole(day.slow_hours)).collect();
    let label = "Hours from ready to shipped, each day: of the parcel in the middle, and of the slowest tenth";
    let spots = days.iter().map(|day| Spot {
        day: dates::short_day(&day.day),
        words: format!(
            "{} in the middle, {} the slowest tenth",
            hours_in_words(&day.median_hours),
            hours_in_words(&day.slow_hours)
        ),
        path: None,
    });
    Chart::of_counts(label.to_owned(), &[("ready", median), ("waiting", slow)])
        .with_days(spots.collect())
}

/// Whether the parcels of a carrier leave in time, as it goes.
struct Forecast {
    wave: Wave,
    tone: &'static str,
    words: String,
}

impl Forecast {
    /// As many an hour as in the last one.
    fn of(wave: Wave, zone: Zone, now: DateTime<Utc>) -> Self {
        let left = wave.ready + wave.to_pick + wave.picked;
        let deadline = NaiveTime::parse_from_str(&wave.cut_off, "%H:%M").ok();
        let deadline = deadline.and_then(|time| zone.instant(zone.today().and_time(time)));
        let done = done_at(left, wave.last_hour, now);
        let clock = |at: DateTime<Utc>| zone.wall(at).format("%H:%M").to_string();
        let (tone, words) = match (left, done, deadline) {
            (0, _, _) if wave.packed == 0 => ("done", "All left".to_owned()),
            (0, _, _) => ("ok", "All packed: hand them over".to_owned()),
            (_, None, _) => ("warn", "Nobody packed in the last hour".to_owned()),
            (_, Some(done), None) => ("info", format!("Packed by {}", clock(done))),
            (_, Some(done), Some(deadline)) if done <= deadline => {
                ("ok", format!("Packed by {}, in time", clock(done)))
            }
            (_, Some(done), Some(_)) => ("bad", format!("Packed by {}: too late", clock(done))),
        };
        Self { wave, tone, words }
    }
}

/// When so many are packed, at so many an hour.
fn done_at(left: i64, an_hour: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let minutes = (left * 60).checked_div(an_hour)?;
    now.checked_add_signed(TimeDelta::try_minutes(minutes)?)
}

const COLUMNS: &[Column<Worked>] = &[
    Column::head("Day").in_file("day", |row| row.day.to_string()),
    Column::head("Operator").in_file("operator", |row| row.operator.clone()),
    Column::head("Orders").in_file("orders", |row| row.orders.to_string()),
    Column::head("Lines").in_file("lines", |row| row.lines.to_string()),
    Column::head("Picked").in_file("units_picked", |row| row.picked.to_string()),
    Column::head("Packed").in_file("units_packed", |row| row.packed.to_string()),
    Column::head("Refused").in_file("scans_refused", |row| row.refused.to_string()),
    Column::head("Short").in_file("units_short", |row| row.short.to_string()),
];

#[get("/floor")]
async fn show(desk: Desk<SignedIn>, asked: Query<Asked>) -> Result {
    desk.show(move |conn, shell| Figures::load(conn, shell, asked.into_inner()))
        .await
}

#[get("/floor.csv")]
async fn export(desk: Desk<SignedIn>, asked: Query<Asked>) -> Result {
    let (zone, visitor) = (desk.zone(), desk.visitor().id);
    let rows = desk.read(move |conn| {
        let (_, warehouse) = places(conn, visitor, &asked.warehouse)?;
        let warehouse = warehouse.ok_or(Error::NotFound)?;
        Ok(queries::worked(conn, &asked.of(warehouse, zone))?)
    });
    Csv::table(COLUMNS, &rows.await?)?.finish("floor.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(to_pick: i64, packed: i64, last_hour: i64, cut_off: &str) -> Wave {
        Wave {
            carrier: "DHL".into(),
            cut_off: cut_off.into(),
            ready: 0,
            to_pick,
            picked: 0,
            packed,
            shipped: 5,
            last_hour,
        }
    }

    #[test]
    fn a_wave_is_packed_in_time_at_the_pace_of_the_last_hour_or_not() {
        let today = Zone::UTC.today();
        let at = |hour| Zone::UTC.begin(today) + TimeDelta::hours(hour);
        let says = |wave: Wave| {
            let forecast = Forecast::of(wave, Zone::UTC, at(14));
            (forecast.tone, forecast.words)
        };

        assert_eq!(
            says(wave(20, 0, 10, "17:00")),
            ("ok", "Packed by 16:00, in time".into())
        );
        assert_eq!(
            says(wave(40, 0, 10, "17:00")),
            ("bad", "Packed by 18:00: too late".into())
        );
        assert_eq!(
            says(wave(20, 0, 10, "")),
            ("info", "Packed by 16:00".into())
        );
        let ready = 20;
        assert_eq!(
            says(Wave {
                ready,
                ..wave(20, 0, 10, "17:00")
            }),
            ("bad", "Packed by 18:00: too late".into())
        );
        assert_eq!(says(wave(20, 0, 0, "17:00")).0, "warn");
        assert_eq!(
            says(wave(0, 3, 9, "17:00")),
            ("ok", "All packed: hand them over".into())
        );
        assert_eq!(says(wave(0, 0, 9, "17:00")), ("done", "All left".into()));
    }
}
