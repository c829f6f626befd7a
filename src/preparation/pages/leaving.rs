//! What is packed leaves together: parcels chosen in a tab, or all of a carrier.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;
use serde::Deserialize;

use super::places::places;
use super::tabs;
use crate::catalog::Warehouse;
use crate::error::Error;
use crate::preparation::queries::{self, Packed};
use crate::preparation::{self, Left, Tab};
use crate::types::{Fields, ShipmentId, WarehouseId, clock, counted};
use crate::web::{Desk, Go, Result, Shell, SignedIn, query, view};

/// Parcels of a carrier that its part of the page lists.
const SHOWN: usize = 50;
/// Parcels that stayed of which the answer says why.
const NAMED: usize = 5;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ship_chosen).service(show).service(ship_of);
}

#[post("/shipments/shipped")]
async fn ship_chosen(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.patient()
        .once(form, |act, form| {
            let parcels = form.all("shipment").filter_map(|id| id.parse().ok());
            let parcels: Vec<ShipmentId> = parcels.collect();
            if parcels.is_empty() {
                return Err(Error::Refused("Choose the parcels to ship first.".into()));
            }
            let warehouses = queries::warehouses_of(act, &parcels)?;
            act.must_reach(warehouses)?;
            let left = preparation::ship_all(act, &parcels)?;
            let tab = tabs::path(form.get("warehouse"), Tab::InProgress);
            Ok(Go::to(tab).saying(sentence(&left)))
        })
        .await
}

/// `2 parcels have left. SH-000003 stays: ...`
fn sentence(left: &Left) -> String {
    let mut said = match left.gone.len() {
        0 => "No parcel has left.".to_owned(),
        1 => "1 parcel has left.".to_owned(),
        many => format!("{many} parcels have left."),
    };
    for (number, why) in left.stayed.iter().take(NAMED) {
        said += &format!(" {number} stays: {why}");
    }
    match left.stayed.len().saturating_sub(NAMED) {
        0 => {}
        more => said += &format!(" {} stay as well.", counted(more, "more parcel")),
    }
    said
}

/// The warehouse whose packed parcels are looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Where {
    warehouse: String,
}

#[derive(Template)]
#[template(path = "preparation/manifests/ship.html")]
struct Leaving {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    warehouse: Option<WarehouseId>,
    carriers: Vec<OfCarrier>,
    /// The time of day where the company is.
    now: String,
}
view!(Leaving);

/// What is packed for one carrier.
struct OfCarrier {
    parcels: Vec<Packed>,
}

impl OfCarrier {
    /// What all of its parcels say alike.
    fn first(&self) -> Option<&Packed> {
        self.parcels.first()
    }

    fn shown(&self) -> &[Packed] {
        &self.parcels[..self.parcels.len().min(SHOWN)]
    }

    fn more(&self) -> usize {
        self.parcels.len().saturating_sub(SHOWN)
    }

    fn lacking(&self) -> usize {
        let parcels = self.parcels.iter();
        parcels.filter(|parcel| parcel.lacks_tracking()).count()
    }
}

impl Leaving {
    fn load(conn: &mut PgConnection, shell: Shell, asked: &Where) -> Result<Self> {
        let visitor = shell.visitor_id().ok_or(Error::SignInRequired)?;
        let (warehouses, warehouse) = places(conn, visitor, &asked.warehouse)?;
        let packed = match warehouse {
            Some(warehouse) => queries::packed(conn, warehouse)?,
            None => Vec::new(),
        };
        let mut carriers: Vec<OfCarrier> = Vec::new();
        for parcel in packed {
            match carriers.last_mut() {
                Some(of)
                    if of
                        .first()
                        .is_some_and(|first| is_same(first, &parcel.carrier)) =>
                {
                    of.parcels.push(parcel);
                }
                _ => carriers.push(OfCarrier {
                    parcels: vec![parcel],
                }),
            }
        }
        Ok(Self {
            now: shell.zone().wall(clock::now()).format("%H:%M").to_string(),
            shell,
            warehouses,
            warehouse,
            carriers,
        })
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse == Some(warehouse.id)
    }

    fn here(&self) -> String {
        path(&self.id())
    }

    fn id(&self) -> String {
        self.warehouse.map_or_else(String::new, |id| id.to_string())
    }

    /// Until when its carrier takes parcels today, or took them.
    fn until(&self, parcel: &Packed) -> String {
        let takes = if self.is_over(parcel) {
            "Took"
        } else {
            "Takes"
        };
        format!("{takes} parcels until {}", parcel.cut_off)
    }

    fn tone(&self, parcel: &Packed) -> &'static str {
        if self.is_over(parcel) { "warn" } else { "info" }
    }

    fn is_over(&self, parcel: &Packed) -> bool {
        parcel.cut_off < self.now
    }
}

fn is_same(parcel: &Packed, carrier: &str) -> bool {
    parcel.carrier.to_lowercase() == carrier.to_lowercase()
}

fn path(warehouse: &str) -> String {
    format!("/manifests/ship?{}", query(&[("warehouse", warehouse)]))
}

#[get("/manifests/ship")]
async fn show(desk: Desk<SignedIn>, asked: Query<Where>) -> Result {
    desk.show(move |conn, shell| Leaving::load(conn, shell, &asked))
        .await
}

#[post("/manifests/ship")]
async fn ship_of(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.patient()
        .once(form, |act, form| {
            let warehouse: WarehouseId =
                form.get("warehouse").parse().map_err(|_| Error::NotFound)?;
            let carrier = form.get("carrier");
            let packed = queries::packed(act, warehouse)?.into_iter();
            let parcels = packed.filter(|parcel| is_same(parcel, carrier));
            let parcels: Vec<ShipmentId> = parcels.map(|parcel| parcel.id).collect();
            let left = preparation::ship_all(act, &parcels)?;
            Ok(Go::to(path(form.get("warehouse"))).saying(sentence(&left)))
        })
        .await
}
