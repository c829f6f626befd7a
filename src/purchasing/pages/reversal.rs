//! A reception is reversed: first what can be taken back and who would become short by it, then why.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::purchasing::queries::Returnable;
use crate::purchasing::{self, ReversalPreview, Reversing, TakenBack};
use crate::stock::Consent;
use crate::types::{FieldErrors, Fields, ReceptionId, RecordRef, clock, counted};
use crate::web::{Desk, Go, Leaf, Leaves, MayCorrectStock, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(reverse);
}

#[derive(Template)]
#[template(path = "purchasing/receptions/reversal.html", blocks = ["form"])]
struct Reversal {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    preview: ReversalPreview,
    leaves: Leaves,
}

view!(Reversal as form title);

impl Reversal {
    fn title(&self) -> String {
        format!("Reverse {}", self.preview.reception.number)
    }

    fn path(&self) -> String {
        format!("{}/reversal", self.preview.reception.path())
    }

    /// The lines of this page; all of them are reversed.
    fn lines(&self) -> &[Returnable] {
        self.leaves.of(&self.preview.lines)
    }

    /// `7 units can be taken back out: 7 on the way again.`
    fn in_words(&self) -> String {
        let taken = &self.preview.taken;
        let units = counted(taken.units, "unit");
        format!("{units} can be taken back out: {}.", becomes(taken))
    }
}

fn page(conn: &mut PgConnection, sheet: Sheet, id: ReceptionId) -> Result<Reversal> {
    let preview = purchasing::preview_reversal(conn, id, clock::now())?;
    Ok(Reversal {
        leaves: Leaf::typed(&sheet.typed).of(preview.lines.len()),
        shell: sheet.shell,
        typed: sheet.typed,
        errors: sheet.errors,
        preview,
    })
}

#[get("/receptions/{id:\\d+}/reversal")]
async fn ask(desk: Desk<MayCorrectStock>, id: Path<ReceptionId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| page(conn, sheet, *id))
        .await
}

#[post("/receptions/{id:\\d+}/reversal")]
async fn reverse(desk: Desk<MayCorrectStock>, id: Path<ReceptionId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let how = Reversing {
            reason: form.reason()?,
            shown: Some(form.get("shown").to_owned()),
            consent: Consent::typed(form),
        };
        let taken = purchasing::reverse(act, id, &how)?;
        Ok(Go::from(RecordRef::Reception(id)).saying(sentence(&taken)))
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}

/// `7 units are taken back out: 7 on the way again. 5 units stay.`
fn sentence(taken: &TakenBack) -> String {
    let is = if taken.units.get() == 1 { "is" } else { "are" };
    let units = counted(taken.units, "unit");
    let done = format!("{units} {is} taken back out: {}.", becomes(taken));
    match taken.stay.get() {
        0 => done,
        1 => format!("{done} 1 unit stays."),
        stay => format!("{done} {stay} units stay."),
    }
}

/// What becomes of the units: `10 on the way again, 2 more than ordered`.
fn becomes(taken: &TakenBack) -> String {
    let TakenBack { order, units, .. } = taken;
    let cancelled = format!("not to come, as the rest of {order} was cancelled");
    let all = [
        (taken.to_come, "on the way again"),
        (taken.cancelled, &cancelled),
        (
            units.less(taken.to_come).less(taken.cancelled),
            "more than ordered",
        ),
    ];
    let parts = all.iter().filter(|(units, _)| !units.is_zero());
    let parts: Vec<String> = parts
        .map(|(units, words)| format!("{units} {words}"))
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Quantity;

    #[test]
    fn what_becomes_of_the_units_is_said_as_it_is() {
        let taken = |units, to_come, cancelled, stay| {
            sentence(&TakenBack {
                order: "PO-000001".into(),
                units: Quantity::new(units),
                to_come: Quantity::new(to_come),
                cancelled: Quantity::new(cancelled),
                stay: Quantity::new(stay),
            })
        };

        assert_eq!(
            taken(12, 12, 0, 0),
            "12 units are taken back out: 12 on the way again."
        );
        assert_eq!(
            taken(12, 10, 0, 1),
            "12 units are taken back out: 10 on the way again, 2 more than ordered. 1 unit stays."
        );
        assert_eq!(
            taken(1, 0, 1, 5),
            "1 unit is taken back out: 1 not to come, as the rest of PO-000001 was cancelled. 5 units stay."
        );
    }
}
