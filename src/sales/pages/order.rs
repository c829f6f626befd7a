//! The page of an order, and why each of its lines waits.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Path, Query, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::lines::{Lines, Narrowing};
use super::moves::{Shifts, shifts};
use crate::db::{history, limited};
use crate::sales::papers::seen;
use crate::sales::queries::{self, DateMoved, DecisionShown, Elsewhere, LineShown, Moved, Wanted};
use crate::sales::{Channel, Customer, Order, OrderAmount, OrderState};
use crate::stock::{self, Look, When, Why};
use crate::types::{OrderId, OrderLineId, Quantity, dates};
use crate::web::{Desk, Leaf, Result, Shell, SignedIn, query, view};

/// Warehouses that are offered for a line; the others stand in the dialog.
const OFFERS: usize = 2;

pub fn routes(config: &mut ServiceConfig) {
    config.service(explain).service(show);
}

#[derive(Template)]
#[template(path = "sales/orders/show.html")]
struct ShowOrder {
    shell: Shell,
    order: Order,
    state: OrderState,
    customer: Customer,
    channel: Channel,
    lines: Lines,
    /// Where lines that wait, of those on the page, could be served sooner.
    elsewhere: HashMap<OrderLineId, Vec<Elsewhere>>,
    amounts: Vec<OrderAmount>,
    wanted: Vec<Wanted>,
    decisions: Vec<DecisionShown>,
    dates: Vec<DateMoved>,
    /// What the customer is to be told.
    moved: Vec<Moved>,
    history: Vec<history::Entry>,
    /// Other warehouses that ship some of it, where the reader is limited to some.
    others: Vec<String>,
}
view!(ShowOrder);

impl ShowOrder {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        id: OrderId,
        (narrowing, leaf): (Narrowing, Leaf),
    ) -> Result<Self> {
        let order = queries::order(conn, id)?;
        let lines = Lines::new(queries::lines_shown(conn, id)?, narrowing, &leaf);
        let listed: Vec<OrderLineId> = lines.listed().map(|line| line.line.id).collect();
        Ok(Self {
            state: queries::state_of(conn, id)?,
            customer: queries::customer(conn, order.customer_id)?,
            channel: queries::channel(conn, order.channel_id)?,
            elsewhere: queries::elsewhere(conn, id, &listed)?,
            lines,
            amounts: queries::amounts_of(conn, id)?,
            wanted: queries::wanted(conn, id)?,
            decisions: queries::decisions_of(conn, id)?,
            dates: queries::dates_moved(conn, id)?,
            moved: queries::moves_of(conn, &[id], shell.today())?
                .remove(&id)
                .unwrap_or_default(),
            history: history::of(conn, order.record())?,
            others: limited::also_ship(conn, id)?,
            shell,
            order,
        })
    }

    fn shifts(&self) -> Shifts {
        shifts(&self.moved, self.shell.today())
    }

    /// Since when the customer thinks what was said last.
    fn told(&self) -> String {
        match self.moved.iter().filter_map(|moved| moved.told_at).max() {
            Some(at) => format!("The customer was last told on {}.", self.shell.day(&at)),
            None => "The customer knows the first dates, and was not told of another.".into(),
        }
    }

    fn seen(&self) -> String {
        seen(self.lines.short(), &self.moved)
    }

    /// A day a customer was told, or that none could be.
    fn day(&self, date: &Option<NaiveDate>) -> String {
        date.map_or_else(|| "not on order".to_owned(), |date| dates::day(&date))
    }

    /// The first warehouses where some of what a line misses lies free, and can be had by the reader.
    fn offers(&self, line: &LineShown) -> impl Iterator<Item = &Elsewhere> {
        let all = self.elsewhere.get(&line.line.id).into_iter().flatten();
        let had = all.filter(|other| other.may_ship || self.shell.is_manager());
        had.take(OFFERS)
    }

    /// Where a transfer of what a line misses is written; none: nothing of it may be sent.
    fn transfer_path(&self, line: &LineShown, other: &Elsewhere) -> Option<String> {
        let (from, to) = (
            other.warehouse_id.to_string(),
            line.line.warehouse_id.to_string(),
        );
        let (sku, units) = (line.sku.to_string(), other.missing.to_string());
        let fields = [
            ("from", from.as_str()),
            ("to", to.as_str()),
            ("product", sku.as_str()),
            ("quantity", units.as_str()),
        ];
        let path = format!("/transfers/new?{}", query(&fields));
        (self.shell.is_manager() && !line.line.is_kit).then_some(path)
    }

    fn look(&self, line: &LineShown) -> Look {
        line.look().look(self.shell.today())
    }

    /// When the last missing unit is expected, in words.
    fn expected(&self) -> String {
        let short = || self.lines.short();
        if short().any(|line| !line.look().uncovered.is_zero()) {
            return "not all on order".into();
        }
        let days = || short().filter_map(|line| line.look().expected_on);
        match (days().min(), days().max()) {
            (_, None) => "waits for its turn".into(),
            (first, last) => When::of_all(first, last, self.shell.today()).in_full(),
        }
    }

    /// Where a parcel can be made now.
    fn to_prepare(&self) -> Vec<&Wanted> {
        if self.order.is_held() || !self.order.is_open() {
            return Vec::new();
        }
        let ready = self.wanted.iter();
        ready
            .filter(|wanted| match self.order.shipping_policy {
                stock::ShippingPolicy::PartialAllowed => wanted.can_be_prepared(),
                stock::ShippingPolicy::CompleteOnly => {
                    wanted.is_complete() && self.lines.missing().is_zero()
                }
            })
            .collect()
    }
}

#[get("/orders/{id:\\d+}")]
async fn show(
    desk: Desk<SignedIn>,
    id: Path<OrderId>,
    narrowing: Query<Narrowing>,
    leaf: Query<Leaf>,
) -> Result {
    let lines = (narrowing.into_inner(), leaf.into_inner());
    desk.show(move |conn, shell| ShowOrder::load(conn, shell, *id, lines))
        .await
}

#[derive(Template)]
#[template(path = "sales/orders/why.html")]
struct WhyWaiting {
    shell: Shell,
    shown: LineShown,
    /// None: nothing is left to ship.
    why: Option<Why>,
    is_held: bool,
}
view!(WhyWaiting);

impl WhyWaiting {
    /// Units that the purchase order named covers.
    fn covered(&self) -> Quantity {
        let standing = self.why.as_ref().map(|why| &why.standing);
        standing.map_or(Quantity::ZERO, |at| {
            at.to_ship.less(at.reserved).less(at.uncovered)
        })
    }

    fn missing(&self) -> Quantity {
        self.shown.look().missing()
    }

    /// When the last of the missing units come, in words.
    fn when(&self, day: &NaiveDate) -> String {
        match When::seen(Some(*day), self.shell.today()) {
            When::On(day) => format!("on {}", dates::day(&day)),
            late => late.words(),
        }
    }
}

#[get("/orders/{id:\\d+}/lines/{line:\\d+}/why")]
async fn explain(desk: Desk<SignedIn>, path: Path<(OrderId, OrderLineId)>) -> Result {
    let (id, line) = *path;
    desk.show(move |conn, shell| {
        Ok(WhyWaiting {
            shell,
            shown: queries::line_of(conn, id, line)?,
            why: stock::why(conn, line)?,
            is_held: queries::order(conn, id)?.is_held(),
        })
    })
    .await
}
