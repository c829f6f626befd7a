//! Before a delivery is posted: who would get it.

use actix_web::post;
use actix_web::web::{Data, Form, Path, ServiceConfig};
use askama::Template;
use chrono::Utc;

use crate::db::Db;
use crate::error::Error;
use crate::purchasing;
use crate::purchasing::forms::Typed;
use crate::stock::Effect;
use crate::types::PurchaseOrderId;
use crate::web::{Manager, Result, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(weigh);
}

#[derive(Template)]
#[template(path = "purchasing/receptions/weighed.html")]
struct Weighed {
    /// Or what stands in the way of telling.
    effects: std::result::Result<Vec<Effect>, String>,
}

#[post("/purchase-orders/{id:\\d+}/receptions/preview")]
async fn weigh(
    db: Data<Db>,
    _: Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let delivery = Typed::of(form.into_inner()).delivery();
    let weighed = db
        .read(move |conn| {
            let at = Utc::now();
            Ok(purchasing::preview_receive(conn, *id, &delivery?, at)?)
        })
        .await;
    match weighed {
        Ok(effects) => html::page(Weighed {
            effects: Ok(effects),
        }),
        Err(Error::Invalid(errors)) => {
            let complaints: Vec<&str> = errors.iter().map(|(_, complaint)| complaint).collect();
            html::invalid(Weighed {
                effects: Err(complaints.join(" ")),
            })
        }
        Err(error) => Err(error),
    }
}
