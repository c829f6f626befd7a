//! Order preparation: what can be prepared, what waits, what is under way.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{HttpRequest, get};
use askama::Template;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::columns::{COLUMNS, InFile};
use crate::catalog::Warehouse;
use crate::db::{Page, Paging};
use crate::error::Error;
use crate::preparation::queries::{self, Listed, Product, Size, TabFilter};
use crate::preparation::tabs::{self, DAYS_SHOWN, Tab, TabCounts};
use crate::preparation::{By, Choice, remember};
use crate::stock::Look;
use crate::types::{UserId, WarehouseId, clock, dates};
use crate::web::{Csv, Desk, Head, Result, Right, Shell, SignedIn, heads, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

/// What a page sends that only keeps itself up to date: nobody chose anything.
const BY_ITSELF: &str = "X-By-Itself";

#[derive(Template)]
#[template(path = "preparation/tabs/list.html")]
struct List {
    shell: Shell,
    /// None ships orders: there is nothing to choose.
    warehouses: Vec<Warehouse>,
    tab: Tab,
    counts: TabCounts,
    filter: TabFilter,
    page: Page<(Listed, Vec<Product>)>,
    /// Who has parcels in the tab.
    operators: Vec<(UserId, String)>,
    here: String,
    today: NaiveDate,
}
view!(List);

impl List {
    /// The page, and what is chosen there, if that is other than the last time.
    fn load(
        conn: &mut PgConnection,
        (shell, visitor): (Shell, UserId),
        filter: TabFilter,
        paging: &Paging,
        here: String,
    ) -> Result<(Self, Option<Choice>)> {
        let (warehouses, kept) = queries::places(conn, visitor)?;
        let says = filter.warehouse().is_some() || filter.by.is_some();
        let mut filter = filter.or_kept(kept.as_ref()).seen_by(visitor);
        let (mut counts, mut page) = (TabCounts::default(), Page::empty());
        let mut operators = Vec::new();
        if let Some(warehouse) = chosen(&warehouses, &filter) {
            filter = filter.of(warehouse);
            operators = known_operators(conn, warehouse, &mut filter)?;
            counts = tabs::counts(conn, warehouse, clock::now())?;
            page = queries::page(conn, warehouse, &filter, paging)?;
        }
        let choice = filter.choice().filter(|_| says);
        let choice = choice.filter(|choice| kept.as_ref() != Some(choice));
        let page = Self {
            today: shell.today(),
            shell,
            warehouses,
            tab: filter.tab(),
            counts,
            filter,
            page,
            operators,
            here,
        };
        Ok((page, choice))
    }

    fn tabs(&self) -> impl Iterator<Item = (&'static str, String, i64, bool)> {
        Tab::ALL.iter().map(|tab| {
            let path = path(&self.filter.warehouse, *tab);
            (tab.label(), path, self.counts.of(*tab), *tab == self.tab)
        })
    }

    /// The columns of all tabs, and the one of this.
    fn heads(&self) -> Vec<Head> {
        let own = match self.tab {
            Tab::InStock => None,
            // The products say it too, each of its own.
            Tab::Partial | Tab::Backorder => Some(Head {
                class: "wide",
                ..Head::plain("Expected")
            }),
            Tab::OnHold => Some(Head::plain("On hold because")),
            Tab::InProgress => Some(Head::plain("Parcel")),
            Tab::Shipped => Some(Head::plain("Shipped")),
        };
        let mut heads = heads(COLUMNS, "", &self.filter);
        heads.extend(own);
        heads
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse() == Some(warehouse.id)
    }

    fn is_sized(&self, size: &Size) -> bool {
        self.filter.size() == Some(*size)
    }

    /// Whether a choice of a filter is the one that was made.
    fn is_chosen(&self, choice: &str, made: &str) -> bool {
        choice == made
    }

    /// Since when an order stands in the tab, as the choices of the filter say it: in hours.
    fn since(&self) -> [(&'static str, &'static str); 4] {
        match self.tab {
            Tab::InStock => [
                ("4", "Ready for 4 hours"),
                ("24", "Ready for a day"),
                ("48", "Ready for 2 days"),
                ("168", "Ready for a week"),
            ],
            _ => [
                ("4", "Here for 4 hours"),
                ("24", "Here for a day"),
                ("48", "Here for 2 days"),
                ("168", "Here for a week"),
            ],
        }
    }

    fn is_shipped(&self) -> bool {
        self.tab == Tab::Shipped
    }

    fn is_in_progress(&self) -> bool {
        self.tab == Tab::InProgress
    }

    /// Whether only parcels of who looks are asked for.
    fn is_mine(&self) -> bool {
        self.filter.by() == By::Me
    }

    /// Whether only those of this person are.
    fn is_of(&self, operator: &UserId) -> bool {
        self.filter.by() == By::User(*operator)
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

    fn placed(&self, order: &Listed) -> String {
        dates::short_day(&self.shell.zone().day(order.placed_at))
    }

    fn look(&self, product: &Product) -> Look {
        product.look().look(self.today)
    }

    fn expected(&self, order: &Listed) -> String {
        order.when(self.today).in_full()
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

#[get("/preparation")]
async fn list(
    desk: Desk<SignedIn>,
    filter: Query<TabFilter>,
    paging: Query<Paging>,
    request: HttpRequest,
) -> Result {
    let (filter, visitor) = (filter.into_inner(), desk.visitor().id);
    let here = request.uri().to_string();
    let by_itself = request.headers().contains_key(BY_ITSELF);
    desk.list_and_keep(
        move |conn, shell| {
            let (page, choice) = List::load(conn, (shell, visitor), filter, &paging, here)?;
            Ok((page, choice.filter(|_| !by_itself)))
        },
        |act, choice| Ok(remember(act, choice)?),
    )
    .await
}

#[get("/preparation.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<TabFilter>) -> Result {
    let (filter, visitor) = (filter.into_inner(), desk.visitor().id);
    let name = format!("preparation-{}.csv", filter.tab());
    let today = desk.today();
    let rows = desk.read(move |conn| {
        let (warehouses, kept) = queries::places(conn, visitor)?;
        let mut filter = filter.or_kept(kept.as_ref()).seen_by(visitor);
        let warehouse = chosen(&warehouses, &filter).ok_or(Error::NotFound)?;
        known_operators(conn, warehouse, &mut filter)?;
        let rows = queries::export(conn, warehouse, &filter)?.into_iter();
        Ok(rows.map(|row| InFile::of(row, today)).collect::<Vec<_>>())
    });
    Csv::table(COLUMNS, &rows.await?)?.finish(&name)
}

/// Where a tab is.
pub(super) fn path(warehouse: impl std::fmt::Display, tab: Tab) -> String {
    format!("/preparation?warehouse={warehouse}&tab={tab}")
}

/// Who has parcels in the tab. Of somebody else than who looks, and without a parcel there, nothing would
/// be shown day after day: all of them are.
fn known_operators(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &mut TabFilter,
) -> QueryResult<Vec<(UserId, String)>> {
    if !filter.tab().has_parcels() {
        return Ok(Vec::new());
    }
    let operators = queries::operators(conn, warehouse, filter.tab(), tabs::recent(clock::now()))?;
    if let By::User(other) = filter.by()
        && operators.iter().all(|(id, _)| *id != other)
    {
        filter.operator = None;
    }
    Ok(operators)
}

/// The warehouse that is asked for, or the first.
fn chosen(warehouses: &[Warehouse], filter: &TabFilter) -> Option<WarehouseId> {
    let wanted = filter.warehouse();
    let known = warehouses.iter().find(|each| Some(each.id) == wanted);
    known.or(warehouses.first()).map(|warehouse| warehouse.id)
}
