//! A parcel: what goes into it, how far it is, and what remains of its order.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::PgConnection;

use crate::db::history::{self, Entry};
use crate::db::{self, Db};
use crate::error::Error;
use crate::preparation::forms::{ShipForm, StepForm};
use crate::preparation::queries::{self, OfOrder, Parcel, ParcelLine};
use crate::preparation::{self, Shipment, ShipmentStatus, Tab, actions};
use crate::stock::Look;
use crate::types::{FieldErrors, OrderId, Quantity, RecordRef, RequestKey, ShipmentId, UserId};
use crate::web::{Htmx, Result, Shell, SignedIn, html};

#[derive(Template)]
#[template(path = "preparation/shipments/show.html")]
struct Show {
    shell: Shell,
    parcel: Parcel,
    lines: Vec<ParcelLine>,
    history: Vec<Entry>,
    departure: DepartureForm,
    key: RequestKey,
}

impl Show {
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

    fn can_become(&self, next: ShipmentStatus) -> bool {
        self.status().can_become(next)
    }

    /// What is in the parcel.
    fn packed(&self) -> impl Iterator<Item = &ParcelLine> {
        self.lines.iter().filter(|line| !line.in_parcel.is_zero())
    }

    fn units(&self) -> Quantity {
        self.packed().map(|line| line.in_parcel).sum()
    }

    /// What of the order waits outside of it.
    fn waiting(&self) -> Vec<&ParcelLine> {
        let waits = |line: &&ParcelLine| !line.waiting(self.status()).is_zero();
        self.lines.iter().filter(waits).collect()
    }

    fn look(&self, line: &ParcelLine) -> Look {
        line.waiting_look(self.status()).look()
    }

    fn product_path(&self, line: &ParcelLine) -> String {
        format!("/products/{}", line.product_id)
    }
}

/// The form a parcel leaves by.
#[derive(Template)]
#[template(path = "preparation/shipments/departure.html")]
struct DepartureForm {
    id: ShipmentId,
    form: ShipForm,
    errors: FieldErrors,
}

#[get("/shipments/{id}")]
async fn show(db: Data<Db>, _: SignedIn, shell: Shell, id: Path<ShipmentId>) -> Result {
    let id = *id;
    let (parcel, lines, history) = db
        .read(move |conn| {
            let parcel = queries::parcel(conn, id)?;
            let lines = queries::parcel_lines(conn, &parcel.shipment)?;
            let history = history::of(conn, parcel.shipment.record())?;
            Ok((parcel, lines, history))
        })
        .await?;
    let form = ShipForm {
        key: RequestKey::fresh().to_string(),
        carrier: parcel.shipping_method.clone(),
        tracking: String::new(),
    };
    html::page(Show {
        shell,
        departure: DepartureForm {
            id,
            form,
            errors: FieldErrors::default(),
        },
        parcel,
        lines,
        history,
        key: RequestKey::fresh(),
    })
}

#[post("/shipments/{id}/picked")]
async fn picked(
    db: Data<Db>,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    id: Path<ShipmentId>,
    form: Form<StepForm>,
) -> Result {
    let path = step(&db, form.parse()?, *id, visitor.id, actions::mark_picked).await?;
    htmx.go(path)
}

#[post("/shipments/{id}/packed")]
async fn packed(
    db: Data<Db>,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    id: Path<ShipmentId>,
    form: Form<StepForm>,
) -> Result {
    let path = step(&db, form.parse()?, *id, visitor.id, actions::mark_packed).await?;
    htmx.go(path)
}

#[post("/shipments/{id}/given-back")]
async fn given_back(
    db: Data<Db>,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    id: Path<ShipmentId>,
    form: Form<StepForm>,
) -> Result {
    let path = step(&db, form.parse()?, *id, visitor.id, actions::give_back).await?;
    htmx.go_saying(path, "The units are back in the queue.")
}

type Step = fn(
    &mut PgConnection,
    ShipmentId,
    UserId,
    chrono::DateTime<Utc>,
) -> Result<Shipment, preparation::Error>;

/// Takes one step, once, and goes back to the parcel.
async fn step(
    db: &Db,
    key: RequestKey,
    id: ShipmentId,
    user: UserId,
    step: Step,
) -> Result<String> {
    db.write(user, move |act| {
        Ok(act.once(&key, |act| {
            step(act, id, user, Utc::now()).map(|parcel| parcel.path())
        })?)
    })
    .await
}

#[post("/shipments/{id}/shipped")]
async fn shipped(
    db: Data<Db>,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    id: Path<ShipmentId>,
    Form(form): Form<ShipForm>,
) -> Result {
    let (id, input) = (*id, form.clone());
    let done = db
        .write(&visitor, move |act| {
            let (key, departure) = input.parse()?;
            Ok(act.once(&key, |act| {
                let parcel = actions::ship(act, id, &departure, visitor.id, Utc::now())?;
                Ok::<_, preparation::Error>(parcel.path())
            })?)
        })
        .await;
    match done {
        Ok(path) => htmx.go_saying(path, "The parcel has left."),
        Err(Error::Invalid(errors)) => html::invalid(DepartureForm { id, form, errors }),
        Err(error) => Err(error),
    }
}

/// The parcels of an order, for its page.
#[derive(Template)]
#[template(path = "preparation/shipments/of_order.html")]
struct OfOrderPart {
    order: OrderId,
    parcels: Vec<OfOrder>,
}

#[get("/shipments/of-order/{order}")]
async fn of_order(db: Data<Db>, _: SignedIn, order: Path<OrderId>) -> Result {
    let order = *order;
    let parcels = db
        .read(move |conn| Ok(queries::of_order(conn, order)?))
        .await?;
    html::page(OfOrderPart { order, parcels })
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(of_order)
        .service(show)
        .service(picked)
        .service(packed)
        .service(given_back)
        .service(shipped);
}
