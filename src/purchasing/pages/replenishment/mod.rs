//! Replenishment: what must be bought, chosen row by row, ordered with one press.

mod choices;
mod lines;

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use super::shown;
use crate::db::{Db, Page, Paging};
use crate::purchasing::queries::{Options, options};
use crate::purchasing::{
    self, Drafts, NEED_SORTS, Need, NeedFilter, NeedStatus, Overtaken, Overtakings, Summary,
};
use crate::stock::{self, Place, Spare};
use crate::types::{FieldErrors, Fields, Quantity, RecordRef, UserId};
use crate::web::{
    Column, Csv, Desk, Head, Result, Sheet, Shell, SignedIn, heads, narrowing, query, view,
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .configure(lines::routes)
        .configure(choices::routes);
}

#[derive(Template)]
#[template(path = "purchasing/replenishment/list.html", blocks = ["results", "choices"])]
struct Replenishment {
    shell: Shell,
    filter: NeedFilter,
    options: Options,
    page: Page<Need>,
    drafts: Drafts,
    /// What other warehouses can spare of what is needed.
    spares: Vec<Spare>,
    summary: Summary,
    overtakings: Overtakings,
    errors: FieldErrors,
}

view!(Replenishment; results => as_results; choices => as_choices);

impl Replenishment {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            NEED_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    /// What changes it: purchase orders, transfers, and stock and orders of the warehouses it shows.
    fn topics(&self) -> String {
        let shown = self.options.warehouses.iter().map(|(id, _)| id);
        let chosen =
            shown.filter(|id| self.filter.warehouse.is_empty() || **id == self.filter.warehouse);
        let warehouses: Vec<String> = chosen.map(|id| format!("warehouse:{id}")).collect();
        format!("purchase_orders transfers {}", warehouses.join(" "))
    }

    fn statuses(&self) -> &'static [NeedStatus] {
        NeedStatus::ALL
    }

    /// `fills 12`, where a button fills something else than the figure it shows.
    fn fills(&self, figure: Quantity, left: Quantity) -> Option<String> {
        match left {
            same if same == figure => None,
            Quantity::ZERO => Some("fills nothing".into()),
            left => Some(format!("fills {left}")),
        }
    }

    /// Where there is no room for their columns: `Maison Lumière, 12 incoming, 15 drafted`.
    fn in_short(&self, need: &Need) -> String {
        let figures = need.figures();
        let counted = [
            (figures.low_stock_need(), "for low stock"),
            (figures.incoming, "incoming"),
            (figures.drafted, "drafted"),
        ];
        let counted = counted.iter().filter(|(units, _)| !units.is_zero());
        let supplier = match need.supplier.as_str() {
            "" => "no supplier",
            name => name,
        };
        counted.fold(supplier.to_owned(), |said, (units, what)| {
            format!("{said}, {units} {what}")
        })
    }

    /// What other warehouses can spare of it: `12 idle in LYN`; empty where nothing is left to buy,
    /// or none can.
    fn elsewhere(&self, need: &Need) -> String {
        let of_need = self.spares.iter();
        let of_need = of_need.filter(|spare| spare.place() == need.place());
        let words = of_need.map(|spare| format!("{} idle in {}", spare.units, spare.source));
        words.collect::<Vec<_>>().join(", ")
    }

    fn is_narrowed(&self) -> bool {
        !narrowing(&self.filter).is_empty()
    }
}

/// What the template asks of a row.
impl Need {
    fn box_name(&self) -> String {
        format!("choice-{}", self.key())
    }

    fn typed(&self) -> String {
        shown(self.chosen)
    }

    /// The box says what covered the need when the page was made.
    fn cover_name(&self) -> String {
        format!("cover-{}", self.key())
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

    const fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }

    /// Where transfers of it are proposed.
    fn proposals_path(&self) -> String {
        let asked = [
            ("q", self.sku.as_str()),
            ("to", &self.warehouse_id.to_string()),
        ];
        format!("/transfers/proposals?{}", query(&asked))
    }

    fn shown_value(&self) -> String {
        match (self.value(), &self.currency) {
            (Some(value), Some(currency)) => format!("{value} {currency}"),
            _ => String::new(),
        }
    }
}

