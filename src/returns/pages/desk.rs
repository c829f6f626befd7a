//! The desk where parcels come back: one field, and whatever stands on a parcel is scanned into it.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;

use crate::db::{Act, limited};
use crate::returns::queries::{self, Called};
use crate::returns::{Error, forms};
use crate::types::{FieldErrors, Fields};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(scan);
}

#[derive(Template)]
#[template(path = "returns/desk.html", blocks = ["form"])]
struct ReturnsDesk {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
}
view!(ReturnsDesk as form title);

impl ReturnsDesk {
    fn of(sheet: Sheet) -> Self {
        Self {
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
        }
    }

    const fn title(&self) -> &'static str {
        "Returns desk"
    }
}

#[get("/returns/desk")]
async fn show(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, |_, sheet| Ok(ReturnsDesk::of(sheet))).await
}

/// Opens what is meant; changes nothing.
#[post("/returns/desk")]
async fn scan(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.act(form, |act, form| {
        let code = forms::code(form)?;
        let meant = meant(act, &code)?;
        Ok(Go::to(meant.path()))
    })
    .or_again(|_, sheet| Ok(ReturnsDesk::of(sheet)))
    .await
}

/// The one order that a code means, if any of it may come back or is waited for.
fn meant(act: &mut Act<'_>, code: &str) -> Result<Called> {
    let wrong = |why: String| Err(FieldErrors::one("code", why).into());
    let mut all = queries::called(act, code)?;
    all.retain(|called| is_seen(act, called));
    match (all.pop(), all.is_empty()) {
        (None, _) => wrong("No parcel, order or return is called so.".into()),
        (Some(_), false) => {
            wrong("Several orders are called so: scan the number of the parcel that left.".into())
        }
        (Some(called), true) if called.is_new() => {
            match queries::lines_back(act, None, called.order_id)?.is_empty() {
                true => wrong(Error::NothingLeft(called.order_number).to_string()),
                false => Ok(called),
            }
        }
        (Some(called), true) => Ok(called),
    }
}

/// Whether who scans may see the order.
fn is_seen(act: &mut Act<'_>, called: &Called) -> bool {
    let limit = act.limit().clone();
    let order = [("orders", called.order_id.into())];
    limited::check_seen(act, &limit, &order).is_ok()
}
