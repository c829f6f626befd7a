//! What a purchase order comes to as it is typed: amounts, totals, and quantities that the supplier
//! does not sell. The page shows it, and what is typed there is answered with these pieces alone.

use std::collections::HashMap;

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use crate::purchasing::letter::{PaperLine, Papers};
use crate::purchasing::queries::terms;
use crate::purchasing::{self, Misfit, Status, Terms};
use crate::types::{Fields, Money, ProductId, PurchaseOrderId, Quantity};
use crate::web::{Desk, Manager, Result, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(add_up);
}

/// A purchase order with what was typed over it.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a> {
    pub papers: &'a Papers,
    pub terms: &'a HashMap<ProductId, Terms>,
    pub typed: &'a Fields,
}

impl Sums<'_> {
    /// Units of a line; none: what was typed is no number.
    fn units(&self, row: &PaperLine) -> Option<Quantity> {
        let name = row.qty();
        match self.typed.has(&name) {
            true => Quantity::parse(self.typed.get(&name)).ok(),
            false => Some(row.line.wanted()),
        }
    }

    fn amount(&self, row: &PaperLine) -> Option<Money> {
        let name = row.price();
        let price = match self.typed.has(&name) {
            true => Money::parse(self.typed.get(&name)).ok()?,
            false => row.line.unit_price,
        };
        Some(price.times(self.units(row)?))
    }

    /// The amount of a line, or a dash.
    pub fn shown_amount(&self, row: &PaperLine) -> String {
        let amount = self.amount(row).as_ref().map(ToString::to_string);
        amount.unwrap_or_else(|| "\u{2013}".into())
    }

    /// What is wrong with the units of a line of a draft.
    pub fn misfit(&self, row: &PaperLine) -> Option<Misfit> {
        if self.papers.order.status != Status::Draft {
            return None;
        }
        let terms = self.terms.get(&row.line.product_id)?;
        terms.misfit(self.units(row)?)
    }

    /// Units of all lines.
    pub fn all_units(&self) -> Quantity {
        let rows = self.papers.lines.iter();
        rows.filter_map(|row| self.units(row)).sum()
    }

    /// What the lines cost.
    pub fn goods(&self) -> Money {
        let rows = self.papers.lines.iter();
        rows.filter_map(|row| self.amount(row)).sum()
    }

    /// What carriage costs.
    pub fn carriage(&self) -> Money {
        let typed = self.typed.get("shipping_cost").trim();
        match self.typed.has("shipping_cost") {
            true => Money::parse(typed).unwrap_or_default(),
            false => self.papers.order.shipping_cost,
        }
    }

    /// What it costs with carriage.
    pub fn total(&self) -> Money {
        self.goods() + self.carriage()
    }

    pub fn currency(&self) -> &str {
        &self.papers.order.currency
    }

    /// The least value the supplier takes an order for, where it is not reached.
    pub fn least_value(&self) -> Option<Money> {
        self.papers.least_value(self.goods())
    }
}

/// The pieces of the page that follow what is typed.
#[derive(Template)]
#[template(path = "purchasing/orders/sums.html")]
struct Pieces {
    papers: Papers,
    terms: HashMap<ProductId, Terms>,
    typed: Fields,
}

view!(Pieces);

impl Pieces {
    fn rows(&self) -> impl Iterator<Item = &PaperLine> {
        rows(&self.papers, &self.typed)
    }

    fn sums(&self) -> Sums<'_> {
        Sums {
            papers: &self.papers,
            terms: &self.terms,
            typed: &self.typed,
        }
    }
}

/// The lines the form has: not those of other pages, nor one that joined meanwhile.
fn rows<'a>(papers: &'a Papers, typed: &Fields) -> impl Iterator<Item = &'a PaperLine> {
    let rows = papers.lines.iter();
    rows.filter(|row| typed.has(&row.qty()))
}

#[post("/purchase-orders/{id:\\d+}/sums")]
async fn add_up(desk: Desk<Manager>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    desk.ask(form, move |conn, sheet| {
        let papers = purchasing::papers(conn, *id, sheet.shell.today())?;
        Ok(Pieces {
            terms: terms(conn, papers.order.supplier_id, rows(&papers, &sheet.typed))?,
            papers,
            typed: sheet.typed,
        })
    })
    .await
}
