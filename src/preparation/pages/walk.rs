//! The walk along the shelves, on a tablet: scan the bin, scan the product.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

use super::shortage::why;
use crate::preparation::queries::{self, Last, Leg, Picked};
use crate::preparation::{self, Answer, Outcome, ShortStop, Walk, forms};
use crate::stock::pages::{Decision, Question};
use crate::types::{FieldErrors, Fields, LocationId, ProductId, RecordRef, UserId};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(scan)
        .service(undo)
        .service(elsewhere)
        .service(ask_short)
        .service(short)
        .service(take_over);
}

/// Other bins that are offered.
const OTHERS: usize = 6;
/// Legs that are shown after the next.
const AHEAD: usize = 50;

#[derive(Template)]
#[template(path = "preparation/walk/show.html", blocks = ["walk"])]
struct Walking {
    shell: Shell,
    errors: FieldErrors,
    walk: Walk,
    number: String,
    /// Where it is from the batch, or from the parcel.
    back: String,
    operator: Option<(UserId, String)>,
    is_over: bool,
    legs: Vec<Leg>,
    standing: Option<LocationId>,
    /// Other bins in which what is taken next lies.
    others: Vec<Picked>,
    last: Option<Last>,
}
view!(Walking; walk => as_walk);

impl Walking {
    fn load(conn: &mut PgConnection, sheet: Sheet, walk: Walk) -> Result<Self> {
        let (number, back, operator, warehouse) = match walk {
            Walk::Batch(id) => {
                let shown = queries::batch(conn, id)?;
                let operator = shown.batch.operator_id.zip(shown.operator);
                let batch = shown.batch;
                let back = batch.path();
                (batch.number, back, operator, batch.warehouse_id)
            }
            Walk::Parcel(id) => {
                let parcel = queries::parcel(conn, id)?;
                let operator = parcel.shipment.operator_id.zip(parcel.operator);
                let parcel = parcel.shipment;
                let back = parcel.path();
                (parcel.number, back, operator, parcel.warehouse_id)
            }
        };
        let stops = queries::stops(conn, walk, None)?;
        let mut walking = Self {
            shell: sheet.shell,
            errors: sheet.errors,
            walk,
            number,
            back,
            operator,
            is_over: stops.is_empty(),
            legs: queries::legs(&stops),
            standing: queries::standing_before(conn, walk)?,
            others: Vec::new(),
            last: queries::last_of_walk(conn, walk)?,
        };
        let next = walking.now().filter(|leg| leg.bin_id.is_some());
        if let Some((product, bin)) = next.map(|leg| (leg.product_id, leg.bin_id)) {
            let mut others = queries::bins_with_free(conn, warehouse, product)?;
            others.retain(|other| Some(other.id) != bin);
            others.truncate(OTHERS);
            walking.others = others;
        }
        Ok(walking)
    }

    /// Somebody else walks it.
    fn other(&self) -> Option<&str> {
        let (id, name) = self.operator.as_ref()?;
        (Some(*id) != self.shell.visitor_id()).then_some(name)
    }

    /// What is taken next: what is left in the bin the picker stands before, else the first of the walk.
    fn now(&self) -> Option<&Leg> {
        let here = self.legs.iter().find(|leg| self.stands_before(leg));
        here.or(self.legs.first())
    }

    fn stands_before(&self, leg: &Leg) -> bool {
        leg.bin_id.is_none() || leg.bin_id == self.standing
    }

    /// What comes after it, as far as a picker looks ahead.
    fn then(&self) -> impl Iterator<Item = &Leg> {
        let now = self.now().map(|leg| (leg.bin_id, leg.product_id));
        let later = self.legs.iter();
        let later = later.filter(move |leg| Some((leg.bin_id, leg.product_id)) != now);
        later.take(AHEAD)
    }

    /// Legs that are not shown.
    fn more(&self) -> usize {
        self.legs.len().saturating_sub(AHEAD + 1)
    }

    fn short_path(&self, leg: &Leg) -> String {
        let bin = leg.bin_id.map_or_else(String::new, |bin| bin.to_string());
        format!(
            "{}/short?product={}&bin={bin}",
            self.walk.path(),
            leg.product_id
        )
    }

    fn picture(&self, leg: &Leg) -> String {
        format!(
            "{}/picture/small",
            RecordRef::Product(leg.product_id).path()
        )
    }
}

#[get("/walks/{walk}")]
async fn show(desk: Desk<SignedIn>, walk: Path<Walk>) -> Result {
    let walk = *walk;
    desk.ask(Fields::default(), move |conn, sheet| {
        Walking::load(conn, sheet, walk)
    })
    .await
}

