//! Put-away: what lies on the dock goes into its bins, by scan or by hand.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;
use serde::{Deserialize, Serialize};

use super::named;
use crate::catalog::{self, Location, Product, Warehouse};
use crate::db::{Act, Page, Paging};
use crate::inventory::Error;
use crate::inventory::actions::{PutAway, put_away};
use crate::inventory::forms::{self, PuttingAway};
use crate::inventory::queries::{self, DOCK_SORTS, InBin, Lying, OnDock};
use crate::stock::{Place, set_usual_bin};
use crate::types::{FieldErrors, Fields, WarehouseId};
use crate::web::{Column, Desk, Go, Head, Result, Sheet, Shell, SignedIn, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(new).service(create);
}

/// What the list shows, as the URL has it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct DockFilter {
    /// The id of a warehouse; the first that has bins if empty.
    warehouse: String,
    sort: String,
}

#[derive(Template)]
#[template(path = "inventory/put_away/list.html", blocks = ["results"])]
struct OnDocks {
    shell: Shell,
    filter: DockFilter,
    /// Those that have bins.
    warehouses: Vec<Warehouse>,
    page: Page<OnDock>,
}
view!(OnDocks; results => as_results);

const COLUMNS: &[Column<OnDock>] = &[
    Column::head("Product").rising("sku"),
    Column::head("Dock"),
    Column::head("Here since").rising("since"),
    Column::head("To put away").class("number"),
    Column::head("For parcels").class("number"),
    Column::head("Proposed bin"),
];

impl OnDocks {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        mut filter: DockFilter,
        paging: &Paging,
    ) -> Result<Self> {
        let warehouses = with_bins(conn)?;
        let chosen: Option<WarehouseId> = filter.warehouse.parse().ok();
        let chosen = warehouses.iter().find(|each| Some(each.id) == chosen);
        let page = match chosen.or(warehouses.first()) {
            Some(warehouse) => {
                filter.warehouse = warehouse.id.to_string();
                queries::on_docks(conn, warehouse.id, &filter.sort, paging)?
            }
            None => Page::empty(),
        };
        Ok(Self {
            shell,
            filter,
            warehouses,
            page,
        })
    }

    fn heads(&self) -> Vec<Head> {
        let sort = DOCK_SORTS.understood(&self.filter.sort);
        heads(COLUMNS, sort, &self.filter)
    }

    fn is_shown(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }
}

fn with_bins(conn: &mut PgConnection) -> Result<Vec<Warehouse>> {
    let mut warehouses = catalog::warehouses(conn)?;
    warehouses.retain(|warehouse| warehouse.uses_locations);
    Ok(warehouses)
}

#[get("/put-away")]
async fn list(desk: Desk<SignedIn>, filter: Query<DockFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| OnDocks::load(conn, shell, filter.into_inner(), &paging))
        .await
}

/// A product that is put away: which bins it lies in, and where it may go.
#[derive(Template)]
#[template(path = "inventory/put_away/new.html", blocks = ["form"])]
struct Putting {
    shell: Shell,
    warehouse: Warehouse,
    product: Option<Product>,
    /// The bin that was scanned instead of a product, and what lies there.
    lying: Option<(Location, Vec<Lying>)>,
    bins: Vec<InBin>,
    proposed: Option<String>,
    typed: Fields,
    errors: FieldErrors,
}
view!(Putting as form title);

