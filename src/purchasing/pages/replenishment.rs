//! Replenishment: what must be bought, chosen row by row, ordered with one press.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;

use super::counted;
use crate::catalog;
use crate::db::{Db, once};
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::queries::{Options, options};
use crate::purchasing::{self, Fill, Need, NeedFilter, NeedStatus, NeededFor, Ordered, Summary};
use crate::stock::Place;
use crate::types::{FieldErrors, ProductId, Quantity, RecordRef, RequestKey, WarehouseId};
use crate::web::{
    Csv, Htmx, Manager, Page, Paging, Result, Shell, SignedIn, dates, html, local_path, query,
};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .service(lines)
        .service(choose)
        .service(fill)
        .service(clear)
        .service(order_chosen);
}

#[derive(Template)]
#[template(
    path = "purchasing/replenishment/list.html",
    blocks = ["results"]
)]
struct Replenishment {
    shell: Shell,
    filter: NeedFilter,
    options: Options,
    page: Page<Need>,
    summary: Summary,
    key: RequestKey,
    errors: FieldErrors,
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

impl Replenishment {
    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        narrowing(&self.filter)
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        query(&[
            ("warehouse", &self.filter.warehouse),
            ("supplier", &self.filter.supplier),
            ("status", &self.filter.status),
            ("q", &self.filter.q),
            ("sort", &self.filter.sort),
        ])
    }

    /// What changes it: purchase orders, and stock and orders of the warehouses it shows.
    fn topics(&self) -> String {
        let shown = self.options.warehouses.iter().map(|(id, _)| id);
        let chosen =
            shown.filter(|id| self.filter.warehouse.is_empty() || **id == self.filter.warehouse);
        let warehouses: Vec<String> = chosen.map(|id| format!("warehouse:{id}")).collect();
        format!("purchase_orders {}", warehouses.join(" "))
    }

    fn statuses(&self) -> [NeedStatus; 3] {
        NeedStatus::ALL
    }

    fn is_narrowed(&self) -> bool {
        !self.narrowing().is_empty()
    }
}

fn narrowing(filter: &NeedFilter) -> String {
    query(&[
        ("warehouse", &filter.warehouse),
        ("supplier", &filter.supplier),
        ("status", &filter.status),
        ("q", &filter.q),
    ])
}

/// What the template asks of a row.
impl Need {
    fn box_name(&self) -> String {
        format!("choice-{}", self.key())
    }

    fn typed(&self) -> String {
        self.chosen
            .map_or_else(String::new, |units| units.to_string())
    }

    fn lines_path(&self) -> String {
        format!(
            "/replenishment/{}/{}/orders",
            self.warehouse_id, self.product_id
        )
    }

    fn product_path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }

    fn shown_value(&self) -> String {
        match (self.value(), &self.currency) {
            (Some(value), Some(currency)) => format!("{value} {currency}"),
            _ => String::new(),
        }
    }
}

impl Summary {
    fn without_words(&self) -> String {
        format!("{} without a supplier", self.without_supplier)
    }
}

#[get("/replenishment")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    filter: Query<NeedFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            Ok(Replenishment {
                shell,
                page: purchasing::needs(conn, visitor.id, &filter, &paging)?,
                summary: purchasing::summary(conn, visitor.id)?,
                options: options(conn)?,
                key: RequestKey::fresh(),
                errors: FieldErrors::default(),
                filter,
            })
        })
        .await?;
    if htmx.targets("results") {
        html::page(page.as_results())
    } else {
        html::page(page)
    }
}

#[get("/replenishment.csv")]
async fn export(db: Data<Db>, SignedIn(visitor): SignedIn, filter: Query<NeedFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(purchasing::needs_for_export(conn, visitor.id, &filter)?))
        .await?;
    let mut file = Csv::new(&[
        "sku",
        "product",
        "warehouse",
        "supplier",
        "status",
        "backorder_need",
        "low_stock_need",
        "incoming",
        "drafted",
        "minimum",
        "suggested",
        "on_hand",
        "available",
        "chosen",
    ])?;
    for need in &rows {
        let figures = need.figures();
        file.row([
            need.sku.as_str(),
            &need.name,
            &need.warehouse,
            &need.supplier,
            figures.status().label(),
            &figures.backorder_need().to_string(),
            &figures.low_stock_need().to_string(),
            &figures.incoming.to_string(),
            &need.drafted.to_string(),
            &figures.minimum().to_string(),
            &figures.suggested().to_string(),
            &figures.on_hand.to_string(),
            &figures.available().to_string(),
            &need.typed(),
        ])?;
    }
    file.finish("replenishment.csv")
}

#[derive(Template)]
#[template(path = "purchasing/replenishment/lines.html")]
struct Lines {
    sku: String,
    warehouse: String,
    lines: Vec<NeededFor>,
}

impl Lines {
    fn missing(&self) -> Quantity {
        self.lines.iter().map(|line| line.missing).sum()
    }

    fn uncovered(&self) -> Quantity {
        self.lines.iter().map(|line| line.uncovered).sum()
    }
}

impl NeededFor {
    fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }

    fn expected_words(&self) -> String {
        self.expected_on
            .map_or_else(String::new, |date| dates::day(&date))
    }

    /// `2 not on order`.
    fn uncovered_words(&self) -> String {
        format!("{} not on order", self.uncovered)
    }

    fn purchase_order_path(&self) -> Option<String> {
        Some(RecordRef::PurchaseOrder(self.purchase_order_id?).path())
    }
}

#[get("/replenishment/{warehouse}/{product}/orders")]
async fn lines(db: Data<Db>, _: SignedIn, place: Path<(WarehouseId, ProductId)>) -> Result {
    let (warehouse, product) = *place;
    let page = db
        .read(move |conn| {
            Ok(Lines {
                sku: catalog::product(conn, product)?.sku.to_string(),
                warehouse: catalog::warehouse(conn, warehouse)?.name,
                lines: purchasing::needed_for(conn, Place::new(warehouse, product))?,
            })
        })
        .await?;
    html::page(page)
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
        db.write(move |conn| Ok(purchasing::choose(conn, buyer.id, &chosen)?))
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
        .write(move |conn| Ok(purchasing::fill(conn, buyer.id, &filter, with)?))
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
    db.write(move |conn| Ok(purchasing::clear_choices(conn, buyer.id)?))
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
        .write(move |conn| {
            let mut ordered = None;
            let path = once(conn, &key, |conn| {
                let made = purchasing::order_choices(conn, buyer.id, Utc::now())?;
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
