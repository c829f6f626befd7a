//! Order preparation: what can be prepared, what waits, what is under way.

use actix_session::Session;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpRequest, get};
use askama::Template;
use chrono::{NaiveDate, Utc};
use serde::Deserialize;

use crate::catalog::{self, Warehouse};
use crate::db::Db;
use crate::error::Error;
use crate::preparation::queries::{self, Listed, Product, TabFilter};
use crate::preparation::tabs::{self, DAYS_SHOWN, Tab, TabCounts};
use crate::stock::{Look, Priority};
use crate::types::{RequestKey, WarehouseId};
use crate::web::{Csv, Page, Paging, Result, Shell, SignedIn, dates, html, query};

/// Where a browser keeps the warehouse its reader works in.
const WAREHOUSE: &str = "preparation_warehouse";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    warehouse: String,
    tab: String,
}

impl Asked {
    fn tab(&self) -> Tab {
        self.tab.parse().unwrap_or(Tab::InStock)
    }

    /// The warehouse of the URL, else the one this browser looked at last.
    fn warehouse(&self, session: &Session) -> Option<WarehouseId> {
        let kept = || session.get(WAREHOUSE).ok().flatten();
        self.warehouse.parse().ok().or_else(kept)
    }
}

#[derive(Template)]
#[template(path = "preparation/tabs/list.html")]
struct List {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    warehouse: WarehouseId,
    tab: Tab,
    counts: TabCounts,
    filter: TabFilter,
    page: Page<(Listed, Vec<Product>)>,
    query: String,
    here: String,
    key: RequestKey,
    today: NaiveDate,
}

impl List {
    fn tabs(&self) -> impl Iterator<Item = (&'static str, String, i64, bool)> {
        Tab::ALL.iter().map(|tab| {
            let path = path(self.warehouse, *tab);
            (tab.label(), path, self.counts.of(*tab), *tab == self.tab)
        })
    }

    fn is_shipped(&self) -> bool {
        self.tab == Tab::Shipped
    }

    fn is_in_progress(&self) -> bool {
        self.tab == Tab::InProgress
    }

    fn is_on_hold(&self) -> bool {
        self.tab == Tab::OnHold
    }

    fn can_prepare(&self, order: &Listed) -> bool {
        match self.tab {
            Tab::InStock => true,
            _ => self.tab.can_be_prepared() && !order.is_complete_only(),
        }
    }

    fn is_late(&self, date: &NaiveDate) -> bool {
        *date < self.today && !self.is_shipped()
    }

    fn look(&self, product: &Product) -> Look {
        product.look().look()
    }

    fn expected(&self, order: &Listed) -> String {
        match order.expected_on {
            Some(date) => dates::day(&date),
            None => "Not on order".to_owned(),
        }
    }

    /// Whether anything of the orders in this tab may still be missing.
    fn waits(&self) -> bool {
        matches!(self.tab, Tab::Partial | Tab::Backorder)
    }

    fn more(&self, order: &Listed, products: &[Product]) -> i64 {
        order.lines - i64::try_from(products.len()).unwrap_or(order.lines)
    }

    fn order_words(&self) -> String {
        if self.is_shipped() {
            format!("Shipped in the last {DAYS_SHOWN} days, latest first")
        } else {
            "First in the queue first".to_owned()
        }
    }

    /// What an empty tab says: what stands here, and where to look next.
    fn nothing(&self) -> (&'static str, &'static str) {
        match self.tab {
            Tab::InStock => (
                "No order is ready",
                "An order stands here as soon as every line of it is reserved.",
            ),
            Tab::Partial => (
                "No order is partly there",
                "An order stands here when some of it is reserved and some is missing.",
            ),
            Tab::Backorder => (
                "No order waits for everything",
                "An order stands here when nothing of it is reserved.",
            ),
            Tab::OnHold => (
                "No order is on hold",
                "An order that somebody stopped stands here until it is released.",
            ),
            Tab::InProgress => (
                "Nothing is in progress",
                "An order stands here from Prepare until its parcel leaves.",
            ),
            Tab::Shipped => (
                "Nothing left lately",
                "An order stands here for two weeks after its last parcel left.",
            ),
        }
    }
}

