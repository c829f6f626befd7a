//! A picker finds fewer units of a line of a parcel than the books say.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::PgConnection;

use crate::error::Error;
use crate::preparation::{self, ShortReason, forms, queries};
use crate::stock::pages::{Decision, Question};
use crate::types::{FieldErrors, Fields, OrderLineId, Quantity, ShipmentId};
use crate::web::{Desk, Go, Leaf, Result, Sheet, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(report);
}

type Line = Path<(ShipmentId, OrderLineId)>;

fn reporting(
    conn: &mut PgConnection,
    sheet: Sheet,
    (id, line): (ShipmentId, OrderLineId),
) -> Result<Decision> {
    let shipment = queries::parcel(conn, id)?.shipment;
    let lines = queries::parcel_lines(conn, id)?;
    let line = lines.into_iter().find(|each| each.order_line_id == line);
    let line = line.ok_or(Error::NotFound)?;
    let path = shipment.path();
    let action = format!("{path}/lines/{}/shortage", line.order_line_id);
    let page = sheet.typed.get(Leaf::FIELD).to_owned();
    Ok(
        Decision::new(sheet, format!("{} is short on the shelf", line.sku), action)
            .about(&shipment.number, path)
            .meaning(
                "The parcel goes without them. They stay in the books for nobody until somebody counts, which is proposed; \
                 the order waits for others.",
            )
            .asking(Question::Units {
                name: "quantity",
                label: "Units that are not there",
                hint: "",
                value: "1".to_owned(),
            })
            .asking(why())
            .asking(Question::Kept {
                name: Leaf::FIELD,
                value: page,
            })
            .unweighed()
            .without_reason()
            .button("Short")
            .or_leave("I found them"),
    )
}

/// Why units are not there.
pub(super) fn why() -> Question {
    let reasons = ShortReason::ALL.iter();
    let reasons = reasons.map(|each| (each.to_string(), each.label().to_owned()));
    Question::Choice {
        name: "why",
        label: "Why",
        hint: "",
        kept: ShortReason::NotFound.to_string(),
        of: reasons.collect(),
    }
}

#[get("/shipments/{id}/lines/{line}/shortage")]
async fn ask(desk: Desk<SignedIn>, at: Line, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| reporting(conn, sheet, *at))
        .await
}

#[post("/shipments/{id}/lines/{line}/shortage")]
async fn report(desk: Desk<SignedIn>, at: Line, form: Fields) -> Result {
    let at = *at;
    desk.once(form, move |act, form| {
        let units = Quantity::parse_positive(form.get("quantity"));
        let units = units.map_err(|sentence| FieldErrors::one("quantity", sentence));
        let (units, reason) = FieldErrors::both(units, forms::short_reason(form))?;
        let (parcel, put_back) = preparation::report_line_short(act, at, units, reason)?;
        let here = Leaf::typed(form).at(&parcel.path());
        let said = format!("Short: a count is proposed. {put_back}");
        Ok(Go::to(here).saying(said.trim_end()))
    })
    .or_again(move |conn, sheet| reporting(conn, sheet, at))
    .await
}
