//! Orders by hand: a new one, and one that is changed.

use std::collections::HashMap;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use super::written::{change, place};
use crate::catalog::{self, Warehouse};
use crate::sales::forms::{self, LineForm, Meant};
use crate::sales::queries::{self, LineShown};
use crate::sales::{self, Customer, Order};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{ChannelId, FieldErrors, Fields, OrderId, RecordRef, Sku};
use crate::web::{Desk, Go, Leaf, Leaves, Result, Right, Sheet, Shell, SignedIn, view};

/// Lines without a word in them that a new order offers.
const SPARE: usize = 4;
/// Rows that offer all warehouses each; what more of them offer is sent once.
const FEW: usize = 20;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(delivery)
        .service(create)
        .service(edit)
        .service(update);
}

#[derive(Template)]
#[template(path = "sales/orders/edit.html", blocks = ["form", "delivery"])]
struct EditOrder {
    shell: Shell,
    /// None: a new one.
    order: Option<Order>,
    customer: Option<Customer>,
    /// Who is called as somebody typed; of a new order.
    meant: Meant,
    /// To tell customers of one name apart; of a new order.
    channels: HashMap<ChannelId, String>,
    warehouses: Vec<Warehouse>,
    /// Whether the rules may choose the warehouse of a new line.
    has_rules: bool,
    currency: String,
    /// The rows of the form.
    lines: Vec<LineForm>,
    /// The page of the lines of the order that it shows.
    leaves: Leaves,
    typed: Fields,
    errors: FieldErrors,
}
view!(EditOrder as form title; delivery => as_delivery);

impl EditOrder {
    fn new(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let meant = Meant::by(conn, &sheet.typed)?;
        let customer = meant.customer().cloned();
        let lines = forms::lines(&sheet.typed);
        let spare = SPARE.saturating_sub(lines.len()).max(1);
        let page = Self {
            shell: sheet.shell,
            order: None,
            warehouses: catalog::warehouses(conn)?,
            has_rules: queries::has_rules(conn)?,
            currency: catalog::company(conn)?.currency,
            lines,
            leaves: Leaf::default().of(0),
            typed: forms::of_new_order(sheet.typed, customer.as_ref()),
            customer,
            meant,
            channels: queries::channel_names(conn)?,
            errors: sheet.errors,
        };
        Ok(page.with_spare_lines(spare))
    }

    fn of(conn: &mut PgConnection, sheet: Sheet, id: OrderId) -> Result<Self> {
        let order = queries::order(conn, id)?;
        if !order.is_open() {
            return Err(sales::Error::Closed(order.status).into());
        }
        let placed = wanted(conn, id)?;
        let leaves = Leaf::typed(&sheet.typed).of(placed.len());
        let on_page: Vec<LineForm> = placed[leaves.range()].iter().map(LineForm::of).collect();
        let is_sent = sheet.typed.has("version");
        let typed = forms::of_order(sheet.typed, &order, &on_page);
        let lines = match is_sent {
            true => named(conn, forms::lines(&typed))?,
            false => on_page,
        };
        let page = Self {
            shell: sheet.shell,
            warehouses: catalog::warehouses(conn)?,
            has_rules: queries::has_rules(conn)?,
            customer: Some(queries::customer(conn, order.customer_id)?),
            currency: order.currency.clone(),
            lines,
            leaves,
            typed,
            order: Some(order),
            meant: Meant::default(),
            channels: HashMap::new(),
            errors: sheet.errors,
        };
        Ok(page.with_spare_lines(1))
    }

    /// Lines to go on with: by the rules, or else at the first warehouse that ships.
    fn with_spare_lines(mut self, many: usize) -> Self {
        self.warehouses.retain(|warehouse| warehouse.ships_orders);
        let warehouse = self.warehouses.first().filter(|_| !self.has_rules);
        let blank = LineForm {
            warehouse: warehouse
                .map(|each| each.id.to_string())
                .unwrap_or_default(),
            ..LineForm::default()
        };
        self.lines.extend(vec![blank; many]);
        self
    }

    fn title(&self) -> String {
        match &self.order {
            Some(order) => format!("Edit {}", order.number),
            None => "New order".into(),
        }
    }

    /// Where the form goes, and where the order is once it exists.
    fn path(&self) -> String {
        self.order
            .as_ref()
            .map_or_else(|| "/orders".into(), Order::path)
    }

    /// Where the other pages of the lines of an order are.
    fn leafing(&self, order: &Order) -> String {
        format!("{}/edit", order.path())
    }

    /// Whether the name typed is nobody's yet.
    fn is_new_customer(&self) -> bool {
        self.meant.is_new() && !self.typed.get("customer").trim().is_empty()
    }