#[post("/walks/{walk}/scans")]
async fn scan(desk: Desk<SignedIn>, walk: Path<Walk>, form: Fields) -> Result {
    let walk = *walk;
    desk.once(form, move |act, form| {
        let read = forms::scanned(form)?;
        Ok(answered(
            &walk.path(),
            &preparation::scan_pick(act, walk, &read)?,
        ))
    })
    .in_place()
    .or_again(move |conn, sheet| Walking::load(conn, sheet, walk))
    .await
}

#[post("/walks/{walk}/undo")]
async fn undo(desk: Desk<SignedIn>, walk: Path<Walk>, form: Fields) -> Result {
    let walk = *walk;
    desk.once(form, move |act, _| {
        Ok(answered(&walk.path(), &preparation::undo_pick(act, walk)?))
    })
    .in_place()
    .or_again(move |conn, sheet| Walking::load(conn, sheet, walk))
    .await
}

#[post("/walks/{walk}/bin")]
async fn elsewhere(desk: Desk<SignedIn>, walk: Path<Walk>, form: Fields) -> Result {
    let walk = *walk;
    desk.once(form, move |act, form| {
        let stop = forms::other_stop(form)?;
        let words = preparation::take_stop_elsewhere(act, walk, stop)?;
        Ok(Go::to(walk.path()).saying(words))
    })
    .or_again(move |conn, sheet| Walking::load(conn, sheet, walk))
    .await
}

/// What was answered stands on the page, as it is shown again.
pub(super) fn answered(path: &str, answer: &Answer) -> Go {
    match answer.outcome {
        Outcome::Refused => Go::to(path).refusing(),
        _ => Go::to(path),
    }
}

#[post("/walks/{walk}/operator")]
async fn take_over(desk: Desk<SignedIn>, walk: Path<Walk>, form: Fields) -> Result {
    let walk = *walk;
    let me = desk.visitor().id;
    desk.once(form, move |act, _| {
        match walk {
            Walk::Batch(id) => preparation::reassign_batch(act, id, Some(me)).map(|_| ())?,
            Walk::Parcel(id) => preparation::reassign_parcel(act, id, Some(me)).map(|_| ())?,
        }
        Ok(Go::to(walk.path()).saying("You walk it now."))
    })
    .await
}

/// Where a picker does not find what is to be taken.
#[derive(Debug, Clone, Deserialize)]
struct At {
    product: String,
    bin: String,
}

fn shortening(conn: &mut PgConnection, sheet: Sheet, walk: Walk, at: &At) -> Result<Decision> {
    let stops = queries::stops(conn, walk, at.product.parse().ok())?;
    let bin: Option<LocationId> = at.bin.parse().ok();
    let legs = queries::legs(&stops);
    let leg = legs.into_iter().find(|leg| leg.bin_id == bin);
    let leg = leg.ok_or(crate::error::Error::NotFound)?;
    let place = match leg.bin.as_str() {
        "" => String::new(),
        code => format!(" in {code}"),
    };
    let title = format!("{} of {} not there", leg.left, leg.sku);
    Ok(Decision::new(sheet, title, format!("{}/short", walk.path()))
        .about(leg.sku.to_string(), walk.path())
        .meaning(format!(
            "{} are left to take{place}. The parcels go without them, the units stay in the books for nobody, and a \
             count is proposed.",
            leg.left
        ))
        .asking(Question::Kept {
            name: "product",
            value: at.product.clone(),
        })
        .asking(Question::Kept {
            name: "bin",
            value: at.bin.clone(),
        })
        .asking(why())
        .unweighed()
        .without_reason()
        .button("Short")
        .or_leave("I found them"))
}

#[get("/walks/{walk}/short")]
async fn ask_short(desk: Desk<SignedIn>, walk: Path<Walk>, at: Query<At>) -> Result {
    let walk = *walk;
    desk.ask(Fields::default(), move |conn, sheet| {
        shortening(conn, sheet, walk, &at)
    })
    .await
}

#[post("/walks/{walk}/short")]
async fn short(desk: Desk<SignedIn>, walk: Path<Walk>, form: Fields) -> Result {
    let walk = *walk;
    let at = At {
        product: form.get("product").to_owned(),
        bin: form.get("bin").to_owned(),
    };
    desk.once(form, move |act, form| {
        let stop = short_stop(form)?;
        let answer = preparation::report_stop_short(act, walk, stop)?;
        Ok(Go::to(walk.path()).saying(answer.words))
    })
    .or_again(move |conn, sheet| shortening(conn, sheet, walk, &at))
    .await
}

fn short_stop(form: &Fields) -> Result<ShortStop> {
    let product: ProductId = form
        .get("product")
        .parse()
        .map_err(|_| crate::error::Error::NotFound)?;
    Ok(ShortStop {
        product,
        bin: form.get("bin").parse().ok(),
        reason: forms::short_reason(form)?,
    })
}
