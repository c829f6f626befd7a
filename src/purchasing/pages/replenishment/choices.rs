//! What the buyer chooses, and what becomes of it.

use actix_web::post;
use actix_web::web::{Data, Form, Query, ServiceConfig};
use askama::Template;
use chrono::Utc;

use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::pages::counted;
use crate::purchasing::{self, Fill, NeedFilter, Ordered, Summary};
use crate::types::{FieldErrors, RequestKey};
use crate::web::{Htmx, Manager, Result, Shell, html, local_path};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(choose)
        .service(fill)
        .service(clear)
        .service(order_chosen);
}

/// What the buyer chose so far: the answer to each choice.
#[derive(Template)]
#[template(path = "purchasing/replenishment/_choices.html")]
struct Choices {
    shell: Shell,
    summary: Summary,
    key: RequestKey,
    errors: FieldErrors,
}

/// What a buyer typed into a box is kept at once.
#[post("/replenishment/choices")]
async fn choose(
    db: Data<Db>,
    shell: Shell,
    Manager(buyer): Manager,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let chosen = Typed::of(form.into_inner()).chosen();
    let errors = chosen.clone().err().unwrap_or_default();
    let is_wrong = !errors.is_empty();
    if let Ok(chosen) = chosen {
        db.write(&buyer, move |act| {
            Ok(purchasing::choose(act, buyer.id, &chosen)?)
        })
        .await?;
    }
    let summary = db
        .read(move |conn| Ok(purchasing::summary(conn, buyer.id)?))
        .await?;
    let choices = Choices {
        shell,
        summary,
        key: RequestKey::fresh(),
        errors,
    };
    if is_wrong {
        html::invalid(choices)
    } else {
        html::page(choices)
    }
}

/// Where to go on after all boxes changed.
fn back(typed: &Typed) -> String {
    let back = local_path(typed.get("back")).to_owned();
    if back == "/" {
        "/replenishment".into()
    } else {
        back
    }
}

/// Fills the boxes of everything the filter leaves, on all its pages.
#[post("/replenishment/choices/filling")]
async fn fill(
    db: Data<Db>,
    htmx: Htmx,
    Manager(buyer): Manager,
    filter: Query<NeedFilter>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let typed = Typed::of(form.into_inner());
    let with = match typed.get("with") {
        "minimum" => Fill::Minimum,
        _ => Fill::Suggested,
    };
    let filled = db
        .write(&buyer, move |act| {
            Ok(purchasing::fill(act, buyer.id, &filter, with)?)
        })
        .await?;
    let filled = counted(i64::try_from(filled).unwrap_or(i64::MAX), "product");
    htmx.go_saying(back(&typed), format!("Filled in for {filled}."))
}

#[post("/replenishment/choices/clearing")]
async fn clear(
    db: Data<Db>,
    htmx: Htmx,
    Manager(buyer): Manager,
    form: Form<Vec<(String, String)>>,
) -> Result {
    db.write(&buyer, move |act| {
        Ok(purchasing::clear_choices(act, buyer.id)?)
    })
    .await?;
    htmx.go(back(&Typed::of(form.into_inner())))
}

/// One draft for each supplier and warehouse of what was chosen.
#[post("/replenishment/purchase-orders")]
async fn order_chosen(
    db: Data<Db>,
    htmx: Htmx,
    Manager(buyer): Manager,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let typed = Typed::of(form.into_inner());
    let key = RequestKey::parse(typed.get("key")).map_err(|why| FieldErrors::one("key", why))?;
    let (path, ordered) = db
        .write(&buyer, move |act| {
            let mut ordered = None;
            let path = act.once(&key, |act| {
                let made = purchasing::order_choices(act, buyer.id, Utc::now())?;
                let path = answer_path(&made);
                ordered = Some(made);
                Ok::<_, Error>(path)
            })?;
            Ok((path, ordered))
        })
        .await?;
    match ordered {
        Some(ordered) => htmx.go_saying(path, sentence(&ordered)),
        None => htmx.go(path),
    }
}

/// The page of the one purchase order, or the list of those that were made.
fn answer_path(ordered: &Ordered) -> String {
    match ordered.orders.as_slice() {
        [one] => one.path(),
        many => {
            let ids: Vec<String> = many.iter().map(|made| made.id.to_string()).collect();
            format!("/purchase-orders?ids={}", ids.join(","))
        }
    }
}

fn sentence(ordered: &Ordered) -> String {
    let made = counted(
        i64::try_from(ordered.orders.len()).unwrap_or(i64::MAX),
        "purchase order",
    );
    match ordered.left.as_slice() {
        [] => format!("{made} drafted."),
        left => format!(
            "{made} drafted. Nobody supplies {}: it stays chosen.",
            left.join(", ")
        ),
    }
}
