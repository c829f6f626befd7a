//! A new count: what is to be counted, and how many lines that makes.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Supplier, Warehouse};
use crate::error::Error;
use crate::inventory::count_forms::{self as forms, Asking};
use crate::inventory::queries::{self, ScopeSize};
use crate::inventory::{AbcClass, CountScope, NewCount, begin_count};
use crate::types::{FieldErrors, Fields, Zone, clock, counted, dates, first_few};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, html, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(tell_size).service(ask).service(create);
}

#[derive(Template)]
#[template(path = "inventory/counts/new.html", blocks = ["form"])]
struct AskCount {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    warehouses: Vec<Warehouse>,
    suppliers: Vec<Supplier>,
}
view!(AskCount as form title);

impl AskCount {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        // A link names the products it proposes one by one.
        let proposed: Vec<&str> = sheet.typed.all("product").collect();
        let proposed = proposed.join("\n");
        Ok(Self {
            shell: sheet.shell,
            typed: sheet.typed.with("products", proposed),
            errors: sheet.errors,
            warehouses: catalog::warehouses(conn)?,
            suppliers: catalog::suppliers(conn)?,
        })
    }

    fn title(&self) -> &'static str {
        "New count"
    }

    fn classes(&self) -> &'static [AbcClass] {
        AbcClass::ALL
    }

    fn has_bins(&self) -> bool {
        self.warehouses.iter().any(|each| each.uses_locations)
    }

    fn is(&self, field: &str, id: &impl ToString) -> bool {
        self.typed.get(field) == id.to_string()
    }
}

#[get("/counts/new")]
async fn ask(desk: Desk<Manager>, typed: Fields) -> Result {
    desk.ask(typed, AskCount::load).await
}

#[post("/counts")]
async fn create(desk: Desk<Manager>, form: Fields) -> Result {
    let zone = desk.zone();
    desk.once(form, move |act, form| {
        let new = new_count(act, &forms::asking(form)?, zone)?;
        let count = begin_count(act, &new)?;
        Ok(Go::from(count.record()).saying(format!("{} begins.", count.number)))
    })
    .or_again(AskCount::load)
    .await
}

/// How many lines what is asked for makes.
#[derive(Template)]
#[template(path = "inventory/counts/size.html")]
struct ShowSize {
    /// Or what stands in the way of telling.
    size: Result<ScopeSize, String>,
}

#[post("/counts/size")]
async fn tell_size(desk: Desk<Manager>, form: Fields) -> Result {
    let zone = desk.zone();
    let size = desk
        .read(move |conn| {
            let new = new_count(conn, &forms::asking(&form)?, zone)?;
            let has_bins = catalog::warehouse(conn, new.scope.warehouse)?.uses_locations;
            Ok(queries::size_of_scope(
                conn,
                &new.scope,
                has_bins,
                clock::now(),
            )?)
        })
        .await;
    match size {
        Ok(size) => html::page(ShowSize { size: Ok(size) }),
        Err(Error::Invalid(errors)) => html::page(ShowSize {
            size: Err(errors.to_string()),
        }),
        Err(error) => Err(error),
    }
}

/// What its codes mean, and what is counted in words.
fn new_count(conn: &mut PgConnection, asking: &Asking, zone: Zone) -> Result<NewCount> {
    let products = queries::products_called(conn, &asking.products)?;
    let products = products.map_err(|unknown| {
        let all = i64::try_from(unknown.len()).unwrap_or(i64::MAX);
        let few: Vec<String> = unknown.into_iter().take(5).collect();
        let sentence = format!(
            "No product has this SKU or barcode: {}.",
            first_few(&few, all)
        );
        FieldErrors::one("products", sentence)
    })?;
    if let Some(why) = catalog::kit_refusal(conn, &products, "count")? {
        return Err(FieldErrors::one("products", why).into());
    }
    let has_range = !asking.first.is_empty();
    let scope = CountScope {
        bins: has_range.then(|| (asking.first.clone(), asking.last.clone())),
        zone: Some(asking.zone.clone()).filter(|zone| !zone.is_empty()),
        supplier: asking.supplier,
        class: asking.class,
        not_since: asking.not_since.map(|day| zone.begin(day)),
        products,
        none_too: asking.none_too,
        ..CountScope::all_of(asking.warehouse)
    };
    Ok(NewCount {
        asked: in_words(conn, asking, &scope)?,
        blind: asking.blind,
        scope,
    })
}

fn in_words(conn: &mut PgConnection, asking: &Asking, scope: &CountScope) -> Result<String> {
    let mut words = Vec::new();
    if let Some((first, last)) = &scope.bins {
        words.push(format!("bins {first} to {last}"));
    }
    if let Some(zone) = &scope.zone {
        words.push(format!("zone {zone}"));
    }
    if let Some(id) = scope.supplier {
        words.push(format!(
            "delivered by {}",
            catalog::supplier(conn, id)?.name
        ));
    }
    if let Some(class) = scope.class {
        words.push(format!("class {class}"));
    }
    if let Some(day) = &asking.not_since {
        words.push(format!("not counted since {}", dates::day(day)));
    }
    if !scope.products.is_empty() {
        words.push(counted(scope.products.len(), "product"));
    }
    Ok(match words.as_slice() {
        [] => "Everything".into(),
        _ => {
            let mut words = words.join(", ");
            words[..1].make_ascii_uppercase();
            words
        }
    })
}
