//! A parcel: what goes into it, how far it is, and what remains of its order.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use super::desk::{is_unscanned, may_unscanned};
use crate::db::Act;
use crate::db::history::{self, Entry};
use crate::preparation::queries::{self, OfOrder, Parcel, ParcelLine};
use crate::preparation::{self, Error, Shipment, ShipmentStatus, Tab, Walk, batch, forms};
use crate::stock::Look;
use crate::types::{FieldErrors, Fields, OrderId, Quantity, RecordRef, RequestKey, ShipmentId};
use crate::web::{Desk, Go, Leaf, Leaves, Result, Right, Sheet, Shell, SignedIn, view};

/// Lines still to come that the page lists; the page of the order lists all.
const MOST_WAITING: usize = 200;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(of_order)
        .service(show)
        .service(picked)
        .service(packed)
        .service(shipped);
}

#[derive(Template)]
#[template(path = "preparation/shipments/show.html")]
struct Show {
    shell: Shell,
    parcel: Parcel,
    lines: Vec<ParcelLine>,
    /// Of what is in it.
    leaves: Leaves,
    history: Vec<Entry>,
    departure: DepartureForm,
    /// Who has it open at a packing desk.
    packer: Option<String>,
    /// Whether it may be packed and shipped by whoever looks without a scan of each unit.
    unscanned: bool,
}
view!(Show);

impl Show {
    fn load(conn: &mut PgConnection, shell: Shell, id: ShipmentId, leaf: &Leaf) -> Result<Self> {
        let parcel = queries::parcel(conn, id)?;
        let lines = queries::parcel_lines(conn, id)?;
        Ok(Self {
            unscanned: may_unscanned(conn, &shell)?,
            packer: queries::packer_of(conn, id)?,
            shell,
            leaves: leaf.of(in_parcel(&lines).count()),
            lines,
            history: history::of(conn, parcel.shipment.record())?,
            departure: DepartureForm {
                id,
                key: RequestKey::fresh(),
                carriers: queries::carriers_offered(conn)?,
                typed: super::label::of(conn, &parcel)?,
                errors: FieldErrors::default(),
            },
            parcel,
        })
    }

    fn shipment(&self) -> &Shipment {
        &self.parcel.shipment
    }

    fn status(&self) -> ShipmentStatus {
        self.parcel.shipment.status
    }

    fn order_path(&self) -> String {
        RecordRef::Order(self.shipment().order_id).path()
    }

    fn tab_path(&self) -> String {
        let tab = match self.status() {
            ShipmentStatus::Shipped => Tab::Shipped,
            ShipmentStatus::Cancelled => Tab::InStock,
            _ => Tab::InProgress,
        };
        super::tabs::path(self.shipment().warehouse_id, tab)
    }

    /// The steps of its way, each done, now or later; one that was skipped is done.
    fn steps(&self) -> Vec<(&'static str, &'static str)> {
        let now = ShipmentStatus::STEPS
            .iter()
            .position(|step| *step == self.status());
        ShipmentStatus::STEPS
            .iter()
            .enumerate()
            .map(|(at, step)| {
                let state = match now {
                    Some(now) if at < now || self.has_left() => "done",
                    Some(now) if at == now => "now",
                    _ => "later",
                };
                (step.label(), state)
            })
            .collect()
    }

    fn has_left(&self) -> bool {
        self.status() == ShipmentStatus::Shipped
    }

    fn was_given_back(&self) -> bool {
        self.status() == ShipmentStatus::Cancelled
    }

    /// Whether that step is the next of its way: its button is the loudest.
    fn comes_next(&self, step: ShipmentStatus) -> bool {
        let way = ShipmentStatus::STEPS.windows(2);
        let mut next = way.filter(|pair| pair[0] == self.status());
        next.any(|pair| pair[1] == step)
    }

    fn can_become(&self, next: ShipmentStatus) -> bool {
        self.status().can_become(next)
    }

    /// Where its units are picked: with its batch, if it has one.
    fn walk_path(&self) -> String {
        let batch = self.shipment().batch_id.map(Walk::Batch);
        batch.unwrap_or(Walk::Parcel(self.shipment().id)).path()
    }

    fn batch_path(&self) -> Option<String> {
        self.shipment().batch_id.map(batch::path)
    }

    /// Whether it may leave: it is packed, or need not be.
    fn may_leave(&self) -> bool {
        let is_packed = self.status() == ShipmentStatus::Packed;
        is_packed || self.unscanned && self.can_become(ShipmentStatus::Shipped)
    }

    /// What is in the parcel, as far as this page lists it.
    fn listed(&self) -> impl Iterator<Item = &ParcelLine> {
        let shown = self.leaves.range();
        in_parcel(&self.lines).skip(shown.start).take(shown.len())
    }