/// What the template asks of a choice that was overtaken.
impl Overtaken {
    fn cover_name(&self) -> String {
        format!("cover-{}", self.key())
    }

    /// `72 chosen; 78 more cover it since then; orders lack nothing any more`.
    fn words(&self) -> String {
        let more = match self.more() {
            Some(more) => format!("{more} more cover it since then"),
            None => "it is not known what covered it then".into(),
        };
        let lacking = match self.lacking() {
            Quantity::ZERO => "orders lack nothing any more".into(),
            units => format!("orders still lack {units}"),
        };
        format!("{} chosen; {more}; {lacking}", self.chosen)
    }
}

impl Summary {
    fn without_words(&self) -> String {
        format!("{} without a supplier", self.without_supplier)
    }
}

/// The page, and what is wrong with what was sent from it.
fn page(
    conn: &mut PgConnection,
    sheet: Sheet,
    buyer: UserId,
    (filter, paging): (NeedFilter, Paging),
) -> Result<Replenishment> {
    let page = purchasing::needs(conn, buyer, &filter, &paging)?;
    let drafted = page.rows.iter().filter(|need| need.is_drafted());
    let drafts = purchasing::drafts(conn, drafted.map(Need::key))?;
    let left = |need: &&Need| !need.figures().suggested_left().is_zero();
    let left = page.rows.iter().filter(left);
    let spares = stock::spares(conn, left.map(Need::place))?;
    let summary = purchasing::summary(conn, buyer)?;
    let overtakings = match summary.products {
        0 => Overtakings::default(),
        _ => purchasing::overtakings(conn, buyer)?,
    };
    Ok(Replenishment {
        shell: sheet.shell,
        page,
        drafts,
        spares,
        summary,
        overtakings,
        options: options(conn)?,
        errors: sheet.errors,
        filter,
    })
}

#[get("/replenishment")]
async fn list(desk: Desk, filter: Query<NeedFilter>, paging: Query<Paging>) -> Result {
    let (buyer, shown) = (
        desk.visitor().id,
        (filter.into_inner(), paging.into_inner()),
    );
    desk.ask(Fields::default(), move |conn, sheet| {
        page(conn, sheet, buyer, shown)
    })
    .await
}

const COLUMNS: &[Column<Need>] = &[
    Column::head("SKU")
        .rising("sku")
        .in_file("sku", |need| need.sku.clone()),
    Column::head("Product")
        .rising("name")
        .in_file("product", |need| need.name.clone()),
    Column::file("warehouse", |need| need.warehouse.clone()),
    Column::head("Supplier")
        .class("wide")
        .rising("supplier")
        .in_file("supplier", |need| need.supplier.clone()),
    Column::head("Status").in_file("status", |need| need.figures().status().label().to_owned()),
    Column::head("Backorder need")
        .class("number")
        .falling("backorder")
        .in_file("backorder_need", |need| {
            need.figures().backorder_need().to_string()
        }),
    Column::head("Low-stock need")
        .class("number wide")
        .falling("low")
        .in_file("low_stock_need", |need| {
            need.figures().low_stock_need().to_string()
        }),
    Column::head("Incoming")
        .class("number wide")
        .falling("incoming")
        .in_file("incoming", |need| need.figures().incoming.to_string()),
    Column::head("Drafted")
        .class("number wide")
        .falling("drafted")
        .in_file("drafted", |need| need.figures().drafted.to_string()),
    Column::head("On hand / available").class("number wide"),
    Column::head("Minimum")
        .class("number")
        .falling("minimum")
        .in_file("minimum", |need| need.figures().minimum().to_string()),
    Column::head("Suggested")
        .class("number")
        .falling("suggested")
        .in_file("suggested", |need| need.figures().suggested().to_string()),
    Column::file("on_hand", |need| need.figures().on_hand.to_string()),
    Column::file("available", |need| need.figures().available().to_string()),
    Column::file("chosen", |need| need.typed()),
];

#[get("/replenishment.csv")]
async fn export(db: Db, SignedIn(visitor): SignedIn, filter: Query<NeedFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(purchasing::needs_for_export(conn, visitor.id, &filter)?))
        .await?;
    Csv::table(COLUMNS, &rows)?.finish("replenishment.csv")
}