impl Putting {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let id: Option<WarehouseId> = sheet.typed.get("warehouse").parse().ok();
        let warehouse = catalog::warehouse(conn, id.ok_or(diesel::NotFound)?)?;
        let called = sheet.typed.get("product");
        let mut errors = sheet.errors;
        let mut product = None;
        if let Some(id) = queries::product_called(conn, called)? {
            match catalog::kit_refusal(conn, &[id], "move")? {
                Some(why) if errors.is_empty() => errors.add("product", why),
                Some(_) => {}
                None => product = Some(catalog::product(conn, id)?),
            }
        }
        let place = product
            .as_ref()
            .map(|product| Place::new(warehouse.id, product.id));
        let lying = match &product {
            None => lying_in(conn, warehouse.id, called)?,
            Some(_) => None,
        };
        let is_known = product.is_some() || lying.is_some();
        if !is_known && !called.is_empty() && errors.is_empty() {
            errors.add("product", "No product and no bin has this code.");
        }
        let (bins, proposed) = match place {
            Some(place) => (
                queries::bins_of(conn, place)?,
                queries::proposed_bin(conn, place)?,
            ),
            None => Default::default(),
        };
        Ok(Self {
            shell: sheet.shell,
            warehouse,
            product,
            lying,
            bins,
            proposed,
            typed: sheet.typed,
            errors,
        })
    }

    fn title(&self) -> String {
        let called = self.product.as_ref().map(|product| product.sku.to_string());
        called.map_or_else(|| "Put away".into(), |sku| format!("Put away {sku}"))
    }

    /// The bin that units are taken from: as typed, else the first that has some to spare.
    fn from(&self) -> Option<&InBin> {
        let typed = self.typed.get("from");
        let named = self.bins.iter().find(|bin| bin.code == typed);
        named.or_else(|| self.bins.iter().find(|bin| !bin.free().is_zero()))
    }

    fn is_from(&self, bin: &InBin) -> bool {
        self.from().is_some_and(|from| from.id == bin.id)
    }

    /// As typed, else all there is to spare.
    fn quantity(&self) -> String {
        let all = self.from().map(|bin| bin.free().to_string());
        self.typed.or("quantity", all.unwrap_or_default())
    }

    fn hint(&self) -> String {
        let proposed = self.proposed.as_ref();
        proposed.map_or_else(
            || "Code or barcode".into(),
            |bin| format!("Code or barcode; empty: {bin}"),
        )
    }
}

/// The bin of this code or barcode, with what lies there.
fn lying_in(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    code: &str,
) -> Result<Option<(Location, Vec<Lying>)>> {
    let Some(bin) = catalog::bin_called(conn, warehouse, code)? else {
        return Ok(None);
    };
    let lying = queries::contents(conn, bin.id)?;
    Ok(Some((bin, lying)))
}

#[get("/put-away/new")]
async fn new(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, Putting::load).await
}

#[post("/put-away")]
async fn create(desk: Desk<SignedIn>, form: Fields) -> Result {
    let is_manager = desk.visitor().is_manager();
    desk.once(form, move |act, form| {
        let (units, typed) = input(act, form)?;
        let into = put_away(act, &units, is_manager)?;
        if typed.is_usual {
            set_usual_bin(act, units.place, Some(units.to))?;
        }
        let back = Go::to(format!("/put-away?warehouse={}", typed.warehouse));
        let (quantity, product) = (units.quantity, typed.product);
        Ok(back.saying(format!("{quantity} of {product} put into {}.", into.code)))
    })
    .or_again(Putting::load)
    .await
}

/// What is meant by it; an empty bin is the one that is proposed.
fn input(act: &mut Act<'_>, form: &Fields) -> Result<(PutAway, PuttingAway)> {
    let typed = forms::putting_away(form)?;
    let product = queries::product_called(act, &typed.product)?;
    let product = product.ok_or(Error::NoSuchProduct)?;
    let place = Place::new(typed.warehouse, product);
    let to = match typed.location.is_empty() {
        true => queries::proposed_bin(act, place)?.unwrap_or_default(),
        false => typed.location.clone(),
    };
    let units = PutAway {
        place,
        from: named::bin(act, typed.warehouse, ("from", &typed.from))?,
        to: named::bin(act, typed.warehouse, ("location", &to))?,
        quantity: typed.quantity,
        note: String::new(),
    };
    Ok((units, typed))
}
