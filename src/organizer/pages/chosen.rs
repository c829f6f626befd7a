//! What is done to the tasks chosen in the list.

use actix_web::post;
use actix_web::web::{Data, ServiceConfig};

use super::entry::to;
use crate::config::Config;
use crate::organizer::queries::EntryFilter;
use crate::organizer::{assign, forms, set_status, tell_at_once};
use crate::types::{EntryId, FieldErrors, Fields, counted};
use crate::web::{Desk, Go, Result, SignedIn, state};

pub fn routes(config: &mut ServiceConfig) {
    config.service(say_status).service(hand_on);
}

#[post("/organizer/status")]
async fn say_status(desk: Desk<SignedIn>, form: Fields) -> Result {
    let visitor = desk.visitor().clone();
    desk.once(form, move |act, form| {
        let moved = set_status(act, &visitor, &chosen(form), to(form)?)?;
        Ok(back(form).saying(format!("{}: saved.", counted(moved.len(), "task"))))
    })
    .await
}

#[post("/organizer/assignee")]
async fn hand_on(desk: Desk<SignedIn>, config: Data<Config>, form: Fields) -> Result {
    let visitor = desk.visitor().clone();
    desk.once(form, move |act, form| {
        let assignee = match form.get("to") {
            "" => Err("Choose who is to do it, or nobody.".to_owned()),
            "nobody" => Ok(None),
            id => forms::of_list(id).map(Some),
        };
        let assignee = assignee.map_err(|why| FieldErrors::one("to", why))?;
        let given = assign(act, &visitor, &chosen(form), assignee)?;
        tell_at_once(act, &config)?;
        Ok(back(form).saying(format!("{}: reassigned.", counted(given.len(), "task"))))
    })
    .await
}

fn chosen(form: &Fields) -> Vec<EntryId> {
    form.all("entry").filter_map(|id| id.parse().ok()).collect()
}

/// The list they were chosen from.
fn back(form: &Fields) -> Go {
    let filter: EntryFilter = serde_urlencoded::from_str(form.get("list")).unwrap_or_default();
    let list = format!("/organizer?{}", state(&filter));
    Go::to(list.trim_end_matches('?'))
}
