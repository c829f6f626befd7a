//! Shipping rules: the list in its order, each as a form, and what an order would come to.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::catalog::{self, Supplier, Warehouse};
use crate::sales::forms::{self, TriedOrder};
use crate::sales::queries;
use crate::sales::{self, Asked, AskedLine, Channel, Rule, Way};
use crate::types::{FieldErrors, Fields, Limit, ShippingRuleId};
use crate::web::{Desk, Everywhere, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(new)
        .service(create)
        .service(edit)
        .service(update)
        .service(number)
        .service(remove);
}

const PATH: &str = "/shipping-rules";

#[derive(Template)]
#[template(path = "sales/rules/list.html", blocks = ["tried"])]
struct ListRules {
    shell: Shell,
    rules: Vec<Rule>,
    channels: Vec<Channel>,
    /// The warehouse that ships what no rule decides about.
    last: String,
    typed: Fields,
    errors: FieldErrors,
    /// Where the order that was typed would ship from, in a sentence; empty: none was.
    answer: String,
}
view!(ListRules; tried => as_tried);

impl ListRules {
    fn read(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let mut page = Self {
            shell: sheet.shell,
            rules: queries::rules(conn)?,
            channels: queries::channels(conn)?,
            last: last(&catalog::warehouses(conn)?),
            typed: sheet.typed,
            errors: sheet.errors,
            answer: String::new(),
        };
        if page.typed.has("sku") {
            match answer(conn, forms::tried(&page.typed)) {
                Ok(answer) => page.answer = answer,
                Err(crate::error::Error::Invalid(errors)) => page.errors = errors,
                Err(failure) => return Err(failure),
            }
        }
        Ok(page)
    }

    fn is_first(&self, rule: &Rule) -> bool {
        rule.number == 1
    }

    fn is_last(&self, rule: &Rule) -> bool {
        self.rules.last().is_some_and(|last| last.id == rule.id)
    }

    fn is_typed(&self, field: &str, option: &str) -> bool {
        self.typed.get(field) == option
    }
}

fn last(warehouses: &[Warehouse]) -> String {
    let ships = warehouses.iter().find(|each| each.ships());
    ships.map_or_else(|| "No warehouse".into(), |each| each.name.clone())
}

/// `3 × MUG would ship from North: rule 2, country CH.`
fn answer(conn: &mut PgConnection, tried: Result<TriedOrder, FieldErrors>) -> Result<String> {
    let tried = tried?;
    let product = catalog::product_by_sku(conn, &tried.sku)?;
    let product = product.ok_or_else(|| FieldErrors::one("sku", "No product has this SKU."))?;
    let mut router = queries::router(conn, &[product.id].into(), &Limit::default())?;
    let routed = router.decide(&Asked {
        country: &tried.country,
        shipping_method: &tried.shipping_method,
        channel: &tried.channel,
        lines: vec![AskedLine {
            product: Some(product.id),
            units: tried.units,
            warehouse: None,
        }],
    });
    let Some(to) = routed.first() else {
        return Ok(String::new());
    };
    let warehouse = catalog::warehouse(conn, to.warehouse)?.name;
    let why = match to.by.as_str() {
        "" => String::new(),
        by => format!(": {by}"),
    };
    let (units, sku) = (tried.units, product.sku);
    Ok(format!("{units} × {sku} would ship from {warehouse}{why}."))
}

#[get("/shipping-rules")]
async fn list(desk: Desk<Everywhere>, typed: Fields) -> Result {
    desk.ask(typed, ListRules::read).await
}

#[derive(Template)]
#[template(path = "sales/rules/edit.html", blocks = ["form"])]
struct EditRule {
    shell: Shell,
    /// None: a new one.
    rule: Option<Rule>,
    channels: Vec<Channel>,
    suppliers: Vec<Supplier>,
    warehouses: Vec<Warehouse>,
    typed: Fields,
    errors: FieldErrors,
}
view!(EditRule as form title);

impl EditRule {
    fn new(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Self::read(conn, sheet, None)
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: ShippingRuleId) -> Result<Self> {
        let all = queries::rules(conn)?;
        let rule = all.into_iter().find(|each| each.id == id);
        Self::read(conn, sheet, Some(rule.ok_or(diesel::NotFound)?))
    }

    fn read(conn: &mut PgConnection, sheet: Sheet, rule: Option<Rule>) -> Result<Self> {
        let mut warehouses = catalog::warehouses(conn)?;
        warehouses.retain(Warehouse::ships);
        let typed = match &rule {
            Some(rule) => forms::of_rule(sheet.typed, rule),
            None => sheet.typed,
        };
        Ok(Self {
            shell: sheet.shell,
            channels: queries::channels(conn)?,
            suppliers: catalog::suppliers(conn)?,
            warehouses,
            typed,
            rule,
            errors: sheet.errors,
        })
    }

    fn title(&self) -> String {
        match &self.rule {
            Some(rule) => format!("Rule {}", rule.number),
            None => "New rule".into(),
        }
    }

    fn path(&self) -> String {
        match &self.rule {
            Some(rule) => format!("{PATH}/{}", rule.id),
            None => PATH.into(),
        }
    }

    fn is_typed(&self, field: &str, option: &str) -> bool {
        self.typed.get(field) == option
    }

    /// The boxes for warehouses, one for each there is: what is chosen in it.
    fn chosen(&self) -> Vec<&str> {
        let chosen = self.typed.all("warehouse");
        let boxes = self.warehouses.len().max(1);
        chosen.chain(std::iter::repeat("")).take(boxes).collect()
    }

    fn is_chosen(&self, warehouse: &Warehouse, chosen: &str) -> bool {
        warehouse.id.to_string() == chosen
    }
}

#[get("/shipping-rules/new")]
async fn new(desk: Desk<Everywhere>) -> Result {
    desk.ask(Fields::default(), EditRule::new).await
}

#[post("/shipping-rules")]
async fn create(desk: Desk<Everywhere>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let (input, warehouses) = forms::rule(act, form)?;
        sales::add_rule(act, &input, &warehouses)?;
        Ok(Go::to(PATH).saying("The rule is the last one now: move it up if it is to go first."))
    })
    .or_again(EditRule::new)
    .await
}

#[get("/shipping-rules/{id:\\d+}/edit")]
async fn edit(desk: Desk<Everywhere>, id: Path<ShippingRuleId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        EditRule::of(conn, sheet, *id)
    })
    .await
}

#[post("/shipping-rules/{id:\\d+}")]
async fn update(desk: Desk<Everywhere>, id: Path<ShippingRuleId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let (input, warehouses) = forms::rule(act, form)?;
        sales::edit_rule(act, id, &input, &warehouses)?;
        Ok(Go::to(PATH).saying("The rule was saved. Orders that are here stay where they are."))
    })
    .or_again(move |conn, sheet| EditRule::of(conn, sheet, id))
    .await
}

#[post("/shipping-rules/{id:\\d+}/number")]
async fn number(desk: Desk<Everywhere>, id: Path<ShippingRuleId>, form: Fields) -> Result {
    desk.act(form, move |act, form| {
        let number = form.get("number").parse::<i32>();
        let number = number.map_err(|_| FieldErrors::one("number", "Choose a number."))?;
        sales::number_rule(act, *id, number)?;
        Ok(Go::to(PATH))
    })
    .await
}

#[post("/shipping-rules/{id:\\d+}/removal")]
async fn remove(desk: Desk<Everywhere>, id: Path<ShippingRuleId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        sales::remove_rule(act, *id)?;
        Ok(Go::to(PATH).saying("The rule is removed."))
    })
    .await
}