    /// What tells a customer from others of the same name.
    fn apart(&self, customer: &Customer) -> String {
        let channel = self.channels.get(&customer.channel_id);
        let marks = [
            customer.code.as_str(),
            customer.email.as_str(),
            customer.town(),
            channel.map_or("", String::as_str),
        ];
        let marks: Vec<&str> = marks.into_iter().filter(|mark| !mark.is_empty()).collect();
        marks.join(" \u{b7} ")
    }

    /// What the new customer is called.
    fn new_name(&self) -> &str {
        match self.typed.get("new_name") {
            "" => self.typed.get("customer").trim(),
            name => name,
        }
    }

    /// Whether the priority may be chosen here at all.
    fn may_prioritise(&self) -> bool {
        self.order.is_none() || self.shell.may(Right::DecideReserved)
    }

    /// Whether lines that are placed may be taken out.
    fn may_cancel(&self) -> bool {
        self.shell.may(Right::CancelUnits)
    }

    /// The priorities that may be chosen.
    fn priorities(&self) -> Vec<Priority> {
        let class = self.customer.as_ref();
        let all = Priority::ALL.iter().copied();
        all.filter(|each| self.shell.is_manager() || allows(class, *each))
            .collect()
    }

    fn is_typed(&self, field: &str, option: &str) -> bool {
        self.typed.get(field) == option
    }

    fn id(&self, field: &str, key: &str) -> String {
        format!("{field}-{key}")
    }

    fn error(&self, field: &str, key: &str) -> &str {
        self.errors.get(&format!("{field}-{key}"))
    }

    /// Whether the rules may choose the warehouse of a line.
    fn rules_choose(&self, row: &LineForm) -> bool {
        self.has_rules && row.line.is_empty()
    }

    /// Whether the rows share what they offer.
    fn shares_options(&self) -> bool {
        self.lines.len() > FEW
    }

    /// The warehouses that a row offers by itself.
    fn offered(&self, row: &LineForm) -> impl Iterator<Item = &Warehouse> {
        let all = self.warehouses.iter();
        all.filter(move |each| !self.shares_options() || self.is_chosen(each, row))
    }

    fn is_chosen(&self, warehouse: &Warehouse, row: &LineForm) -> bool {
        row.warehouse == warehouse.id.to_string()
    }
}

/// Whether anybody may give an order that priority: up to the class of the customer.
fn allows(customer: Option<&Customer>, priority: Priority) -> bool {
    customer.map_or(priority >= Priority::Normal, |customer| {
        customer.allows(priority)
    })
}

/// The lines of an order as it stands; those of which nothing is wanted any more are left out.
fn wanted(conn: &mut PgConnection, id: OrderId) -> QueryResult<Vec<LineShown>> {
    let mut lines = queries::lines_shown(conn, id)?;
    // Parts follow their kits.
    lines.retain(|line| !line.line.is_part() && !line.line.wanted().is_zero());
    Ok(lines)
}

/// Lines that were typed, with what their products are called.
fn named(conn: &mut PgConnection, mut lines: Vec<LineForm>) -> Result<Vec<LineForm>> {
    let names = queries::names_of(conn, lines.iter().map(|line| line.sku.as_str()))?;
    for line in &mut lines {
        if let Some(name) = names.get(&Sku::normal(&line.sku)) {
            line.name.clone_from(name);
        }
    }
    Ok(lines)
}

#[get("/orders/new")]
async fn new(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, EditOrder::new).await
}

/// What is known of the customer somebody chose: where it goes, and how fast.
#[get("/orders/delivery")]
async fn delivery(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, EditOrder::new).await
}

#[post("/orders")]
async fn create(desk: Desk<SignedIn>, form: Fields) -> Result {
    let by_manager = desk.visitor().is_manager();
    desk.once(form, move |act, form| {
        let order = RecordRef::Order(place(act, form, by_manager)?);
        Ok(Go::from(order).saying("The order is placed."))
    })
    .or_again(EditOrder::new)
    .await
}

#[get("/orders/{id:\\d+}/edit")]
async fn edit(desk: Desk<SignedIn>, id: Path<OrderId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| EditOrder::of(conn, sheet, *id))
        .await
}

#[post("/orders/{id:\\d+}")]
async fn update(desk: Desk<SignedIn>, id: Path<OrderId>, form: Fields) -> Result {
    let (id, by) = (*id, desk.visitor().clone());
    desk.act(form, move |act, form| {
        change(act, id, form, &by)?;
        Ok(Go::from(RecordRef::Order(id)).saying("The order is saved."))
    })
    .or_again(move |conn, sheet| EditOrder::of(conn, sheet, id))
    .await
}
