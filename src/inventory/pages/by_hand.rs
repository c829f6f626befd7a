//! What a manager does by hand to a line of a queue: pins it, moves its units, takes a move back.
//! First what that would do, then why.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::inventory::forms::hand_move;
use crate::stock::pages::{Decision, Question};
use crate::stock::{self, Pinning, Queued};
use crate::types::{FieldErrors, Fields, OrderLineId, ProductId, RecordRef, clock};
use crate::web::{Desk, Go, MayDecideReserved, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_pin)
        .service(pin)
        .service(ask_move)
        .service(move_units)
        .service(ask_undo)
        .service(undo);
}

type Line = Path<(ProductId, OrderLineId)>;

fn about(line: &Queued, sheet: Sheet, what: &str, verb: &str) -> Decision {
    let product = RecordRef::Product(line.product_id).path();
    let action = format!("{product}/queue/{}/{verb}", line.order_line_id);
    Decision::new(sheet, format!("{what} of {}", line.sku), action)
        .about(line.sku.to_string(), product)
}

fn pinning(conn: &mut PgConnection, sheet: Sheet, line: OrderLineId) -> Result<Decision> {
    let queued = stock::queued(conn, line)?;
    let pinning = queued.pinning();
    let (verb, what, words) = match pinning {
        Pinning::Pin => (
            "Pin",
            "pin",
            "The line is served before all that are not pinned, and behind those pinned earlier.",
        ),
        Pinning::Unpin => ("Unpin", "unpin", "The line takes its turn again."),
    };
    let effects = stock::preview_pin(conn, line, pinning, clock::now())?;
    Ok(
        about(&queued, sheet, &format!("{verb} in the queue"), "pin")
            .meaning(words)
            .asking(Question::Kept {
                name: "what",
                value: what.into(),
            })
            .weighing(effects)
            .button(verb),
    )
}

#[get("/products/{id:\\d+}/queue/{line:\\d+}/pin")]
async fn ask_pin(desk: Desk<MayDecideReserved>, path: Line) -> Result {
    let (_, line) = *path;
    desk.ask(Fields::default(), move |conn, sheet| {
        pinning(conn, sheet, line)
    })
    .await
}

#[post("/products/{id:\\d+}/queue/{line:\\d+}/pin")]
async fn pin(desk: Desk<MayDecideReserved>, path: Line, form: Fields) -> Result {
    let (product, line) = *path;
    desk.once(form, move |act, form| {
        let (pinning, said) = match form.get("what") {
            "unpin" => (
                Pinning::Unpin,
                "The line takes its turn again, and the queue was served anew.",
            ),
            _ => (
                Pinning::Pin,
                "The line is pinned, and the queue was served anew.",
            ),
        };
        stock::pin(act, line, pinning, &form.reason()?)?;
        Ok(Go::from(RecordRef::Product(product)).saying(said))
    })
    .or_again(move |conn, sheet| pinning(conn, sheet, line))
    .await
}

/// What cannot be done as it stands is told where the effects would be.
fn moving(conn: &mut PgConnection, sheet: Sheet, line: OrderLineId) -> Result<Decision> {
    let queued = stock::queued(conn, line)?;
    let wanted = hand_move(&sheet.typed, line).ok();
    let decision = about(&queued, sheet, "Move reserved units", "move")
        .meaning(
            "The two orders change turns for as many units; nobody else in the queue gains or \
             loses.",
        )
        .asking(Question::Choice {
            name: "to",
            label: "To",
            hint: "Orders that miss units here, first served first",
            kept: String::new(),
            of: takers(conn, &queued)?,
        })
        .asking(Question::Units {
            name: "quantity",
            label: "Units",
            hint: "",
            value: String::new(),
        })
        .button("Move");
    match wanted {
        Some(wanted) => {
            decision.weighing_or_refused(stock::preview_move(conn, wanted, clock::now()))
        }
        None => Ok(decision),
    }
}

/// Who may get the units; the first is nobody.
fn takers(conn: &mut PgConnection, from: &Queued) -> QueryResult<Vec<(String, String)>> {
    let nobody = (
        String::new(),
        "Nobody: release them to those who wait".to_owned(),
    );
    let takers = stock::takers(conn, from)?.into_iter().map(|each| {
        let words = format!(
            "{}, {}, misses {}",
            each.order_number,
            each.customer,
            each.missing()
        );
        (each.order_line_id.to_string(), words)
    });
    Ok(std::iter::once(nobody).chain(takers).collect())
}

#[get("/products/{id:\\d+}/queue/{line:\\d+}/move")]
async fn ask_move(desk: Desk<MayDecideReserved>, path: Line, typed: Fields) -> Result {
    let (_, line) = *path;
    desk.ask(typed, move |conn, sheet| moving(conn, sheet, line))
        .await
}

#[post("/products/{id:\\d+}/queue/{line:\\d+}/move")]
async fn move_units(desk: Desk<MayDecideReserved>, path: Line, form: Fields) -> Result {
    let (product, line) = *path;
    desk.once(form, move |act, form| {
        let (wanted, reason) = FieldErrors::both(hand_move(form, line), form.reason())?;
        stock::move_units(act, wanted, &reason)?;
        Ok(Go::from(RecordRef::Product(product))
            .saying("The units changed hands, and the queue was served anew."))
    })
    .or_again(move |conn, sheet| moving(conn, sheet, line))
    .await
}

fn undoing(conn: &mut PgConnection, sheet: Sheet, line: OrderLineId) -> Result<Decision> {
    let queued = stock::queued(conn, line)?;
    Ok(about(&queued, sheet, "Take back a move", "undo")
        .meaning(
            "The latest move by hand is taken back, as far as its units have not left: both orders \
             take their own turns again.",
        )
        .weighing(stock::preview_undo(conn, line, clock::now())?)
        .button("Take it back"))
}

#[get("/products/{id:\\d+}/queue/{line:\\d+}/undo")]
async fn ask_undo(desk: Desk<MayDecideReserved>, path: Line) -> Result {
    let (_, line) = *path;
    desk.ask(Fields::default(), move |conn, sheet| {
        undoing(conn, sheet, line)
    })
    .await
}

#[post("/products/{id:\\d+}/queue/{line:\\d+}/undo")]
async fn undo(desk: Desk<MayDecideReserved>, path: Line, form: Fields) -> Result {
    let (product, line) = *path;
    desk.once(form, move |act, form| {
        stock::undo_move(act, line, &form.reason()?)?;
        Ok(Go::from(RecordRef::Product(product))
            .saying("The move is taken back, and the queue was served anew."))
    })
    .or_again(move |conn, sheet| undoing(conn, sheet, line))
    .await
}