/// No warehouse ships orders: there is nothing to choose.
#[derive(Template)]
#[template(path = "preparation/tabs/nowhere.html")]
struct Nowhere {
    shell: Shell,
}

#[get("/preparation")]
#[expect(clippy::too_many_arguments, reason = "extractors of a list page")]
async fn list(
    db: Data<Db>,
    _: SignedIn,
    shell: Shell,
    session: Session,
    asked: Query<Asked>,
    filter: Query<TabFilter>,
    paging: Query<Paging>,
    request: HttpRequest,
) -> Result {
    let (tab, wanted, now) = (asked.tab(), asked.warehouse(&session), Utc::now());
    let filter = filter.into_inner();
    let asked = filter.clone();
    let found = db
        .read(move |conn| {
            let warehouses = shipping(conn)?;
            let Some(warehouse) = chosen(&warehouses, wanted) else {
                return Ok(None);
            };
            let counts = tabs::counts(conn, warehouse, now)?;
            let page = queries::page(conn, warehouse, tab, &asked, now, &paging)?;
            Ok(Some((warehouses, warehouse, counts, page)))
        })
        .await?;
    let Some((warehouses, warehouse, counts, page)) = found else {
        return html::page(Nowhere { shell });
    };
    if session.get(WAREHOUSE).ok().flatten() != Some(warehouse) {
        remember(&session, warehouse)?;
    }
    html::page(List {
        shell,
        warehouses,
        warehouse,
        tab,
        counts,
        page,
        query: query(&[
            ("warehouse", &warehouse.to_string()),
            ("tab", tab.as_str()),
            ("q", filter.q.trim()),
        ]),
        filter,
        here: request.uri().to_string(),
        key: RequestKey::fresh(),
        today: now.date_naive(),
    })
}

#[get("/preparation.csv")]
async fn export(
    db: Data<Db>,
    _: SignedIn,
    session: Session,
    asked: Query<Asked>,
    filter: Query<TabFilter>,
) -> Result {
    let (tab, wanted) = (asked.tab(), asked.warehouse(&session));
    let rows = db
        .read(move |conn| {
            let warehouse = chosen(&shipping(conn)?, wanted).ok_or(Error::NotFound)?;
            Ok(queries::export(conn, warehouse, tab, &filter, Utc::now())?)
        })
        .await?;
    let mut csv = Csv::new(&[
        "order",
        "placed",
        "required_by",
        "priority",
        "customer",
        "country",
        "shipping_method",
        "lines",
        "units",
        "missing",
        "products",
        "expected",
        "shipment",
        "tracking",
    ])?;
    for row in rows {
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let order = &row.order;
        csv.row([
            order.number.clone(),
            order.placed_at.to_rfc3339(),
            date(order.required_by()),
            order.priority.to_string(),
            order.customer.clone(),
            order.country.clone(),
            order.shipping_method.clone(),
            order.lines.to_string(),
            order.units.to_string(),
            row.missing.to_string(),
            row.products,
            date(order.expected_on),
            order.shipment.clone().unwrap_or_default(),
            order.tracking_number.clone(),
        ])?;
    }
    csv.finish(&format!("preparation-{tab}.csv"))
}

/// Where a tab is.
pub(super) fn path(warehouse: WarehouseId, tab: Tab) -> String {
    format!("/preparation?warehouse={warehouse}&tab={tab}")
}

fn shipping(conn: &mut diesel::PgConnection) -> diesel::QueryResult<Vec<Warehouse>> {
    let mut warehouses = catalog::warehouses(conn)?;
    warehouses.retain(|warehouse| warehouse.ships_orders);
    Ok(warehouses)
}

fn chosen(warehouses: &[Warehouse], wanted: Option<WarehouseId>) -> Option<WarehouseId> {
    let known = warehouses.iter().find(|each| Some(each.id) == wanted);
    known.or(warehouses.first()).map(|warehouse| warehouse.id)
}

fn remember(session: &Session, warehouse: WarehouseId) -> Result<()> {
    session
        .insert(WAREHOUSE, warehouse)
        .map_err(|error| Error::Failure(format!("session: {error}")))
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}
