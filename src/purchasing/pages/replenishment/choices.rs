//! What the buyer chooses, and what becomes of it.

use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use super::page;
use crate::db::Db;
use crate::purchasing::pages::counted;
use crate::purchasing::{self, Fill, Misfit, NeedFilter, Overtakings, RowKey, Summary, forms};
use crate::types::{FieldErrors, Fields, PurchaseOrderId, RecordRef};
use crate::web::{Desk, Go, Manager, Result, Shell, html, local_path};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(choose)
        .service(fill)
        .service(clear)
        .service(order_chosen);
}

/// What the buyer chose so far, and what is wrong with it: the answer to each choice.
#[derive(Template)]
#[template(path = "purchasing/replenishment/chosen.html")]
struct Choices {
    shell: Shell,
    summary: Summary,
    overtakings: Overtakings,
    misfits: Vec<(RowKey, Option<Misfit>)>,
    errors: FieldErrors,
}

/// What a buyer typed into a box is kept at once.
#[post("/replenishment/choices")]
async fn choose(db: Db, shell: Shell, Manager(buyer): Manager, form: Fields) -> Result {
    let buyer = buyer.id;
    let (status, misfits, errors) = match forms::chosen(&form) {
        Ok(chosen) => {
            let misfits = db.write(buyer, move |act| {
                purchasing::choose(act, buyer, &chosen)?;
                Ok(purchasing::misfits(act, &chosen)?)
            });
            (StatusCode::OK, misfits.await?, FieldErrors::default())
        }
        Err(errors) => (StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), errors),
    };
    let choices = db.read(move |conn| {
        Ok(Choices {
            shell,
            summary: purchasing::summary(conn, buyer)?,
            overtakings: purchasing::overtakings(conn, buyer)?,
            misfits,
            errors,
        })
    });
    html::with_status(status, choices.await?)
}

/// Where to go on after all boxes changed.
fn back(form: &Fields) -> Go {
    match local_path(form.get("back")) {
        "/" => Go::to("/replenishment"),
        path => Go::to(path),
    }
}

/// Fills the boxes of everything the filter leaves, on all its pages.
#[post("/replenishment/choices/filling")]
async fn fill(desk: Desk<Manager>, filter: Query<NeedFilter>, form: Fields) -> Result {
    let buyer = desk.visitor().id;
    desk.act(form, move |act, form| {
        let with = match form.get("with") {
            "minimum" => Fill::Minimum,
            _ => Fill::Suggested,
        };
        let filled = purchasing::fill(act, buyer, &filter, with)?;
        Ok(back(form).saying(format!("Filled in for {}.", counted(filled, "product"))))
    })
    .await
}

/// Forgets the choices that the form names, or all.
#[post("/replenishment/choices/clearing")]
async fn clear(desk: Desk<Manager>, form: Fields) -> Result {
    let buyer = desk.visitor().id;
    desk.act(form, move |act, form| {
        match forms::left_out(form) {
            named if named.is_empty() => purchasing::clear_choices(act, buyer)?,
            named => purchasing::choose(act, buyer, &named)?,
        }
        Ok(back(form))
    })
    .await
}

/// One draft for each supplier and warehouse of what was chosen; who was overtaken is told first.
#[post("/replenishment/purchase-orders")]
async fn order_chosen(desk: Desk<Manager>, form: Fields) -> Result {
    let buyer = desk.visitor().id;
    desk.once(form, move |act, form| {
        let made = purchasing::order_choices(act, buyer, &forms::seen(form))?;
        let orders: Vec<PurchaseOrderId> = made.orders.iter().map(|order| order.id).collect();
        Ok(Go::to(path_of(&orders)).saying(sentence(&orders, &made.left)))
    })
    .or_again(move |conn, sheet| page(conn, sheet, buyer, Default::default()))
    .await
}

/// The page of the one purchase order, or the list of those that were made.
fn path_of(orders: &[PurchaseOrderId]) -> String {
    match orders {
        [one] => RecordRef::PurchaseOrder(*one).path(),
        many => {
            let ids: Vec<String> = many.iter().map(ToString::to_string).collect();
            format!("/purchase-orders?ids={}", ids.join(","))
        }
    }
}

fn sentence(orders: &[PurchaseOrderId], left: &[String]) -> String {
    let made = counted(orders.len(), "purchase order");
    match left {
        [] => format!("{made} drafted."),
        left => format!(
            "{made} drafted. Nobody supplies {}: it stays chosen.",
            left.join(", ")
        ),
    }
}
