//! `/search`: straight to what is called so, or a list of what is like it.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use serde::Deserialize;

use super::queries::{self, Hit, MOST};
use crate::db::Db;
use crate::types::RecordRef;
use crate::web::{Htmx, Result, Shell, SignedIn, html};

pub fn routes(config: &mut ServiceConfig) {
    config.service(search);
}

/// What was typed or scanned.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
}

#[derive(Template)]
#[template(path = "search/results.html")]
struct Results {
    shell: Shell,
    q: String,
    hits: Vec<Hit>,
}

impl Results {
    /// The hits of each kind.
    fn kinds(&self) -> impl Iterator<Item = Kind<'_>> {
        let alike = |one: &Hit, next: &Hit| {
            one.record().map(RecordRef::kind) == next.record().map(RecordRef::kind)
        };
        self.hits.chunk_by(alike).map(Kind)
    }

    fn several_are_called_so(&self) -> bool {
        self.hits.iter().any(|hit| hit.exact)
    }
}

/// Hits of one kind.
struct Kind<'a>(&'a [Hit]);

impl Kind<'_> {
    fn shown(&self) -> &[Hit] {
        &self.0[..self.0.len().min(MOST)]
    }

    fn title(&self) -> String {
        let record = self.0.first().and_then(Hit::record);
        match record {
            Some(RecordRef::Shipment(_)) => "Parcels".into(),
            Some(record) => format!("{}s", record.label()),
            None => String::new(),
        }
    }

    /// The list that has the others, if there are more than are shown.
    fn list(&self) -> Option<&'static str> {
        if self.0.len() <= MOST {
            return None;
        }
        match self.0.first()?.record()? {
            RecordRef::Order(_) => Some("/orders"),
            RecordRef::PurchaseOrder(_) => Some("/purchase-orders"),
            RecordRef::Reception(_) => Some("/receptions"),
            RecordRef::Transfer(_) => Some("/transfers"),
            RecordRef::Count(_) => Some("/counts"),
            RecordRef::Return(_) => Some("/returns"),
            RecordRef::Product(_) => Some("/products"),
            RecordRef::Location(_) => Some("/locations"),
            RecordRef::Customer(_) => Some("/customers"),
            RecordRef::Supplier(_) => Some("/suppliers"),
            _ => None,
        }
    }
}

#[get("/search")]
async fn search(db: Db, (shell, htmx): (Shell, Htmx), _: SignedIn, asked: Query<Asked>) -> Result {
    let q = asked.q.trim().to_owned();
    let asked = q.clone();
    let hits = db.read(move |conn| match asked.is_empty() {
        true => Ok(Vec::new()),
        false => Ok(queries::found(conn, &asked)?),
    });
    let hits = hits.await?;
    match &hits[..] {
        [only] if only.exact => htmx.go(only.path()),
        _ => html::page(Results { shell, q, hits }),
    }
}