    /// Whether anybody says where its units lie.
    fn has_bins(&self) -> bool {
        self.lines.iter().any(|line| !line.bins.is_empty())
    }

    fn units(&self) -> Quantity {
        in_parcel(&self.lines).map(|line| line.in_parcel).sum()
    }

    /// What of the order waits outside of it.
    fn waiting(&self) -> Vec<&ParcelLine> {
        let waits = |line: &&ParcelLine| !line.is_kit && !line.waiting(self.status()).is_zero();
        self.lines.iter().filter(waits).collect()
    }

    /// The first of them.
    fn first_waiting(&self) -> Vec<&ParcelLine> {
        let mut lines = self.waiting();
        lines.truncate(MOST_WAITING);
        lines
    }

    fn more_waiting(&self) -> usize {
        self.waiting().len().saturating_sub(MOST_WAITING)
    }

    fn look(&self, line: &ParcelLine) -> Look {
        line.waiting_look(self.status()).look(self.shell.today())
    }

    /// Where it is said that fewer of its units lie there.
    fn short_path(&self, line: &ParcelLine) -> String {
        let (parcel, line) = (self.shipment().path(), line.order_line_id);
        self.leaves.at(&format!("{parcel}/lines/{line}/shortage"))
    }

    /// Where its units are taken from another bin.
    fn bin_path(&self, line: &ParcelLine) -> String {
        let (parcel, line) = (self.shipment().path(), line.order_line_id);
        self.leaves.at(&format!("{parcel}/lines/{line}/bin"))
    }

    fn product_path(&self, line: &ParcelLine) -> String {
        RecordRef::Product(line.product_id).path()
    }
}

/// The lines of its order of which units are in the parcel.
fn in_parcel(lines: &[ParcelLine]) -> impl Iterator<Item = &ParcelLine> {
    lines.iter().filter(|line| !line.in_parcel.is_zero())
}

/// The form a parcel leaves by.
#[derive(Template)]
#[template(path = "preparation/shipments/departure.html")]
pub(super) struct DepartureForm {
    id: ShipmentId,
    key: RequestKey,
    /// Names that are offered; another may be typed.
    carriers: Vec<String>,
    typed: Fields,
    errors: FieldErrors,
}
view!(DepartureForm);

impl DepartureForm {
    pub(super) fn again(conn: &mut PgConnection, sheet: Sheet, id: ShipmentId) -> Result<Self> {
        Ok(Self {
            id,
            key: sheet.shell.key(),
            carriers: queries::carriers_offered(conn)?,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }
}

#[get("/shipments/{id}")]
async fn show(desk: Desk<SignedIn>, id: Path<ShipmentId>, leaf: Query<Leaf>) -> Result {
    desk.show(move |conn, shell| Show::load(conn, shell, *id, &leaf))
        .await
}

#[post("/shipments/{id}/picked")]
async fn picked(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    desk.once(form, move |act, _| step(act, *id, preparation::mark_picked))
        .await
}

#[post("/shipments/{id}/packed")]
async fn packed(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let has_right = desk.visitor().may(Right::PackUnscanned);
    desk.once(form, move |act, _| {
        if !is_unscanned(act, has_right)? {
            return Err(Error::NotByHand.into());
        }
        step(act, *id, preparation::pack_unscanned)
    })
    .await
}

#[post("/shipments/{id}/shipped")]
async fn shipped(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let id = *id;
    let has_right = desk.visitor().may(Right::PackUnscanned);
    desk.once(form, move |act, form| {
        let departure = forms::departure(form)?;
        let parcel = preparation::ship(act, id, &departure)?;
        if !is_unscanned(act, has_right)? {
            preparation::must_be_packed(act, &parcel)?;
        }
        Ok(Go::from(parcel.record()).saying("The parcel has left."))
    })
    .or_again(move |conn, sheet| DepartureForm::again(conn, sheet, id))
    .await
}

/// Takes one step, and goes back to the parcel.
fn step(
    act: &mut Act<'_>,
    id: ShipmentId,
    step: impl FnOnce(&mut Act<'_>, ShipmentId) -> Result<Shipment, preparation::Error>,
) -> Result<Go> {
    Ok(Go::from(step(act, id)?.record()))
}

/// The parcels of an order, for its page.
#[derive(Template)]
#[template(path = "preparation/shipments/of_order.html")]
struct OfOrderPart {
    shell: Shell,
    order: OrderId,
    parcels: Vec<OfOrder>,
}
view!(OfOrderPart);

#[get("/shipments/of-order/{order}")]
async fn of_order(desk: Desk<SignedIn>, order: Path<OrderId>) -> Result {
    desk.show(move |conn, shell| {
        Ok(OfOrderPart {
            shell,
            order: *order,
            parcels: queries::of_order(conn, *order)?,
        })
    })
    .await
}
