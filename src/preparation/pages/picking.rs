//! What is to be picked: the walks, and what could be picked together.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

use super::places::places;
use super::prepare::PREPARED;
use crate::catalog::Warehouse;
use crate::db::Act;
use crate::preparation::queries::{self, Proposal, ToWalk};
use crate::preparation::{BatchKind, Error, batch, begin_batch, forms};
use crate::types::{FieldErrors, Fields, WarehouseId};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(begin);
}

/// In which warehouse; empty: where whoever asks was last.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct In {
    pub(super) warehouse: String,
}

#[derive(Template)]
#[template(path = "preparation/picking/show.html")]
struct Picking {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    warehouses: Vec<Warehouse>,
    warehouse: Option<WarehouseId>,
    walks: Vec<ToWalk>,
    proposals: Vec<Proposal>,
    methods: Vec<String>,
}
view!(Picking);

impl Picking {
    fn load(conn: &mut PgConnection, sheet: Sheet, at: &In) -> Result<Self> {
        let visitor = sheet
            .shell
            .visitor_id()
            .ok_or(crate::error::Error::SignInRequired)?;
        let (warehouses, warehouse) = places(conn, visitor, &at.warehouse)?;
        let (mut walks, mut proposals) = (Vec::new(), Vec::new());
        if let Some(warehouse) = warehouse {
            walks = queries::to_walk(conn, warehouse, visitor)?;
            proposals = queries::proposals(conn, warehouse)?;
        }
        Ok(Self {
            methods: queries::methods_offered(conn)?,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            warehouses,
            warehouse,
            walks,
            proposals,
        })
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse == Some(warehouse.id)
    }

    fn here(&self) -> String {
        path(self.warehouse)
    }

    fn warehouse_id(&self) -> String {
        self.warehouse.map_or_else(String::new, |id| id.to_string())
    }

    fn most(&self, kind: &BatchKind) -> &'static str {
        match kind {
            BatchKind::SingleItem => "40",
            BatchKind::OneLine => "20",
            _ => "12",
        }
    }

    /// Whether a proposal is the one whose form was wrong.
    fn is_typed(&self, kind: &BatchKind) -> bool {
        self.typed.get("kind") == kind.as_str()
    }

    fn typed_or<'a>(&'a self, kind: &BatchKind, name: &str, usual: &'a str) -> &'a str {
        match self.is_typed(kind) {
            true => self.typed.get(name),
            false => usual,
        }
    }

    fn error(&self, kind: &BatchKind, name: &str) -> &str {
        match self.is_typed(kind) {
            true => self.errors.get(name),
            false => "",
        }
    }
}

/// Where it is picked in a warehouse.
pub(super) fn path(warehouse: Option<WarehouseId>) -> String {
    match warehouse {
        Some(warehouse) => format!("/picking?warehouse={warehouse}"),
        None => "/picking".to_owned(),
    }
}

#[get("/picking")]
async fn show(desk: Desk<SignedIn>, at: Query<In>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        Picking::load(conn, sheet, &at)
    })
    .await
}

#[post("/batches")]
async fn begin(desk: Desk<SignedIn>, form: Fields) -> Result {
    let at = In {
        warehouse: form.get("warehouse").to_owned(),
    };
    desk.once(form, take)
        .or_again(move |conn, sheet| Picking::load(conn, sheet, &at))
        .await
}

/// Orders that were chosen, or the first of those that are proposed, become a batch.
fn take(act: &mut Act<'_>, form: &Fields) -> Result<Go> {
    let (warehouse, orders, kind) = match form.has("kind") {
        true => {
            let (warehouse, wanted) = forms::wanted(form)?;
            let orders = queries::first_ready(act, warehouse, &wanted)?;
            (warehouse, orders, wanted.kind)
        }
        false => {
            let chosen = forms::chosen(form)?;
            (chosen.warehouse, chosen.orders, BatchKind::Chosen)
        }
    };
    if orders.is_empty() {
        return Err(Error::NothingChosen.into());
    }
    let (id, prepared) = begin_batch(act, &orders, (warehouse, kind))?;
    let said = PREPARED.of(act, prepared.begun.len(), &prepared.refused)?;
    Ok(match id {
        Some(id) => Go::to(batch::path(id)).saying(said),
        None => Go::to(path(Some(warehouse))).saying(said),
    })
}

/// A page of the floor in the warehouse that was asked for.
pub(super) fn within(page: &str, at: &In) -> String {
    match at.warehouse.parse::<WarehouseId>() {
        Ok(warehouse) => format!("{page}?warehouse={warehouse}"),
        Err(_) => page.to_owned(),
    }
}
